// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/attention.h"
#include "models/core/change.h"
#include "models/core/keyversion.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>

namespace latchkey {

/// The keys that a replacement took out of Konnect: they stay valid at their own service until somebody
/// revokes them there.
struct OldKey
{
    Change replacement;    ///< VERIFIED, at its `updatedAt`.
    int usedElsewhere = 0; ///< How many other instances have one of these keys, as far as this machine knows.
    QDateTime revokedAt;   ///< UTC; when the user said that it is done. Invalid: not yet.
    AttentionMark attention;

    [[nodiscard]] bool isOpen() const { return !revokedAt.isValid(); }
    [[nodiscard]] bool isSnoozed(const QDateTime &now) const { return attention.isSnoozed(now); }
    /// How AttentionMarks and reminders know it, beside the instance's own: with the change's id in the place
    /// of the instance's.
    [[nodiscard]] InstanceAddress key() const;
    bool operator==(const OldKey &) const = default;
};

/// Of all replacements of header keys that ended VERIFIED, those that left a key to revoke: not a way back,
/// and not where the old keys are the instance's present ones again, or an unfinished change may make them
/// so. `versions`: every row there is; `revoked`: by change id. In the order of `replacements`.
[[nodiscard]] QList<OldKey> oldKeysOf(const QList<Change> &replacements, const QList<Change> &unfinished,
                                      const QList<KeyVersion> &versions,
                                      const QHash<QString, QDateTime> &revoked);

} // namespace latchkey
