// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"

#include <QObject>

class QWidget;

namespace latchkey {

class Inventory;
class Retention;

/// Asks whether the earlier keys of an instance should be forgotten now (`forgetKeysDialog`).
class ForgetKeysOpener : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive the window, which owns this.
    ForgetKeysOpener(Retention &retention, const Inventory &inventory, QWidget &window);

public Q_SLOTS:
    void open(const latchkey::InstanceAddress &address);

private:
    Retention &m_retention;
    const Inventory &m_inventory;
    QWidget &m_window;
};

} // namespace latchkey
