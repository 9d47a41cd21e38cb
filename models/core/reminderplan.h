// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/health.h"
#include "models/core/oldkey.h"
#include "models/core/profile.h"
#include "models/core/refresh.h"
#include "models/core/reminder.h"

#include <QMap>
#include <QTimeZone>

namespace latchkey {

/// How long after its replacement was verified an old key is said to be still unrevoked.
constexpr int OldKeyReminderDays = 7;

struct ReminderRules
{
    HealthRules health;
    int digestDay = 0; ///< 1 Monday … 7 Sunday, from nine o'clock in `zone`; 0 for no digest.
    QTimeZone zone = QTimeZone::utc();
};

/// What is to be said now. Nothing here remembers: `marks` are for whoever said it.
struct ReminderPlan
{
    QList<Reminder> due; ///< One for each credential, token and old key, the most urgent first.
    QMap<HealthState, int>
        digest; ///< How many instances are in which state; where it is its day, and nothing is due.
    QList<SaidReminder>
        marks; ///< What counts as said when it was shown, or at once where nothing is to be shown.
    [[nodiscard]] bool saysSomething() const { return !due.isEmpty() || !digest.isEmpty(); }
    bool operator==(const ReminderPlan &) const = default;
};

/// Each step of a credential or token is said once, and each token that an endpoint refuses; of several steps
/// that were slept through, only the last. Silent
/// where wantsAttention() says no, while a credential is being replaced, and where nothing is known. When a
/// snooze is over, the step that was said before is said again.
///
/// Where the clock jumps back nothing is said twice. Only what was said more than a week ahead of `now` does
/// not count: that clock was wrong, and what it said too.
[[nodiscard]] ReminderPlan planReminders(const QList<InstanceRecord> &records, const QList<Profile> &profiles,
                                         const QList<EndpointState> &endpoints, const SaidReminders &said,
                                         const ReminderRules &rules, const QDateTime &now,
                                         const QList<OldKey> &oldKeys = {});

/// Until when a reminder is put off that shall be until `wanted`: nobody sleeps through an end to come.
[[nodiscard]] QDateTime putOffUntil(const Reminder &reminder, const QDateTime &wanted, const QDateTime &now);

} // namespace latchkey
