// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/timelinelegend.h"

#include "models/items/expirytimelinemodel.h"
#include "ui/expiry/timelinechart.h"

#include <QPainter>
#include <QStyle>

namespace latchkey {

namespace {
constexpr int Sample = 12;
} // namespace

TimelineLegend::TimelineLegend(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize TimelineLegend::sizeHint() const
{
    int width = 0;
    for (int urgency = 0; urgency < UrgencyCount; ++urgency)
        width += Sample + spacing::tight + fontMetrics().horizontalAdvance(urgencyLabel(Urgency(urgency))) +
                 spacing::wide;
    return {width, qMax(Sample, fontMetrics().height()) + 2};
}

void TimelineLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    int left = 0;
    const auto mirrored = [this](const QRect &place) {
        return QStyle::visualRect(layoutDirection(), rect(), place);
    };
    for (int number = 0; number < UrgencyCount; ++number) {
        const auto urgency = Urgency(number);
        const QRect sample(left, (height() - Sample) / 2, Sample, Sample);
        TimelineChart::paintPart(painter, mirrored(sample), urgency, palette());
        left += Sample + spacing::tight;
        const int width = fontMetrics().horizontalAdvance(urgencyLabel(urgency)) + 1;
        painter.setPen(inkColour(Ink::Text, palette()));
        painter.drawText(mirrored(QRect(left, 0, width, height())), Qt::AlignVCenter, urgencyLabel(urgency));
        left += width - 1 + spacing::wide;
    }
}

} // namespace latchkey
