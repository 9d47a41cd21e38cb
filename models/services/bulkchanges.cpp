// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/bulkchanges.h"

#include "models/services/changelock.h"
#include "models/services/changewords.h"
#include "models/services/credentialchanges.h"
#include "models/storage/changejournal.h"

#include <QUuid>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace latchkey {

namespace {

/// Asking again would open one more prompt.
bool isOfKeychain(const Problem &problem)
{
    using Category = Problem::Category;
    return problem.category == Category::KeychainUnavailable ||
           problem.category == Category::KeychainLocked || problem.category == Category::KeychainRefused ||
           problem.category == Category::KeychainHung;
}

bool endedWell(const Change &change)
{
    if (change.problem)
        return false;
    return change.phase == ChangePhase::Created || change.phase == ChangePhase::Verified ||
           (change.phase == ChangePhase::Deleted && change.kind == ChangeKind::Delete);
}

} // namespace

class BulkChanges::Run
{
public:
    Run(QString id, BulkOptions options)
        : m_id(std::move(id))
        , m_options(options)
    {
    }
    Run(const Run &) = delete;
    Run &operator=(const Run &) = delete;
    ~Run() = default;

    void stopWith(const std::stop_token &stop, const std::stop_token &closing)
    {
        const std::function<void()> passOn = [either = m_either]() mutable { either.request_stop(); };
        m_onStop.emplace(stop, passOn);
        m_onClosing.emplace(closing, passOn);
    }
    [[nodiscard]] std::stop_token stop() const { return m_either.get_token(); }
    [[nodiscard]] bool isStopped() const { return m_either.stop_requested(); }

    void add(BulkRow row)
    {
        row.position = static_cast<int>(m_rows.size());
        m_rows.append(std::move(row));
        m_typed.emplace_back();
    }
    [[nodiscard]] BulkRow &row(int position) { return m_rows[position]; }
    [[nodiscard]] int size() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] bool has(BulkRowState state) const { return result().count(state) > 0; }
    [[nodiscard]] BulkResult result() const { return {m_id, m_rows}; }

    /// Keys that are kept nowhere else until their row's turn.
    void keep(int position, HeaderKeys keys) { m_typed[static_cast<size_t>(position)] = std::move(keys); }
    [[nodiscard]] HeaderKeys takeKeys(int position)
    {
        return std::exchange(m_typed[static_cast<size_t>(position)], {});
    }

    void fail(int position, const Problem &problem)
    {
        row(position).problem = problem;
        m_failed = true;
    }
    /// Whether no further row may begin.
    [[nodiscard]] bool isHalted() const { return isStopped() || (m_failed && !m_options.keepGoing); }
    /// The next row whose turn it is; nullopt: none.
    [[nodiscard]] std::optional<int> next() const
    {
        for (const BulkRow &row : m_rows) {
            if (row.state == BulkRowState::Prepared)
                return isHalted() ? std::nullopt : std::optional(row.position);
        }
        return std::nullopt;
    }

    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] const BulkOptions &options() const { return m_options; }

private:
    const QString m_id;
    const BulkOptions m_options;
    QList<BulkRow> m_rows;
    std::vector<HeaderKeys> m_typed; ///< By position.
    bool m_failed = false;
    std::stop_source m_either;
    std::optional<std::stop_callback<std::function<void()>>> m_onStop;
    std::optional<std::stop_callback<std::function<void()>>> m_onClosing;
};

BulkChanges::BulkChanges(CredentialChanges &changes, ChangeJournal &journal, ChangeLock &lock,
                         QObject *parent)
    : QObject(parent)
    , m_changes(changes)
    , m_journal(journal)
    , m_lock(lock)
{
    connect(&m_changes, &CredentialChanges::advanced, this, &BulkChanges::follow);
}

BulkPreview BulkChanges::preview(ChangeKind kind, const QList<InstanceAddress> &addresses) const
{
    BulkPreview all;
    for (const InstanceAddress &address : addresses)
        all.rows.append(m_changes.preview(kind, address));
    return all;
}

QCoro::Task<Outcome<BulkResult>> BulkChanges::run(BulkRequest request, std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    if (request.rows.empty())
        co_return Problem::of(Problem::Category::Refused, tr("No instance was chosen."));
    const Outcome<ChangeLock::Holder> lock = m_lock.acquire();
    if (!lock)
        co_return lock.problem();
    const RunPtr run = begin(QUuid::createUuid().toString(QUuid::WithoutBraces), request.options, stop);
    for (const ChangeRequest &each : request.rows) {
        BulkRow row;
        row.address = each.address;
        row.kind = each.kind;
        run->add(std::move(row));
    }
    co_await prepareAll(run, std::move(request.rows));
    if (run->isHalted()) {
        co_await takeBack(run);
        if (run->isStopped() && !run->has(BulkRowState::NotStarted))
            co_return changewords::stopped();
    }
    BulkResult result = co_await perform(run);
    co_return result;
}

QCoro::Task<Outcome<QList<BulkRun>>> BulkChanges::unfinishedRuns()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<QList<Change>> rows = co_await m_changes.unfinished();
    if (!rows)
        co_return rows.problem();
    QStringList ids;
    for (const Change &change : rows.value()) {
        if (!change.run.isEmpty() && !ids.contains(change.run) && !isUnderWay(change.run))
            ids.append(change.run);
    }
    QList<BulkRun> runs;
    for (const QString &id : std::as_const(ids)) {
        const Outcome<QList<Change>> all = co_await m_journal.ofRun(id);
        if (!all)
            co_return all.problem();
        if (!all.value().isEmpty())
            runs.append({id, all.value().constFirst().startedAt, all.value()});
    }
    co_return runs;
}

QCoro::Task<Outcome<BulkResult>> BulkChanges::resume(QString runId, BulkOptions options, std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<ChangeLock::Holder> lock = m_lock.acquire();
    if (!lock)
        co_return lock.problem();
    const Outcome<QList<Change>> left = co_await unfinishedOf(runId);
    if (!left)
        co_return left.problem();
    const RunPtr run = begin(runId, options, stop);
    for (const Change &change : left.value()) {
        BulkRow row;
        row.address = change.address;
        row.kind = change.kind;
        row.state = BulkRowState::Prepared;
        row.change = change;
        run->add(std::move(row));
    }
    for (int position = 0; position < run->size(); ++position) {
        const QString id = run->row(position).change.id;
        const Outcome<Change> taken = co_await m_changes.takeUp(id);
        if (taken)
            continue;
        run->fail(position, taken.problem());
        show(*run, position, BulkRowState::Failed);
    }
    BulkResult result = co_await perform(run);
    co_return result;
}

QCoro::Task<Outcome<QList<Change>>> BulkChanges::giveUp(QString runId)
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<ChangeLock::Holder> lock = m_lock.acquire();
    if (!lock)
        co_return lock.problem();
    const Outcome<QList<Change>> left = co_await unfinishedOf(runId);
    if (!left)
        co_return left.problem();
    QList<Change> given;
    for (const Change &change : left.value()) {
        if (change.phase != ChangePhase::Prepared)
            continue;
        const Outcome<Change> abandoned = co_await m_changes.abandon(change.id);
        if (!abandoned)
            co_return abandoned.problem();
        given.append(abandoned.value());
    }
    co_return given;
}

void BulkChanges::stop()
{
    // A fresh one for the runs that come after.
    std::exchange(m_stop, std::stop_source()).request_stop();
}

BulkChanges::RunPtr BulkChanges::begin(const QString &runId, const BulkOptions &options,
                                       const std::stop_token &stop)
{
    auto run = std::make_shared<Run>(runId, options);
    run->stopWith(stop, m_stop.get_token());
    m_runs.removeIf([](const std::weak_ptr<Run> &each) { return each.expired(); });
    m_runs.append(run);
    return run;
}

bool BulkChanges::isUnderWay(const QString &runId) const
{
    return std::any_of(m_runs.cbegin(), m_runs.cend(), [&runId](const std::weak_ptr<Run> &each) {
        const RunPtr run = each.lock();
        return run && run->id() == runId;
    });
}

/// One after the other: the keychain serves no two at a time, and may ask the user.
QCoro::Task<void> BulkChanges::prepareAll(RunPtr run, std::vector<ChangeRequest> requests)
{
    std::optional<Problem> refused;
    for (int position = 0; position < run->size() && !run->isHalted(); ++position) {
        ChangeRequest request = std::move(requests[static_cast<size_t>(position)]);
        request.run = run->id();
        if (request.keep == KeepKeys::Nowhere)
            run->keep(position, clone(request.credential.headers));
        show(*run, position, BulkRowState::Preparing);
        Outcome<Change> prepared = Problem();
        if (refused)
            prepared = *refused;
        else
            prepared = co_await m_changes.prepare(std::move(request), run->stop());
        if (prepared) {
            run->row(position).change = std::move(prepared).value();
            show(*run, position, BulkRowState::Prepared);
            continue;
        }
        const Problem &problem = prepared.problem();
        if (run->isStopped() && problem.isCanceled())
            co_return;
        if (isOfKeychain(problem))
            refused = problem;
        run->fail(position, problem);
        show(*run, position, BulkRowState::Failed);
    }
}

/// Nothing was sent, and nothing will be.
QCoro::Task<void> BulkChanges::takeBack(RunPtr run)
{
    for (int position = 0; position < run->size(); ++position) {
        BulkRowState state = run->row(position).state;
        if (state == BulkRowState::Failed)
            continue;
        if (state == BulkRowState::Prepared) {
            const QString id = run->row(position).change.id;
            const Outcome<Change> abandoned = co_await m_changes.abandon(id);
            if (!abandoned) // perform() says what becomes of it.
                continue;
            run->row(position).change = abandoned.value();
        }
        show(*run, position, BulkRowState::Skipped);
    }
}

/// Until no row is left whose turn may come.
QCoro::Task<BulkResult> BulkChanges::perform(RunPtr run)
{
    std::vector<QCoro::Task<void>> workers;
    for (int count = 0; count < std::max(1, run->options().atOnce) && run->next(); ++count)
        workers.push_back(work(run));
    for (const QCoro::Task<void> &worker : workers)
        co_await worker;
    for (int position = 0; position < run->size(); ++position) {
        if (run->row(position).state != BulkRowState::Prepared)
            continue;
        m_changes.release(run->row(position).change.id);
        show(*run, position, BulkRowState::NotStarted);
    }
    m_runs.removeIf([&run](const std::weak_ptr<Run> &each) { return each.lock() == run; });
    const BulkResult result = run->result();
    Q_EMIT ended(result);
    co_return BulkResult(result);
}

QCoro::Task<void> BulkChanges::work(RunPtr run)
{
    while (const std::optional<int> position = run->next())
        co_await runRow(run, *position);
}

QCoro::Task<void> BulkChanges::runRow(RunPtr run, int position)
{
    show(*run, position, BulkRowState::Running);
    const QString id = run->row(position).change.id;
    HeaderKeys keys = run->takeKeys(position);
    const Outcome<Change> ended = co_await m_changes.finish(id, std::move(keys), run->stop());
    if (ended) {
        run->row(position).change = ended.value();
        if (endedWell(ended.value())) {
            show(*run, position, BulkRowState::Succeeded);
            co_return;
        }
        const Problem unknown = Problem::of(Problem::Category::OutcomeUnknown, tr("The change did not end."));
        run->fail(position, ended.value().problem.value_or(unknown));
    } else if (run->isStopped() && ended.problem().isCanceled()) {
        show(*run, position, BulkRowState::NotStarted);
        co_return;
    } else {
        run->fail(position, ended.problem());
    }
    show(*run, position, BulkRowState::Failed);
}

QCoro::Task<Outcome<QList<Change>>> BulkChanges::unfinishedOf(QString runId)
{
    if (isUnderWay(runId)) {
        co_return Problem::of(Problem::Category::InUse, tr("This run is under way."),
                              tr("Try again when it has ended."));
    }
    const Outcome<QList<Change>> all = co_await m_changes.unfinished();
    if (!all)
        co_return all.problem();
    QList<Change> left = all.value();
    left.removeIf([&runId](const Change &change) { return runId.isEmpty() || change.run != runId; });
    if (left.isEmpty())
        co_return Problem::of(Problem::Category::NotFound, tr("Nothing of such a run is unfinished."));
    co_return left;
}

void BulkChanges::show(Run &run, int position, BulkRowState state)
{
    run.row(position).state = state;
    const BulkRow row = run.row(position);
    Q_EMIT advanced(run.id(), row);
}

void BulkChanges::follow(const Change &change)
{
    const QList<std::weak_ptr<Run>> runs = m_runs;
    for (const std::weak_ptr<Run> &each : runs) {
        const RunPtr run = each.lock();
        if (!run || run->id() != change.run)
            continue;
        for (int position = 0; position < run->size(); ++position) {
            BulkRow &row = run->row(position);
            if (row.state != BulkRowState::Running || row.change.id != change.id)
                continue;
            row.change = change;
            show(*run, position, BulkRowState::Running);
        }
    }
}

} // namespace latchkey
