// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/historyentry.h"
#include "models/core/outcome.h"
#include "models/core/secret.h"

#include <QCoroTask>
#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <utility>

namespace latchkey {

class Database;

/// The durable record of every change and of each phase it went through.
class ChangeJournal
{
public:
    explicit ChangeJournal(Database &database); ///< `database` must outlive this.
    /// The history is sealed with this key from now on; null: it is not.
    void sealWith(std::shared_ptr<const Secret> key) { m_key = std::move(key); }
    [[nodiscard]] bool isSealing() const { return m_key != nullptr; }
    /// Durable when answered: the change with its present phase, which is also added to its list of phases,
    /// and where that is an end to the history. A change that it undoes is carried along in the same
    /// transaction: ROLLING_BACK from PREPARED on (where it had not ended), ROLLED_BACK with CREATED or the
    /// DELETE's end, LEFT where this one ends otherwise, and as it was where this one is ABANDONED or itself
    /// ROLLED_BACK. What that one had taken back in its turn is LEFT, or in its gap again (DELETED). The
    /// staged version of a change that ends as LEFT or FOREIGN after a POST becomes a previous one: Konnect
    /// may have it.
    QCoro::Task<Done> record(Change change);
    /// `record()` for CREATED, and in the same transaction: the staged version becomes current (with the
    /// credential id it made), the current one previous, an older previous one is left as previous too.
    QCoro::Task<Done> recordCreated(Change change);
    /// `record()` where no credential is there any more, as for a Delete's DELETED: the current version
    /// becomes previous, in the same transaction.
    QCoro::Task<Done> recordDeleted(Change change);
    /// `record()` for ADOPTED, and in the same transaction: the staged version becomes current as entered by
    /// the user for `newCredentialId`, the current one previous.
    QCoro::Task<Done> recordAdopted(Change change);
    /// `record()` for what a watch found, where the change is CREATED still. Answers with the change as it is
    /// then: another Latchkey may have ended it meanwhile.
    QCoro::Task<Outcome<Change>> recordWatched(Change change);
    QCoro::Task<Outcome<QList<Change>>> unfinished();     ///< Oldest first.
    QCoro::Task<Outcome<QList<Change>>> recent(int most); ///< Newest first.
    /// The changes of one bulk run in their order, those that have ended too.
    QCoro::Task<Outcome<QList<Change>>> ofRun(QString run);
    QCoro::Task<Outcome<std::optional<Change>>> find(QString changeId);
    /// The replacements of header keys that ended VERIFIED, oldest first.
    QCoro::Task<Outcome<QList<Change>>> verifiedReplacements();
    /// Id of the last ended change of the instance that took the place of these keys; empty for none.
    QCoro::Task<Outcome<QString>> lastThatRetired(QString origin, QString instanceId, QString versionId);
    QCoro::Task<Outcome<QList<ChangePhaseEntry>>> phases(QString changeId);

private:
    Database &m_database;
    std::shared_ptr<const Secret> m_key;
};

} // namespace latchkey
