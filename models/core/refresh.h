// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

#include <optional>

namespace latchkey {

/// How far a refresh of all endpoints is.
struct RefreshProgress
{
    bool running = false;
    int done = 0;           ///< Credentials read (or failed).
    int total = 0;          ///< Credentials to read, as far as known; grows while lists arrive.
    int waitingSeconds = 0; ///< > 0: Konnect asked to wait (429).
    bool operator==(const RefreshProgress &) const = default;
};

/// The last word on one endpoint of one profile.
struct EndpointState
{
    QString profileId;
    QString origin;
    QString endpointLabel;
    QDateTime listedAt;   ///< UTC of the last good list; invalid if never.
    QString tokenVersion; ///< Whose rows are shown: see Profile::tokenVersion. Empty: any token is believed.
    int droppedItems = 0; ///< Items without an id in the last list.
    std::optional<Problem> shortfall; ///< Why the last good list may lack instances; known ones then stay.
    std::optional<Problem> problem;   ///< Of the last try; the rows shown are then older.
    /// Konnect said so: it expired or was revoked. One that is not known here was refused by nobody.
    [[nodiscard]] bool isTokenRefused() const { return problem && problem->httpStatus == 401; }
    bool operator==(const EndpointState &) const = default;
};

/// Credentials whose last read failed although their endpoint could be listed; the values shown are older.
struct FailedReads
{
    int count = 0;
    Problem problem; ///< The one that most of them met.
    bool sameForAll = true;
    QDateTime oldestValue; ///< UTC of the oldest value that is shown; invalid if one of them was never read.
    bool operator==(const FailedReads &) const = default;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::RefreshProgress)
Q_DECLARE_METATYPE(latchkey::EndpointState)
