// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace latchkey {

/// RFC 3339 in UTC, with milliseconds; empty for an invalid moment. The notation ends with the year 9999, and
/// so does every moment after it.
[[nodiscard]] QString stamp(const QDateTime &moment);
/// The same as a moment.
[[nodiscard]] QDateTime writable(const QDateTime &moment);

} // namespace latchkey
