// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"

#include <QMetaType>

#include <optional>

namespace latchkey {

/// What can be done with a change that a crash, a lost answer or a full disk interrupted.
enum class RecoveryStep { Finish, RollBack, Leave };

/// Whether a step can be taken, and what it would do; or why not.
struct RecoveryOffer
{
    bool possible = false;
    bool needsKeys = false; ///< Finish: the new keys are not kept here and have to be entered again.
    QString text;           ///< Translated: what it does, or why it cannot be done.
    bool operator==(const RecoveryOffer &) const = default;
};

/// Which keys a recovery could use. Certain: the entries were read.
struct RecoveryKeys
{
    bool staged = false;   ///< The new ones.
    bool previous = false; ///< Those to go back to.
    bool operator==(const RecoveryKeys &) const = default;
};

/// A change that has not ended, with what Konnect shows now.
struct UnfinishedChange
{
    Change change;
    Standing standing = Standing::NotKnown;
    std::optional<AuthCredential> found; ///< Where `standing` is Old, New, ProbablyNew or Other.
    std::optional<Problem> obstacle;     ///< Why Konnect or the keychain could not be asked.
    RecoveryKeys keys;
    bool operator==(const UnfinishedChange &) const = default;

    /// The only place that decides what may be offered.
    [[nodiscard]] RecoveryOffer offer(RecoveryStep step) const;
    /// Rolling back deletes a credential, and the change was none that deletes: in a production profile or of
    /// a protected instance the name has to be typed.
    [[nodiscard]] bool rollBackDeletesUnconfirmed() const;
    /// One translated sentence: what is true at Konnect now.
    [[nodiscard]] QString whatIsThere() const;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::UnfinishedChange)
