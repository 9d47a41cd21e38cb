// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace latchkey {

/// A table on a page that scrolls: as high as its rows, up to a number of them. Rows of HealthRole begin with
/// the sign of the state, and those of StaleRole are muted.
class CompactTable : public QTableView
{
    Q_OBJECT
public:
    explicit CompactTable(int mostRows, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// In average characters, of each column; 0 for one that shares what is left.
    void setWidths(const QList<int> &characters);
    [[nodiscard]] int currentRow() const { return currentIndex().row(); } ///< -1 for none.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentRowChanged(int row);
    /// Enter or a double click.
    void rowActivated(int row);

protected:
    /// Home and End lead to the first and the last row: a row is what is chosen.
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void fit();

    int m_mostRows;
    QList<int> m_characters;
};

} // namespace latchkey
