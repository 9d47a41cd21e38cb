// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"

#include <optional>

namespace latchkey {

/// Keys that are kept for one instance go to another of the same integration.
enum class HandoverKind {
    Copy, ///< Both instances have a credential of these keys afterwards.
    Move, ///< The credential of the first instance is deleted once the other has its own.
};

/// What a handover would do, for the user to read before it is done. Rows are keyed by (origin, instance id),
/// so the two may belong to different profiles, organizations and geos.
struct HandoverPreview
{
    HandoverKind kind = HandoverKind::Copy;
    ChangePreview there;             ///< Create, or Replace where the other instance has a credential.
    ChangePreview here;              ///< Move: Delete. Copy: only its record counts.
    bool crossesProfiles = false;    ///< The keys leave the profile that they were entered for.
    bool crossesOrigins = false;     ///< They are sent to another server than so far.
    std::optional<Problem> obstacle; ///< Why it cannot be done now; of both changes too.
};

/// What the user agreed to.
struct HandoverRequest
{
    HandoverKind kind = HandoverKind::Copy;
    InstanceAddress from;
    InstanceAddress to;
    QString expectedHere;  ///< The credential of `from` that the user saw.
    QString expectedThere; ///< The credential of `to` that the user agreed to lose; empty for none.
    QString typedHere;     ///< Move: ChangeRequest::typedName of the deletion.
    QString typedThere;    ///< The same of a replacement.
};

/// What became of it.
struct HandoverResult
{
    Change there; ///< See CredentialChanges::run().
    /// Move: the deletion. None where it was not begun, because the other did not end well.
    std::optional<Change> here;
    std::optional<Problem> problemHere; ///< Why the deletion was not begun or did not end well.
    /// The new credential is in order at the first look, and of a move the old one is gone.
    [[nodiscard]] bool isDone(HandoverKind kind) const;
};

} // namespace latchkey
