// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/outcome.h"

#include <QCoroTask>
#include <QList>
#include <QString>

#include <optional>

namespace latchkey {

class Database;

/// The durable record of every change and of each phase it went through.
class ChangeJournal
{
public:
    struct PhaseEntry
    {
        ChangePhase phase = ChangePhase::Prepared;
        QDateTime at; ///< UTC
    };

    explicit ChangeJournal(Database &database); ///< `database` must outlive this.
    /// Durable when answered: the change with its present phase, which is also added to its list of phases. A
    /// change that it undoes is carried along in the same transaction: ROLLING_BACK from PREPARED on (where
    /// it had not ended), ROLLED_BACK with CREATED or the DELETE's end, LEFT where this one ends otherwise,
    /// and as it was where this one is ABANDONED.
    QCoro::Task<Done> record(Change change);
    /// `record()` for CREATED, and in the same transaction: the staged version becomes current (with the
    /// credential id it made), the current one previous, an older previous one is left as previous too.
    QCoro::Task<Done> recordCreated(Change change);
    /// `record()` for a Delete's DELETED: the current version becomes previous, in the same transaction.
    QCoro::Task<Done> recordDeleted(Change change);
    QCoro::Task<Outcome<QList<Change>>> unfinished();     ///< Oldest first.
    QCoro::Task<Outcome<QList<Change>>> recent(int most); ///< Newest first.
    QCoro::Task<Outcome<std::optional<Change>>> find(QString changeId);
    QCoro::Task<Outcome<QList<PhaseEntry>>> phases(QString changeId);

private:
    Database &m_database;
};

} // namespace latchkey
