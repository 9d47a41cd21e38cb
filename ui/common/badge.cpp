// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/badge.h"

#include <QPainter>

namespace latchkey {

namespace {
constexpr int IconSize = 14;
constexpr int Padding = 6;
} // namespace

Badge::Badge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

Badge::Badge(Icon icon, Ink ink, const QString &text, QWidget *parent)
    : Badge(parent)
{
    set(icon, ink, text);
}

void Badge::set(Icon icon, Ink ink, const QString &text)
{
    m_icon = latchkey::icon(icon, ink);
    m_ink = ink;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(m_text) + IconSize + spacing::tight + 2 * Padding,
            qMax(metrics.height(), IconSize) + spacing::tight};
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tintColour(m_ink, palette()));
    painter.drawRoundedRect(rect(), 4, 4);
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const QRect inner = rect().adjusted(Padding, 0, -Padding, 0);
    QRect iconRect(0, (height() - IconSize) / 2, IconSize, IconSize);
    iconRect.moveLeft(rightToLeft ? inner.right() - IconSize + 1 : inner.left());
    m_icon.paint(&painter, iconRect);
    painter.setPen(inkColour(m_ink, palette()));
    const int taken = IconSize + spacing::tight;
    painter.drawText(rightToLeft ? inner.adjusted(0, 0, -taken, 0) : inner.adjusted(taken, 0, 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeading, m_text);
}

} // namespace latchkey
