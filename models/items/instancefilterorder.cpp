// SPDX-License-Identifier: GPL-3.0-or-later
// How InstanceFilterModel orders rows and stands between its source and a view.
#include "models/items/instancefiltermodel.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace latchkey {

namespace {

using SortKey = InstanceTableModel::SortKey;

/// < 0, 0, > 0. Unknown values are last in both directions.
int compare(const SortKey &a, const SortKey &b, Qt::SortOrder order)
{
    if (a.rank != b.rank)
        return a.rank - b.rank;
    int result = a.text.compare(b.text);
    if (a.number != b.number)
        result = a.number < b.number ? -1 : 1;
    return order == Qt::AscendingOrder ? result : -result;
}

} // namespace

bool InstanceFilterModel::comesBefore(int a, int b) const
{
    if (m_sortColumn < 0)
        return a < b;
    const auto column = static_cast<InstanceColumn>(m_sortColumn);
    if (const int result = compare(m_source.sortKey(a, column), m_source.sortKey(b, column), m_sortOrder);
        result != 0)
        return result < 0;
    const int byTitle = compare(m_source.sortKey(a, InstanceColumn::Instance),
                                m_source.sortKey(b, InstanceColumn::Instance), Qt::AscendingOrder);
    return byTitle != 0 ? byTitle < 0 : a < b;
}

bool InstanceFilterModel::isInPlace(int sourceRow) const
{
    const auto position = static_cast<size_t>(m_orderPosition[static_cast<size_t>(sourceRow)]);
    const bool afterPrevious = position == 0 || comesBefore(m_order[position - 1], sourceRow);
    const bool beforeNext = position + 1 == m_order.size() || comesBefore(sourceRow, m_order[position + 1]);
    return afterPrevious && beforeNext;
}

InstanceFilterModel::Rows InstanceFilterModel::sortedAnew() const
{
    Rows rows(static_cast<size_t>(m_source.rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    if (m_sortColumn < 0)
        return rows;
    // The keys are made once for each row, not for each comparison.
    struct Keys
    {
        SortKey main;
        SortKey title;
    };
    std::vector<Keys> keys;
    keys.reserve(rows.size());
    for (const int row : rows) {
        keys.push_back({m_source.sortKey(row, static_cast<InstanceColumn>(m_sortColumn)),
                        m_source.sortKey(row, InstanceColumn::Instance)});
    }
    std::stable_sort(rows.begin(), rows.end(), [&](int a, int b) {
        const Keys &left = keys[static_cast<size_t>(a)];
        const Keys &right = keys[static_cast<size_t>(b)];
        const int result = compare(left.main, right.main, m_sortOrder);
        return (result != 0 ? result : compare(left.title, right.title, Qt::AscendingOrder)) < 0;
    });
    return rows;
}

InstanceFilterModel::Rows InstanceFilterModel::merged(const Rows &order, Rows added) const
{
    const auto before = [this](int a, int b) { return comesBefore(a, b); };
    std::sort(added.begin(), added.end(), before);
    Rows result;
    result.reserve(order.size() + added.size());
    // Few rows come to many: look for each one's place rather than compare them all.
    auto copied = order.cbegin();
    for (const int row : added) {
        const auto place = std::lower_bound(copied, order.cend(), row, before);
        result.insert(result.end(), copied, place);
        result.push_back(row);
        copied = place;
    }
    result.insert(result.end(), copied, order.cend());
    return result;
}

QModelIndex InstanceFilterModel::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex InstanceFilterModel::parent(const QModelIndex &) const
{
    return {};
}

int InstanceFilterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_visible.size());
}

int InstanceFilterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_source.columnCount();
}

// The base class would ask the source, which has rows when all of them are filtered out.
bool InstanceFilterModel::hasChildren(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_visible.empty();
}

// The base class maps the section over the first row, which may not be there.
QVariant InstanceFilterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_source.headerData(section, orientation, role);
}

QModelIndex InstanceFilterModel::mapToSource(const QModelIndex &proxyIndex) const
{
    if (!proxyIndex.isValid() || proxyIndex.model() != this ||
        std::cmp_greater_equal(proxyIndex.row(), m_visible.size()))
        return {};
    return m_source.index(m_visible[static_cast<size_t>(proxyIndex.row())], proxyIndex.column());
}

QModelIndex InstanceFilterModel::mapFromSource(const QModelIndex &sourceIndex) const
{
    // While rows are being inserted the source has some that are not known here yet.
    if (!sourceIndex.isValid() || std::cmp_greater_equal(sourceIndex.row(), m_visiblePosition.size()))
        return {};
    const int row = m_visiblePosition[static_cast<size_t>(sourceIndex.row())];
    return row < 0 ? QModelIndex() : createIndex(row, sourceIndex.column());
}

} // namespace latchkey
