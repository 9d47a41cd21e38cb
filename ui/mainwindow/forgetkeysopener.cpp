// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/forgetkeysopener.h"

#include "models/services/inventory.h"
#include "models/services/retention.h"
#include "ui/editor/forgetkeysdialog.h"

namespace latchkey {

ForgetKeysOpener::ForgetKeysOpener(Retention &retention, const Inventory &inventory, QWidget &window)
    : QObject(&window)
    , m_retention(retention)
    , m_inventory(inventory)
    , m_window(window)
{
}

void ForgetKeysOpener::open(const InstanceAddress &address)
{
    const std::optional<InstanceRecord> record = m_inventory.find(address);
    if (!record)
        return;
    ForgetKeysDialog::Services services;
    services.kept = [this] { return m_retention.kept(); };
    services.forget = [this](QString versionId) { return m_retention.forgetNow(std::move(versionId)); };
    auto *dialog = new ForgetKeysDialog(*record, std::move(services), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace latchkey
