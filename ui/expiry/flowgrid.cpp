// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/flowgrid.h"

#include "ui/common/theme.h"

#include <QEvent>
#include <QGridLayout>

namespace latchkey {

FlowGrid::FlowGrid(int leastWidth, QWidget *parent)
    : QWidget(parent)
    , m_leastWidth(leastWidth)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(spacing::normal);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FlowGrid::add(QWidget *widget)
{
    m_widgets.append(widget);
    arrange();
}

QSize FlowGrid::minimumSizeHint() const
{
    // The layout would ask for all of its present columns, and never get fewer.
    return {m_leastWidth, m_grid->minimumSize().height()};
}

QSize FlowGrid::sizeHint() const
{
    return {m_leastWidth, m_grid->sizeHint().height()};
}

bool FlowGrid::event(QEvent *event)
{
    // One of them was shown or hidden.
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

void FlowGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

int FlowGrid::columnsFor(int count) const
{
    const int gap = m_grid->horizontalSpacing();
    const int fitting = qBound(1, (width() + gap) / (m_leastWidth + gap), qMax(1, count));
    const int rows = (count + fitting - 1) / fitting;
    return rows > 0 ? (count + rows - 1) / rows : 1;
}

void FlowGrid::arrange()
{
    QList<QWidget *> shown = m_widgets;
    shown.removeIf([](const QWidget *widget) { return widget->isHidden(); });
    const int columns = columnsFor(int(shown.size()));
    if (columns == m_columns && shown == m_shown)
        return;
    m_columns = columns;
    m_shown = shown;
    for (QWidget *widget : std::as_const(m_widgets))
        m_grid->removeWidget(widget);
    for (int i = 0; i < shown.size(); ++i)
        m_grid->addWidget(shown.at(i), i / columns, i % columns, Qt::AlignTop);
    for (int column = 0; column < m_grid->columnCount(); ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    updateGeometry();
}

} // namespace latchkey
