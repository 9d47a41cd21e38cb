// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/protectiontoggle.h"

#include "models/services/inventory.h"
#include "models/services/protection.h"
#include "ui/editor/unprotectdialog.h"
#include "ui/mainwindow/mainwindow.h"

namespace latchkey {

ProtectionToggle::ProtectionToggle(Protection &protection, const Inventory &inventory, MainWindow &window)
    : QObject(&window)
    , m_protection(protection)
    , m_inventory(inventory)
    , m_window(window)
{
}

void ProtectionToggle::toggle(const InstanceAddress &address)
{
    const std::optional<InstanceRecord> record = m_inventory.find(address);
    if (!record)
        return;
    if (!record->isProtected) {
        QCoro::connect(m_protection.protect(address), this, [this](const Done &done) {
            if (!done)
                m_window.showProblem(done.problem());
        });
        return;
    }
    auto *dialog = new UnprotectDialog(
        *record, [this](InstanceAddress wanted) { return m_protection.unprotect(std::move(wanted)); },
        &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace latchkey
