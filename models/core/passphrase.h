// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/secret.h"

#include <QString>
#include <QtGlobal>

namespace latchkey {

/// What it takes to try one passphrase: Argon2id.
struct KdfCost
{
    quint32 passes = 3;
    quint32 memoryKiB = 256 * 1024;
    bool operator==(const KdfCost &) const = default;
};

/// As cheap as Argon2id can be: for tests.
inline constexpr KdfCost LeastKdfCost{1, 8};
/// What is accepted of a file that says itself what it takes: some seconds, not minutes.
inline constexpr KdfCost MostKdfCost{8, 1024 * 1024};

/// What can honestly be said of a passphrase without knowing what its owner says, writes down or uses twice.
enum class PassphraseVerdict {
    TooShort, ///< Refused.
    TooEven,  ///< Refused: one character again and again, or a row of neighbours.
    Fair,
    Long,
};

/// Characters of a passphrase; fewer are refused.
constexpr int ShortestPassphrase = 12;

/// By length and variety alone: no list of words is asked.
[[nodiscard]] PassphraseVerdict judgePassphrase(const Secret &passphrase);
[[nodiscard]] bool isRefused(PassphraseVerdict verdict);
/// One translated sentence or two, for people.
[[nodiscard]] QString passphraseHint(PassphraseVerdict verdict);

} // namespace latchkey
