// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instancedelegate.h"

#include "models/items/instancecolumns.h"
#include "ui/common/colourdot.h"
#include "ui/common/statepresentation.h"

namespace latchkey {

namespace {

constexpr int ColumnPadding = 14;

/// The date is the reason for the state.
bool isAboutExpiry(HealthState state)
{
    return state == HealthState::Expired || state == HealthState::ExpiringSoon;
}

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

void InstanceDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto state = HealthState(index.data(HealthRole).toInt());
    const bool stale = index.data(StaleRole).toBool();
    // The row is what has the focus; a frame around one cell only adds noise.
    option->state &= ~QStyle::State_HasFocus;
    option->textElideMode = Qt::ElideRight;
    switch (InstanceColumn(index.column())) {
    case InstanceColumn::State:
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = stateIcon(state);
        option->decorationSize = QSize(16, 16);
        setInk(*option, presentationOf(state).ink);
        return;
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
