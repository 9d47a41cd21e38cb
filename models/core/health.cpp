// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/health.h"

#include <algorithm>

namespace latchkey {

namespace {

/// nullopt where the date is further off than anything worth a word.
std::optional<HealthState> stateOfExpiry(const Timestamp &expiresAt, const QDateTime &now,
                                         const HealthThresholds &thresholds)
{
    if (!expiresAt.isKnown())
        return HealthState::NoKnownExpiry;
    if (expiresAt.utc <= now)
        return HealthState::Expired;
    if (expiresAt.utc <= now.addDays(thresholds.soonDays))
        return HealthState::ExpiringSoon;
    if (expiresAt.utc <= now.addDays(thresholds.laterDays))
        return HealthState::ExpiringLater;
    return std::nullopt;
}

QList<HealthState> reasonsOf(const InstanceRecord &record, const QDateTime &now,
                             const HealthThresholds &thresholds)
{
    if (record.builtIn)
        return {HealthState::NotNeeded};
    switch (record.knowledge) {
    case InstanceRecord::Knowledge::NotChecked:
        return {HealthState::NotChecked};
    case InstanceRecord::Knowledge::Absent:
        return {HealthState::NoCredential};
    case InstanceRecord::Knowledge::Present:
        break;
    }
    QList<HealthState> reasons;
    if (record.credential.tainted.value_or(false))
        reasons << HealthState::MustBeReplaced;
    if (const auto expiry = stateOfExpiry(record.credential.expiresAt, now, thresholds))
        reasons << *expiry;
    if (!record.credential.missingPermissions.isEmpty())
        reasons << HealthState::MissingPermissions;
    if (reasons.isEmpty())
        reasons << HealthState::Healthy;
    std::sort(reasons.begin(), reasons.end());
    return reasons;
}

} // namespace

Health assess(const InstanceRecord &record, const QDateTime &now, const HealthThresholds &thresholds)
{
    Health health;
    health.reasons = reasonsOf(record, now, thresholds);
    health.worst = health.reasons.first();
    return health;
}

} // namespace latchkey
