// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>

namespace latchkey {

/// One phase that a change went through.
struct ChangePhaseEntry
{
    ChangePhase phase = ChangePhase::Prepared;
    QDateTime at; ///< UTC
    bool operator==(const ChangePhaseEntry &) const = default;
};

/// One row of the history: a change as it was when it ended, or was judged anew. A change that is taken back
/// later has more than one. No secrets.
struct HistoryEntry
{
    qint64 number = 0; ///< From 1, without gaps.
    QDateTime at;      ///< UTC
    Change change;
    QList<ChangePhaseEntry> phases;
};

/// What can be proved about the history.
struct HistoryReport
{
    qint64 rows = 0;
    qint64 unsealed = 0;   ///< Written while there was no keychain: nothing proves that they were not edited.
    QList<qint64> damaged; ///< Numbers of rows that were edited or inserted.
    QList<qint64> missing; ///< Numbers that should be there and are not.
    qint64 cutTail = 0;    ///< Rows that the keychain knows of and that are gone from the end.
    bool headRepaired = false;       ///< The keychain was one row behind, as after a crash.
    bool headMissing = false;        ///< The keychain knows of no history, though there are sealed rows.
    std::optional<Problem> keychain; ///< Why nothing can be proved.

    /// Nothing speaks against it, and everything that can be proved is.
    [[nodiscard]] bool isSound() const
    {
        return damaged.isEmpty() && missing.isEmpty() && cutTail == 0 && !headMissing && !keychain;
    }
    /// Translated, one finding a line.
    [[nodiscard]] QString toText() const;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::HistoryEntry)
