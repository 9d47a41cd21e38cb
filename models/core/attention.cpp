// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/attention.h"

#include "models/core/expiry.h"
#include "models/core/health.h"
#include "models/core/profile.h"
#include "models/core/refresh.h"

#include <algorithm>

namespace latchkey {

bool wantsAttention(const InstanceRecord &record, const Health &health, const QDateTime &now)
{
    if (!health.needsAttention())
        return false;
    const AttentionMark &mark = record.attention;
    if (mark.credentialId != record.credential.id)
        return true;
    if (mark.isSnoozed(now))
        return false;
    return std::any_of(health.reasons.cbegin(), health.reasons.cend(), [&mark](HealthState state) {
        return state <= HealthState::NoCredential && !mark.acknowledged.contains(state);
    });
}

bool isTokenRefused(const Profile &profile, const QList<EndpointState> &endpoints)
{
    return std::any_of(endpoints.cbegin(), endpoints.cend(), [&profile](const EndpointState &endpoint) {
        return endpoint.profileId == profile.id && endpoint.isTokenRefused();
    });
}

std::optional<HealthState> stateOfToken(const Profile &profile, bool refused, const HealthRules &rules,
                                        const QDateTime &now)
{
    const HealthThresholds thresholds = rules.ofProfile.value(profile.id, rules.general);
    const Timestamp end = endOfDay(profile.tokenExpires);
    if (refused || (end.isKnown() && end.utc <= now))
        return HealthState::Expired;
    if (end.isKnown() && thresholds.soon.before(end.utc, {}) <= now)
        return HealthState::ExpiringSoon;
    if (end.isKnown() && thresholds.later.before(end.utc, {}) <= now)
        return HealthState::ExpiringLater;
    return std::nullopt;
}

} // namespace latchkey
