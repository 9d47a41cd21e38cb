// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/items/instancecolumns.h"

#include <QList>
#include <QTableView>

class QMenu;

namespace latchkey {

class InstanceFilterModel;
class SelectionKeeper;
class UiState;

/// The table of instances. Rows have one height and no vertical header, which is what keeps 100,000 of them
/// quick.
class InstanceTableView : public QTableView
{
    Q_OBJECT
public:
    /// Both must outlive the view.
    InstanceTableView(InstanceFilterModel &model, UiState &uiState, QWidget *parent = nullptr);

    /// In the order on screen.
    [[nodiscard]] QList<InstanceRecord> selectedRecords() const;
    /// The visible columns of the selected rows as lines with tabs, in the order on screen. The model holds
    /// no secrets.
    [[nodiscard]] QString selectedText() const;
    void showAddress(const InstanceAddress &address);
    /// With one organization only, the profile column says nothing: it is hidden until somebody asks for it.
    void setSeveralOrganizations(bool several);
    void saveColumns();
    /// One checkable entry a column; at least one column stays. `movable` is the one that can be moved
    /// from there, -1 for none.
    void fillColumnMenu(QMenu &menu, int movable);
    /// One entry a visible column, and the direction.
    void fillSortMenu(QMenu &menu);

Q_SIGNALS:
    void selectedChanged();
    /// Once, after the first paint that holds rows.
    void rowsPainted(int rows);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void paintFocusRing();
    [[nodiscard]] QRect rowRect(int row) const;
    /// Icon, the longest word that the column can hold by itself, and the room that the delegate leaves.
    [[nodiscard]] int widthFor(const QStringList &words) const;
    [[nodiscard]] int defaultWidth(InstanceColumn column) const;
    void addMoveAction(QMenu &menu, int column, int by);
    void setRowHeight();
    void setDefaultColumns();
    void openHeaderMenu(const QPoint &position);

    InstanceFilterModel &m_model;
    UiState &m_uiState;
    SelectionKeeper *m_keeper = nullptr;
    bool m_severalOrganizations = false;
    bool m_painted = false;
};

} // namespace latchkey
