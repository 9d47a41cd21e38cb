// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/health.h"

#include "models/core/expiry.h"

#include <algorithm>

namespace latchkey {

namespace {

/// nullopt where the date is further off than anything worth a word.
std::optional<HealthState> stateOfExpiry(const InstanceRecord &record, const QDateTime &now,
                                         const HealthThresholds &thresholds)
{
    const Expiry expiry = expiryOf(record);
    if (!expiry.isKnown())
        return HealthState::NoKnownExpiry;
    const QDateTime &end = expiry.at.utc;
    const QDateTime &created = record.credential.createdAt.utc;
    if (end <= now)
        return HealthState::Expired;
    if (thresholds.soon.before(end, created) <= now)
        return HealthState::ExpiringSoon;
    if (thresholds.later.before(end, created) <= now)
        return HealthState::ExpiringLater;
    return std::nullopt;
}

QList<HealthState> reasonsOf(const InstanceRecord &record, const QDateTime &now, const HealthRules &rules)
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
    if (const auto expiry = stateOfExpiry(record, now, rules.thresholdsFor(record)))
        reasons << *expiry;
    if (!record.credential.missingPermissions.isEmpty())
        reasons << HealthState::MissingPermissions;
    if (reasons.isEmpty())
        reasons << HealthState::Healthy;
    std::sort(reasons.begin(), reasons.end());
    return reasons;
}

} // namespace

Health assess(const InstanceRecord &record, const QDateTime &now, const HealthRules &rules)
{
    Health health;
    health.reasons = reasonsOf(record, now, rules);
    health.worst = health.reasons.first();
    return health;
}

} // namespace latchkey
