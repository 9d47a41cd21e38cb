// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QGridLayout;

namespace latchkey {

/// Widgets in as many equal columns as fit, and in even rows: eight are two rows of four, not of seven and
/// one.
class FlowGrid : public QWidget
{
    Q_OBJECT
public:
    /// No column gets narrower than `leastWidth` as long as one is left.
    explicit FlowGrid(int leastWidth, QWidget *parent = nullptr);

    void add(QWidget *widget);
    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    [[nodiscard]] int columnsFor(int count) const;

    int m_leastWidth;
    int m_columns = 0;
    QGridLayout *m_grid;
    QList<QWidget *> m_widgets;
    QList<QWidget *> m_shown; ///< Those that are not hidden, as they are arranged now.
};

} // namespace latchkey
