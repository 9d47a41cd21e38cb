// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>

namespace latchkey {

class Inventory;

/// What is left on the screen where the window was closed in mid-change: names what is being finished, and
/// has no button, as nothing can be done but to wait.
class FinishingBox : public QMessageBox
{
    Q_OBJECT
public:
    /// `inventory` must outlive this.
    explicit FinishingBox(const Inventory &inventory, QWidget *parent = nullptr);

private:
    void follow();

    const Inventory &m_inventory;
};

} // namespace latchkey
