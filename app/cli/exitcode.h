// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/expiryreport.h"
#include "models/core/problem.h"

#include <QString>

namespace latchkey {

/// What latchkeyctl ends with; part of its interface, listed by `--help` and in the README.
enum class ExitCode {
    Success = 0,
    Failed = 1,       ///< Storage on this machine, and everything without a code of its own.
    Unfinished = 2,   ///< Something was sent and did not end well, or its outcome is unknown.
    Unauthorized = 3, ///< 401 or 403.
    NotFound = 4,
    Conflict = 5, ///< A credential is there already, or somebody else's was found.
    Unreachable = 6,
    Keychain = 7,
    InUse = 8,
    Declined = 9, ///< Not confirmed, or a precondition does not hold: nothing was sent.
    Usage = 64,
    BadInput = 65,
    Interrupted = 130,
};

[[nodiscard]] ExitCode exitCodeOf(const Problem &problem);
/// Of a change that sent something.
[[nodiscard]] ExitCode exitCodeOf(const Change &change);
/// Of `latchkeyctl expiry`, whose codes have meanings of their own.
[[nodiscard]] ExitCode exitCodeOf(ExpiryReport::Verdict verdict);
/// The list for `--help`.
[[nodiscard]] QString exitCodeHelp();

} // namespace latchkey
