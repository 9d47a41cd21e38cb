// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QAction;

namespace latchkey {

/// A push button that is an action: its text with the mnemonic, its menu, and whether it can be used.
class ActionButton : public QPushButton
{
    Q_OBJECT
public:
    /// `action` must outlive the button, whose object name is the action's with "Button" behind it.
    explicit ActionButton(QAction &action, QWidget *parent = nullptr);

private:
    void follow();

    QAction &m_action;
};

} // namespace latchkey
