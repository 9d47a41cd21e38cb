// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <stop_token>
#include <vector>

namespace latchkey {

class ChangeJournal;
class ChangeLock;
class CredentialChanges;

/// Several changes as one run: one plan, one row for each instance, one after the other or n at a time.
///
/// Every row is prepared before the first write of the run is sent: checked, its keys in the keychain and
/// read back, its change durable as PREPARED with the run's id. So a crash in the middle loses no key and no
/// row: what was not begun is resumed or given up later. The change lock is held for the length of the run,
/// and no other change of its instances can begin meanwhile.
class BulkChanges : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    BulkChanges(CredentialChanges &changes, ChangeJournal &journal, ChangeLock &lock,
                QObject *parent = nullptr);

    /// What the run would do, row by row. Sends nothing.
    [[nodiscard]] BulkPreview preview(ChangeKind kind, const QList<InstanceAddress> &addresses) const;

    /// Prepares all rows, one after the other, then runs them in their order. `stop` is a safe one: no
    /// further row begins, those under way end. A Problem: nothing was sent and nothing of it is kept (also
    /// where it was stopped before all rows were prepared: Canceled). A BulkResult: what became of each row:
    /// - a row could not be prepared and `keepGoing` is not set: that one is Failed, all others are Skipped,
    ///   and nothing was sent;
    /// - a row could not be prepared and `keepGoing` is set: that one is Failed, the others run;
    /// - a row fails and `keepGoing` is not set, or the run was stopped: rows under way end, those whose turn
    ///   had not come are NotStarted.
    /// A Failed row whose change is not ended is unfinished, as that of a single change. It and the
    /// NotStarted ones make the run one of `unfinishedRuns()`.
    QCoro::Task<Outcome<BulkResult>> run(BulkRequest request, std::stop_token stop = {});

    /// Runs of which something is unfinished, oldest first; none that runs now.
    QCoro::Task<Outcome<QList<BulkRun>>> unfinishedRuns();
    /// Goes on with all unfinished changes of the run, each as CredentialChanges::finish() does, in their
    /// order. The result has a row for each of these. NotFound where nothing of the run is unfinished, InUse
    /// where it runs now. A row whose keys are kept nowhere fails with NeedsDecision: finish that one alone.
    QCoro::Task<Outcome<BulkResult>> resume(QString runId, BulkOptions options, std::stop_token stop = {});
    /// Ends those changes of the run that were never begun: ABANDONED, their staged keys are discarded.
    /// Answers with these; what was begun stays unfinished. NotFound and InUse as resume().
    QCoro::Task<Outcome<QList<Change>>> giveUp(QString runId);

    /// Stops all runs under way at their next safe point, as their own `stop` would.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_running.count() > 0; }
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    /// A row came to another state, or its change to another phase. What ChangeWatch finds after a row is
    /// Succeeded comes by CredentialChanges::advanced alone.
    void advanced(const QString &runId, const latchkey::BulkRow &row);
    /// The run answers now. Also where it is not awaited by whoever listens.
    void ended(const latchkey::BulkResult &result);

private:
    class Run;
    using RunPtr = std::shared_ptr<Run>;

    [[nodiscard]] RunPtr begin(const QString &runId, const BulkOptions &options, const std::stop_token &stop);
    QCoro::Task<void> prepareAll(RunPtr run, std::vector<ChangeRequest> requests);
    QCoro::Task<void> takeBack(RunPtr run);
    QCoro::Task<BulkResult> perform(RunPtr run);
    QCoro::Task<void> work(RunPtr run);
    QCoro::Task<void> runRow(RunPtr run, int position);
    QCoro::Task<Outcome<QList<Change>>> unfinishedOf(QString runId);
    [[nodiscard]] bool isUnderWay(const QString &runId) const;
    void show(Run &run, int position, BulkRowState state);
    void follow(const Change &change);

    CredentialChanges &m_changes;
    ChangeJournal &m_journal;
    ChangeLock &m_lock;
    QList<std::weak_ptr<Run>> m_runs; ///< Those under way.
    std::stop_source m_stop;
    RunningCount m_running;
};

} // namespace latchkey
