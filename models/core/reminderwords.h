// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/health.h"
#include "models/core/reminder.h"

#include <QMap>

/// The words of a notification. Others than the user may read them, so they name nothing unless `names` says
/// so: then instances and profiles, a few of them.
namespace latchkey::reminderwords {

/// "3 credentials expire within 7 days". `reminders` is not empty, the most urgent first.
[[nodiscard]] ReminderNotice notice(const QList<Reminder> &reminders, bool names, const QDateTime &now);
/// "5 credentials need attention", and how many are in which state.
[[nodiscard]] ReminderNotice digest(const QMap<HealthState, int> &states);

} // namespace latchkey::reminderwords
