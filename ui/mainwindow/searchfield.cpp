// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/searchfield.h"

#include "ui/common/icons.h"

#include <QAction>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace latchkey {

SearchField::SearchField(QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(u"search"_s);
    setPlaceholderText(tr("Search (Ctrl+F)"));
    setAccessibleName(tr("Search instances"));
    setToolTip(tr("Searches every column, labels and ids; several words must all occur"));
    addAction(icon(Icon::Search, Ink::Muted), LeadingPosition);
    // The built-in clear button is a theme icon, which is null where there is no theme.
    QAction *clearAction = addAction(icon(Icon::Close, Ink::Muted), TrailingPosition);
    clearAction->setObjectName(u"clearSearch"_s);
    clearAction->setToolTip(tr("Clear the search"));
    clearAction->setVisible(false);
    connect(clearAction, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, clearAction,
            [clearAction](const QString &text) { clearAction->setVisible(!text.isEmpty()); });
    setMinimumWidth(fontMetrics().averageCharWidth() * 24);
    setMaximumWidth(fontMetrics().averageCharWidth() * 46);
}

void SearchField::begin()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty())
        return clear();
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Escape) {
        Q_EMIT leaveDown();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace latchkey
