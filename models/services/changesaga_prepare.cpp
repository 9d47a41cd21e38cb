// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/konnectclient.h"
#include "models/services/changechecks.h"
#include "models/services/changesaga.h"
#include "models/services/changewords.h"
#include "models/services/history.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/services/konnectclients.h"
#include "models/services/profiles.h"
#include "models/services/protection.h"
#include "models/storage/changejournal.h"

#include <QCoreApplication>
#include <QUuid>

namespace latchkey {

// All that comes before the first write. Every Problem from here means: nothing was sent.

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ChangeSaga)
};

} // namespace

QCoro::Task<Done> ChangeSaga::reach()
{
    const std::optional<Profile> profile = m_with.profiles->find(m_request.address.profileId);
    if (!profile)
        co_return Problem::of(Problem::Category::NotFound, Text::tr("There is no such profile any more."));
    m_profile = *profile;
    if (auto refusal = changechecks::organization(m_profile))
        co_return *std::move(refusal);
    Outcome<std::shared_ptr<KonnectClient>> client =
        co_await m_with.clients->client(m_profile, m_request.address.origin);
    if (!client)
        co_return std::move(client).problem();
    m_client = client.value();
    if (auto refusal = changechecks::budget(m_client->heldBackSeconds()))
        co_return *std::move(refusal);
    co_return Done();
}

QCoro::Task<Done> ChangeSaga::check()
{
    Done reached = co_await reach();
    if (!reached)
        co_return std::move(reached).problem();
    Done open = co_await checkNothingOpen();
    if (!open)
        co_return std::move(open).problem();
    Done keys = co_await takeKeptKeys(m_request.fromVersion, m_request.keysOf.value_or(m_request.address));
    if (!keys)
        co_return std::move(keys).problem();
    Done instance = co_await checkInstance();
    if (!instance)
        co_return std::move(instance).problem();
    Done credential = co_await checkCredential();
    if (!credential)
        co_return std::move(credential).problem();
    co_return Done();
}

QCoro::Task<Done> ChangeSaga::checkNothingOpen()
{
    const Outcome<QList<Change>> unfinished = co_await m_with.journal->unfinished();
    if (!unfinished)
        co_return unfinished.problem();
    for (const Change &each : unfinished.value()) {
        const bool isOfInstance = each.address.origin == m_request.address.origin &&
                                  each.address.instanceId == m_request.address.instanceId;
        // Of all others it is known what has arrived at Konnect.
        const bool isUnclear = each.phase == ChangePhase::Deleting || each.phase == ChangePhase::Creating;
        if (isOfInstance && isUnclear && each.id != m_change.id && each.id != m_change.undoes)
            co_return changewords::openChange(each);
    }
    co_return Done();
}

QCoro::Task<Done> ChangeSaga::takeKeptKeys(QString versionId, InstanceAddress keptFor)
{
    if (versionId.isEmpty())
        co_return Done();
    Outcome<HeaderKeys> keys = co_await m_with.vault->keys(versionId, keptFor);
    if (!keys)
        co_return std::move(keys).problem();
    m_request.credential.headers = std::move(keys).value();
    if (isWayBack())
        m_change.stagedVersion = versionId;
    co_return Done();
}

QCoro::Task<Done> ChangeSaga::checkInstance()
{
    // Of a request on the command line the inventory may know nothing yet.
    if (!m_with.inventory->find(m_request.address)) {
        Outcome<InstanceRecord> read = co_await m_with.inventory->refreshOne(m_request.address);
        if (!read)
            co_return std::move(read).problem();
        m_with.inventory->setChanging(m_request.address, true);
    }
    Outcome<IntegrationInstance> answer = co_await m_client->instance(m_request.address.instanceId, m_stop);
    if (!answer) {
        Problem problem = std::move(answer).problem();
        if (problem.category == Problem::Category::NotFound) {
            const std::optional<InstanceRecord> known = m_with.inventory->find(m_request.address);
            problem.caption = Text::tr("“%1” does not exist any more.")
                                  .arg(known ? known->instance.title() : m_request.address.instanceId);
            // Takes it out of the table.
            co_await m_with.inventory->refreshOne(m_request.address);
        }
        co_return problem;
    }
    const IntegrationInstance instance = answer.value();
    m_change.profileName = m_profile.name;
    m_change.instanceName = instance.name;
    m_change.instanceTitle = instance.title();
    m_change.integrationName = instance.integrationName;
    const Outcome<bool> isProtected = co_await m_with.protection->look(m_request.address);
    if (!isProtected)
        co_return isProtected.problem();
    if (auto refusal = changechecks::typedName(m_profile, m_request, instance, isProtected.value()))
        co_return *std::move(refusal);
    if (m_request.kind == ChangeKind::Delete)
        co_return Done();
    Done credential = co_await checkNewCredential(instance);
    co_return credential;
}

QCoro::Task<Done> ChangeSaga::checkNewCredential(IntegrationInstance instance)
{
    // What the last refresh read may be days old, and a POST that Konnect refuses after the DELETE leaves the
    // instance without a credential.
    const std::optional<InstanceRecord> known = m_with.inventory->find(m_request.address);
    Authorization authorization = known ? known->authorization : Authorization();
    bool builtIn = known && known->builtIn;
    const Outcome<Listing<Integration>> catalog = co_await m_client->integrations(m_stop);
    if (!catalog && catalog.problem().isCanceled())
        co_return catalog.problem();
    const QList<Integration> integrations = catalog ? catalog.value().items : QList<Integration>();
    for (const Integration &integration : integrations) {
        if (integration.name == instance.integrationName) {
            authorization = integration.authorization;
            builtIn = integration.builtIn;
        }
    }
    if (auto refusal = changechecks::newCredential(m_request.kind, m_request.credential, authorization,
                                                   builtIn, instance.integrationTitle()))
        co_return *std::move(refusal);
    co_return Done();
}

QCoro::Task<Done> ChangeSaga::checkCredential()
{
    Outcome<Credential> answer = co_await m_client->credential(m_request.address.instanceId, m_stop);
    if (!answer)
        co_return std::move(answer).problem();
    const Credential found = answer.value();
    if (auto refusal = changechecks::expectedCredential(m_request, found, title())) {
        // The table shows what Konnect has, not what the user saw.
        m_with.inventory->setCredential(m_request.address, found);
        co_return *std::move(refusal);
    }
    if (found && m_request.kind == ChangeKind::Delete)
        m_change.type = found->type;
    if (found)
        m_change.previousRoleArn = found->roleArn;
    co_return Done();
}

QCoro::Task<Done> ChangeSaga::stage()
{
    const bool hasKeys =
        m_request.kind != ChangeKind::Delete && m_request.credential.type == CredentialType::MultiKey;
    m_change.keep = hasKeys ? m_request.keep : KeepKeys::Nowhere;
    // Another Latchkey may have changed this instance since the rows were read.
    Done reloaded = co_await m_with.vault->reload(m_request.address);
    if (!reloaded)
        co_return std::move(reloaded).problem();
    if (const std::optional<KeyVersion> current = m_with.vault->current(m_request.address)) {
        // Keys of a credential that is not there any more are no way back to this one.
        if (current->credentialId.isEmpty() || current->credentialId == m_change.oldCredentialId)
            m_change.previousVersion = current->id;
    }
    if (!m_isTakenUp) {
        Done wayBack = co_await checkWayBack();
        if (!wayBack)
            co_return std::move(wayBack).problem();
    }
    if (m_change.keep == KeepKeys::Nowhere || isWayBack())
        co_return Done();
    HeaderKeys keys = clone(m_request.credential.headers);
    const bool inMemory = m_change.keep == KeepKeys::InMemory;
    Outcome<QString> staged =
        co_await m_with.vault->stage(m_request.address, m_change.instanceName, std::move(keys), inMemory);
    if (!staged)
        co_return std::move(staged).problem();
    m_change.stagedVersion = staged.value();
    co_return Done();
}

/// The user was told that there is one. A keychain that cannot be asked now has not lost anything.
QCoro::Task<Done> ChangeSaga::checkWayBack()
{
    if (m_change.previousVersion.isEmpty())
        co_return Done();
    const Outcome<HeaderKeys> keys = co_await m_with.vault->keys(m_change.previousVersion, m_request.address);
    if (!keys && keys.problem().category == Problem::Category::KeychainEntryMissing)
        co_return changewords::wayBackLost(m_change);
    co_return Done();
}

QCoro::Task<Done> ChangeSaga::prepare()
{
    m_change.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_change.kind = m_request.kind;
    m_change.address = m_request.address;
    m_change.type = m_request.credential.type;
    m_change.roleArn = m_request.credential.roleArn;
    m_change.oldCredentialId =
        m_request.kind == ChangeKind::Create ? QString() : m_request.expectedCredentialId;
    m_change.undoes = m_request.undoes;
    m_change.run = m_request.run;
    m_change.expires = m_request.expires;
    m_change.startedAt = m_with.clock->now();

    Done done = co_await check();
    if (done && isStopped())
        done = changewords::stopped();
    if (!done)
        co_return std::move(done).problem();
    done = co_await stage();
    // Where the keychain had to be unlocked, it is by now.
    if (done)
        co_await m_with.history->prepare();
    if (done)
        done = co_await record(ChangePhase::Prepared);
    // The keychain may have asked the user, which takes as long as it takes: look again. It also warms the
    // connection, as a write cannot be repeated on one that died idle.
    if (done)
        done = co_await checkCredential();
    if (done) {
        if (auto refusal = changechecks::budget(m_client->heldBackSeconds()))
            done = *std::move(refusal);
    }
    if (done) {
        // The answer to the question may have come up meanwhile.
        const std::optional<Profile> profile = m_with.profiles->find(m_profile.id);
        if (!profile)
            done = Problem::of(Problem::Category::NotFound, Text::tr("There is no such profile any more."));
        else if (auto refusal = changechecks::organization(*profile))
            done = *std::move(refusal);
    }
    if (done && isStopped())
        done = changewords::stopped();
    if (!done) {
        m_change.problem = done.problem();
        co_await undoPreparation();
        co_return std::move(done).problem();
    }
    co_return Done();
}

QCoro::Task<void> ChangeSaga::undoPreparation()
{
    // As far as possible: a row that stays PREPARED and an entry that stays staged do no harm. The entry
    // never goes before the row stops naming it.
    if (m_change.updatedAt.isValid()) {
        const Done recorded = co_await record(ChangePhase::Abandoned);
        if (!recorded)
            co_return;
    }
    co_await discardStaged();
}

QCoro::Task<void> ChangeSaga::discardStaged()
{
    // Keys that were kept before this change stay kept.
    if (!m_change.stagedVersion.isEmpty() && !isWayBack())
        co_await m_with.vault->discard(m_change.stagedVersion);
}

} // namespace latchkey
