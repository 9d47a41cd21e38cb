// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/instancerecord.h"

#include <QList>
#include <QObject>
#include <QPointer>

class QDialog;
class QWidget;

namespace latchkey {

class ExpiryLabels;
class ExpiryRecords;
class Inventory;

/// Opens the dialog that records an expiry (`expiryDialog`), one at a time. Instances without a credential
/// take no part.
class ExpiryOpener : public QObject
{
    Q_OBJECT
public:
    /// All must outlive the window, which owns this.
    ExpiryOpener(ExpiryRecords &records, ExpiryLabels &labels, const Inventory &inventory, const Clock &clock,
                 QWidget &window);

public Q_SLOTS:
    void open(const latchkey::InstanceAddress &address);
    void openSeveral(const QList<latchkey::InstanceAddress> &addresses);

private:
    ExpiryRecords &m_records;
    ExpiryLabels &m_labels;
    const Inventory &m_inventory;
    const Clock &m_clock;
    QWidget &m_window;
    QPointer<QDialog> m_open;
};

} // namespace latchkey
