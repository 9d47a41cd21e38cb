// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QHash>

#include <algorithm>
#include <utility>
#include <vector>

namespace latchkey {

/// A table whose rows are worked out anew as a whole and shown with row signals for what is different, so
/// that the current row and the scroll position stay. A `Row` has a `key`, which no other row has, and ==.
template <typename Row>
class MergedTable : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    /// nullptr out of range; valid until the next change.
    [[nodiscard]] const Row *at(int row) const
    {
        return row >= 0 && std::cmp_less(row, m_rows.size()) ? &m_rows[static_cast<size_t>(row)] : nullptr;
    }

protected:
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    void showRows(std::vector<Row> wanted);

private:
    using Key = std::decay_t<decltype(std::declval<Row>().key)>;
    using Range = std::pair<int, int>; ///< First and last row.
    using Places = QHash<Key, int>;

    /// More row signals than this are slower in a view than a reset.
    static constexpr size_t MostRanges = 64;

    [[nodiscard]] static Places placesOf(const std::vector<Row> &rows);
    [[nodiscard]] static std::vector<Range> missingIn(const std::vector<Row> &rows, const Places &others);
    void reorder(const Places &wanted);
    void insert(const std::vector<Row> &wanted, const std::vector<Range> &ranges);
    void update(std::vector<Row> &wanted);
    void announce(int first, int last);

    std::vector<Row> m_rows;
};

template <typename Row>
typename MergedTable<Row>::Places MergedTable<Row>::placesOf(const std::vector<Row> &rows)
{
    Places places;
    places.reserve(static_cast<qsizetype>(rows.size()));
    for (int row = 0; std::cmp_less(row, rows.size()); ++row)
        places.insert(rows[static_cast<size_t>(row)].key, row);
    return places;
}

template <typename Row>
std::vector<typename MergedTable<Row>::Range> MergedTable<Row>::missingIn(const std::vector<Row> &rows,
                                                                          const Places &others)
{
    std::vector<Range> ranges;
    for (int row = 0; std::cmp_less(row, rows.size()); ++row) {
        if (others.contains(rows[static_cast<size_t>(row)].key))
            continue;
        if (!ranges.empty() && ranges.back().second == row - 1)
            ranges.back().second = row;
        else
            ranges.emplace_back(row, row);
    }
    return ranges;
}

template <typename Row>
void MergedTable<Row>::showRows(std::vector<Row> wanted)
{
    if (std::ranges::equal(m_rows, wanted, {}, &Row::key, &Row::key)) {
        update(wanted);
        return;
    }
    const Places places = placesOf(wanted);
    const std::vector<Range> gone = missingIn(m_rows, places);
    const std::vector<Range> fresh = missingIn(wanted, placesOf(m_rows));
    if (gone.size() + fresh.size() > MostRanges) {
        beginResetModel();
        m_rows = std::move(wanted);
        endResetModel();
        return;
    }
    for (auto range = gone.crbegin(); range != gone.crend(); ++range) {
        beginRemoveRows({}, range->first, range->second);
        m_rows.erase(m_rows.begin() + range->first, m_rows.begin() + range->second + 1);
        endRemoveRows();
    }
    reorder(places);
    insert(wanted, fresh);
    update(wanted);
}

template <typename Row>
void MergedTable<Row>::reorder(const Places &wanted)
{
    const auto comesBefore = [&wanted](const Row &a, const Row &b) {
        return wanted.value(a.key) < wanted.value(b.key);
    };
    if (std::is_sorted(m_rows.cbegin(), m_rows.cend(), comesBefore))
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<Key> keys;
    keys.reserve(static_cast<size_t>(before.size()));
    for (const QModelIndex &index : before)
        keys.push_back(m_rows[static_cast<size_t>(index.row())].key);
    std::sort(m_rows.begin(), m_rows.end(), comesBefore);
    const Places places = placesOf(m_rows);
    QModelIndexList after;
    after.reserve(before.size());
    for (qsizetype i = 0; i < before.size(); ++i)
        after << createIndex(places.value(keys[static_cast<size_t>(i)]), before.at(i).column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

template <typename Row>
void MergedTable<Row>::insert(const std::vector<Row> &wanted, const std::vector<Range> &ranges)
{
    for (const auto &[first, last] : ranges) {
        beginInsertRows({}, first, last);
        m_rows.insert(m_rows.begin() + first, wanted.begin() + first, wanted.begin() + last + 1);
        endInsertRows();
    }
}

template <typename Row>
void MergedTable<Row>::update(std::vector<Row> &wanted)
{
    const int count = static_cast<int>(wanted.size());
    for (int row = 0; row < count; ++row) {
        const int first = row;
        for (; row < count && !(m_rows[static_cast<size_t>(row)] == wanted[static_cast<size_t>(row)]); ++row)
            m_rows[static_cast<size_t>(row)] = std::move(wanted[static_cast<size_t>(row)]);
        if (row > first)
            announce(first, row - 1);
    }
}

template <typename Row>
void MergedTable<Row>::announce(int first, int last)
{
    Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

} // namespace latchkey
