// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/compactdelegate.h"

#include "models/items/instancecolumns.h"
#include "ui/common/statepresentation.h"
#include "ui/common/tooltips.h"

#include <QAbstractItemView>
#include <QHelpEvent>

namespace latchkey {

bool CompactDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                const QStyleOptionViewItem &option, const QModelIndex &index)
{
    return showPlainToolTip(*event, *view, index) ||
           QStyledItemDelegate::helpEvent(event, view, option, index);
}

void CompactDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    // The row is what has the focus: the view draws its ring.
    option->state &= ~QStyle::State_HasFocus;
    option->textElideMode = Qt::ElideRight;
    // A message of several lines has one here.
    option->text.replace(u'\n', u' ');
    const QVariant health = index.data(HealthRole);
    if (!health.isValid())
        return;
    const bool muted = index.data(StaleRole).toBool();
    const StatePresentation look = presentationOf(HealthState(health.toInt()));
    const QColor ink = inkColour(muted ? Ink::Muted : look.ink, option->palette);
    if (index.column() == 0) {
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = icon(look.icon, muted ? Ink::Muted : look.ink);
        option->decorationSize = QSize(16, 16);
    }
    if (index.column() == 0 || muted) {
        option->palette.setColor(QPalette::Text, ink);
        option->palette.setColor(QPalette::HighlightedText, ink);
    }
}

} // namespace latchkey
