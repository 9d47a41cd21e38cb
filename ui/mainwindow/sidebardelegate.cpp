// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/sidebardelegate.h"

#include "models/items/sidebarmodel.h"
#include "ui/common/colourdot.h"
#include "ui/common/statepresentation.h"

#include <QLocale>
#include <QPainter>

namespace latchkey {

namespace {

constexpr int IconSize = 16;
constexpr int Margin = 8;
constexpr int Indentation = 16;

QIcon viewIcon(InstanceView view)
{
    switch (view) {
    case InstanceView::All:
        return icon(Icon::All);
    case InstanceView::NeedsAttention:
        return icon(Icon::Attention, Ink::Urgent);
    case InstanceView::Expired:
        return stateIcon(HealthState::Expired);
    case InstanceView::Expiring:
        return stateIcon(HealthState::ExpiringSoon);
    case InstanceView::Tainted:
        return stateIcon(HealthState::MustBeReplaced);
    case InstanceView::MissingPermissions:
        return stateIcon(HealthState::MissingPermissions);
    case InstanceView::NoCredential:
        return stateIcon(HealthState::NoCredential);
    case InstanceView::NoKnownExpiry:
        return stateIcon(HealthState::NoKnownExpiry);
    case InstanceView::NotChecked:
        return stateIcon(HealthState::NotChecked);
    }
    return {};
}

QIcon entryIcon(const QModelIndex &index)
{
    switch (SidebarModel::Kind(index.data(SidebarModel::KindRole).toInt())) {
    case SidebarModel::Kind::Group:
        return {};
    case SidebarModel::Kind::View:
        return viewIcon(InstanceView(index.data(SidebarModel::ViewRole).toInt()));
    case SidebarModel::Kind::Profile:
        return colourDot(index.data(SidebarModel::ColourRole).toString());
    case SidebarModel::Kind::Endpoint:
        return index.data(SidebarModel::ProblemRole).toString().isEmpty() ? icon(Icon::Geo, Ink::Muted)
                                                                          : icon(Icon::Warning, Ink::Urgent);
    }
    return {};
}

QRect mirrored(const QStyleOptionViewItem &option, const QRect &rect)
{
    return QStyle::visualRect(option.direction, option.rect, rect);
}

} // namespace

void SidebarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPalette &palette = option.palette;
    if (SidebarModel::Kind(index.data(SidebarModel::KindRole).toInt()) == SidebarModel::Kind::Group) {
        QFont font = option.font;
        font.setPointSizeF(font.pointSizeF() * 0.9);
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(inkColour(Ink::Muted, palette));
        const QRect text = option.rect.adjusted(Margin + 4, 0, -Margin, -3);
        painter->drawText(text, Qt::AlignBottom | Qt::AlignLeading, index.data().toString());
        painter->restore();
        return;
    }
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    const bool active = option.state.testFlag(QStyle::State_Active);
    if (chosen || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(
            chosen ? palette.color(active ? QPalette::Active : QPalette::Inactive, QPalette::Highlight)
                   : tintColour(Ink::Text, palette));
        painter->drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 5, 5);
    }
    const bool below =
        SidebarModel::Kind(index.data(SidebarModel::KindRole).toInt()) == SidebarModel::Kind::Endpoint;
    QRect inner = option.rect.adjusted(Margin + 4 + (below ? Indentation : 0), 0, -Margin - 4, 0);
    const QRect iconRect(inner.left(), inner.center().y() - IconSize / 2 + 1, IconSize, IconSize);
    entryIcon(index).paint(painter, mirrored(option, iconRect));
    inner.setLeft(iconRect.right() + Margin);

    const QColor text = palette.color(chosen ? QPalette::HighlightedText : QPalette::WindowText);
    const int count = index.data(SidebarModel::CountRole).toInt();
    if (count >= 0) {
        const QString number = QLocale().toString(count);
        const int width = option.fontMetrics.horizontalAdvance(number);
        painter->setFont(option.font);
        painter->setPen(chosen ? text : inkColour(Ink::Muted, palette));
        const QRect place(inner.right() - width, inner.top(), width + 1, inner.height());
        painter->drawText(mirrored(option, place), Qt::AlignVCenter | Qt::AlignTrailing, number);
        inner.setRight(place.left() - Margin);
    }
    if (index.data(SidebarModel::ProductionRole).toBool()) {
        const QRect flag(inner.right() - IconSize, inner.center().y() - IconSize / 2 + 1, IconSize, IconSize);
        icon(Icon::Production, Ink::Danger).paint(painter, mirrored(option, flag));
        inner.setRight(flag.left() - 2);
    }
    painter->setFont(option.font);
    painter->setPen(text);
    const QString name =
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, inner.width());
    painter->drawText(mirrored(option, inner), Qt::AlignVCenter | Qt::AlignLeading, name);
    painter->restore();
}

QSize SidebarDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool group =
        SidebarModel::Kind(index.data(SidebarModel::KindRole).toInt()) == SidebarModel::Kind::Group;
    return {100, option.fontMetrics.height() + (group ? 14 : 10)};
}

} // namespace latchkey
