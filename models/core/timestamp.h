// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace latchkey {

/// A moment as Konnect wrote it. Konnect promises RFC 3339; what cannot be read as that (no zone, year 1,
/// nonsense) is kept as text and shown as what it is, never guessed.
struct Timestamp
{
    QDateTime utc; ///< Invalid where `raw` is null or cannot be read with certainty.
    QString raw;   ///< Empty where Konnect gave null or nothing.

    /// Reads RFC 3339 with zone (`Z` or an offset), with or without fractions.
    [[nodiscard]] static Timestamp parse(const QString &text);
    [[nodiscard]] static Timestamp fromUtc(const QDateTime &moment);

    [[nodiscard]] bool isGiven() const { return !raw.isEmpty(); }
    [[nodiscard]] bool isKnown() const { return utc.isValid(); }
    bool operator==(const Timestamp &) const = default;
};

} // namespace latchkey
