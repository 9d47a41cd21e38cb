// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/outcome.h"
#include "models/core/plankeys.h"
#include "models/core/planresult.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QObject>

#include <memory>
#include <stop_token>

namespace latchkey {

class BulkChanges;
class ChangeLock;
class ExpiryRecords;
class KeyAdoption;
class KeyVault;
class PlanMaker;
class Protection;

/// Does what the user ticked in a plan.
///
/// The plan is made anew first, from its document and what is known by now: what that one would do otherwise
/// is refused, what is so already is left alone. So a plan from a file cannot do more than its document, and
/// one that was cut short is gone on with: rows whose change was begun are blocked until their run is
/// finished or given up. Credentials are changed by BulkChanges, in the order of the plan, MostAtOnce at a
/// time. What is to be recorded and protected follows for each row that ended well.
///
/// Keys come from the vault, for the instance that they are kept for, or from `PlanKeys`. They are sent to
/// the instance's own endpoint alone: nothing in a document says where that is.
class PlanRunner : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    PlanRunner(PlanMaker &maker, BulkChanges &bulk, KeyAdoption &adoption, KeyVault &vault,
               ExpiryRecords &expiries, Protection &protection, ChangeLock &lock, const Clock &clock,
               QObject *parent = nullptr);
    ~PlanRunner() override;

    /// `stop` is a safe one: no further row begins, those under way end. A Problem: nothing was sent and
    /// nothing changed, as where keys of a ticked row are missing (InvalidInput) and `keepGoing` is not set,
    /// or where another plan is being applied (InUse).
    QCoro::Task<Outcome<PlanResult>> apply(ApplyRequest request, std::shared_ptr<const PlanKeys> keys,
                                           std::stop_token stop = {});
    /// As the `stop` of what is under way.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_work != nullptr; }
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    /// A row came to another state. `index`: into the rows of the plan.
    void advanced(qsizetype index, const latchkey::PlanRowResult &row);
    void ended(const latchkey::PlanResult &result);

private:
    class Work;
    using WorkPtr = std::shared_ptr<Work>;

    /// Plans anew, and says of each row whether its turn will come.
    QCoro::Task<Done> begin(WorkPtr work);
    QCoro::Task<void> changeAll(WorkPtr work);
    /// In one bulk run.
    QCoro::Task<void> changeSome(WorkPtr work, QList<qsizetype> rows);
    QCoro::Task<Outcome<ChangeRequest>> requestOf(WorkPtr work, qsizetype index);
    QCoro::Task<void> adoptAll(WorkPtr work);
    QCoro::Task<void> recordAll(WorkPtr work);
    /// Ends a row that went well: with what is to be recorded and protected.
    QCoro::Task<void> settle(WorkPtr work, qsizetype index, QString credentialId);
    QCoro::Task<Done> record(PlanRow row, QString credentialId);
    QCoro::Task<Outcome<HeaderKeys>> keysOf(PlanRow row, std::shared_ptr<const PlanKeys> given);
    void show(Work &work, qsizetype index, PlanRowState state);
    void fail(Work &work, qsizetype index, const Problem &problem);
    void follow(const BulkRow &row);

    PlanMaker &m_maker;
    BulkChanges &m_bulk;
    KeyAdoption &m_adoption;
    KeyVault &m_vault;
    ExpiryRecords &m_expiries;
    Protection &m_protection;
    ChangeLock &m_lock;
    const Clock &m_clock;
    WorkPtr m_work; ///< What is under way; null for nothing.
    RunningCount m_running;
};

} // namespace latchkey
