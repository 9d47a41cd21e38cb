// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/keyadoption.h"

#include "models/konnect/konnectclient.h"
#include "models/services/changechecks.h"
#include "models/services/changewords.h"
#include "models/services/credentialchanges.h"
#include "models/services/history.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/services/konnectclients.h"
#include "models/services/profiles.h"
#include "models/storage/changejournal.h"

#include <QUuid>

#include <utility>

namespace latchkey {

KeyAdoption::KeyAdoption(Profiles &profiles, Inventory &inventory, KonnectClients &clients, KeyVault &vault,
                         ChangeJournal &journal, History &history, CredentialChanges &changes,
                         const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_inventory(inventory)
    , m_clients(clients)
    , m_vault(vault)
    , m_journal(journal)
    , m_history(history)
    , m_changes(changes)
    , m_clock(clock)
{
}

ChangePreview KeyAdoption::preview(const InstanceAddress &address) const
{
    ChangePreview shown = m_changes.preview(ChangeKind::Adopt, address);
    if (shown.obstacle)
        return shown;
    const InstanceRecord &record = shown.record;
    const QString title = record.instance.title();
    if (record.credential.type != CredentialType::MultiKey) {
        shown.obstacle = Problem::of(Problem::Category::NotSupported,
                                     tr("The credential of “%1” is not made of header keys.").arg(title));
    } else if (record.keptKeys.current && !record.keptKeys.entered) {
        shown.obstacle = Problem::of(
            Problem::Category::Refused, tr("The keys of “%1” are kept here already.").arg(title),
            tr("Latchkey made the credential from them. To change them, replace the credential."));
    }
    return shown;
}

QCoro::Task<Outcome<Change>> KeyAdoption::adopt(InstanceAddress address, QString expectedCredentialId,
                                                HeaderKeys keys, std::stop_token stop, QDate expires)
{
    const RunningCount::Guard running = m_running.enter();
    const ChangePreview shown = preview(address);
    if (shown.obstacle)
        co_return *shown.obstacle;
    const Outcome<std::shared_ptr<void>> reserved = m_changes.reserve(address);
    if (!reserved)
        co_return reserved.problem();
    const InstanceRecord record = shown.record;
    NewCredential entered;
    entered.headers = std::move(keys);
    if (auto refusal = changechecks::newCredential(ChangeKind::Adopt, entered, record.authorization,
                                                   record.builtIn, record.instance.integrationTitle()))
        co_return *std::move(refusal);
    Done isThere = co_await checkCredential(record, expectedCredentialId, stop);
    if (!isThere)
        co_return std::move(isThere).problem();
    Outcome<Change> kept = co_await keep(record, std::move(entered.headers), expires, stop);
    if (kept)
        Q_EMIT adopted(kept.value());
    co_return kept;
}

QCoro::Task<Done> KeyAdoption::checkCredential(InstanceRecord record, QString expectedCredentialId,
                                               std::stop_token stop)
{
    ChangeRequest wanted;
    wanted.kind = ChangeKind::Adopt;
    wanted.expectedCredentialId = expectedCredentialId;
    const QString title = record.instance.title();
    if (auto refusal = changechecks::expectedCredential(wanted, record.credential, title))
        co_return *std::move(refusal);
    const std::optional<Profile> profile = m_profiles.find(record.address.profileId);
    if (!profile)
        co_return Problem::of(Problem::Category::NotFound, tr("There is no such profile any more."));
    const Outcome<std::shared_ptr<KonnectClient>> client =
        co_await m_clients.client(*profile, record.address.origin);
    if (!client)
        co_return client.problem();
    const Outcome<std::optional<AuthCredential>> answer =
        co_await client.value()->credential(record.address.instanceId, stop);
    if (!answer)
        co_return answer.problem();
    if (auto refusal = changechecks::expectedCredential(wanted, answer.value(), title)) {
        // The table shows what Konnect has, not what the user saw.
        m_inventory.setCredential(record.address, answer.value());
        co_return *std::move(refusal);
    }
    co_return Done();
}

QCoro::Task<Outcome<Change>> KeyAdoption::keep(InstanceRecord record, HeaderKeys keys, QDate expires,
                                               std::stop_token stop)
{
    Change change;
    change.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    change.kind = ChangeKind::Adopt;
    change.phase = ChangePhase::Adopted;
    change.address = record.address;
    change.profileName = record.profileName;
    change.instanceName = record.instance.name;
    change.instanceTitle = record.instance.title();
    change.integrationName = record.instance.integrationName;
    change.newCredentialId = record.credential.id;
    change.expires = expires;
    change.startedAt = m_clock.now();
    if (stop.stop_requested())
        co_return changewords::stopped();
    // Another Latchkey may have changed this instance since the rows were read.
    const Done reloaded = co_await m_vault.reload(record.address);
    if (!reloaded)
        co_return reloaded.problem();
    if (const std::optional<KeyVersion> current = m_vault.current(record.address))
        change.previousVersion = current->id;
    const Outcome<QString> staged =
        co_await m_vault.stage(record.address, record.instance.name, std::move(keys), false);
    if (!staged)
        co_return staged.problem();
    change.stagedVersion = staged.value();
    co_await m_history.prepare();
    change.updatedAt = m_clock.now();
    Done recorded = changewords::stopped();
    if (!stop.stop_requested())
        recorded = co_await m_journal.recordAdopted(change);
    if (!recorded) {
        // Refused where they are the current ones in spite of that.
        co_await m_vault.discard(change.stagedVersion);
        co_return std::move(recorded).problem();
    }
    co_await m_history.keepHead();
    // What is durable is not undone by rows that cannot be read again.
    co_await m_vault.reload(record.address);
    co_return change;
}

} // namespace latchkey
