// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <utility>

namespace latchkey {

/// Puts the pages of a list together by id. The collection may change between two pages, so that an item can
/// come twice (the later one counts) or be missed (see `looksComplete()`).
template <typename T>
class ListMerge
{
public:
    /// Starts another reading from the first page. What was found before stays until `take()`.
    void startPass()
    {
        m_seen.clear();
        m_dropped = 0;
        m_firstTotal = m_lastTotal = -1;
        m_read = 0;
    }
    void startPage(int rawItems, int total)
    {
        m_read += rawItems;
        m_lastTotal = total;
        if (m_firstTotal < 0)
            m_firstTotal = total;
    }
    /// True: nothing with this id came before.
    bool add(const QString &id, T item)
    {
        m_seen.insert(id, true);
        const auto known = m_index.constFind(id);
        if (known != m_index.cend()) {
            m_items[*known] = std::move(item);
            return false;
        }
        m_index.insert(id, m_items.size());
        m_ids.append(id);
        m_items.append(std::move(item));
        return true;
    }
    void drop() { ++m_dropped; }

    [[nodiscard]] int count() const { return static_cast<int>(m_items.size()); }
    [[nodiscard]] int dropped() const { return m_dropped; }
    /// Items that came in this pass, twice ones counted twice.
    [[nodiscard]] int read() const { return m_read; }
    /// Nothing suggests that an item was missed in this pass.
    [[nodiscard]] bool looksComplete() const
    {
        return m_lastTotal < 0 || (m_firstTotal == m_lastTotal && m_seen.size() + m_dropped >= m_lastTotal);
    }
    /// What the last pass saw, where that was complete: the rest has gone meanwhile. Else all that was ever
    /// seen.
    [[nodiscard]] QList<T> take()
    {
        if (!looksComplete() || m_seen.size() == m_items.size())
            return std::exchange(m_items, {});
        QList<T> still;
        for (qsizetype i = 0; i < m_items.size(); ++i) {
            if (m_seen.contains(m_ids.at(i)))
                still.append(std::move(m_items[i]));
        }
        return still;
    }

private:
    QList<T> m_items;
    QList<QString> m_ids;
    QHash<QString, qsizetype> m_index;
    QHash<QString, bool> m_seen;
    int m_dropped = 0;
    int m_read = 0;
    int m_firstTotal = -1; ///< -1: not told.
    int m_lastTotal = -1;
};

} // namespace latchkey
