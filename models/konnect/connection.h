// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/secret.h"

#include <QByteArray>
#include <QUrl>

#include <chrono>

namespace latchkey {

/// How hard a client may lean on Konnect. The defaults are gentle and fast enough for some thousand
/// instances.
struct TransportLimits
{
    int managers = 4;            ///< QNetworkAccessManagers in the pool: one HTTP/2 connection each.
    int inFlightPerManager = 25; ///< Never above 100 (see RequestScheduler).
    std::chrono::milliseconds timeout{30'000}; ///< Of one attempt, from the moment it is sent.
    int readAttempts = 5;                      ///< GETs only; a write is sent once.
    std::chrono::milliseconds backoffFirst{500};
    std::chrono::milliseconds backoffMost{60'000};
    double backoffFactor = 1.5;
    /// Gateways close idle connections after 60 s and more; over HTTP/2 that is a GOAWAY, which a manager
    /// does not survive.
    std::chrono::milliseconds longestIdle{30'000};
    std::chrono::seconds longestHold{300};                 ///< The longest `Retry-After` that is waited for.
    qsizetype largestAnswer = qsizetype(16) * 1024 * 1024; ///< Bytes; a longer answer is a BadAnswer.
};

/// What a client needs to reach one endpoint of one organization.
struct Connection
{
    QUrl baseUrl;          ///< See Endpoint::baseUrl.
    Secret token;          ///< Without `Bearer `.
    QByteArray extraCaPem; ///< Added to the system's CAs; empty for none.
    bool useSystemProxy = true;
    TransportLimits limits;
};

} // namespace latchkey
