// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/planmaker.h"

#include "models/services/credentialchanges.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/services/offthread.h"
#include "models/services/profiles.h"
#include "models/transfer/planner.h"

namespace latchkey {

namespace {

PlanInput::Instance instanceOf(const InstanceAddress &address)
{
    return {address.origin, address.instanceId};
}

/// Its keys are at the service or may be: whatever is done now would be done to another credential soon.
bool isOpen(const Change &change)
{
    // The new credential is there; it is only looked at for a while.
    return change.phase != ChangePhase::Created || change.problem;
}

struct Given
{
    bool any = false;
    bool isCompared = false; ///< With fingerprints under the key that is in the keychain.
};

/// Of the rows whose instance is known: the keys at hand, as fingerprints where they can be compared.
Given addGiven(const Plan &plan, const PlanKeys &keys, const KeyVault &vault, PlanInput *input)
{
    Given given;
    for (const PlanRow &row : plan.rows) {
        if (row.address.isNull() || row.wanted.wish != ConfiguredInstance::Wish::Present)
            continue;
        for (const ConfiguredHeader &header : row.wanted.credential.headers) {
            const Secret *key = keys.find(row.address, header.name, header.source);
            if (key == nullptr || key->isEmpty())
                continue;
            KnownKeys &known = input->keys[instanceOf(row.address)];
            known.given.insert(header.name.toLower(),
                               known.current ? vault.fingerprint(known.current->id, *key) : QByteArray());
            known.givenFor = keys.credentialOf(row.address);
            given.any = true;
            given.isCompared = given.isCompared || (known.current && !vault.kept(row.address).inMemoryOnly);
        }
    }
    return given;
}

} // namespace

PlanMaker::PlanMaker(Profiles &profiles, Inventory &inventory, KeyVault &vault, CredentialChanges &changes,
                     const Clock &clock)
    : m_profiles(profiles)
    , m_inventory(inventory)
    , m_vault(vault)
    , m_changes(changes)
    , m_clock(clock)
{
}

QCoro::Task<Outcome<Plan>> PlanMaker::make(ConfigurationDocument document, PlanOptions options,
                                           std::shared_ptr<const PlanKeys> keys)
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<QList<Change>> unfinished = co_await m_changes.unfinished();
    if (!unfinished)
        co_return unfinished.problem();
    PlanInput input;
    input.document = std::move(document);
    input.profileNames = options.profileNames;
    input.deletes = options.deletes;
    input.at = m_clock.now();
    input.profiles = m_profiles.all();
    input.records = m_inventory.records();
    for (const InstanceRecord &record : std::as_const(input.records)) {
        KnownKeys known;
        known.current = m_vault.current(record.address);
        known.previous = m_vault.previous(record.address);
        if (known.current || known.previous)
            input.keys.insert(instanceOf(record.address), known);
    }
    for (const Change &change : unfinished.value()) {
        if (isOpen(change))
            input.keys[instanceOf(change.address)].unfinished = true;
    }
    Plan plan = co_await planOf(input);
    if (keys == nullptr)
        co_return plan;
    // Which instances are meant is known only by now.
    const Given given = addGiven(plan, *keys, m_vault, &input);
    if (!given.any)
        co_return plan;
    if (given.isCompared) {
        const Done opened = co_await m_vault.openFingerprints();
        if (!opened)
            co_return opened.problem();
        addGiven(plan, *keys, m_vault, &input);
    }
    plan = co_await planOf(input);
    co_return plan;
}

QCoro::Task<Plan> PlanMaker::planOf(PlanInput input)
{
    std::function<Plan()> work = [input] { return makePlan(input); };
    Plan plan = co_await offThread(&m_pool, std::move(work));
    co_return plan;
}

} // namespace latchkey
