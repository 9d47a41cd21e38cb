// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/attention.h"

#include "models/core/health.h"

#include <algorithm>

namespace latchkey {

bool wantsAttention(const InstanceRecord &record, const Health &health, const QDateTime &now)
{
    if (!health.needsAttention())
        return false;
    const AttentionMark &mark = record.attention;
    if (mark.credentialId != record.credential.id)
        return true;
    if (mark.snoozedUntil.isValid() && now < mark.snoozedUntil)
        return false;
    return std::any_of(health.reasons.cbegin(), health.reasons.cend(), [&mark](HealthState state) {
        return state <= HealthState::NoCredential && !mark.acknowledged.contains(state);
    });
}

} // namespace latchkey
