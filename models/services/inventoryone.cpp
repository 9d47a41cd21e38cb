// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/konnectclient.h"
#include "models/services/changechecks.h"
#include "models/services/inventory.h"
#include "models/services/inventoryrun.h"
#include "models/services/keyvault.h"
#include "models/services/konnectclients.h"
#include "models/services/profiles.h"
#include "models/storage/snapshotstore.h"

namespace latchkey {

QCoro::Task<Outcome<InstanceRecord>> Inventory::refreshOne(InstanceAddress address)
{
    const RunningCount::Guard running = m_running.enter();
    const std::optional<Profile> profile = m_profiles.find(address.profileId);
    if (!profile) {
        co_return Problem::of(Problem::Category::NotFound, tr("There is no such profile any more."));
    }
    const EndpointKey key(address.profileId, address.origin);
    // With a token that is not believed yet, nothing new is taken and nothing known is removed.
    const QString listedWith = m_endpoints.value(key).tokenVersion;
    const bool believed =
        !profile->organizationInDoubt && (listedWith.isEmpty() || listedWith == profile->tokenVersion);
    if (std::optional<Problem> undecided = changechecks::organization(*profile);
        undecided && !m_records.contains(address))
        co_return *std::move(undecided);
    // Another Latchkey may have kept or removed keys since.
    co_await m_vault.reload(address);
    Outcome<std::shared_ptr<KonnectClient>> made = co_await m_clients.client(*profile, address.origin);
    if (!made)
        co_return std::move(made).problem();
    const std::shared_ptr<KonnectClient> client = made.value();
    const std::stop_token stop = m_stopSingles.get_token();
    if (!m_catalogs.contains(key)) {
        Outcome<Listing<Integration>> catalog = co_await client->integrations(stop);
        if (catalog) {
            QHash<QString, Integration> byName;
            for (const Integration &integration : std::as_const(catalog.value().items))
                byName.insert(integration.name, integration);
            m_catalogs.insert(key, byName);
        }
    }
    const quint64 revision = m_revisions.value(address);
    Outcome<IntegrationInstance> instance = co_await client->instance(address.instanceId, stop);
    if (!instance) {
        Problem problem = std::move(instance).problem();
        const bool gone = problem.category == Problem::Category::NotFound && believed;
        if (gone && m_revisions.value(address) == revision) {
            const QList<InstanceAddress> addresses{address};
            removeRecords(addresses);
            co_await m_snapshot.removeRecords(addresses);
        } else if (!problem.isCanceled() && m_records.contains(address)) {
            m_records[address].lastProblem = problem;
            touch(address, true);
        }
        co_return problem;
    }
    // The profile may have gone meanwhile.
    const std::optional<Profile> still = m_profiles.find(address.profileId);
    QString label;
    if (still) {
        for (const Endpoint &endpoint : still->endpoints) {
            if (endpoint.origin() == address.origin)
                label = endpoint.label();
        }
    }
    if (label.isEmpty())
        co_return canceledRefresh(tr("The profile was changed meanwhile."));
    mergeInstance(address, label, instance.value());

    Outcome<std::optional<AuthCredential>> credential = co_await client->credential(address.instanceId, stop);
    const auto record = m_records.find(address);
    if (record == m_records.end())
        co_return canceledRefresh(tr("The profile was changed meanwhile."));
    if (!credential) {
        Problem problem = std::move(credential).problem();
        if (!problem.isCanceled()) {
            record->lastProblem = problem;
            touch(address, true);
        }
        co_return problem;
    }
    if (m_revisions.value(address) == revision && !record->changing) {
        setCredential(address, credential.value());
        // The instance was read just now as well.
        m_records[address].instance.authorized = instance.value().authorized;
    }
    InstanceRecord answer = m_records.value(address);
    co_return Outcome<InstanceRecord>(std::move(answer));
}

} // namespace latchkey
