// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/secret.h"

#include <QByteArray>

namespace latchkey {

/// HMAC-SHA-256 under a key that stays in its guarded memory. 32 bytes.
[[nodiscard]] QByteArray hmacSha256(const Secret &key, QByteArrayView message);
/// 32 random bytes from the system, for such a key.
[[nodiscard]] Secret randomMacKey();

} // namespace latchkey
