// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/keyversion.h"
#include "models/core/problem.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace latchkey {

/// A set of keys that has a row, and what becomes of it.
struct KeptVersion
{
    KeyVersion version;
    bool needed = false;       ///< A change that has not ended names it.
    bool loose = false;        ///< Staged, but no change needs it: never removed by itself.
    bool entryMissing = false; ///< The keychain is open and surely does not have its entry.
    /// UTC; since when newer keys of the instance, which are kept too, are known to work. Invalid: none are.
    QDateTime supersededAt;

    /// When it goes by itself with this retention; invalid: it stays.
    [[nodiscard]] QDateTime goesAt(int retentionDays) const;
};

/// The keys among them that are not the present ones.
struct EarlierKeys
{
    int count = 0;
    int due = 0;      ///< Go at the next clean-up.
    QDateTime oldest; ///< UTC; when they were kept. Invalid where there are none.
};
[[nodiscard]] EarlierKeys earlierKeys(const QList<KeptVersion> &kept, int retentionDays,
                                      const QDateTime &now);

/// An entry of the keychain that no row speaks of.
struct StrayEntry
{
    QString name;
    std::optional<KeyVersion> described; ///< By itself; nullopt where it cannot be read or is not understood.
};

/// All keys that are kept beyond this run.
struct KeyOverview
{
    QList<KeptVersion> versions; ///< Newest first.
    QList<StrayEntry> strays;
    /// Why the keychain did not say what it has: `entryMissing` and `strays` are not known then.
    std::optional<Problem> keychainProblem;
};

/// What was made of the entries that no row spoke of.
struct KeyRescue
{
    QList<KeyVersion> taken;    ///< Have a row now, as previous keys.
    QStringList tokens;         ///< Entries of tokens: left alone, as no profile names them.
    QStringList notUnderstood;  ///< Entries that are not what Latchkey writes: left alone.
    QStringList removedEarlier; ///< A row says that they were removed: left alone.
};

/// "current", "previous", "staged, no change needs it", …
[[nodiscard]] QString stateText(const KeptVersion &kept);

} // namespace latchkey
