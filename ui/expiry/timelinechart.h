// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QWidget>

class QPainter;

namespace latchkey {

class ExpiryTimelineModel;
enum class Urgency;

/// What expires when, as bars stacked by urgency. Each urgency has a pattern of its own and each bar its
/// number, so that nothing depends on colour. One bar is the current one: by hovering, or by the arrow keys.
class TimelineChart : public QWidget
{
    Q_OBJECT
public:
    /// `model` must outlive the chart.
    explicit TimelineChart(const ExpiryTimelineModel &model, QWidget *parent = nullptr);

    /// The bar under the mouse, else the one of the keyboard while the chart has the focus; -1 for none.
    [[nodiscard]] int currentRow() const;
    [[nodiscard]] QRect barRect(int row) const; ///< All of the height, whatever the bar's.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    /// A sample for a legend, and each part of a bar.
    static void paintPart(QPainter &painter, const QRectF &part, Urgency urgency, const QPalette &palette);
    [[nodiscard]] static Ink inkOf(Urgency urgency);

Q_SIGNALS:
    void currentRowChanged(int row);
    /// A click, Enter or Space on a bar in which something expires.
    void rowActivated(int row);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] int rowAt(const QPoint &position) const;
    [[nodiscard]] QRect plot() const;
    void setRows(int hovered, int chosen);
    void activate(int row);
    void announce();
    void onModelChanged();
    void paintBar(QPainter &painter, int row) const;
    void paintAxis(QPainter &painter) const;

    const ExpiryTimelineModel &m_model;
    int m_hovered = -1;
    int m_chosen = 0; ///< By the keyboard.
    int m_announced = -1;
};

} // namespace latchkey
