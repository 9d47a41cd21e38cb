// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"

#include <QObject>

namespace latchkey {

class Inventory;
class MainWindow;
class Protection;

/// Protects an instance at once, and asks before it takes the protection away (`unprotectDialog`).
class ProtectionToggle : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive the window, which owns this.
    ProtectionToggle(Protection &protection, const Inventory &inventory, MainWindow &window);

public Q_SLOTS:
    void toggle(const latchkey::InstanceAddress &address);

private:
    Protection &m_protection;
    const Inventory &m_inventory;
    MainWindow &m_window;
};

} // namespace latchkey
