// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/inventory.h"
#include "models/services/inventoryrun.h"
#include "models/services/profiles.h"
#include "models/storage/snapshotstore.h"

#include <algorithm>

namespace latchkey {

// What a refresh of a profile comes to, and what is kept of it.

/// A token that takes the place of another has to show that it sees the same organization, and so has any
/// token of a profile in doubt. What was read with the token itself proves nothing.
void Inventory::startTrial(Run &run) const
{
    bool changed = false;
    for (const std::shared_ptr<EndpointRun> &part : run.parts) {
        const QString before =
            m_endpoints.value(EndpointKey(part->profileId, part->endpoint.origin())).tokenVersion;
        part->witness = !part->known.isEmpty() && !before.isEmpty() && before != run.profile.tokenVersion;
        changed = changed || part->witness;
    }
    if (!changed && !run.profile.organizationInDoubt)
        return;
    run.trust = Run::Trust::Asked;
    for (const std::shared_ptr<EndpointRun> &part : run.parts)
        part->witness = changed ? part->witness : !part->known.isEmpty();
}

/// All lists have answered: none of what was known is there, or it could not be told.
QCoro::Task<Done> Inventory::judge(std::shared_ptr<Run> run)
{
    if (run->isOver() || run->trust != Run::Trust::Asked)
        co_return Done();
    const bool denied = std::ranges::any_of(run->parts, [](const std::shared_ptr<EndpointRun> &part) {
        return part->witness && part->listed && !part->shortfall;
    });
    if (denied) {
        Done doubted = co_await m_profiles.doubtOrganization(run->profileId);
        co_return doubted;
    }
    // What nothing was known of need not wait for an endpoint that fails.
    if (!run->profile.organizationInDoubt) {
        for (const std::shared_ptr<EndpointRun> &part : run->parts) {
            if (!part->witness)
                release(run, part);
        }
    }
    co_return Done();
}

void Inventory::release(const std::shared_ptr<Run> &run, const std::shared_ptr<EndpointRun> &part)
{
    if (const auto catalog = std::exchange(part->catalog, std::nullopt))
        takeCatalog(*part, *catalog);
    mergeHeld(run, part);
    if (part->listed) {
        endpointListed(*run, *part);
        Q_EMIT endpointsChanged();
    }
}

void Inventory::endpointListed(const Run &run, const EndpointRun &part)
{
    EndpointState &state = stateOf(part);
    state.listedAt = m_clock.now();
    state.tokenVersion = run.profile.tokenVersion;
    saveEndpoint(state);
    if (part.shortfall)
        markUnread(part, *part.shortfall);
}

QCoro::Task<Done> Inventory::settle(std::shared_ptr<Run> run)
{
    if (run->trust == Run::Trust::Proven) {
        Done believed = co_await m_profiles.believeOrganization(run->profileId);
        if (!believed)
            co_return std::move(believed).problem();
    }
    QList<InstanceAddress> gone;
    for (const std::shared_ptr<EndpointRun> &part : run->parts) {
        if (!part->listed || part->shortfall || run->trust == Run::Trust::Asked)
            continue;
        const QSet<QString> missing = part->known - part->listedIds;
        for (const QString &instanceId : missing)
            gone.append(part->address(instanceId));
    }
    gone.removeIf([this](const InstanceAddress &address) { return m_records.value(address).changing; });
    removeRecords(gone);
    Done removed = co_await m_snapshot.removeRecords(gone);
    if (!removed)
        co_return std::move(removed).problem();
    Done saved = co_await saveUnsaved();
    co_return saved;
}

QCoro::Task<Done> Inventory::saveUnsaved()
{
    QList<InstanceRecord> records;
    const QSet<InstanceAddress> unsaved = std::exchange(m_unsaved, {});
    for (const InstanceAddress &address : unsaved) {
        const auto record = m_records.constFind(address);
        if (record != m_records.cend())
            records.append(*record);
    }
    if (records.isEmpty())
        co_return Done();
    Done saved = co_await m_snapshot.saveRecords(records);
    if (!saved) {
        for (const InstanceRecord &record : std::as_const(records))
            m_unsaved.insert(record.address);
    }
    co_return saved;
}

QCoro::Task<void> Inventory::saveInBackground()
{
    const RunningCount::Guard running = m_running.enter();
    // What is not saved now is saved with the next refresh; nothing depends on it.
    co_await saveUnsaved();
}

QCoro::Task<void> Inventory::saveEndpoint(EndpointState state)
{
    const RunningCount::Guard running = m_running.enter();
    co_await m_snapshot.saveEndpoint(state);
}

QCoro::Task<void> Inventory::saveCatalog(QString profileId, QString origin, QList<Integration> integrations)
{
    const RunningCount::Guard running = m_running.enter();
    const SnapshotStore::Catalog row{profileId, origin, integrations};
    co_await m_snapshot.saveCatalog(row);
}

} // namespace latchkey
