// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/actionbutton.h"

#include <QAction>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace latchkey {

ActionButton::ActionButton(QAction &action, QWidget *parent)
    : QPushButton(parent)
    , m_action(action)
{
    setObjectName(action.objectName() + u"Button"_s);
    if (action.menu() != nullptr)
        setMenu(action.menu());
    else
        connect(this, &QPushButton::clicked, &action, &QAction::trigger);
    connect(&action, &QAction::changed, this, &ActionButton::follow);
    follow();
}

void ActionButton::follow()
{
    // The same text again would make a new shortcut of its mnemonic.
    if (text() != m_action.text())
        setText(m_action.text());
    setToolTip(m_action.toolTip());
    setStatusTip(m_action.statusTip());
    setEnabled(m_action.isEnabled());
    setVisible(m_action.isVisible());
}

} // namespace latchkey
