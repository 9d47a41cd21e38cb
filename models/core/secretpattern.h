// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/secret.h"

#include <QByteArray>

namespace latchkey {

/// Finds one secret in UTF-8 text in the spellings in which it turns up: as it is, percent-encoded, escaped
/// as in JSON and C strings, hexadecimal, and within base64 (both alphabets, at any place of a longer text).
/// Looks in place; copies of the secret that it needs are wiped.
class SecretPattern
{
public:
    explicit SecretPattern(const Secret &secret)
        : m_secret(secret)
    {
    } ///< `secret` must outlive this.

    /// Puts `[redacted]` in the place of each find.
    void removeFrom(QByteArray &text) const;

private:
    const Secret &m_secret;
};

} // namespace latchkey
