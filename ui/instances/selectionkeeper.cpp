// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/selectionkeeper.h"

#include "models/items/instancecolumns.h"
#include "models/items/instancefiltermodel.h"

#include <QItemSelectionModel>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>

namespace latchkey {

SelectionKeeper::SelectionKeeper(QTableView &view, InstanceFilterModel &model, QObject *parent)
    : QObject(parent)
    , m_view(view)
    , m_model(model)
{
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &SelectionKeeper::remember);
    connect(&model, &QAbstractItemModel::modelReset, this, &SelectionKeeper::restore);
    connect(view.selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_restoring)
            m_hidden.clear();
    });
}

void SelectionKeeper::remember()
{
    const QItemSelectionModel &selection = *m_view.selectionModel();
    // The row that the last search hid is still meant, as long as nothing else was selected.
    m_selected = m_hidden;
    for (const QItemSelectionRange &range : selection.selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            m_selected.append(m_model.index(row, 0).data(AddressRole).value<InstanceAddress>());
    }
    // Where the search hid the current row there is none until it comes back.
    if (selection.currentIndex().isValid() || m_hidden.isEmpty())
        m_current = selection.currentIndex().data(AddressRole).value<InstanceAddress>();
}

void SelectionKeeper::restore()
{
    QList<int> rows;
    rows.reserve(m_selected.size());
    m_hidden.clear();
    for (const InstanceAddress &address : std::as_const(m_selected)) {
        if (const QModelIndex index = m_model.indexOf(address); index.isValid())
            rows.append(index.row());
        else
            m_hidden.append(address);
    }
    // Of several, what is out of sight is not meant any more: they can be changed together.
    if (m_selected.size() > 1)
        m_hidden.clear();
    std::ranges::sort(rows);
    // Runs of rows as ranges: one range a row is quadratic in QItemSelectionModel.
    QItemSelection selection;
    const int lastColumn = m_model.columnCount() - 1;
    for (qsizetype i = 0; i < rows.size();) {
        qsizetype end = i;
        while (end + 1 < rows.size() && rows[end + 1] == rows[end] + 1)
            ++end;
        selection.append(
            QItemSelectionRange(m_model.index(rows[i], 0), m_model.index(rows[end], lastColumn)));
        i = end + 1;
    }
    m_restoring = true;
    QItemSelectionModel &model = *m_view.selectionModel();
    model.select(selection, QItemSelectionModel::ClearAndSelect);
    if (const QModelIndex current = m_model.indexOf(m_current); current.isValid())
        model.setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    m_restoring = false;
    Q_EMIT restored();
}

} // namespace latchkey
