// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/latchkeystyle.h"

#include "ui/common/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>

namespace latchkey {

namespace {

constexpr qreal Radius = 4;

/// Where a one pixel wide line lies sharp.
QRectF sharp(const QRect &rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

QColor indicatorOutline(const QStyleOption &option)
{
    if (!option.state.testFlag(QStyle::State_Enabled))
        return outlineColour(option.palette);
    return inkColour(option.state.testFlag(QStyle::State_HasFocus) ? Ink::Accent : Ink::Muted,
                     option.palette);
}

} // namespace

LatchkeyStyle::LatchkeyStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void LatchkeyStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return drawCheckBox(*option, *painter);
    case PE_IndicatorRadioButton:
        return drawRadioButton(*option, *painter);
    case PE_PanelButtonCommand:
        return drawButton(*option, *painter);
    case PE_FrameLineEdit:
        return drawField(*option, *painter);
    default:
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

int LatchkeyStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    if (metric == PM_SplitterWidth)
        return 5;
    if (metric == PM_ToolBarItemSpacing)
        return 2;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int LatchkeyStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                             QStyleHintReturn *result) const
{
    // A disabled action keeps its shape instead of an etched shadow, which is unreadable in the dark.
    if (hint == SH_EtchDisabledText)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, result);
}

QSize LatchkeyStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                      const QWidget *widget) const
{
    const QSize fitting = QProxyStyle::sizeFromContents(type, option, size, widget);
    return type == CT_PushButton ? fitting + QSize(12, 2) : fitting;
}

void LatchkeyStyle::drawCheckBox(const QStyleOption &option, QPainter &painter) const
{
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool on = option.state.testFlag(State_On);
    const bool partly = option.state.testFlag(State_NoChange);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = sharp(option.rect);
    const QColor accent = inkColour(enabled ? Ink::Accent : Ink::Muted, option.palette);
    painter.setPen(on || partly ? accent : indicatorOutline(option));
    painter.setBrush(on || partly ? accent : option.palette.color(QPalette::Base));
    painter.drawRoundedRect(box, 3, 3);
    QPen mark(option.palette.color(QPalette::Base), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(mark);
    painter.setBrush(Qt::NoBrush);
    const auto at = [&box](qreal x, qreal y) {
        return QPointF(box.x() + x * box.width(), box.y() + y * box.height());
    };
    if (on)
        painter.drawPolyline(QPolygonF{at(0.22, 0.52), at(0.43, 0.73), at(0.78, 0.29)});
    else if (partly)
        painter.drawLine(at(0.25, 0.5), at(0.75, 0.5));
    painter.restore();
}

void LatchkeyStyle::drawRadioButton(const QStyleOption &option, QPainter &painter) const
{
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool on = option.state.testFlag(State_On);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF ring = sharp(option.rect);
    const QColor accent = inkColour(enabled ? Ink::Accent : Ink::Muted, option.palette);
    painter.setPen(on ? accent : indicatorOutline(option));
    painter.setBrush(option.palette.color(QPalette::Base));
    painter.drawEllipse(ring);
    if (on) {
        painter.setBrush(accent);
        const qreal inset = ring.width() * 0.26;
        painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset));
    }
    painter.restore();
}

void LatchkeyStyle::drawButton(const QStyleOption &option, QPainter &painter) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool flat = button != nullptr && button->features.testFlag(QStyleOptionButton::Flat);
    const bool isDefault = button != nullptr && button->features.testFlag(QStyleOptionButton::DefaultButton);
    const bool down = option.state & (State_Sunken | State_On);
    const bool hover = option.state.testFlag(State_MouseOver) && option.state.testFlag(State_Enabled);
    if (flat && !down && !hover)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor face = option.palette.color(QPalette::Button);
    if (down)
        face = tintColour(Ink::Text, option.palette);
    else if (hover)
        face = tintColour(Ink::Accent, option.palette);
    const bool accented =
        (isDefault || option.state.testFlag(State_HasFocus)) && option.state.testFlag(State_Enabled);
    painter.setPen(
        QPen(accented ? inkColour(Ink::Accent, option.palette) : outlineColour(option.palette), 1));
    painter.setBrush(face);
    painter.drawRoundedRect(sharp(option.rect), Radius, Radius);
    painter.restore();
}

void LatchkeyStyle::drawField(const QStyleOption &option, QPainter &painter) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool focus = option.state.testFlag(State_HasFocus);
    painter.setPen(QPen(focus ? inkColour(Ink::Accent, option.palette) : outlineColour(option.palette), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(sharp(option.rect), Radius, Radius);
    painter.restore();
}

} // namespace latchkey
