// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/timelinechart.h"

#include "models/items/expirytimelinemodel.h"
#include "ui/common/tooltips.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <array>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {
constexpr int BarsHeight = 92; // Of the highest bar.
constexpr std::array Urgencies{Urgency::Soon, Urgency::Later, Urgency::Far};
} // namespace

TimelineChart::TimelineChart(const ExpiryTimelineModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
{
    setObjectName(u"timelineChart"_s);
    setAccessibleName(tr("Timeline of what expires"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&model, &ExpiryTimelineModel::counted, this, &TimelineChart::onModelChanged);
    onModelChanged();
}

int TimelineChart::currentRow() const
{
    if (m_hovered >= 0)
        return m_hovered;
    return hasFocus() && m_chosen < m_model.rowCount() ? m_chosen : -1;
}

QSize TimelineChart::sizeHint() const
{
    return {420, BarsHeight + 2 * fontMetrics().height() + 2 * spacing::normal};
}

QSize TimelineChart::minimumSizeHint() const
{
    return {240, sizeHint().height()};
}

QRect TimelineChart::plot() const
{
    const int text = fontMetrics().height();
    return rect().adjusted(2, text + spacing::tight, -2, -text - spacing::normal);
}

QRect TimelineChart::barRect(int row) const
{
    const int count = m_model.rowCount();
    if (row < 0 || row >= count)
        return {};
    const QRect area = plot();
    const int left = area.left() + area.width() * row / count;
    const int right = area.left() + area.width() * (row + 1) / count;
    const QRect bar(left, 0, right - left, area.bottom() + spacing::tight);
    return QStyle::visualRect(layoutDirection(), rect(), bar);
}

int TimelineChart::rowAt(const QPoint &position) const
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (barRect(row).contains(position))
            return row;
    }
    return -1;
}

Ink TimelineChart::inkOf(Urgency urgency)
{
    switch (urgency) {
    case Urgency::Soon:
        return Ink::Urgent;
    case Urgency::Later:
        return Ink::Warning;
    case Urgency::Far:
        return Ink::Accent;
    }
    return Ink::Text;
}

void TimelineChart::paintPart(QPainter &painter, const QRectF &part, Urgency urgency, const QPalette &palette)
{
    const QColor ink = inkColour(inkOf(urgency), palette);
    painter.setPen(QPen(ink, 1));
    painter.setBrush(urgency == Urgency::Soon ? ink : tintColour(inkOf(urgency), palette));
    const QRectF sharp = part.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRect(sharp);
    if (urgency == Urgency::Later) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(ink, Qt::BDiagPattern));
        painter.drawRect(sharp);
    }
}

void TimelineChart::paintBar(QPainter &painter, int row) const
{
    const TimelineBucket &bucket = *m_model.at(row);
    const QRect column = barRect(row);
    const QRect area = plot();
    if (row == currentRow()) {
        painter.setPen(hasFocus() && row == m_chosen ? QPen(inkColour(Ink::Accent, palette()), 1.5)
                                                     : QPen(Qt::NoPen));
        painter.setBrush(tintColour(Ink::Accent, palette()));
        painter.drawRoundedRect(QRectF(column).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3);
    }
    if (bucket.total() == 0)
        return;
    const int gap = column.width() > 12 ? 2 : 1;
    const int width = qMin(column.width() - 2 * gap, 44);
    const int left = column.center().x() - width / 2;
    qreal bottom = area.bottom();
    for (const Urgency urgency : Urgencies) {
        const int count = bucket.counts[size_t(urgency)];
        if (count == 0)
            continue;
        // One among many is still seen.
        const qreal height = qMax(3.0, qreal(area.height()) * count / qMax(1, m_model.largest()));
        paintPart(painter, QRectF(left, qMax<qreal>(area.top(), bottom - height), width, height), urgency,
                  palette());
        bottom -= height;
    }
    const QString number = QLocale().toString(bucket.total());
    painter.setPen(inkColour(Ink::Text, palette()));
    const int text = fontMetrics().horizontalAdvance(number);
    // Where the bars are narrow, the number may stand over its neighbours, which are mostly empty.
    const QRect place(column.center().x() - text / 2 - 1, qMax(0, int(bottom) - fontMetrics().height() - 1),
                      text + 2, fontMetrics().height());
    painter.drawText(place, Qt::AlignCenter, number);
}

void TimelineChart::paintAxis(QPainter &painter) const
{
    const QRect area = plot();
    painter.setPen(QPen(outlineColour(palette()), 1));
    painter.drawLine(QPointF(area.left(), area.bottom() + 0.5), QPointF(area.right(), area.bottom() + 0.5));
    painter.setPen(inkColour(Ink::Muted, palette()));
    const int widest = fontMetrics().horizontalAdvance(u"00 Mmm"_s) + spacing::wide;
    const int count = m_model.rowCount();
    const int every = qMax(1, widest * count / qMax(1, area.width()) + 1);
    for (int row = 0; row < count; row += every) {
        const QString label = row == 0 ? tr("Today") : QLocale().toString(m_model.at(row)->key, u"d MMM"_s);
        const int width = fontMetrics().horizontalAdvance(label) + 2;
        QRect place(barRect(row).center().x() - width / 2, area.bottom() + spacing::tight, width,
                    fontMetrics().height());
        place.moveLeft(qBound(0, place.left(), rect().width() - width));
        painter.drawText(place, Qt::AlignCenter, label);
    }
}

void TimelineChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int row = 0; row < m_model.rowCount(); ++row)
        paintBar(painter, row);
    paintAxis(painter);
}

bool TimelineChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int row = rowAt(help->pos());
        QToolTip::showText(help->globalPos(), row < 0 ? QString() : plainToolTip(m_model.sentence(row)), this,
                           barRect(row));
        return true;
    }
    return QWidget::event(event);
}

void TimelineChart::keyPressEvent(QKeyEvent *event)
{
    const int last = m_model.rowCount() - 1;
    const int onward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    int row = m_chosen;
    switch (event->key()) {
    case Qt::Key_Right:
        row += onward;
        break;
    case Qt::Key_Left:
        row -= onward;
        break;
    case Qt::Key_Home:
        row = 0;
        break;
    case Qt::Key_End:
        row = last;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        activate(m_chosen);
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    // What the keyboard chooses counts, wherever the mouse was left.
    setRows(-1, qBound(0, row, qMax(0, last)));
}

void TimelineChart::mouseMoveEvent(QMouseEvent *event)
{
    setRows(rowAt(event->pos()), m_chosen);
}

void TimelineChart::mouseReleaseEvent(QMouseEvent *event)
{
    const int row = rowAt(event->pos());
    if (event->button() != Qt::LeftButton || row < 0)
        return;
    setRows(m_hovered, row);
    activate(row);
}

void TimelineChart::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    setRows(-1, m_chosen);
}

void TimelineChart::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    announce();
}

void TimelineChart::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    announce();
}

void TimelineChart::setRows(int hovered, int chosen)
{
    m_hovered = hovered;
    m_chosen = chosen;
    announce();
}

void TimelineChart::announce()
{
    update();
    const int row = currentRow();
    // A screen reader follows the description of what has the focus.
    setAccessibleDescription(row < 0 ? QString() : m_model.sentence(row));
    if (m_announced == row)
        return;
    m_announced = row;
    Q_EMIT currentRowChanged(row);
}

void TimelineChart::activate(int row)
{
    const TimelineBucket *bucket = m_model.at(row);
    if (bucket != nullptr && bucket->total() > 0)
        Q_EMIT rowActivated(row);
}

void TimelineChart::onModelChanged()
{
    const int last = m_model.rowCount() - 1;
    m_hovered = m_hovered > last ? -1 : m_hovered;
    m_chosen = qBound(0, m_chosen, qMax(0, last));
    announce();
}

} // namespace latchkey
