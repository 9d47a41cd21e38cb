// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/statetile.h"

#include "ui/common/viewpresentation.h"

#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {
constexpr int IconSize = 18;
constexpr int Padding = 10;
} // namespace

StateTile::StateTile(InstanceView view, const QString &label, QWidget *parent)
    : QAbstractButton(parent)
    , m_view(view)
{
    setObjectName(u"tile%1"_s.arg(int(view)));
    setText(label);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCount(0, true);
}

void StateTile::setCount(int count, bool checking)
{
    m_count = count;
    m_checking = checking;
    QStringList said{text(), m_count == 0 && m_checking ? QString() : countText(), note()};
    said.removeAll(QString());
    setAccessibleName(said.join(u", "_s));
    setToolTip(tr("Show these instances"));
    update();
}

QString StateTile::countText() const
{
    return m_count == 0 && m_checking ? u"…"_s : QLocale().toString(m_count);
}

QString StateTile::note() const
{
    if (!m_checking)
        return {};
    // Those that are not checked are what is being checked.
    return m_count == 0 || m_view == InstanceView::NotChecked ? tr("checking…") : tr("so far");
}

QFont StateTile::countFont() const
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    return large;
}

QSize StateTile::sizeHint() const
{
    const QFontMetrics metrics(font());
    const QFontMetrics large(countFont());
    const int upper = IconSize + spacing::normal + large.horizontalAdvance(QLocale().toString(88888)) +
                      spacing::tight + metrics.horizontalAdvance(tr("checking…"));
    const int width = qMax(upper, metrics.horizontalAdvance(text()));
    return {width + 2 * Padding, large.height() + metrics.height() + 2 * spacing::normal};
}

void StateTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const StatePresentation look = presentationOf(m_view);
    const bool something = m_count > 0;
    const Ink ink = something ? look.ink : Ink::Muted;
    painter.setBrush(underMouse() || isDown() ? tintColour(ink, palette()) : palette().color(QPalette::Base));
    painter.setPen(QPen(outlineColour(palette()), 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(inkColour(Ink::Accent, palette()), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5);
    }
    const auto mirrored = [this](const QRect &place) {
        return QStyle::visualRect(layoutDirection(), rect(), place);
    };
    const QFontMetrics metrics(font());
    const QFontMetrics large(countFont());
    const QRect inner = rect().adjusted(Padding, spacing::normal, -Padding, -spacing::normal);
    const QRect upper(inner.left(), inner.top(), inner.width(), large.height());
    const QRect sign(upper.left(), upper.center().y() - IconSize / 2 + 1, IconSize, IconSize);
    latchkey::icon(look.icon, ink).paint(&painter, mirrored(sign));
    QRect rest = upper.adjusted(IconSize + spacing::normal, 0, 0, 0);
    const int alignment = int(Qt::AlignVCenter | QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft));
    painter.setFont(countFont());
    painter.setPen(inkColour(something ? Ink::Text : Ink::Muted, palette()));
    painter.drawText(mirrored(rest), alignment, countText());
    rest.setLeft(rest.left() + large.horizontalAdvance(countText()) + spacing::tight);
    painter.setFont(font());
    painter.setPen(inkColour(Ink::Muted, palette()));
    painter.drawText(mirrored(rest), alignment, note());
    painter.setPen(inkColour(Ink::Text, palette()));
    const QRect lower(inner.left(), upper.bottom() + 1, inner.width(), metrics.height());
    painter.drawText(mirrored(lower), alignment, metrics.elidedText(text(), Qt::ElideRight, lower.width()));
}

void StateTile::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void StateTile::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void StateTile::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace latchkey
