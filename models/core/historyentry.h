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

/// How many rows the history has, and how the last one ends.
struct HistoryHead
{
    qint64 count = 0;
    QByteArray digest;
    bool operator==(const HistoryHead &) const = default;
};

/// Where the history did not go on from what the keychain knew of it: its end was cut off or is another one.
struct HistoryBreak
{
    qint64 row = 0;  ///< The first number that is another row than the keychain knew, or none.
    QDateTime found; ///< UTC
    bool operator==(const HistoryBreak &) const = default;
};

/// What can be proved about the history.
struct HistoryReport
{
    qint64 rows = 0;
    qint64 unsealed = 0;   ///< Written while there was no keychain: nothing proves that they were not edited.
    QList<qint64> damaged; ///< Numbers of rows that were edited or inserted.
    QList<qint64> missing; ///< Numbers that should be there and are not.
    qint64 cutTail = 0;    ///< Rows that the keychain knows of and that are gone from the end.
    QList<HistoryBreak> breaks;      ///< What was found before, and written on from. These stay for ever.
    bool headRepaired = false;       ///< The keychain was behind, as after a crash.
    bool headMissing = false;        ///< The keychain knows of no end, though there are sealed rows.
    std::optional<Problem> keychain; ///< Why nothing can be proved.

    /// Nothing speaks against the rows that are there, and everything that can be proved is.
    [[nodiscard]] bool isIntact() const
    {
        return damaged.isEmpty() && missing.isEmpty() && cutTail == 0 && !headMissing && !keychain;
    }
    /// The same, and it was never otherwise.
    [[nodiscard]] bool isSound() const { return isIntact() && breaks.isEmpty(); }
    /// Translated, one finding a line.
    [[nodiscard]] QString toText() const;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::HistoryEntry)
