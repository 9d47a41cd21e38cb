// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/inventory.h"

#include "models/services/attentionmarks.h"
#include "models/services/expiryrecords.h"
#include "models/services/inventoryrun.h"
#include "models/services/keyvault.h"
#include "models/services/konnectclients.h"
#include "models/services/profiles.h"
#include "models/services/protection.h"
#include "models/storage/snapshotstore.h"

#include <algorithm>
#include <chrono>

namespace latchkey {

// The face of the inventory and its bookkeeping; inventoryrefresh.cpp talks to Konnect.

Inventory::Inventory(Profiles &profiles, KonnectClients &clients, SnapshotStore &snapshot, KeyVault &vault,
                     Protection &protection, ExpiryRecords &expiries, AttentionMarks &marks,
                     const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_clients(clients)
    , m_snapshot(snapshot)
    , m_vault(vault)
    , m_protection(protection)
    , m_expiries(expiries)
    , m_marks(marks)
    , m_clock(clock)
{
    m_announceTimer.setSingleShot(true);
    m_announceTimer.setInterval(std::chrono::milliseconds(34));
    connect(&m_announceTimer, &QTimer::timeout, this, &Inventory::announce);
    connect(&profiles, &Profiles::profilesChanged, this, &Inventory::onProfilesChanged);
    connect(&profiles, &Profiles::organizationReplaced, this, &Inventory::forgetProfile);
    connect(&profiles, &Profiles::organizationConfirmed, this, &Inventory::onOrganizationConfirmed);
    connect(&clients, &KonnectClients::waiting, this,
            [this](const QString &profileId, const QString &origin, int seconds) {
                m_waits.insert(EndpointKey(profileId, origin), seconds);
                showProgress();
            });
    connect(&vault, &KeyVault::keptKeysChanged, this, [this](const InstanceAddress &address) {
        for (const InstanceAddress &each : seenBy(address.origin, address.instanceId)) {
            InstanceRecord &record = m_records[each];
            record.keptKeys = keptFor(record);
            touch(each, false);
        }
    });
    connect(&protection, &Protection::changed, this, &Inventory::dressAnew);
    connect(&expiries, &ExpiryRecords::changed, this, &Inventory::dressAnew);
    connect(&marks, &AttentionMarks::changed, this, &Inventory::dressAnew);
}

Inventory::~Inventory() = default;

QCoro::Task<Done> Inventory::loadSnapshot()
{
    const RunningCount::Guard running = m_running.enter();
    Outcome<SnapshotStore::Snapshot> loaded = co_await m_snapshot.load();
    if (!loaded)
        co_return std::move(loaded).problem();
    const SnapshotStore::Snapshot snapshot = std::move(loaded).value();
    for (const SnapshotStore::Catalog &catalog : snapshot.catalogs) {
        QHash<QString, Integration> &byName = m_catalogs[EndpointKey(catalog.profileId, catalog.origin)];
        for (const Integration &integration : catalog.integrations)
            byName.insert(integration.name, integration);
    }
    for (const EndpointState &state : snapshot.endpoints)
        m_endpoints.insert(EndpointKey(state.profileId, state.origin), state);
    for (InstanceRecord record : snapshot.records) {
        // A refresh that was faster knows better.
        if (m_records.contains(record.address))
            continue;
        record.changing = false;
        dress(record);
        record.keptKeys = keptFor(record);
        m_records.insert(record.address, record);
        touch(record.address, false);
    }
    // Drops what belongs to profiles and endpoints that are no more.
    onProfilesChanged();
    announce();
    Q_EMIT endpointsChanged();
    co_return Done();
}

QList<InstanceRecord> Inventory::records() const
{
    QList<InstanceRecord> records = m_records.values();
    std::sort(records.begin(), records.end(), [](const InstanceRecord &a, const InstanceRecord &b) {
        if (const int byTitle = a.instance.title().compare(b.instance.title(), Qt::CaseInsensitive);
            byTitle != 0)
            return byTitle < 0;
        return std::tie(a.address.instanceId, a.address.origin, a.address.profileId) <
               std::tie(b.address.instanceId, b.address.origin, b.address.profileId);
    });
    return records;
}

std::optional<InstanceRecord> Inventory::find(const InstanceAddress &address) const
{
    const auto record = m_records.constFind(address);
    return record == m_records.cend() ? std::nullopt : std::optional(*record);
}

QList<Integration> Inventory::integrations(const QString &profileId, const QString &origin) const
{
    QList<Integration> all = m_catalogs.value(EndpointKey(profileId, origin)).values();
    std::sort(all.begin(), all.end(),
              [](const Integration &a, const Integration &b) { return a.name < b.name; });
    return all;
}

QList<EndpointState> Inventory::endpoints() const
{
    QList<EndpointState> states;
    for (const Profile &profile : m_profiles.all()) {
        for (const Endpoint &endpoint : profile.endpoints) {
            EndpointState state = m_endpoints.value(EndpointKey(profile.id, endpoint.origin()));
            state.profileId = profile.id;
            state.origin = endpoint.origin();
            state.endpointLabel = endpoint.label();
            states.append(state);
        }
    }
    return states;
}

FailedReads Inventory::failedReads() const
{
    FailedReads failed;
    QHash<Problem::Category, int> met;
    int most = 0;
    bool allHaveValues = true;
    for (const InstanceRecord &record : m_records) {
        const EndpointKey key(record.address.profileId, record.address.origin);
        // What a geo that cannot be listed means for its rows is said of the geo.
        if (!record.lastProblem || m_endpoints.value(key).problem)
            continue;
        ++failed.count;
        if (const int times = ++met[record.lastProblem->category]; times > most) {
            most = times;
            failed.problem = *record.lastProblem;
        }
        if (!record.checkedAt.isValid())
            allHaveValues = false;
        else if (!failed.oldestValue.isValid() || record.checkedAt < failed.oldestValue)
            failed.oldestValue = record.checkedAt;
    }
    failed.sameForAll = met.size() <= 1;
    if (!allHaveValues)
        failed.oldestValue = {};
    return failed;
}

QList<InstanceAddress> Inventory::seenBy(const QString &origin, const QString &instanceId) const
{
    QList<InstanceAddress> addresses;
    for (const Profile &profile : m_profiles.all()) {
        InstanceAddress address;
        address.profileId = profile.id;
        address.origin = origin;
        address.instanceId = instanceId;
        if (m_records.contains(address))
            addresses.append(address);
    }
    return addresses;
}

void Inventory::setCredential(const InstanceAddress &address, const std::optional<AuthCredential> &credential)
{
    for (const InstanceAddress &each : seenBy(address.origin, address.instanceId)) {
        ++m_revisions[each];
        InstanceRecord &record = m_records[each];
        const QString idBefore = record.credential.id;
        record.knowledge =
            credential ? InstanceRecord::Knowledge::Present : InstanceRecord::Knowledge::Absent;
        record.credential = credential.value_or(AuthCredential());
        if (record.credential.id != idBefore)
            record.instance.authorized.reset();
        record.checkedAt = m_clock.now();
        record.lastProblem.reset();
        record.keptKeys = keptFor(record);
        touch(each, true);
    }
    saveInBackground();
}

void Inventory::setChanging(const InstanceAddress &address, bool changing)
{
    for (const InstanceAddress &each : seenBy(address.origin, address.instanceId)) {
        ++m_revisions[each];
        m_records[each].changing = changing;
        touch(each, false);
    }
}

void Inventory::setInstance(const InstanceAddress &address, const IntegrationInstance &instance)
{
    for (const InstanceAddress &each : seenBy(address.origin, address.instanceId)) {
        if (m_records[each].instance == instance)
            continue;
        m_records[each].instance = instance;
        touch(each, true);
    }
    saveInBackground();
}

void Inventory::forgetProfile(const QString &profileId)
{
    if (const std::shared_ptr<Run> run = m_runs.value(profileId)) {
        run->stop.request_stop();
        m_runs.remove(profileId);
    }
    QList<InstanceAddress> gone;
    for (auto record = m_records.cbegin(); record != m_records.cend(); ++record) {
        if (record.key().profileId == profileId)
            gone.append(record.key());
    }
    const auto ofProfile = [&profileId](const auto &entry) { return entry.key().first == profileId; };
    m_catalogs.removeIf(ofProfile);
    m_waits.removeIf(ofProfile);
    const auto states = m_endpoints.removeIf(ofProfile);
    removeRecords(gone);
    if (states > 0)
        Q_EMIT endpointsChanged();
    showProgress();
}

void Inventory::onProfilesChanged()
{
    QSet<EndpointKey> known;
    for (const Profile &profile : m_profiles.all()) {
        for (const Endpoint &endpoint : profile.endpoints)
            known.insert(EndpointKey(profile.id, endpoint.origin()));
    }
    QList<InstanceAddress> gone;
    for (auto record = m_records.begin(); record != m_records.end(); ++record) {
        if (!known.contains(EndpointKey(record.key().profileId, record.key().origin))) {
            gone.append(record.key());
            continue;
        }
        const InstanceRecord before = *record;
        dress(*record);
        if (before != *record)
            touch(record.key(), false);
    }
    const QStringList running = m_runs.keys();
    for (const QString &profileId : running) {
        const std::optional<Profile> now = m_profiles.find(profileId);
        if (!now || m_runs.value(profileId)->isSupersededBy(*now))
            m_runs.take(profileId)->stop.request_stop();
    }
    const auto unknown = [&known](const auto &entry) { return !known.contains(entry.key()); };
    m_catalogs.removeIf(unknown);
    m_waits.removeIf(unknown);
    const auto states = m_endpoints.removeIf(unknown);
    removeRecords(gone);
    if (states > 0)
        Q_EMIT endpointsChanged();
    showProgress();
}

/// The instances that are gone are really gone: the next list counts, with whatever token it is read.
void Inventory::onOrganizationConfirmed(const QString &profileId)
{
    if (const std::shared_ptr<Run> run = m_runs.take(profileId))
        run->stop.request_stop();
    for (EndpointState &state : m_endpoints) {
        if (state.profileId != profileId)
            continue;
        state.tokenVersion.clear();
        saveEndpoint(state);
    }
    showProgress();
}

/// What a record repeats of its profile, and what the user said about it on this machine.
void Inventory::dress(InstanceRecord &record) const
{
    record.isProtected = m_protection.has(record.address);
    record.expiry = m_expiries.of(record.address);
    record.attention = m_marks.of(record.address);
    const std::optional<Profile> profile = m_profiles.find(record.address.profileId);
    if (!profile)
        return;
    record.profileName = profile->name;
    record.profileColour = profile->colour;
    record.production = profile->production;
}

void Inventory::dressAnew(const InstanceAddress &address)
{
    for (const InstanceAddress &each : seenBy(address.origin, address.instanceId)) {
        dress(m_records[each]);
        touch(each, false);
    }
}

/// What the vault calls current was kept for one credential; Konnect may have another one by now, or none.
KeptKeys Inventory::keptFor(const InstanceRecord &record) const
{
    KeptKeys kept = m_vault.kept(record.address);
    const bool another = record.knowledge == InstanceRecord::Knowledge::Present &&
                         !kept.credentialId.isEmpty() && kept.credentialId != record.credential.id;
    if (kept.current && (another || record.knowledge == InstanceRecord::Knowledge::Absent)) {
        kept.current = false;
        kept.entered = false;
        kept.inMemoryOnly = false;
        kept.previous = true;
        kept.previousSince = std::exchange(kept.currentSince, {});
    }
    return kept;
}

void Inventory::removeRecords(const QList<InstanceAddress> &addresses)
{
    QList<InstanceAddress> removed;
    for (const InstanceAddress &address : addresses) {
        if (!m_records.remove(address))
            continue;
        m_dirty.remove(address);
        m_unsaved.remove(address);
        // An answer that is still on its way must find the record changed even if the instance comes back.
        ++m_revisions[address];
        removed.append(address);
    }
    if (!removed.isEmpty())
        Q_EMIT recordsRemoved(removed);
}

void Inventory::touch(const InstanceAddress &address, bool save)
{
    m_dirty.insert(address);
    if (save)
        m_unsaved.insert(address);
    announceSoon();
}

void Inventory::showProgress()
{
    const bool wasRunning = m_progress.running;
    m_progress.running = !m_runs.isEmpty();
    if (m_progress.running && !wasRunning) {
        m_progress.done = 0;
        m_progress.total = 0;
    }
    m_progress.waitingSeconds = 0;
    for (const int seconds : std::as_const(m_waits))
        m_progress.waitingSeconds = std::max(m_progress.waitingSeconds, seconds);
    m_progressDirty = true;
    // The beginning and the end are worth telling at once.
    if (m_progress.running != wasRunning)
        announce();
    else
        announceSoon();
}

void Inventory::announceSoon()
{
    if (!m_announceTimer.isActive())
        m_announceTimer.start();
}

void Inventory::announce()
{
    m_announceTimer.stop();
    QList<InstanceRecord> changed;
    changed.reserve(m_dirty.size());
    const QSet<InstanceAddress> dirty = std::exchange(m_dirty, {});
    for (const InstanceAddress &address : dirty) {
        const auto record = m_records.constFind(address);
        if (record != m_records.cend())
            changed.append(*record);
    }
    if (!changed.isEmpty())
        Q_EMIT recordsChanged(changed);
    if (std::exchange(m_progressDirty, false)) {
        // A copy: a slot may begin or end a refresh.
        const RefreshProgress progress = m_progress;
        Q_EMIT progressChanged(progress);
    }
}

} // namespace latchkey
