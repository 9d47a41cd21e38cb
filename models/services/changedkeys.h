// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>

namespace latchkey {

/// Under which keys there is another value, one more or one less.
template <typename Key, typename Value>
[[nodiscard]] QList<Key> changedKeys(const QHash<Key, Value> &before, const QHash<Key, Value> &now)
{
    QList<Key> keys;
    for (auto each = before.cbegin(); each != before.cend(); ++each) {
        const auto found = now.constFind(each.key());
        if (found == now.cend() || *found != *each)
            keys << each.key();
    }
    for (auto each = now.cbegin(); each != now.cend(); ++each) {
        if (!before.contains(each.key()))
            keys << each.key();
    }
    return keys;
}

} // namespace latchkey
