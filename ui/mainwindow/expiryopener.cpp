// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/expiryopener.h"

#include "models/services/expirylabels.h"
#include "models/services/expiryrecords.h"
#include "models/services/inventory.h"
#include "ui/editor/expirydialog.h"

#include <utility>

namespace latchkey {

ExpiryOpener::ExpiryOpener(ExpiryRecords &records, ExpiryLabels &labels, const Inventory &inventory,
                           const Clock &clock, QWidget &window)
    : QObject(&window)
    , m_records(records)
    , m_labels(labels)
    , m_inventory(inventory)
    , m_clock(clock)
    , m_window(window)
{
}

void ExpiryOpener::open(const InstanceAddress &address)
{
    openSeveral({address});
}

void ExpiryOpener::openSeveral(const QList<InstanceAddress> &addresses)
{
    if (m_open) {
        m_open->raise();
        m_open->activateWindow();
        return;
    }
    QList<InstanceRecord> records;
    for (const InstanceAddress &address : addresses) {
        const std::optional<InstanceRecord> record = m_inventory.find(address);
        if (record && record->knowledge == InstanceRecord::Knowledge::Present)
            records.append(*record);
    }
    if (records.isEmpty())
        return;
    ExpiryDialog::Services services;
    services.record = [this](InstanceAddress address, ExpiryRecord record) {
        return m_records.record(std::move(address), std::move(record));
    };
    services.share = [this](InstanceAddress address, QDate date) {
        return date.isValid() ? m_labels.share(std::move(address), date)
                              : m_labels.unshare(std::move(address));
    };
    auto *dialog = new ExpiryDialog(records, m_clock.now(), std::move(services), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_open = dialog;
    connect(dialog, &QDialog::finished, this, [this] { m_open.clear(); });
    dialog->open();
}

} // namespace latchkey
