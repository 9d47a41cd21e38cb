// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/instancefiltermodel.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace latchkey {

namespace {

/// A view that gets more row signals than this is slower than after a reset.
constexpr size_t MostRanges = 64;

using Range = std::pair<int, int>; // First and last row.

template <typename T>
const T &at(const std::vector<T> &values, int index)
{
    return values[static_cast<size_t>(index)];
}

/// Runs of proxy rows for which `holds`.
template <typename Predicate>
std::vector<Range> rangesOf(const std::vector<int> &rows, Predicate holds)
{
    std::vector<Range> ranges;
    for (int row = 0; std::cmp_less(row, rows.size()); ++row) {
        if (!holds(at(rows, row)))
            continue;
        if (!ranges.empty() && ranges.back().second == row - 1)
            ranges.back().second = row;
        else
            ranges.emplace_back(row, row);
    }
    return ranges;
}

std::vector<bool> flagsOf(const std::vector<int> &rows, size_t count)
{
    std::vector<bool> flags(count, false);
    for (const int row : rows)
        flags[static_cast<size_t>(row)] = true;
    return flags;
}

} // namespace

bool viewAccepts(InstanceView view, const Health &health)
{
    switch (view) {
    case InstanceView::All:
        return true;
    case InstanceView::NeedsAttention:
        return health.needsAttention();
    case InstanceView::Expired:
        return health.has(HealthState::Expired);
    case InstanceView::Expiring:
        return health.has(HealthState::ExpiringSoon) || health.has(HealthState::ExpiringLater);
    case InstanceView::Tainted:
        return health.has(HealthState::MustBeReplaced);
    case InstanceView::MissingPermissions:
        return health.has(HealthState::MissingPermissions);
    case InstanceView::NoCredential:
        return health.has(HealthState::NoCredential);
    case InstanceView::NoKnownExpiry:
        return health.has(HealthState::NoKnownExpiry);
    case InstanceView::NotChecked:
        return health.has(HealthState::NotChecked);
    }
    Q_UNREACHABLE();
}

InstanceFilterModel::InstanceFilterModel(InstanceTableModel &source, QObject *parent)
    : QAbstractProxyModel(parent)
    , m_source(source)
{
    setSourceModel(&source);
    rebuild();
    connect(&source, &QAbstractItemModel::dataChanged, this, &InstanceFilterModel::onDataChanged);
    connect(&source, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { onRowsInserted(first, last); });
    connect(&source, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { onRowsAboutToBeRemoved(first, last); });
    connect(&source, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { onRowsRemoved(first, last); });
}

void InstanceFilterModel::setNeedle(const QString &needle)
{
    const QString simplified = needle.toLower().simplified();
    if (simplified == m_needle)
        return;
    const bool narrows = simplified.startsWith(m_needle);
    m_needle = simplified;
    m_words = simplified.split(u' ', Qt::SkipEmptyParts);
    filterAnew(narrows ? m_visible : m_order);
}

void InstanceFilterModel::setView(InstanceView view)
{
    if (view == m_view)
        return;
    m_view = view;
    filterAnew(m_order);
}

void InstanceFilterModel::setScope(const QString &profileId, const QString &origin)
{
    if (profileId == m_profileId && origin == m_origin)
        return;
    m_profileId = profileId;
    m_origin = origin;
    filterAnew(m_order);
}

void InstanceFilterModel::setNarrowing(const InstanceNarrowing &narrowing)
{
    m_narrowing = narrowing;
    filterAnew(m_order);
}

void InstanceFilterModel::sort(int column, Qt::SortOrder order)
{
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    m_order = sortedAnew();
    Rows wanted;
    wanted.reserve(m_visible.size());
    for (const int row : m_order) {
        if (at(m_visiblePosition, row) >= 0)
            wanted.push_back(row);
    }
    indexRows();
    reorderVisible(wanted);
}

QModelIndex InstanceFilterModel::indexOf(const InstanceAddress &address) const
{
    return mapFromSource(m_source.indexOf(address));
}

bool InstanceFilterModel::isInScope(const InstanceAddress &address) const
{
    return (m_profileId.isEmpty() || address.profileId == m_profileId) &&
           (m_origin.isEmpty() || address.origin == m_origin);
}

int InstanceFilterModel::rowsInScope() const
{
    int rows = 0;
    for (int row = 0; row < m_source.rowCount(); ++row)
        rows += isInScope(m_source.record(row)->address) ? 1 : 0;
    return rows;
}

bool InstanceFilterModel::accepts(int sourceRow) const
{
    if (!isInScope(m_source.record(sourceRow)->address))
        return false;
    if (!viewAccepts(m_view, m_source.health(sourceRow)))
        return false;
    if (m_narrowing.isActive() &&
        !m_narrowing.accepts(*m_source.record(sourceRow), m_source.health(sourceRow)))
        return false;
    const QString &haystack = m_source.haystack(sourceRow);
    return std::all_of(m_words.cbegin(), m_words.cend(),
                       [&haystack](const QString &word) { return haystack.contains(word); });
}

InstanceFilterModel::Rows InstanceFilterModel::accepted(const Rows &candidates) const
{
    Rows rows;
    std::copy_if(candidates.cbegin(), candidates.cend(), std::back_inserter(rows),
                 [this](int row) { return accepts(row); });
    return rows;
}

void InstanceFilterModel::filterAnew(const Rows &candidates)
{
    Rows rows = accepted(candidates);
    if (rows == m_visible)
        return;
    beginResetModel();
    m_visible = std::move(rows);
    indexVisible();
    endResetModel();
}

void InstanceFilterModel::rebuild()
{
    m_order = sortedAnew();
    m_visible = accepted(m_order);
    indexRows();
    indexVisible();
}

void InstanceFilterModel::indexRows()
{
    m_orderPosition.assign(static_cast<size_t>(m_source.rowCount()), -1);
    for (int position = 0; std::cmp_less(position, m_order.size()); ++position)
        m_orderPosition[static_cast<size_t>(at(m_order, position))] = position;
}

void InstanceFilterModel::indexVisible()
{
    m_visiblePosition.assign(static_cast<size_t>(m_source.rowCount()), -1);
    for (int position = 0; std::cmp_less(position, m_visible.size()); ++position)
        m_visiblePosition[static_cast<size_t>(at(m_visible, position))] = position;
}

void InstanceFilterModel::showRows(const Rows &wanted)
{
    if (wanted == m_visible)
        return;
    const size_t count = m_visiblePosition.size();
    const std::vector<bool> stays = flagsOf(wanted, count);
    const std::vector<bool> isThere = flagsOf(m_visible, count);
    const auto gone = rangesOf(m_visible, [&stays](int row) { return !stays[static_cast<size_t>(row)]; });
    const auto fresh = rangesOf(wanted, [&isThere](int row) { return !isThere[static_cast<size_t>(row)]; });
    if (gone.size() + fresh.size() > MostRanges) {
        beginResetModel();
        m_visible = wanted;
        indexVisible();
        endResetModel();
        return;
    }
    removeVisible(gone);
    Rows kept;
    std::copy_if(wanted.cbegin(), wanted.cend(), std::back_inserter(kept),
                 [&isThere](int row) { return isThere[static_cast<size_t>(row)]; });
    reorderVisible(kept);
    for (const auto &[first, last] : fresh) {
        beginInsertRows({}, first, last);
        m_visible.insert(m_visible.begin() + first, wanted.begin() + first, wanted.begin() + last + 1);
        indexVisible();
        endInsertRows();
    }
}

void InstanceFilterModel::removeVisible(const std::vector<Range> &ranges)
{
    for (auto range = ranges.crbegin(); range != ranges.crend(); ++range) {
        beginRemoveRows({}, range->first, range->second);
        m_visible.erase(m_visible.begin() + range->first, m_visible.begin() + range->second + 1);
        indexVisible();
        endRemoveRows();
    }
}

void InstanceFilterModel::reorderVisible(const Rows &wanted)
{
    if (wanted == m_visible)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    const Rows old = std::exchange(m_visible, wanted);
    indexVisible();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &index : before)
        after << createIndex(at(m_visiblePosition, at(old, index.row())), index.column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void InstanceFilterModel::onDataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight)
{
    Rows misplaced;
    bool visibilityChanged = false;
    std::vector<bool> accept;
    for (int row = topLeft.row(); row <= bottomRight.row(); ++row) {
        accept.push_back(accepts(row));
        visibilityChanged |= accept.back() != (at(m_visiblePosition, row) >= 0);
        if (!isInPlace(row))
            misplaced.push_back(row);
    }
    if (!misplaced.empty()) {
        // All of the range: a neighbour of a misplaced row may look well placed beside it.
        Rows range(static_cast<size_t>(bottomRight.row() - topLeft.row() + 1));
        std::iota(range.begin(), range.end(), topLeft.row());
        Rows others;
        std::copy_if(m_order.cbegin(), m_order.cend(), std::back_inserter(others),
                     [&](int row) { return row < topLeft.row() || row > bottomRight.row(); });
        m_order = merged(others, std::move(range));
        indexRows();
    }
    if (visibilityChanged || !misplaced.empty()) {
        Rows wanted;
        for (const int row : m_order) {
            const bool changed = row >= topLeft.row() && row <= bottomRight.row();
            if (changed ? accept[static_cast<size_t>(row - topLeft.row())] : at(m_visiblePosition, row) >= 0)
                wanted.push_back(row);
        }
        showRows(wanted);
    }
    announce(topLeft, bottomRight);
}

void InstanceFilterModel::announce(const QModelIndex &topLeft, const QModelIndex &bottomRight)
{
    Rows positions;
    for (int row = topLeft.row(); row <= bottomRight.row(); ++row) {
        if (at(m_visiblePosition, row) >= 0)
            positions.push_back(at(m_visiblePosition, row));
    }
    std::sort(positions.begin(), positions.end());
    for (size_t begin = 0; begin < positions.size();) {
        size_t end = begin + 1;
        while (end < positions.size() && positions[end] == positions[end - 1] + 1)
            ++end;
        Q_EMIT dataChanged(index(positions[begin], topLeft.column()),
                           index(positions[end - 1], bottomRight.column()));
        begin = end;
    }
}

void InstanceFilterModel::onRowsInserted(int first, int last)
{
    const int count = last - first + 1;
    for (Rows *rows : {&m_order, &m_visible}) {
        for (int &row : *rows)
            row += row >= first ? count : 0;
    }
    indexVisible();
    Rows added(static_cast<size_t>(count));
    std::iota(added.begin(), added.end(), first);
    m_order = merged(m_order, added);
    indexRows();
    const Rows visible = accepted(added);
    if (!visible.empty())
        showRows(merged(m_visible, visible));
}

void InstanceFilterModel::onRowsAboutToBeRemoved(int first, int last)
{
    Rows wanted;
    std::copy_if(m_visible.cbegin(), m_visible.cend(), std::back_inserter(wanted),
                 [&](int row) { return row < first || row > last; });
    showRows(wanted);
}

void InstanceFilterModel::onRowsRemoved(int first, int last)
{
    std::erase_if(m_order, [&](int row) { return row >= first && row <= last; });
    const int count = last - first + 1;
    for (Rows *rows : {&m_order, &m_visible}) {
        for (int &row : *rows)
            row -= row > last ? count : 0;
    }
    indexRows();
    indexVisible();
}

} // namespace latchkey
