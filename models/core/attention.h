// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace latchkey {

enum class HealthState;
struct EndpointState;
struct Health;
struct HealthRules;
struct InstanceRecord;
struct Profile;

/// What the user said about being told of a credential: not before a time, or not of these states again. It
/// holds for that credential only: the next one speaks up by itself.
struct AttentionMark
{
    QString credentialId;            ///< Empty: the instance had none.
    QDateTime snoozedUntil;          ///< UTC; invalid for none.
    QList<HealthState> acknowledged; ///< These are known, until another one comes up. In the order of states.

    [[nodiscard]] bool isEmpty() const { return !snoozedUntil.isValid() && acknowledged.isEmpty(); }
    /// `now` in UTC; at exactly `snoozedUntil` it is over.
    [[nodiscard]] bool isSnoozed(const QDateTime &now) const
    {
        return snoozedUntil.isValid() && now < snoozedUntil;
    }
    bool operator==(const AttentionMark &) const = default;
};

/// Whether somebody should be told: it needs attention, is not snoozed, and not all that it needs attention
/// for is known. `now` in UTC; at exactly `snoozedUntil` it wants attention again.
[[nodiscard]] bool wantsAttention(const InstanceRecord &record, const Health &health, const QDateTime &now);

/// At one endpoint of the profile at least.
[[nodiscard]] bool isTokenRefused(const Profile &profile, const QList<EndpointState> &endpoints);
/// Expired (or refused), ExpiringSoon or ExpiringLater; nullopt where there is nothing to do about it: its
/// end is far off or not known.
[[nodiscard]] std::optional<HealthState> stateOfToken(const Profile &profile, bool refused,
                                                      const HealthRules &rules, const QDateTime &now);

} // namespace latchkey
