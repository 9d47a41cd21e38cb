// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/credentialchanges.h"

#include "models/services/changechecks.h"
#include "models/services/changelock.h"
#include "models/services/changesaga.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/services/profiles.h"
#include "models/storage/changejournal.h"

#include <functional>
#include <utility>

namespace latchkey {

CredentialChanges::CredentialChanges(Profiles &profiles, Inventory &inventory, KonnectClients &clients,
                                     KeyVault &vault, ChangeJournal &journal, ChangeLock &lock,
                                     const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_inventory(inventory)
    , m_clients(clients)
    , m_vault(vault)
    , m_journal(journal)
    , m_lock(lock)
    , m_clock(clock)
{
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
                                               record.instance.integrationDisplayName);
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

} // namespace

ChangePreview CredentialChanges::preview(ChangeKind kind, const InstanceAddress &address) const
{
    ChangePreview preview;
    preview.kind = kind;
    const std::optional<InstanceRecord> record = m_inventory.find(address);
    if (!record) {
        preview.obstacle =
            Problem::of(Problem::Category::NotFound, tr("Latchkey does not know this instance."),
                        tr("It may have been deleted at Konnect. Refresh."));
        return preview;
    }
    preview.record = *record;
    preview.needsTypedName = changechecks::needsTypedName(kind, record->production);
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

QCoro::Task<Outcome<Change>> CredentialChanges::run(ChangeRequest request, std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    const InstanceAddress address = request.address;
    const std::pair<QString, QString> instance(address.origin, address.instanceId);
    if (m_under.contains(instance)) {
        Problem busy = Problem::of(Problem::Category::InUse, tr("A change of this instance is under way."),
                                   tr("Try again when it has ended."));
        co_return busy;
    }
    const Outcome<ChangeLock::Holder> lock = m_lock.acquire();
    if (!lock) {
        Problem held = lock.problem();
        co_return held;
    }
    m_under.insert(instance);
    m_inventory.setChanging(address, true);

    QString id;
    // Not a coroutine: the captures live as long as this frame, and the saga with it.
    const auto announce = [this, &id](const Change &change) {
        id = change.id;
        m_runningIds.insert(id);
        Q_EMIT advanced(change);
    };
    std::stop_source either;
    const std::function<void()> passOn = [either]() mutable { either.request_stop(); };
    const std::stop_callback onStop(stop, passOn);
    const std::stop_callback onClosing(m_preparing.get_token(), passOn);
    ChangeSaga saga({&m_profiles, &m_inventory, &m_clients, &m_vault, &m_journal, &m_clock},
                    std::move(request), either.get_token(), announce);
    Outcome<Change> result = co_await saga.run();

    m_under.remove(instance);
    m_runningIds.remove(id);
    m_inventory.setChanging(address, false);
    co_return result;
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
        rows.value().removeIf([this](const Change &change) { return m_runningIds.contains(change.id); });
    co_return rows;
}

} // namespace latchkey
