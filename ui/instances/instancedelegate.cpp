// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instancedelegate.h"

#include "models/items/instancecolumns.h"
#include "ui/common/colourdot.h"
#include "ui/common/statepresentation.h"
#include "ui/common/tooltips.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <QHelpEvent>

namespace latchkey {

namespace {

/// The date is the reason for the state.
bool isAboutExpiry(HealthState state)
{
    return state == HealthState::Expired || state == HealthState::ExpiringSoon;
}

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::InstanceDelegate)
};

void setInk(QStyleOptionViewItem &option, Ink ink)
{
    const QColor colour = inkColour(ink, option.palette);
    option.palette.setColor(QPalette::Text, colour);
    option.palette.setColor(QPalette::HighlightedText, colour);
}

} // namespace

QSize InstanceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(ColumnPadding, 0);
}

bool InstanceDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                 const QStyleOptionViewItem &option, const QModelIndex &index)
{
    return showPlainToolTip(*event, *view, index) ||
           QStyledItemDelegate::helpEvent(event, view, option, index);
}

void InstanceDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto state = HealthState(index.data(HealthRole).toInt());
    const bool stale = index.data(StaleRole).toBool();
    // The row is what has the focus: the view draws its ring.
    option->state &= ~QStyle::State_HasFocus;
    option->textElideMode = Qt::ElideRight;
    switch (InstanceColumn(index.column())) {
    case InstanceColumn::State:
        option->features |= QStyleOptionViewItem::HasDecoration;
        // What was never checked has a sign of its own.
        option->icon =
            stale && state != HealthState::NotChecked ? icon(Icon::History, Ink::Muted) : stateIcon(state);
        option->decorationSize = QSize(StateIconSize, StateIconSize);
        setInk(*option, presentationOf(state).ink);
        break;
    case InstanceColumn::Profile:
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = colourDot(index.data(ProfileColourRole).toString());
        option->decorationSize = QSize(12, 12);
        break;
    case InstanceColumn::Expiry:
        if (isAboutExpiry(state) && !stale)
            setInk(*option, presentationOf(state).ink);
        break;
    case InstanceColumn::Instance:
        if (index.data(ProtectedRole).toBool()) {
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->icon = icon(Icon::Locked, Ink::Muted);
            option->decorationSize = QSize(StateIconSize, StateIconSize);
            // The names stay in line.
            option->decorationPosition = QStyleOptionViewItem::Right;
            // The lock says it too: the word must not cost a part of the name.
            const QString said = Text::tr("%1 · protected").arg(option->text);
            const int room = option->rect.width() - StateIconSize - ColumnPadding;
            if (option->fontMetrics.horizontalAdvance(said) <= room)
                option->text = said;
        }
        break;
    case InstanceColumn::Integration:
    case InstanceColumn::Type:
    case InstanceColumn::Permissions:
    case InstanceColumn::Created:
    case InstanceColumn::Labels:
    case InstanceColumn::ColumnCount:
        break;
    }
    if (stale)
        setInk(*option, Ink::Muted);
}

} // namespace latchkey
