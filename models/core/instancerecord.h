// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/attention.h"
#include "models/core/authcredential.h"
#include "models/core/expiry.h"
#include "models/core/integration.h"
#include "models/core/integrationinstance.h"
#include "models/core/problem.h"

#include <QDateTime>
#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <optional>

namespace latchkey {

/// Identifies one instance among all organizations and geos. Kept keys belong to (origin, instance id); the
/// profile says with whose token it is seen.
struct InstanceAddress
{
    QString profileId;
    QString origin; ///< See Endpoint::origin().
    QString instanceId;
    bool operator==(const InstanceAddress &) const = default;
    [[nodiscard]] bool isNull() const { return instanceId.isEmpty(); }
};

inline size_t qHash(const InstanceAddress &address, size_t seed = 0) noexcept
{
    return qHashMulti(seed, address.profileId, address.origin, address.instanceId);
}

/// Which of an instance's header keys this machine keeps. Names and times only.
struct KeptKeys
{
    bool current = false;    ///< The keys of the credential that Konnect has now, as far as Latchkey knows.
    QStringList headers;     ///< Names of the newest version.
    QString credentialId;    ///< The credential that was made from that version.
    QDateTime currentSince;  ///< UTC.
    bool entered = false;    ///< The current ones: the user entered them, nothing proves that they are right.
    bool previous = false;   ///< A version to go back to.
    QDateTime previousSince; ///< UTC.
    bool inMemoryOnly = false; ///< Gone when Latchkey closes; the user said so.
    bool operator==(const KeptKeys &) const = default;
};

/// All that Latchkey knows about one instance: a row of the table.
struct InstanceRecord
{
    enum class Knowledge {
        NotChecked, ///< The credential was never read.
        Absent,     ///< Konnect said 404: no credential.
        Present,    ///< `credential` holds the last good answer.
    };

    InstanceAddress address;
    QString profileName;
    QString profileColour;
    bool production = false;
    QString endpointLabel; ///< See Endpoint::label().
    IntegrationInstance instance;
    Authorization authorization; ///< Of the instance's integration.
    bool builtIn = false;        ///< The integration is built in: no credential needed.
    Knowledge knowledge = Knowledge::NotChecked;
    AuthCredential credential;
    QDateTime checkedAt; ///< UTC, of the last good answer about the credential; invalid if never.
    std::optional<Problem> lastProblem; ///< Why a later try failed; the values above are then older.
    KeptKeys keptKeys;
    bool changing = false;    ///< A change of this instance is under way.
    bool isProtected = false; ///< By the user, on this machine.
    ExpiryRecord expiry;      ///< By the user, on this machine.
    AttentionMark attention;  ///< By the user, on this machine.

    bool operator==(const InstanceRecord &) const = default;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::InstanceAddress)
Q_DECLARE_METATYPE(latchkey::InstanceRecord)
