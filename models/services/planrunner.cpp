// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/planrunner.h"

#include "models/core/plandrift.h"
#include "models/services/bulkchanges.h"
#include "models/services/changelock.h"
#include "models/services/expiryrecords.h"
#include "models/services/keyadoption.h"
#include "models/services/keyvault.h"
#include "models/services/planmaker.h"
#include "models/services/protection.h"
#include "models/transfer/planner.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

ChangeKind changeKindOf(PlanAction action)
{
    if (action == PlanAction::Delete)
        return ChangeKind::Delete;
    return action == PlanAction::Create ? ChangeKind::Create : ChangeKind::Replace;
}

bool isChange(PlanAction action)
{
    return action == PlanAction::Delete || action == PlanAction::Replace || action == PlanAction::Create;
}

/// A credential that is to go, where nobody asked for deletions.
bool isUnwanted(const PlanRow &row)
{
    return row.wanted.wish == ConfiguredInstance::Wish::None && !row.credentialId.isEmpty();
}

PlanRowResult begun(const DriftRow &drift)
{
    PlanRowResult result;
    result.row = drift.now;
    if (drift.state == DriftRow::State::Moved) {
        result.state = PlanRowState::Moved;
        result.note = drift.what;
    } else if (drift.now.action == PlanAction::Blocked) {
        result.state = PlanRowState::Blocked;
        result.note = drift.now.reason;
    } else if (!drift.now.isWork()) {
        result.state = isUnwanted(drift.now) ? PlanRowState::LeftOut : PlanRowState::DoneAlready;
        result.note = drift.now.reason;
    }
    return result;
}

/// The newest kept keys of the instance that have this header; none where nothing has it.
std::optional<KeyVersion> keptWith(const KeyVault &vault, const InstanceAddress &address,
                                   const QString &header)
{
    for (const std::optional<KeyVersion> &version : {vault.current(address), vault.previous(address)}) {
        if (version && version->headers().contains(header, Qt::CaseInsensitive))
            return version;
    }
    return std::nullopt;
}

const Secret *keyIn(const HeaderKeys &keys, const QString &header)
{
    const auto found = std::find_if(keys.cbegin(), keys.cend(), [&header](const HeaderKey &key) {
        return key.name.compare(header, Qt::CaseInsensitive) == 0;
    });
    return found == keys.cend() ? nullptr : &found->key;
}

Problem missing(const QString &title, const QStringList &headers)
{
    return Problem::of(
        Problem::Category::InvalidInput,
        PlanRunner::tr("“%1” needs keys that are not at hand: %2.").arg(title, headers.join(u", "_s)),
        PlanRunner::tr("Nothing was sent for it. Enter them, or allow the variables that they are in."));
}

} // namespace

class PlanRunner::Work
{
public:
    Work(ApplyRequest request, std::shared_ptr<const PlanKeys> keys)
        : m_request(std::move(request))
        , m_keys(std::move(keys))
    {
    }
    Work(const Work &) = delete;
    Work &operator=(const Work &) = delete;
    ~Work() = default;

    void stopWith(const std::stop_token &stop)
    {
        const std::function<void()> passOn = [either = m_stop]() mutable { either.request_stop(); };
        m_onStop.emplace(stop, passOn);
    }
    void requestStop() { m_stop.request_stop(); }
    [[nodiscard]] std::stop_token stop() const { return m_stop.get_token(); }

    [[nodiscard]] const ApplyRequest &request() const { return m_request; }
    [[nodiscard]] const std::shared_ptr<const PlanKeys> &keys() const { return m_keys; }
    [[nodiscard]] PlanResult &result() { return m_result; }
    [[nodiscard]] PlanRowResult &row(qsizetype index) { return m_result.rows[index]; }
    [[nodiscard]] qsizetype size() const { return m_result.rows.size(); }

    /// Those whose turn is still to come.
    template <typename Is>
    [[nodiscard]] QList<qsizetype> waiting(Is is) const
    {
        QList<qsizetype> indexes;
        for (qsizetype i = 0; i < m_result.rows.size(); ++i) {
            const PlanRowResult &row = m_result.rows.at(i);
            if (row.state == PlanRowState::Waiting && is(row.row.action))
                indexes << i;
        }
        return indexes;
    }

    void noteFailure() { m_failed = true; }
    /// Whether no further row may begin.
    [[nodiscard]] bool isHalted() const
    {
        return m_stop.stop_requested() || (m_failed && !m_request.options.keepGoing);
    }

    /// Of the bulk run that is under way.
    QHash<InstanceAddress, qsizetype> under;

private:
    const ApplyRequest m_request;
    const std::shared_ptr<const PlanKeys> m_keys;
    PlanResult m_result;
    bool m_failed = false;
    std::stop_source m_stop;
    std::optional<std::stop_callback<std::function<void()>>> m_onStop;
};

PlanRunner::PlanRunner(PlanMaker &maker, BulkChanges &bulk, KeyAdoption &adoption, KeyVault &vault,
                       ExpiryRecords &expiries, Protection &protection, ChangeLock &lock, const Clock &clock,
                       QObject *parent)
    : QObject(parent)
    , m_maker(maker)
    , m_bulk(bulk)
    , m_adoption(adoption)
    , m_vault(vault)
    , m_expiries(expiries)
    , m_protection(protection)
    , m_lock(lock)
    , m_clock(clock)
{
    connect(&m_bulk, &BulkChanges::advanced, this,
            [this](const QString &, const BulkRow &row) { follow(row); });
}

PlanRunner::~PlanRunner() = default;

void PlanRunner::stop()
{
    if (m_work)
        m_work->requestStop();
}

QCoro::Task<Outcome<PlanResult>> PlanRunner::apply(ApplyRequest request, std::shared_ptr<const PlanKeys> keys,
                                                   std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    if (m_work)
        co_return Problem::of(Problem::Category::InUse, tr("Another plan is being applied."),
                              tr("Try again when it has ended."));
    const Outcome<ChangeLock::Holder> lock = m_lock.acquire();
    if (!lock)
        co_return lock.problem();
    const WorkPtr work =
        std::make_shared<Work>(std::move(request), keys ? keys : std::make_shared<PlanKeys>());
    work->stopWith(stop);
    m_work = work;
    Done ready = co_await begin(work);
    if (ready) {
        co_await changeAll(work);
        co_await adoptAll(work);
        co_await recordAll(work);
    }
    m_work = nullptr;
    if (!ready)
        co_return std::move(ready).problem();
    const QList<qsizetype> left = work->waiting([](PlanAction) { return true; });
    for (const qsizetype index : left)
        show(*work, index, PlanRowState::NotStarted);
    const PlanResult result = work->result();
    Q_EMIT ended(result);
    co_return PlanResult(result);
}

QCoro::Task<Done> PlanRunner::begin(WorkPtr work)
{
    // Another Latchkey may have recorded something since, which is not to be overwritten.
    const Done loaded = co_await m_expiries.load();
    if (!loaded)
        co_return loaded.problem();
    const Plan &planned = work->request().plan;
    PlanOptions options;
    options.profileNames = planned.profileNames;
    options.deletes = planned.deletes;
    const ConfigurationDocument document = planned.document;
    const std::shared_ptr<const PlanKeys> keys = work->keys();
    const Outcome<Plan> fresh = co_await m_maker.make(document, options, keys);
    if (!fresh)
        co_return fresh.problem();
    const QList<DriftRow> drift = driftOf(planned, fresh.value());
    for (qsizetype i = 0; i < drift.size(); ++i) {
        PlanRowResult row = begun(drift.at(i));
        if (!work->request().rows.contains(i)) {
            row.state = PlanRowState::LeftOut;
            row.note.clear();
        } else if (row.state == PlanRowState::Waiting && row.row.action == PlanAction::Adopt &&
                   work->request().keep != KeepKeys::InKeychain) {
            row.state = PlanRowState::LeftOut;
            row.note = tr("Nothing is to be kept here.");
        }
        work->result().rows << row;
    }
    for (qsizetype i = 0; i < work->size(); ++i) {
        const PlanRow row = work->row(i).row;
        if (work->row(i).state != PlanRowState::Waiting || row.missingKeys().isEmpty())
            continue;
        const Problem problem = missing(row.title, row.missingKeys());
        if (!work->request().options.keepGoing)
            co_return problem;
        fail(*work, i, problem);
    }
    co_return Done();
}

QCoro::Task<void> PlanRunner::changeAll(WorkPtr work)
{
    const QList<qsizetype> rows = work->waiting(isChange);
    for (qsizetype first = 0; first < rows.size() && !work->isHalted(); first += MostAtOnce)
        co_await changeSome(work, rows.mid(first, MostAtOnce));
}

QCoro::Task<void> PlanRunner::changeSome(WorkPtr work, QList<qsizetype> rows)
{
    BulkRequest request;
    request.options = work->request().options;
    QList<qsizetype> positions;
    for (const qsizetype index : std::as_const(rows)) {
        Outcome<ChangeRequest> change = co_await requestOf(work, index);
        if (work->stop().stop_requested())
            co_return;
        if (change) {
            positions << index;
            request.rows.push_back(std::move(change).value());
            continue;
        }
        fail(*work, index, change.problem());
        if (work->isHalted()) // Nothing of these was sent.
            co_return;
    }
    if (positions.isEmpty())
        co_return;
    for (const qsizetype index : std::as_const(positions))
        work->under.insert(work->row(index).row.address, index);
    const Outcome<BulkResult> ended = co_await m_bulk.run(std::move(request), work->stop());
    work->under.clear();
    if (!ended) {
        if (ended.problem().isCanceled())
            co_return;
        for (const qsizetype index : std::as_const(positions))
            fail(*work, index, ended.problem());
        co_return;
    }
    const BulkResult &result = ended.value();
    work->result().runs << result.runId;
    for (qsizetype i = 0; i < result.rows.size(); ++i) {
        const BulkRow row = result.rows.at(i);
        const qsizetype index = positions.at(i);
        // Of a skipped one nothing is kept that could be gone on with.
        work->row(index).change = row.state == BulkRowState::Skipped ? Change() : row.change;
        if (row.state == BulkRowState::Succeeded)
            co_await settle(work, index, row.change.newCredentialId);
        else if (row.state == BulkRowState::Failed)
            fail(*work, index, *row.problem);
        else
            show(*work, index, PlanRowState::NotStarted);
    }
}

QCoro::Task<Outcome<ChangeRequest>> PlanRunner::requestOf(WorkPtr work, qsizetype index)
{
    const PlanRow row = work->row(index).row;
    ChangeRequest change;
    change.kind = changeKindOf(row.action);
    change.address = row.address;
    change.expectedCredentialId = row.credentialId;
    change.typedName = work->request().typedNames.value(row.address);
    if (change.kind == ChangeKind::Delete)
        co_return change;
    change.keep = work->request().keep;
    change.expires = row.wanted.expiry.date;
    change.credential.type = row.wanted.credential.type;
    change.credential.roleArn = row.wanted.credential.roleArn;
    if (change.credential.type == CredentialType::MultiKey) {
        const std::shared_ptr<const PlanKeys> given = work->keys();
        Outcome<HeaderKeys> keys = co_await keysOf(row, given);
        if (!keys)
            co_return std::move(keys).problem();
        change.credential.headers = std::move(keys).value();
    }
    co_return change;
}

QCoro::Task<Outcome<HeaderKeys>> PlanRunner::keysOf(PlanRow row, std::shared_ptr<const PlanKeys> given)
{
    std::map<QString, HeaderKeys> kept; // By version.
    HeaderKeys keys;
    for (const PlannedHeader &header : std::as_const(row.headers)) {
        std::optional<KeyVersion> version;
        if (header.source.kind == KeySource::Kind::Keychain)
            version = keptWith(m_vault, row.address, header.name);
        if (version && !kept.contains(version->id)) {
            Outcome<HeaderKeys> read = co_await m_vault.keys(version->id, row.address);
            if (!read)
                co_return std::move(read).problem();
            kept.emplace(version->id, std::move(read).value());
        }
        const Secret *key = version ? keyIn(kept.at(version->id), header.name)
                                    : given->find(row.address, header.name, header.source);
        if (key == nullptr || key->isEmpty())
            co_return missing(row.title, {header.name});
        keys.push_back({header.name, key->clone()});
    }
    co_return keys;
}

/// One after the other: the keychain serves no two at a time, and may ask the user.
QCoro::Task<void> PlanRunner::adoptAll(WorkPtr work)
{
    const QList<qsizetype> rows =
        work->waiting([](PlanAction action) { return action == PlanAction::Adopt; });
    for (qsizetype i = 0; i < rows.size() && !work->isHalted(); ++i) {
        const qsizetype index = rows.at(i);
        const PlanRow row = work->row(index).row;
        show(*work, index, PlanRowState::Running);
        const std::shared_ptr<const PlanKeys> given = work->keys();
        Outcome<HeaderKeys> keys = co_await keysOf(row, given);
        if (!keys) {
            fail(*work, index, keys.problem());
            continue;
        }
        HeaderKeys own = std::move(keys).value();
        const Outcome<Change> adopted = co_await m_adoption.adopt(
            row.address, row.credentialId, std::move(own), work->stop(), row.wanted.expiry.date);
        if (adopted) {
            work->row(index).change = adopted.value();
            co_await settle(work, index, row.credentialId);
        } else if (adopted.problem().isCanceled()) {
            show(*work, index, PlanRowState::NotStarted);
        } else {
            fail(*work, index, adopted.problem());
        }
    }
}

QCoro::Task<void> PlanRunner::recordAll(WorkPtr work)
{
    const QList<qsizetype> rows = work->waiting([](PlanAction action) { return action == PlanAction::Keep; });
    for (qsizetype i = 0; i < rows.size() && !work->isHalted(); ++i)
        co_await settle(work, rows.at(i), work->row(rows.at(i)).row.credentialId);
}

QCoro::Task<void> PlanRunner::settle(WorkPtr work, qsizetype index, QString credentialId)
{
    const PlanRow row = work->row(index).row;
    const Done recorded = co_await record(row, credentialId);
    if (recorded)
        show(*work, index, PlanRowState::Succeeded);
    else
        fail(*work, index, recorded.problem());
}

QCoro::Task<Done> PlanRunner::record(PlanRow row, QString credentialId)
{
    const ExpiryRecord present = m_expiries.of(row.address);
    ExpiryRecord wanted = withWanted(present, row.wanted.expiry, credentialId);
    if (row.recordsExpiry && wanted != present) {
        wanted.recordedAt = m_clock.now();
        const Done recorded = co_await m_expiries.record(row.address, wanted);
        if (!recorded)
            co_return recorded.problem();
    }
    if (row.protects) {
        const Done isProtected = co_await m_protection.protect(row.address);
        if (!isProtected)
            co_return isProtected.problem();
    }
    co_return Done();
}

void PlanRunner::show(Work &work, qsizetype index, PlanRowState state)
{
    work.row(index).state = state;
    const PlanRowResult row = work.row(index);
    Q_EMIT advanced(index, row);
}

void PlanRunner::fail(Work &work, qsizetype index, const Problem &problem)
{
    work.row(index).problem = problem;
    work.noteFailure();
    show(work, index, PlanRowState::Failed);
}

void PlanRunner::follow(const BulkRow &row)
{
    if (!m_work || row.state != BulkRowState::Running)
        return;
    const auto under = m_work->under.constFind(row.address);
    if (under == m_work->under.cend())
        return;
    const qsizetype index = *under;
    m_work->row(index).change = row.change;
    show(*m_work, index, PlanRowState::Running);
}

} // namespace latchkey
