// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/changewatch.h"

#include "models/konnect/konnectclient.h"
#include "models/services/changelock.h"
#include "models/services/changewords.h"
#include "models/services/history.h"
#include "models/services/inventory.h"
#include "models/services/konnectclients.h"
#include "models/services/profiles.h"
#include "models/storage/changejournal.h"

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace std::chrono_literals;

ChangeWatch::ChangeWatch(Profiles &profiles, Inventory &inventory, KonnectClients &clients,
                         ChangeJournal &journal, History &history, ChangeLock &lock, const Clock &clock,
                         QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_inventory(inventory)
    , m_clients(clients)
    , m_journal(journal)
    , m_history(history)
    , m_lock(lock)
    , m_clock(clock)
{
    connect(&m_tick, &QTimer::timeout, this, [this] { QCoro::connect(lookAtAll(), this, [] {}); });
}

void ChangeWatch::watch(const Change &change)
{
    m_watched.insert(change.id, {change, m_clock.now().addMSecs(m_duration.count())});
    if (!m_tick.isActive())
        m_tick.start(std::clamp<std::chrono::milliseconds>(m_duration / 6, 50ms, 5s));
}

QCoro::Task<Change> ChangeWatch::ended(Change change)
{
    const RunningCount::Guard running = m_running.enter();
    while (m_watched.contains(change.id))
        co_await m_waiters.wait();
    co_return m_ended.value(change.id, change);
}

void ChangeWatch::letGo(const QString &credentialId)
{
    const QList<Watched> watched = m_watched.values();
    for (const Watched &each : watched) {
        if (credentialId.isEmpty() || each.change.newCredentialId != credentialId)
            continue;
        Change left = each.change;
        left.phase = ChangePhase::Left;
        forget(left);
        Q_EMIT advanced(left);
    }
}

void ChangeWatch::stop()
{
    std::exchange(m_stop, std::stop_source()).request_stop();
    const QHash<QString, Watched> watched = std::exchange(m_watched, {});
    m_tick.stop();
    if (!watched.isEmpty())
        m_waiters.resumeAll();
}

QCoro::Task<void> ChangeWatch::lookAtAll()
{
    if (std::exchange(m_looking, true))
        co_return;
    const RunningCount::Guard running = m_running.enter();
    const QStringList ids = m_watched.keys();
    for (const QString &id : ids)
        co_await look(id);
    m_looking = false;
}

QCoro::Task<void> ChangeWatch::look(QString changeId)
{
    const std::stop_token stop = m_stop.get_token();
    Change change = m_watched.value(changeId).change;
    const QDateTime until = m_watched.value(changeId).until;
    if (isChanging(change.address))
        co_return;
    const bool last = m_clock.now() >= until;
    std::optional<Problem> problem;
    std::optional<AuthCredential> found;
    const std::optional<Profile> profile = m_profiles.find(change.address.profileId);
    if (profile) {
        const Outcome<std::shared_ptr<KonnectClient>> client =
            co_await m_clients.client(*profile, change.address.origin);
        if (client) {
            const std::shared_ptr<KonnectClient> &konnect = client.value();
            const Outcome<std::optional<AuthCredential>> answer =
                co_await konnect->credential(change.address.instanceId, stop);
            if (answer)
                found = answer.value();
            else
                problem = answer.problem();
        } else {
            problem = client.problem();
        }
    }
    if (!profile || !m_watched.contains(changeId)) // Stopped meanwhile, or nobody left to ask for.
        co_return;
    // What was seen in the middle of the next change says nothing of this one.
    if (isChanging(change.address))
        co_return;
    if (problem) {
        // The next look may go through; after the last one the start of Latchkey looks again.
        if (last) {
            change.problem = changewords::notVerified(change, *problem);
            co_await end(change, ChangePhase::Created);
        }
        co_return;
    }
    const Standing standing = standingOf(change, found);
    // The same goes for what another Latchkey may be in the middle of.
    if (standing != Standing::New && !m_lock.acquire())
        co_return;
    m_inventory.setCredential(change.address, found);
    if (standing != Standing::New) {
        change.problem = changewords::notTheNewOne(change, found);
        co_await end(change, found ? ChangePhase::Foreign : ChangePhase::Created);
    } else if (found->tainted.value_or(false) || !found->missingPermissions.isEmpty()) {
        change.problem = changewords::notHealthy(change, *found);
        co_await end(change, ChangePhase::NotHealthy);
    } else if (last) {
        co_await end(change, ChangePhase::Verified);
    }
}

bool ChangeWatch::isChanging(const InstanceAddress &address) const
{
    const std::optional<InstanceRecord> record = m_inventory.find(address);
    return record && record->changing;
}

QCoro::Task<void> ChangeWatch::end(Change change, ChangePhase phase)
{
    change.phase = phase;
    change.updatedAt = m_clock.now();
    const Outcome<Change> recorded = co_await m_journal.recordWatched(change);
    if (recorded)
        change = recorded.value();
    else if (!change.problem)
        change.problem = changewords::notNoted(change, recorded.problem());
    co_await m_history.keepHead();
    forget(change);
    Q_EMIT advanced(change);
}

void ChangeWatch::forget(const Change &change)
{
    m_watched.remove(change.id);
    m_ended.insert(change.id, change);
    if (m_watched.isEmpty())
        m_tick.stop();
    m_waiters.resumeAll();
}

} // namespace latchkey
