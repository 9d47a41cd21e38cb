// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/changerecovery.h"

#include "models/konnect/konnectclient.h"
#include "models/services/changelock.h"
#include "models/services/changewords.h"
#include "models/services/credentialchanges.h"
#include "models/services/history.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/services/konnectclients.h"
#include "models/services/profiles.h"
#include "models/services/wayback.h"
#include "models/storage/changejournal.h"

#include <utility>

namespace latchkey {

namespace {

bool isOfKeychain(const Problem &problem)
{
    using Category = Problem::Category;
    return problem.category == Category::KeychainUnavailable ||
           problem.category == Category::KeychainLocked || problem.category == Category::KeychainRefused ||
           problem.category == Category::KeychainHung;
}

} // namespace

ChangeRecovery::ChangeRecovery(Profiles &profiles, Inventory &inventory, KonnectClients &clients,
                               KeyVault &vault, ChangeJournal &journal, History &history, ChangeLock &lock,
                               CredentialChanges &changes, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_inventory(inventory)
    , m_clients(clients)
    , m_vault(vault)
    , m_journal(journal)
    , m_history(history)
    , m_lock(lock)
    , m_changes(changes)
    , m_clock(clock)
{
}

QCoro::Task<Outcome<QList<UnfinishedChange>>> ChangeRecovery::examine(std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    QList<Change> rows;
    {
        // Held only to see that nobody else is at it.
        const Outcome<ChangeLock::Holder> lock = m_lock.acquire();
        if (!lock)
            co_return lock.problem();
        Outcome<QList<Change>> unfinished = co_await m_changes.unfinished();
        if (!unfinished)
            co_return std::move(unfinished).problem();
        rows = std::move(unfinished).value();
    }
    QList<UnfinishedChange> examined;
    std::optional<Problem> refused;
    for (const Change &row : std::as_const(rows)) {
        UnfinishedChange each;
        if (refused) { // Each further question might open one more prompt.
            each.change = row;
            each.obstacle = refused;
        } else {
            each = co_await look(row, stop);
        }
        if (each.obstacle && isOfKeychain(*each.obstacle))
            refused = each.obstacle;
        const bool isInOrder = each.standing == Standing::New && each.change.phase == ChangePhase::Created &&
                               !each.found->tainted.value_or(false) &&
                               each.found->missingPermissions.isEmpty();
        if (isInOrder) {
            each.change.problem.reset();
            const Outcome<Change> noted = co_await note(each, ChangePhase::Verified);
            if (noted)
                continue;
        }
        examined.append(each);
    }
    co_return examined;
}

QCoro::Task<Outcome<UnfinishedChange>> ChangeRecovery::examineOne(QString changeId, std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<std::optional<Change>> row = co_await m_journal.find(changeId);
    if (!row)
        co_return row.problem();
    if (!row.value())
        co_return Problem::of(Problem::Category::NotFound, tr("There is no such change."));
    UnfinishedChange examined = co_await look(*row.value(), stop);
    co_return examined;
}

QCoro::Task<UnfinishedChange> ChangeRecovery::look(Change change, std::stop_token stop)
{
    UnfinishedChange result;
    result.change = change;
    const std::optional<Profile> profile = m_profiles.find(change.address.profileId);
    if (!profile) {
        result.obstacle =
            Problem::of(Problem::Category::NotFound,
                        tr("The profile “%1” does not exist any more.").arg(change.profileName));
        co_return result;
    }
    const Outcome<std::shared_ptr<KonnectClient>> client =
        co_await m_clients.client(*profile, change.address.origin);
    if (!client) {
        result.obstacle = client.problem();
        co_return result;
    }
    const std::shared_ptr<KonnectClient> &konnect = client.value();
    const Outcome<std::optional<AuthCredential>> answer =
        co_await konnect->credential(change.address.instanceId, stop);
    if (!answer) {
        result.obstacle = answer.problem();
        co_return result;
    }
    result.keys.staged = co_await isReadable(change.stagedVersion, change.address);
    result.keys.previous = co_await isReadable(change.previousVersion, change.address);
    result.found = answer.value();
    result.standing = standingOf(change, result.found);
    m_inventory.setCredential(change.address, result.found);
    co_return result;
}

QCoro::Task<bool> ChangeRecovery::isReadable(QString versionId, InstanceAddress address)
{
    if (versionId.isEmpty())
        co_return false;
    const Outcome<HeaderKeys> keys = co_await m_vault.keys(versionId, address);
    co_return keys.ok();
}

QCoro::Task<Outcome<Change>> ChangeRecovery::rollBack(QString changeId, QString typedName,
                                                      std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<std::optional<Change>> row = co_await m_journal.find(changeId);
    if (!row)
        co_return row.problem();
    if (!row.value())
        co_return Problem::of(Problem::Category::NotFound, tr("There is no such change."));
    const Change change = *row.value();
    if (isFinal(change.kind, change.phase)) {
        Outcome<Change> result = co_await rollBackEnded(change, typedName, stop);
        co_return result;
    }
    const Outcome<Change> unfinished = co_await m_changes.findUnfinished(changeId);
    if (!unfinished)
        co_return unfinished.problem();
    Outcome<Change> result = co_await rollBackUnfinished(change, typedName, stop);
    co_return result;
}

QCoro::Task<Outcome<Change>> ChangeRecovery::rollBackEnded(Change change, QString typedName,
                                                           std::stop_token stop)
{
    using Phase = ChangePhase;
    const bool isThere = change.phase == Phase::Verified || change.phase == Phase::NotHealthy;
    const bool isGone = change.kind == ChangeKind::Delete && change.phase == Phase::Deleted;
    if (!isThere && !isGone) {
        co_return Problem::of(
            Problem::Category::Refused,
            tr("The change of “%1” left nothing that could be taken back.").arg(change.instanceTitle));
    }
    const QString present = isGone ? QString() : change.newCredentialId;
    Outcome<ChangeRequest> back = wayBack(change, present);
    if (!back)
        co_return std::move(back).problem();
    ChangeRequest request = std::move(back).value();
    request.typedName = typedName;
    Outcome<Change> result = co_await m_changes.run(std::move(request), stop);
    co_return result;
}

QCoro::Task<Outcome<Change>> ChangeRecovery::rollBackUnfinished(Change change, QString typedName,
                                                                std::stop_token stop)
{
    const std::stop_token closing = m_stop.get_token();
    UnfinishedChange unfinished = co_await look(change, stop);
    if (closing.stop_requested())
        co_return changewords::stopped();
    const RecoveryOffer offer = unfinished.offer(RecoveryStep::RollBack);
    if (!offer.possible) {
        if (unfinished.obstacle)
            co_return *unfinished.obstacle;
        co_return Problem::of(Problem::Category::Refused,
                              tr("The change of “%1” cannot be rolled back.").arg(change.instanceTitle),
                              offer.text);
    }
    const bool asBefore = unfinished.standing == Standing::Old ||
                          (unfinished.standing == Standing::None && change.kind == ChangeKind::Create);
    if (asBefore) {
        Outcome<Change> ended = co_await note(unfinished, ChangePhase::RolledBack);
        if (ended && !change.stagedVersion.isEmpty())
            co_await m_vault.discard(change.stagedVersion); // Refused where it was kept before the change.
        co_return ended;
    }
    if (unfinished.standing == Standing::New || unfinished.standing == Standing::ProbablyNew) {
        // First what is true: the new credential is there, and its keys are the current ones.
        const Outcome<Change> created = co_await note(unfinished, ChangePhase::Created);
        if (!created)
            co_return created.problem();
        change = created.value();
    }
    const QString present = unfinished.found ? unfinished.found->id : QString();
    Outcome<ChangeRequest> back = wayBack(change, present);
    if (!back)
        co_return std::move(back).problem();
    ChangeRequest request = std::move(back).value();
    // The change that it takes back was confirmed.
    request.typedName = unfinished.rollBackDeletesUnconfirmed() ? typedName : change.instanceName;
    Outcome<Change> result = co_await m_changes.run(std::move(request), stop);
    co_return result;
}

QCoro::Task<Outcome<Change>> ChangeRecovery::leave(QString changeId)
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<Change> found = co_await m_changes.findUnfinished(changeId);
    if (!found)
        co_return found.problem();
    const UnfinishedChange unfinished = co_await look(found.value(), {});
    const ChangePhase phase =
        unfinished.standing == Standing::Other ? ChangePhase::Foreign : ChangePhase::Left;
    Outcome<Change> left = co_await note(unfinished, phase);
    co_return left;
}

void ChangeRecovery::stop()
{
    // A fresh one for what comes after.
    std::exchange(m_stop, std::stop_source()).request_stop();
}

QCoro::Task<Outcome<Change>> ChangeRecovery::note(UnfinishedChange unfinished, ChangePhase phase)
{
    Change change = unfinished.change;
    const Outcome<std::shared_ptr<void>> reserved = m_changes.reserve(change.address);
    if (!reserved)
        co_return reserved.problem();
    // Whoever else may have gone on with it did so while Konnect and the keychain were asked.
    const Outcome<Change> now = co_await m_changes.findUnfinished(change.id);
    if (!now)
        co_return now.problem();
    if (now.value().phase != change.phase || now.value().updatedAt != change.updatedAt) {
        co_return Problem::of(Problem::Category::NotFound,
                              tr("The change of “%1” has gone on meanwhile.").arg(change.instanceTitle),
                              tr("Look at it again."));
    }
    const bool promoted = change.phase == ChangePhase::Created;
    change.phase = phase;
    change.updatedAt = m_clock.now();
    co_await m_history.prepare();
    Done done;
    switch (unfinished.standing) {
    case Standing::New:
    case Standing::ProbablyNew:
        change.newCredentialId = unfinished.found->id;
        change.probablyOurs = change.probablyOurs || unfinished.standing == Standing::ProbablyNew;
        if (promoted)
            done = co_await m_journal.record(change);
        else
            done = co_await m_journal.recordCreated(change);
        break;
    case Standing::None:
        // Keys of a credential that is not there any more are previous ones.
        done = co_await m_journal.recordDeleted(change);
        break;
    case Standing::NotKnown:
    case Standing::Old:
    case Standing::Other:
        done = co_await m_journal.record(change);
        break;
    }
    if (!done)
        co_return done.problem();
    co_await m_history.keepHead();
    const Done reloaded = co_await m_vault.reload(change.address);
    if (!reloaded)
        co_return reloaded.problem();
    Q_EMIT ended(change);
    co_return change;
}

} // namespace latchkey
