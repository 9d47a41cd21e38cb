// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/credentialchanges.h"

#include "models/services/changechecks.h"
#include "models/services/changelock.h"
#include "models/services/changesaga.h"
#include "models/services/changewatch.h"
#include "models/services/changewords.h"
#include "models/services/history.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/services/profiles.h"
#include "models/storage/changejournal.h"

#include <functional>
#include <utility>

namespace latchkey {

CredentialChanges::CredentialChanges(Profiles &profiles, Inventory &inventory, Protection &protection,
                                     KonnectClients &clients, KeyVault &vault, ChangeJournal &journal,
                                     History &history, ChangeLock &lock, ChangeWatch &watch,
                                     const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_inventory(inventory)
    , m_protection(protection)
    , m_clients(clients)
    , m_vault(vault)
    , m_journal(journal)
    , m_history(history)
    , m_lock(lock)
    , m_watch(watch)
    , m_clock(clock)
{
    connect(&m_watch, &ChangeWatch::advanced, this, &CredentialChanges::advanced);
}

namespace {

std::optional<Problem> obstacleOf(ChangeKind kind, const InstanceRecord &record,
                                  const std::optional<Profile> &profile)
{
    using Category = Problem::Category;
    using Strategy = Authorization::Strategy;
    const auto tr = [](const char *text) { return CredentialChanges::tr(text); };
    const QString title = record.instance.title();
    if (!profile)
        return Problem::of(Category::NotFound, tr("There is no such profile any more."));
    if (auto refusal = changechecks::organization(*profile))
        return refusal;
    if (record.changing)
        return Problem::of(Category::Refused, tr("A change of “%1” is under way.").arg(title));
    if (kind != ChangeKind::Delete) {
        const bool inBrowser = record.authorization.strategy == Strategy::OAuth ||
                               record.authorization.strategy == Strategy::GitHubApp;
        if (record.builtIn || record.authorization.strategy == Strategy::None || inBrowser) {
            const NewCredential nothing;
            return changechecks::newCredential(kind, nothing, record.authorization, record.builtIn,
                                               record.instance.integrationTitle());
        }
    }
    switch (record.knowledge) {
    case InstanceRecord::Knowledge::NotChecked:
        return Problem::of(Category::Refused, tr("The credential of “%1” was not read yet.").arg(title),
                           tr("Refresh first."));
    case InstanceRecord::Knowledge::Absent:
        if (kind == ChangeKind::Create)
            return std::nullopt;
        return Problem::of(Category::Refused, tr("“%1” has no credential.").arg(title));
    case InstanceRecord::Knowledge::Present:
        if (kind != ChangeKind::Create)
            return std::nullopt;
        return Problem::of(Category::Conflict, tr("“%1” has a credential already.").arg(title),
                           tr("Replace it if it should go."));
    }
    return std::nullopt;
}

/// What an unfinished change was asked for, without its keys.
ChangeRequest requestOf(const Change &change)
{
    ChangeRequest request;
    request.kind = change.kind;
    request.address = change.address;
    request.expectedCredentialId = change.oldCredentialId;
    request.credential.type = change.type;
    request.credential.roleArn = change.roleArn;
    request.keep = change.keep;
    request.typedName = change.instanceName; // It was confirmed when it was begun.
    return request;
}

} // namespace

ChangePreview CredentialChanges::preview(ChangeKind kind, const InstanceAddress &address) const
{
    ChangePreview preview;
    preview.kind = kind;
    preview.at = m_clock.now();
    const std::optional<InstanceRecord> record = m_inventory.find(address);
    if (!record) {
        preview.obstacle =
            Problem::of(Problem::Category::NotFound, tr("Latchkey does not know this instance."),
                        tr("It may have been deleted at Konnect. Refresh."));
        return preview;
    }
    preview.record = *record;
    preview.needsTypedName = changechecks::needsTypedName(kind, record->production || record->isProtected);
    preview.obstacle = obstacleOf(kind, *record, m_profiles.find(address.profileId));
    if (kind == ChangeKind::Create)
        return preview;
    preview.oldCredentialId = record->credential.id;
    if (record->credential.type == CredentialType::AwsRole) {
        // Konnect shows the ARN, and it is all that the credential is made of.
        preview.wayBack = !record->credential.roleArn.isEmpty();
        return preview;
    }
    const std::optional<KeyVersion> current = m_vault.current(address);
    // Keys of a credential that somebody replaced meanwhile would not bring this one back.
    if (current && (current->credentialId.isEmpty() || current->credentialId == record->credential.id)) {
        preview.wayBack = true;
        preview.wayBackSince = current->createdAt;
    }
    return preview;
}

/// The newest keys kept here that are not those of the present credential.
std::optional<KeyVersion> CredentialChanges::earlierKeys(const InstanceRecord &record) const
{
    const std::optional<KeyVersion> current = m_vault.current(record.address);
    const bool ofPresent = current && record.knowledge == InstanceRecord::Knowledge::Present &&
                           (current->credentialId.isEmpty() || current->credentialId == record.credential.id);
    return current && !ofPresent ? current : m_vault.previous(record.address);
}

ChangePreview CredentialChanges::previewRollBack(const InstanceAddress &address) const
{
    const std::optional<InstanceRecord> record = m_inventory.find(address);
    const bool absent = record && record->knowledge == InstanceRecord::Knowledge::Absent;
    ChangePreview shown = preview(absent ? ChangeKind::Create : ChangeKind::Replace, address);
    if (!shown.obstacle && !earlierKeys(*record)) {
        shown.obstacle =
            Problem::of(Problem::Category::Refused,
                        tr("There is nothing to roll back to for “%1”.").arg(shown.record.instance.title()),
                        tr("No earlier keys of it are kept here, and Konnect never returns them."));
    }
    return shown;
}

/// For as long as a change of an instance runs.
class CredentialChanges::Held
{
public:
    Held(CredentialChanges &changes, InstanceAddress address, ChangeLock::Holder lock)
        : m_changes(changes)
        , m_address(std::move(address))
        , m_lock(std::move(lock))
    {
        m_changes.m_under.insert(instance());
        m_changes.m_inventory.setChanging(m_address, true);
        Q_EMIT m_changes.runningChanged();
    }
    Held(const Held &) = delete;
    Held &operator=(const Held &) = delete;
    ~Held()
    {
        m_changes.m_under.remove(instance());
        m_changes.m_runningIds.remove(m_change.id);
        m_changes.m_inventory.setChanging(m_address, false);
        Q_EMIT m_changes.runningChanged();
    }
    /// Not a coroutine: what it captures lives as long as this.
    [[nodiscard]] ChangeSaga::Announce announce()
    {
        return [this](const Change &change) {
            remember(change);
            if (change.phase == ChangePhase::Deleted || change.phase == ChangePhase::Created)
                m_changes.m_watch.letGo(change.oldCredentialId);
            Q_EMIT m_changes.advanced(change);
        };
    }
    void remember(const Change &change)
    {
        m_change = change;
        m_changes.m_runningIds.insert(change.id);
    }
    [[nodiscard]] const Change &change() const { return m_change; }
    /// Stopped by the caller, or because Latchkey closes.
    [[nodiscard]] std::stop_token stopWith(const std::stop_token &stop)
    {
        m_either = std::stop_source();
        const std::function<void()> passOn = [either = m_either]() mutable { either.request_stop(); };
        m_onStop.emplace(stop, passOn);
        m_onClosing.emplace(m_changes.m_preparing.get_token(), passOn);
        return m_either.get_token();
    }

private:
    [[nodiscard]] std::pair<QString, QString> instance() const
    {
        return {m_address.origin, m_address.instanceId};
    }

    CredentialChanges &m_changes;
    InstanceAddress m_address;
    ChangeLock::Holder m_lock;
    Change m_change; ///< As last noted.
    std::stop_source m_either;
    std::optional<std::stop_callback<std::function<void()>>> m_onStop;
    std::optional<std::stop_callback<std::function<void()>>> m_onClosing;
};

Outcome<std::unique_ptr<CredentialChanges::Held>> CredentialChanges::hold(const InstanceAddress &address)
{
    if (m_under.contains({address.origin, address.instanceId})) {
        return Problem::of(Problem::Category::InUse, tr("A change of this instance is under way."),
                           tr("Try again when it has ended."));
    }
    Outcome<ChangeLock::Holder> lock = m_lock.acquire();
    if (!lock)
        return std::move(lock).problem();
    return std::make_unique<Held>(*this, address, std::move(lock).value());
}

Outcome<std::shared_ptr<void>> CredentialChanges::reserve(const InstanceAddress &address)
{
    Outcome<std::unique_ptr<Held>> held = hold(address);
    if (!held)
        return std::move(held).problem();
    return std::shared_ptr<void>(std::move(held).value());
}

std::unique_ptr<ChangeSaga> CredentialChanges::saga(ChangeRequest request, Held &held,
                                                    const std::stop_token &stop)
{
    const ChangeSaga::Collaborators with{&m_profiles, &m_inventory, &m_protection, &m_clients,    &m_vault,
                                         &m_journal,  &m_history,   &m_clock,      m_watch.isOn()};
    return std::make_unique<ChangeSaga>(with, std::move(request), held.stopWith(stop), held.announce());
}

QCoro::Task<Outcome<Change>> CredentialChanges::run(ChangeRequest request, std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    Outcome<std::unique_ptr<Held>> held = hold(request.address);
    if (!held)
        co_return std::move(held).problem();
    const std::unique_ptr<ChangeSaga> work = saga(std::move(request), *held.value(), stop);
    Outcome<Change> result = co_await work->run();
    co_await m_history.keepHead();
    watchOver(result);
    co_return result;
}

QCoro::Task<Outcome<Change>> CredentialChanges::prepare(ChangeRequest request, std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    Outcome<std::unique_ptr<Held>> held = hold(request.address);
    if (!held)
        co_return std::move(held).problem();
    const std::shared_ptr<Held> kept = std::move(held).value();
    const std::unique_ptr<ChangeSaga> work = saga(std::move(request), *kept, stop);
    const Done prepared = co_await work->prepare();
    co_await m_history.keepHead();
    if (!prepared)
        co_return prepared.problem();
    const Change change = work->change();
    m_reserved.insert(change.id, kept);
    co_return change;
}

QCoro::Task<Outcome<Change>> CredentialChanges::rollBackTo(InstanceAddress address,
                                                           QString expectedCredentialId, QString typedName,
                                                           std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    const std::stop_token closing = m_preparing.get_token();
    const ChangePreview shown = previewRollBack(address);
    if (shown.obstacle)
        co_return *shown.obstacle;
    ChangeRequest request;
    request.kind = expectedCredentialId.isEmpty() ? ChangeKind::Create : ChangeKind::Replace;
    request.address = address;
    request.expectedCredentialId = expectedCredentialId;
    const std::optional<KeyVersion> earlier = earlierKeys(shown.record);
    request.fromVersion = earlier ? earlier->id : QString();
    const Outcome<QString> undone =
        co_await m_journal.lastThatRetired(address.origin, address.instanceId, request.fromVersion);
    if (!undone)
        co_return undone.problem();
    if (closing.stop_requested())
        co_return changewords::stopped();
    request.undoes = undone.value();
    request.keep = m_vault.kept(address).inMemoryOnly ? KeepKeys::InMemory : KeepKeys::InKeychain;
    request.typedName = typedName;
    Outcome<Change> result = co_await run(std::move(request), stop);
    co_return result;
}

QCoro::Task<Outcome<std::shared_ptr<CredentialChanges::Held>>> CredentialChanges::claim(QString changeId)
{
    std::shared_ptr<Held> kept = m_reserved.take(changeId);
    if (kept)
        co_return kept;
    Outcome<Change> found = co_await findUnfinished(changeId);
    if (!found)
        co_return std::move(found).problem();
    Outcome<std::unique_ptr<Held>> fresh = hold(found.value().address);
    if (!fresh)
        co_return std::move(fresh).problem();
    kept = std::move(fresh).value();
    // Another Latchkey may have ended it before the lock was ours.
    found = co_await findUnfinished(changeId);
    if (!found)
        co_return std::move(found).problem();
    kept->remember(found.value());
    co_return kept;
}

QCoro::Task<Outcome<Change>> CredentialChanges::takeUp(QString changeId)
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<std::shared_ptr<Held>> kept = co_await claim(changeId);
    if (!kept)
        co_return kept.problem();
    const Change change = kept.value()->change();
    m_reserved.insert(changeId, kept.value());
    co_return change;
}

QCoro::Task<Outcome<Change>> CredentialChanges::finish(QString changeId, HeaderKeys typed,
                                                       std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    const std::stop_token closing = m_preparing.get_token();
    const Outcome<std::shared_ptr<Held>> kept = co_await claim(changeId);
    if (!kept)
        co_return kept.problem();
    if (closing.stop_requested())
        co_return changewords::stopped();
    const std::shared_ptr<Held> &mine = kept.value();
    Change change = mine->change();
    ChangeRequest request = requestOf(change);
    request.credential.headers = std::move(typed);
    const std::unique_ptr<ChangeSaga> work = saga(std::move(request), *mine, stop);
    Outcome<Change> result = co_await work->finish(std::move(change));
    co_await m_history.keepHead();
    watchOver(result);
    co_return result;
}

QCoro::Task<Outcome<Change>> CredentialChanges::abandon(QString changeId)
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<std::shared_ptr<Held>> kept = co_await claim(changeId);
    if (!kept)
        co_return kept.problem();
    const std::shared_ptr<Held> &mine = kept.value();
    Change change = mine->change();
    if (change.phase != ChangePhase::Prepared) {
        co_return Problem::of(
            Problem::Category::Refused,
            tr("The change of “%1” was begun, so it cannot be given up.").arg(change.instanceTitle),
            tr("Finish it, roll it back, or leave it as it is."));
    }
    ChangeRequest request = requestOf(change);
    const std::unique_ptr<ChangeSaga> work = saga(std::move(request), *mine, {});
    Outcome<Change> result = co_await work->abandon(std::move(change));
    co_await m_history.keepHead();
    co_return result;
}

void CredentialChanges::watchOver(const Outcome<Change> &result)
{
    if (m_watch.isOn() && result && result.value().phase == ChangePhase::Created && !result.value().problem)
        m_watch.watch(result.value());
}

QCoro::Task<Outcome<Change>> CredentialChanges::findUnfinished(QString changeId)
{
    Outcome<QList<Change>> rows = co_await unfinished();
    if (!rows)
        co_return std::move(rows).problem();
    const QList<Change> all = std::move(rows).value();
    for (const Change &change : all) {
        if (change.id == changeId)
            co_return Change(change);
    }
    co_return Problem::of(Problem::Category::NotFound, tr("There is no such unfinished change."),
                          tr("It has ended meanwhile, or is under way now."));
}

void CredentialChanges::stopPreparing()
{
    // A fresh one for the changes that come after.
    std::exchange(m_preparing, std::stop_source()).request_stop();
}

QCoro::Task<Outcome<QList<Change>>> CredentialChanges::unfinished()
{
    const RunningCount::Guard running = m_running.enter();
    Outcome<QList<Change>> rows = co_await m_journal.unfinished();
    if (rows)
        rows.value().removeIf([this](const Change &change) {
            return m_runningIds.contains(change.id) || m_watch.isWatching(change.id);
        });
    co_return rows;
}

} // namespace latchkey
