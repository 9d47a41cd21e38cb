// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/reminder.h"

#include <QCoroTask>

namespace latchkey {

class Database;

/// What reminders were said.
class ReminderStore
{
public:
    explicit ReminderStore(Database &database); ///< `database` must outlive this.
    QCoro::Task<Outcome<SaidReminders>> all();
    /// All of them or none. What was said of an instance's earlier credentials is forgotten.
    QCoro::Task<Done> save(QList<SaidReminder> said);

private:
    Database &m_database;
};

} // namespace latchkey
