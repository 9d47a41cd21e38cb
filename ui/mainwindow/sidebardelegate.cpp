// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/sidebardelegate.h"

#include "models/items/sidebarmodel.h"
#include "ui/common/colourdot.h"
#include "ui/common/tooltips.h"
#include "ui/common/viewpresentation.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>

namespace latchkey {

namespace {

constexpr int IconSize = 16;
constexpr int Margin = 8;
constexpr int Indentation = 16;

QIcon viewIcon(InstanceView view)
{
    const StatePresentation look = presentationOf(view);
    return icon(look.icon, look.ink);
}

SidebarModel::Kind kindOf(const QModelIndex &index)
{
    return SidebarModel::Kind(index.data(SidebarModel::KindRole).toInt());
}

bool hasProblem(const QModelIndex &index)
{
    return !index.data(SidebarModel::ProblemRole).toString().isEmpty();
}

QIcon entryIcon(const QModelIndex &index)
{
    switch (kindOf(index)) {
    case SidebarModel::Kind::Dashboard:
        return icon(Icon::Dashboard);
    case SidebarModel::Kind::Group:
        return {};
    case SidebarModel::Kind::View:
        return viewIcon(InstanceView(index.data(SidebarModel::ViewRole).toInt()));
    case SidebarModel::Kind::Profile:
        return colourDot(index.data(SidebarModel::ColourRole).toString());
    case SidebarModel::Kind::Endpoint:
        return hasProblem(index) ? icon(Icon::Warning, Ink::Urgent) : icon(Icon::Geo, Ink::Muted);
    }
    return {};
}

/// Behind the name, from the end. A profile with several geos shows a failure at the geo.
QList<QIcon> flagIcons(const QModelIndex &index)
{
    QList<QIcon> flags;
    if (index.data(SidebarModel::ProductionRole).toBool())
        flags.append(icon(Icon::Production, Ink::Danger));
    if (kindOf(index) == SidebarModel::Kind::Profile && hasProblem(index) &&
        !index.model()->hasChildren(index))
        flags.append(icon(Icon::Warning, Ink::Urgent));
    return flags;
}

int indentationOf(const QModelIndex &index)
{
    return kindOf(index) == SidebarModel::Kind::Endpoint ? Indentation : 0;
}

QString countOf(const QModelIndex &index)
{
    const int count = index.data(SidebarModel::CountRole).toInt();
    return count < 0 ? QString() : QLocale().toString(count);
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
    if (kindOf(index) == SidebarModel::Kind::Group) {
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
    // The entry that the keyboard moves.
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(inkColour(Ink::Accent, palette), 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(4.75, 1.75, -4.75, -1.75), 4.5, 4.5);
    }
    QRect inner = option.rect.adjusted(Margin + 4 + indentationOf(index), 0, -Margin - 4, 0);
    const QRect iconRect(inner.left(), inner.center().y() - IconSize / 2 + 1, IconSize, IconSize);
    entryIcon(index).paint(painter, mirrored(option, iconRect));
    inner.setLeft(iconRect.right() + Margin);

    const QColor text = palette.color(chosen ? QPalette::HighlightedText : QPalette::WindowText);
    if (const QString number = countOf(index); !number.isEmpty()) {
        const int width = option.fontMetrics.horizontalAdvance(number);
        painter->setFont(option.font);
        painter->setPen(chosen ? text : inkColour(Ink::Muted, palette));
        const QRect place(inner.right() - width, inner.top(), width + 1, inner.height());
        painter->drawText(mirrored(option, place), Qt::AlignVCenter | Qt::AlignTrailing, number);
        inner.setRight(place.left() - Margin);
    }
    const QList<QIcon> flags = flagIcons(index);
    for (const QIcon &flagIcon : flags) {
        const QRect flag(inner.right() - IconSize, inner.center().y() - IconSize / 2 + 1, IconSize, IconSize);
        flagIcon.paint(painter, mirrored(option, flag));
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
    const QFontMetrics metrics(option.font);
    const int text = metrics.horizontalAdvance(index.data().toString());
    if (kindOf(index) == SidebarModel::Kind::Group)
        return {2 * Margin + 4 + text, metrics.height() + 14};
    int width = 2 * (Margin + 4) + indentationOf(index) + IconSize + Margin + text + 2;
    width += int(flagIcons(index).size()) * (IconSize + 2);
    if (const QString number = countOf(index); !number.isEmpty())
        width += metrics.horizontalAdvance(number) + Margin + 2;
    return {width, metrics.height() + 10};
}

bool SidebarDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                const QStyleOptionViewItem &option, const QModelIndex &index)
{
    return showPlainToolTip(*event, *view, index) ||
           QStyledItemDelegate::helpEvent(event, view, option, index);
}

} // namespace latchkey
