// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/healthrules.h"
#include "models/core/instancerecord.h"

#include <QList>

namespace latchkey {

/// What state a credential is in, worst first. `NotChecked` and `NoKnownExpiry` are never shown as healthy.
enum class HealthState {
    MustBeReplaced, ///< Tainted.
    Expired,
    ExpiringSoon,  ///< Within `HealthThresholds::soon`.
    ExpiringLater, ///< Within `HealthThresholds::later`.
    MissingPermissions,
    NoCredential,
    NotChecked,
    NoKnownExpiry, ///< Neither Konnect nor the user knows; also where Konnect's date cannot be read.
    Healthy,
    NotNeeded, ///< Built-in integration.
};
constexpr int HealthStateCount = 10;

struct Health
{
    HealthState worst = HealthState::NotChecked;
    QList<HealthState> reasons; ///< All that hold, worst first; never empty.
    [[nodiscard]] bool has(HealthState state) const { return reasons.contains(state); }
    /// MustBeReplaced … NoCredential: somebody should do something.
    [[nodiscard]] bool needsAttention() const { return worst <= HealthState::NoCredential; }
    bool operator==(const Health &) const = default;
};

/// The only place that decides on states, by what expiryOf() says. `now` in UTC. An expiry at exactly `now`
/// is expired.
[[nodiscard]] Health assess(const InstanceRecord &record, const QDateTime &now,
                            const HealthRules &rules = {});

} // namespace latchkey
