// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/konnectclient.h"
#include "models/services/attentionmarks.h"
#include "models/services/expiryrecords.h"
#include "models/services/inventory.h"
#include "models/services/inventoryrun.h"
#include "models/services/keyvault.h"
#include "models/services/konnectclients.h"
#include "models/services/profiles.h"
#include "models/storage/snapshotstore.h"

#include <algorithm>

namespace latchkey {

namespace {

std::optional<Problem> shortfallOf(const Listing<IntegrationInstance> &list)
{
    if (list.complete && list.dropped == 0)
        return std::nullopt;
    const QString caption = list.dropped > 0
                                ? Inventory::tr("%1 of %2 items had no id and could not be shown.")
                                      .arg(list.dropped)
                                      .arg(list.items.size() + list.dropped)
                                : Inventory::tr("The list of instances did not add up: some may be missing.");
    return Problem::of(
        Problem::Category::BadAnswer, caption,
        Inventory::tr("Instances that were known and did not come are shown as they were before."));
}

} // namespace

QCoro::Task<Done> Inventory::refresh(QString profileId)
{
    const RunningCount::Guard running = m_running.enter();
    std::vector<std::shared_ptr<Run>> runs;
    const QList<Profile> profiles = m_profiles.all();
    for (const Profile &profile : profiles) {
        if (!profileId.isEmpty() && profile.id != profileId)
            continue;
        std::shared_ptr<Run> run = m_runs.value(profile.id);
        if (!run) {
            run = std::make_shared<Run>();
            run->profileId = profile.id;
            run->profile = profile;
            m_runs.insert(profile.id, run);
            showProgress();
            refreshProfile(run, profile);
        }
        runs.push_back(run);
    }
    if (!profileId.isEmpty() && runs.empty()) {
        co_return Problem::of(Problem::Category::NotFound, tr("There is no such profile any more."));
    }
    std::optional<Problem> problem;
    for (const std::shared_ptr<Run> &run : runs) {
        while (!run->finished)
            co_await run->waiters.wait();
        if (run->isOver())
            problem = canceledRefresh(tr("Refreshing was stopped."));
        else if (run->problem && !problem)
            problem = run->problem;
    }
    if (problem)
        co_return *std::move(problem);
    co_return Done();
}

void Inventory::cancelRefresh()
{
    std::exchange(m_stopSingles, std::stop_source()).request_stop();
    const auto runs = std::exchange(m_runs, {});
    for (const std::shared_ptr<Run> &run : runs)
        run->stop.request_stop();
    m_waits.clear();
    showProgress();
}

QCoro::Task<void> Inventory::refreshProfile(std::shared_ptr<Run> run, Profile profile)
{
    const RunningCount::Guard running = m_running.enter();
    // Another Latchkey may have kept or removed keys since, or recorded or snoozed something.
    QCoro::Task<Done> rows = m_vault.reloadAll();
    QCoro::Task<Done> expiries = m_expiries.load();
    QCoro::Task<Done> marks = m_marks.load();
    QHash<QString, QSet<QString>> known;
    for (auto record = m_records.cbegin(); record != m_records.cend(); ++record) {
        if (record.key().profileId == profile.id)
            known[record.key().origin].insert(record.key().instanceId);
    }
    for (const Endpoint &endpoint : std::as_const(profile.endpoints)) {
        const auto part = std::make_shared<EndpointRun>();
        part->endpoint = endpoint;
        part->profileId = profile.id;
        part->known = known.value(endpoint.origin());
        run->parts.push_back(part);
    }
    startTrial(*run);
    std::vector<QCoro::Task<void>> tasks;
    tasks.reserve(run->parts.size());
    for (size_t i = 0; i < run->parts.size(); ++i)
        tasks.push_back(refreshEndpoint(run, run->parts[i], profile));
    for (QCoro::Task<void> &task : tasks)
        co_await task;
    Done saved = co_await judge(run);
    for (const std::shared_ptr<EndpointRun> &part : run->parts) {
        // None is added any more: the lists and the catalogs have all answered.
        for (size_t i = 0; i < part->reads.size(); ++i)
            co_await part->reads[i];
        // Their frames hold this part, and it holds them.
        part->reads.clear();
    }
    co_await rows;
    co_await expiries;
    co_await marks;
    if (saved && !run->isOver())
        saved = co_await settle(run);
    else if (saved)
        saved = co_await saveUnsaved();
    if (!saved)
        run->problem = saved.problem();
    finish(run);
}

void Inventory::finish(const std::shared_ptr<Run> &run)
{
    // A run that was canceled may have a successor in its place.
    if (m_runs.value(run->profileId) == run)
        m_runs.remove(run->profileId);
    run->finished = true;
    for (const std::shared_ptr<EndpointRun> &part : run->parts)
        m_waits.remove(EndpointKey(run->profileId, part->endpoint.origin()));
    announce();
    showProgress();
    run->waiters.resumeAll();
}

QCoro::Task<void> Inventory::refreshEndpoint(std::shared_ptr<Run> run, std::shared_ptr<EndpointRun> part,
                                             Profile profile)
{
    const RunningCount::Guard running = m_running.enter();
    const QString origin = part->endpoint.origin();
    Outcome<std::shared_ptr<KonnectClient>> client = co_await m_clients.client(profile, origin);
    if (run->isOver())
        co_return;
    if (!client) {
        endpointFailed(part, client.problem());
        co_return;
    }
    part->client = client.value();

    QCoro::Task<void> catalog = readCatalog(run, part);
    InstanceQuery query;
    // Not a coroutine: plain captures are fine, and the client lets go of it when the list has answered.
    KonnectClient::PageArrived arrived = [this, run, part](const QList<IntegrationInstance> &fresh, int,
                                                           int) {
        if (!run->isOver())
            takeInstances(run, part, fresh);
    };
    Outcome<Listing<IntegrationInstance>> listing =
        co_await part->client->instances(query, arrived, run->stop.get_token());
    if (!run->isOver()) {
        if (listing) {
            const Listing<IntegrationInstance> &list = listing.value();
            takeInstances(run, part, list.items);
            part->listed = true;
            part->shortfall = shortfallOf(list);
            EndpointState &state = stateOf(*part);
            state.droppedItems = list.dropped;
            state.shortfall = part->shortfall;
            state.problem.reset();
            if (run->trust == Run::Trust::Asked)
                saveEndpoint(state);
            else
                endpointListed(*run, *part);
            Q_EMIT endpointsChanged();
        } else {
            endpointFailed(part, listing.problem());
        }
    }
    co_await catalog;
}

QCoro::Task<void> Inventory::readCatalog(std::shared_ptr<Run> run, std::shared_ptr<EndpointRun> part)
{
    const RunningCount::Guard running = m_running.enter();
    Outcome<Listing<Integration>> catalog = co_await part->client->integrations(run->stop.get_token());
    if (run->isOver())
        co_return;
    part->catalogAnswered = true;
    // Where it failed: the instances are worth more than their definitions, and the last catalog serves.
    if (catalog && run->trust == Run::Trust::Asked)
        part->catalog = catalog.value().items;
    else if (catalog)
        takeCatalog(*part, catalog.value().items);
    startReads(run, part);
}

void Inventory::takeCatalog(const EndpointRun &part, const QList<Integration> &integrations)
{
    const QString origin = part.endpoint.origin();
    QHash<QString, Integration> byName;
    for (const Integration &integration : integrations)
        byName.insert(integration.name, integration);
    m_catalogs.insert(EndpointKey(part.profileId, origin), byName);
    for (auto record = m_records.begin(); record != m_records.end(); ++record) {
        if (record.key().profileId != part.profileId || record.key().origin != origin)
            continue;
        const InstanceRecord before = *record;
        applyCatalog(*record);
        if (before != *record)
            touch(record.key(), true);
    }
    saveCatalog(part.profileId, origin, integrations);
}

void Inventory::takeInstances(const std::shared_ptr<Run> &run, const std::shared_ptr<EndpointRun> &part,
                              const QList<IntegrationInstance> &fresh)
{
    for (const IntegrationInstance &instance : fresh) {
        if (part->listedIds.contains(instance.id))
            continue;
        part->listedIds.insert(instance.id);
        part->held.append(instance);
        if (run->trust == Run::Trust::Asked && part->witness && part->known.contains(instance.id)) {
            run->trust = Run::Trust::Proven;
            for (const std::shared_ptr<EndpointRun> &each : run->parts)
                release(run, each);
        }
    }
    if (run->trust != Run::Trust::Asked)
        mergeHeld(run, part);
}

void Inventory::mergeHeld(const std::shared_ptr<Run> &run, const std::shared_ptr<EndpointRun> &part)
{
    const QList<IntegrationInstance> held = std::exchange(part->held, {});
    if (held.isEmpty())
        return;
    // Before the rows can be saved: else another token's rows would pass for those of the one before.
    EndpointState &state = stateOf(*part);
    if (state.tokenVersion != run->profile.tokenVersion) {
        state.tokenVersion = run->profile.tokenVersion;
        saveEndpoint(state);
    }
    const QString label = part->endpoint.label();
    for (const IntegrationInstance &instance : held) {
        const InstanceAddress address = part->address(instance.id);
        mergeInstance(address, label, instance);
        part->toRead.append(address);
    }
    if (part->catalogAnswered)
        startReads(run, part);
}

void Inventory::startReads(const std::shared_ptr<Run> &run, const std::shared_ptr<EndpointRun> &part)
{
    const QList<InstanceAddress> addresses = std::exchange(part->toRead, {});
    for (const InstanceAddress &address : addresses) {
        const auto record = m_records.find(address);
        if (record == m_records.end())
            continue;
        if (record->builtIn) {
            // There is nothing to read: an earlier failure of its list is over.
            if (std::exchange(record->lastProblem, std::nullopt))
                touch(address, true);
            continue;
        }
        ++m_progress.total;
        part->reads.push_back(readCredential(run, part, address));
    }
    showProgress();
}

QCoro::Task<void> Inventory::readCredential(std::shared_ptr<Run> run, std::shared_ptr<EndpointRun> part,
                                            InstanceAddress address)
{
    const RunningCount::Guard running = m_running.enter();
    const quint64 revision = m_revisions.value(address);
    Outcome<std::optional<AuthCredential>> credential =
        co_await part->client->credential(address.instanceId, run->stop.get_token());
    if (run->isOver())
        co_return;
    ++m_progress.done;
    showProgress();
    const auto record = m_records.find(address);
    if (record == m_records.end() || m_revisions.value(address) != revision || record->changing)
        co_return;
    if (!credential) {
        if (!credential.problem().isCanceled())
            record->lastProblem = credential.problem();
    } else {
        const std::optional<AuthCredential> &found = credential.value();
        record->knowledge = found ? InstanceRecord::Knowledge::Present : InstanceRecord::Knowledge::Absent;
        record->credential = found.value_or(AuthCredential());
        record->checkedAt = m_clock.now();
        record->lastProblem.reset();
        record->keptKeys = keptFor(*record);
    }
    touch(address, true);
}

void Inventory::endpointFailed(const std::shared_ptr<EndpointRun> &part, const Problem &problem)
{
    if (problem.isCanceled())
        return;
    EndpointState &state = stateOf(*part);
    state.problem = problem;
    markUnread(*part, problem);
    saveEndpoint(state);
    Q_EMIT endpointsChanged();
}

/// What was known and did not come with the list; what did arrive before it broke off is fresh.
void Inventory::markUnread(const EndpointRun &part, const Problem &problem)
{
    for (const QString &instanceId : part.known) {
        if (part.listedIds.contains(instanceId))
            continue;
        const auto record = m_records.find(part.address(instanceId));
        if (record == m_records.end())
            continue;
        record->lastProblem = problem;
        touch(record.key(), true);
    }
}

EndpointState &Inventory::stateOf(const EndpointRun &part)
{
    EndpointState &state = m_endpoints[EndpointKey(part.profileId, part.endpoint.origin())];
    state.profileId = part.profileId;
    state.origin = part.endpoint.origin();
    state.endpointLabel = part.endpoint.label();
    return state;
}

InstanceRecord &Inventory::recordFor(const InstanceAddress &address)
{
    const auto there = m_records.find(address);
    if (there != m_records.end())
        return *there;
    InstanceRecord record;
    record.address = address;
    dress(record);
    record.keptKeys = keptFor(record);
    return *m_records.insert(address, record);
}

void Inventory::mergeInstance(const InstanceAddress &address, const QString &label,
                              const IntegrationInstance &instance)
{
    const bool isNew = !m_records.contains(address);
    InstanceRecord &record = recordFor(address);
    const InstanceRecord before = record;
    record.endpointLabel = label;
    record.instance = instance;
    applyCatalog(record);
    if (isNew || before != record)
        touch(address, true);
}

void Inventory::applyCatalog(InstanceRecord &record) const
{
    const auto catalog = m_catalogs.constFind(EndpointKey(record.address.profileId, record.address.origin));
    if (catalog == m_catalogs.cend())
        return;
    const auto integration = catalog->constFind(record.instance.integrationName);
    record.authorization = integration == catalog->cend() ? Authorization() : integration->authorization;
    record.builtIn = integration != catalog->cend() && integration->builtIn;
}

} // namespace latchkey
