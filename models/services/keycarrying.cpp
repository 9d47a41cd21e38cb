// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/keycarrying.h"

#include "models/services/changewords.h"
#include "models/services/inventory.h"
#include "models/services/keyadoption.h"
#include "models/services/keyvault.h"
#include "models/services/offthread.h"
#include "models/services/profiles.h"
#include "models/transfer/keybundlereader.h"
#include "models/transfer/keybundlewriter.h"
#include "models/transfer/privatefile.h"

#include <QSet>

#include <algorithm>
#include <tuple>
#include <utility>

namespace latchkey {

namespace {

using State = CarryResult::State;

/// Every other one would fail like this one, or ask the user once more.
bool endsAll(const Problem &problem)
{
    using enum Problem::Category;
    static const QSet<Problem::Category> ending{KeychainUnavailable, KeychainLocked,  KeychainRefused,
                                                KeychainHung,        StorageFailed,   StorageFull,
                                                StorageBusy,         StorageReadOnly, Canceled};
    return ending.contains(problem.category);
}

/// Every other one at the same server would.
bool endsThere(const Problem &problem)
{
    using enum Problem::Category;
    static const QSet<Problem::Category> ending{Unauthorized, RateLimited, HostNotFound,
                                                Tls,          Network,     TimedOut};
    return ending.contains(problem.category);
}

CarryResult failed(CarryResult result, const Problem &problem)
{
    result.state = State::Failed;
    result.problem = problem;
    return result;
}

} // namespace

KeyCarrying::KeyCarrying(Profiles &profiles, Inventory &inventory, KeyVault &vault, KeyAdoption &adoption,
                         KdfCost cost, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_inventory(inventory)
    , m_vault(vault)
    , m_adoption(adoption)
    , m_cost(cost)
{
    // What is done there takes much memory.
    m_pool.setMaxThreadCount(1);
}

KeyCarrying::~KeyCarrying() = default;

std::optional<InstanceRecord> KeyCarrying::recordOf(const QString &profileId, const QString &origin,
                                                    const QString &instanceId) const
{
    const QList<Profile> profiles = m_profiles.all();
    for (const Profile &profile : profiles) {
        if (!profileId.isEmpty() && profile.id != profileId)
            continue;
        if (auto record = m_inventory.find({profile.id, origin, instanceId}))
            return record;
    }
    return std::nullopt;
}

QCoro::Task<Outcome<QList<KeyVersion>>> KeyCarrying::kept(QString profileId)
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<QList<KeptVersion>> rows = co_await m_vault.keptVersions();
    if (!rows)
        co_return rows.problem();
    QList<KeyVersion> versions;
    for (const KeptVersion &row : rows.value()) {
        if (row.version.state == KeyVersion::State::Current)
            versions.append(row.version);
    }
    // Those that are held in memory have no row.
    const QList<InstanceRecord> records = m_inventory.records();
    for (const InstanceRecord &record : records) {
        if (!record.keptKeys.inMemoryOnly)
            continue;
        const std::optional<KeyVersion> current = m_vault.current(record.address);
        // Several profiles may see it.
        if (current && std::ranges::find(versions, current->id, &KeyVersion::id) == versions.end())
            versions.append(*current);
    }
    if (!profileId.isEmpty()) {
        versions.removeIf([&](const KeyVersion &version) {
            return version.profileId != profileId && !recordOf(profileId, version.origin, version.instanceId);
        });
    }
    std::ranges::sort(versions, [](const KeyVersion &left, const KeyVersion &right) {
        return std::tie(left.instanceName, left.origin, left.instanceId) <
               std::tie(right.instanceName, right.origin, right.instanceId);
    });
    co_return versions;
}

CarriedKeys KeyCarrying::describe(const KeyVersion &version) const
{
    CarriedKeys keys;
    keys.origin = version.origin;
    keys.instanceId = version.instanceId;
    keys.instanceName = version.instanceName;
    keys.credentialId = version.credentialId;
    keys.since = version.createdAt;
    if (const std::optional<InstanceRecord> record = recordOf({}, version.origin, version.instanceId)) {
        keys.integration = record->instance.integrationName;
        keys.profileName = record->profileName;
    } else if (const std::optional<Profile> profile = m_profiles.find(version.profileId)) {
        keys.profileName = profile->name;
    }
    return keys;
}

Done KeyCarrying::checkTarget(const QString &file)
{
    return checkNewFile(file);
}

QCoro::Task<Outcome<QList<CarryResult>>> KeyCarrying::carryOut(QList<KeyVersion> versions, QString file,
                                                               Secret passphrase, std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    const std::stop_token stopAll = m_stop.get_token();
    const PassphraseVerdict verdict = judgePassphrase(passphrase);
    if (isRefused(verdict))
        co_return Problem::of(Problem::Category::InvalidInput, passphraseHint(verdict));
    Done isNew = checkTarget(file);
    if (!isNew)
        co_return std::move(isNew).problem();
    auto shared = std::make_shared<Secret>(std::move(passphrase));
    std::function<Outcome<KeyBundleWriter>()> begin = [shared, cost = m_cost] {
        return KeyBundleWriter::begin(*shared, cost);
    };
    shared.reset();
    Outcome<KeyBundleWriter> begun = co_await offThread(&m_pool, std::move(begin));
    if (!begun)
        co_return std::move(begun).problem();
    KeyBundleWriter writer = std::move(begun).value();

    QList<CarryResult> results;
    bool isAny = false;
    for (const KeyVersion &version : std::as_const(versions)) {
        if (stop.stop_requested() || stopAll.stop_requested())
            co_return changewords::stopped();
        CarriedKeys set = describe(version);
        CarryResult result = CarryResult::of(set);
        result.headers = version.headers();
        result.profileName = set.profileName;
        if (version.credentialId.isEmpty()) {
            const Problem unknown =
                Problem::of(Problem::Category::Refused,
                            tr("It is not known of which credential these keys are."), tr("Refresh first."));
            results.append(failed(result, unknown));
            continue;
        }
        const InstanceAddress address{version.profileId, version.origin, version.instanceId};
        // Another Latchkey may have replaced them since they were listed.
        const Done reloaded = co_await m_vault.reload(address);
        if (!reloaded)
            co_return reloaded.problem();
        const std::optional<KeyVersion> current = m_vault.current(address);
        if (!current || current->id != version.id) {
            const Problem replaced =
                Problem::of(Problem::Category::Conflict, tr("Other keys are kept for it by now, or none."),
                            tr("Try again."));
            results.append(failed(result, replaced));
            continue;
        }
        Outcome<HeaderKeys> read = co_await m_vault.keys(version.id, address);
        if (!read && endsAll(read.problem()))
            co_return std::move(read).problem();
        Done added;
        if (read) {
            set.keys = std::move(read).value();
            added = writer.add(set);
        } else {
            added = read.problem();
        }
        result.state = State::Carried;
        results.append(added ? result : failed(result, added.problem()));
        isAny = isAny || added.ok();
    }
    if (!isAny) {
        co_return Problem::of(Problem::Category::Refused, tr("There are no keys to carry."),
                              results.isEmpty() ? QString() : carryText(results.constFirst()));
    }
    std::function<Done()> write = [file, bytes = writer.finish()] {
        return writeNewPrivateFile(file, bytes);
    };
    Done written = co_await offThread(&m_pool, std::move(write));
    if (!written)
        co_return std::move(written).problem();
    co_return results;
}

QCoro::Task<Outcome<std::shared_ptr<KeyBundleReader>>> KeyCarrying::open(QString file, Secret passphrase)
{
    const RunningCount::Guard running = m_running.enter();
    auto shared = std::make_shared<Secret>(std::move(passphrase));
    std::function<Outcome<KeyBundleReader>()> read = [shared, file] {
        return KeyBundleReader::openFile(file, *shared);
    };
    shared.reset();
    Outcome<KeyBundleReader> opened = co_await offThread(&m_pool, std::move(read));
    if (!opened)
        co_return std::move(opened).problem();
    co_return std::make_shared<KeyBundleReader>(std::move(opened).value());
}

QCoro::Task<QList<CarryResult>> KeyCarrying::carryIn(std::shared_ptr<KeyBundleReader> bundle,
                                                     QString profileId, std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    const std::stop_token stopAll = m_stop.get_token();
    QList<CarryResult> results;
    QSet<QString> silent; // Origins.
    bool isEnded = false;
    for (;;) {
        std::optional<CarriedKeys> set = bundle->next();
        if (!set)
            break;
        isEnded = isEnded || stop.stop_requested() || stopAll.stop_requested();
        CarryResult result = CarryResult::of(*set);
        if (!isEnded && !silent.contains(set->origin))
            result = co_await keep(std::move(*set), profileId, stop);
        if (result.problem && endsThere(*result.problem))
            silent.insert(result.origin);
        isEnded = isEnded || (result.problem && endsAll(*result.problem));
        results.append(result);
    }
    co_return results;
}

QCoro::Task<CarryResult> KeyCarrying::keep(CarriedKeys keys, QString profileId, std::stop_token stop)
{
    CarryResult result = CarryResult::of(keys);
    const std::optional<InstanceRecord> record = recordOf(profileId, keys.origin, keys.instanceId);
    if (!record) {
        result.state = State::UnknownInstance;
        co_return result;
    }
    result.profileName = record->profileName;
    // Another Latchkey may have kept keys since.
    const InstanceAddress address = record->address;
    const Done reloaded = co_await m_vault.reload(address);
    if (!reloaded)
        co_return failed(result, reloaded.problem());
    const std::optional<KeyVersion> here = m_vault.current(address);
    if (here && here->credentialId == keys.credentialId) {
        result.state = State::KeptAlready;
        co_return result;
    }
    const Outcome<Change> kept =
        co_await m_adoption.adopt(address, keys.credentialId, std::move(keys.keys), stop);
    if (kept) {
        result.state = State::Carried;
        co_return result;
    }
    // KeyAdoption has told the inventory what Konnect has, where that is not what the bundle is about.
    const std::optional<InstanceRecord> now = m_inventory.find(address);
    const bool isChecked = now && now->knowledge != InstanceRecord::Knowledge::NotChecked;
    const bool isRefusal = kept.problem().category == Problem::Category::Refused;
    if (isRefusal && isChecked && now->credential.id != result.credentialId) {
        result.state = State::AnotherCredential;
        co_return result;
    }
    co_return failed(result, kept.problem());
}

void KeyCarrying::stop()
{
    // A fresh one for those that come after.
    std::exchange(m_stop, std::stop_source()).request_stop();
}

} // namespace latchkey
