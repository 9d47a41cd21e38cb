// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/konnect/connection.h"

#include <QByteArray>
#include <QDateTime>

#include <chrono>
#include <optional>

namespace latchkey {

/// The date of an HTTP header (RFC 9110 IMF-fixdate), in UTC; invalid where it cannot be read.
[[nodiscard]] QDateTime httpDate(const QByteArray &text);

/// A `Retry-After` as seconds or as a date, which counts from `serverNow` (the answer's own `Date`, so that a
/// wrong clock of this machine does not matter). nullopt where it cannot be read; never negative.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfterOf(const QByteArray &text,
                                                               const QDateTime &serverNow);

/// How long to wait after failed attempt number `attempt` (from 1): exponential, with jitter between the half
/// and the whole, never above TransportLimits::backoffMost.
[[nodiscard]] std::chrono::milliseconds backoffAfter(int attempt, const TransportLimits &limits);

} // namespace latchkey
