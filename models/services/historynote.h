// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/historyentry.h"
#include "models/core/secret.h"

#include <QList>

#include <optional>

namespace latchkey {

/// What the keychain keeps of the history, beside the key that seals it: how it ends, and each break that was
/// found and written on from. A line of text for the end, as it was before there were breaks, and one for
/// each of these:
///
///     3 5f1c…e0
///     2 2026-11-28T06:50:12.000Z
struct HistoryNote
{
    HistoryHead head;
    QList<HistoryBreak> breaks; ///< In the order in which they were found.

    /// nullopt for anything that `write()` did not make.
    [[nodiscard]] static std::optional<HistoryNote> read(const Secret &entry);
    [[nodiscard]] Secret write() const;
};

} // namespace latchkey
