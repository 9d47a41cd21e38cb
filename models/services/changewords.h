// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"

#include <optional>

/// How a change that did not go as planned is told: what is true at Konnect now, where the keys are, what to
/// do next.
namespace latchkey::changewords {

/// By the user, before anything was sent.
[[nodiscard]] Problem stopped();
/// Where the new keys are, in one sentence; empty where there are none.
[[nodiscard]] QString keysKept(const Change &change);

/// This change was interrupted, and nothing else can begin before it is settled.
[[nodiscard]] Problem openChange(const Change &change);
/// The old keys turned out not to be in the keychain any more. Nothing was sent.
[[nodiscard]] Problem wayBackLost(const Change &change);
/// Nothing can be sent before the new keys are entered again.
[[nodiscard]] Problem keysNeeded(const Change &change);

/// The old credential is there still, after so many attempts to delete it.
[[nodiscard]] Problem stillThere(const Change &change, int attempts);
/// No answer to the DELETE, nor to the question afterwards.
[[nodiscard]] Problem deleteNotKnown(const Change &change, const Problem &unclear, const Problem &question);
/// The new credential was refused (by Konnect, or by the journal before it was sent).
[[nodiscard]] Problem notCreated(const Change &change, const Problem &cause);
/// After each attempt to create it there was no credential; `last` is what the last one came to.
[[nodiscard]] Problem notTaken(const Change &change, const Problem &last);
[[nodiscard]] Problem createNotKnown(const Change &change, const Problem &unclear, const Problem &question);
[[nodiscard]] Problem foreign(const Change &change, const AuthCredential &found);
/// The step was taken at Konnect, but this machine's database did not take the note.
[[nodiscard]] Problem notNoted(const Change &change, const Problem &storage);
/// The credential is there, but its keys are not in the keychain any more.
[[nodiscard]] Problem keysLost(const Change &change);
[[nodiscard]] Problem notVerified(const Change &change, const Problem &question);
[[nodiscard]] Problem notTheNewOne(const Change &change, const std::optional<AuthCredential> &found);
[[nodiscard]] Problem notHealthy(const Change &change, const AuthCredential &found);

} // namespace latchkey::changewords
