// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/keyvault.h"

#include "models/core/mac.h"
#include "models/secrets/secretstore.h"
#include "models/services/keyvaultrunning.h"
#include "models/storage/keyversionstore.h"

#include <QCoroSignal>
#include <QSet>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

using State = KeyVersion::State;

QString indexKey(const QString &origin, const QString &instanceId)
{
    return origin + u' ' + instanceId;
}

Problem refused(const QString &caption, const QString &detail)
{
    return Problem::of(Problem::Category::Refused, caption, detail);
}

Problem notKept(const QString &caption)
{
    return Problem::of(
        Problem::Category::KeychainEntryMissing, caption,
        KeyVault::tr("It was removed, or held in memory only until Latchkey closed. Enter it again."));
}

bool isUsable(State state)
{
    return state == State::Staged || state == State::Current || state == State::Previous;
}

InstanceAddress addressOf(const KeyVersion &version)
{
    return {version.profileId, version.origin, version.instanceId};
}

} // namespace

KeyVault::KeyVault(KeyVersionStore &rows, SecretStore &keychain, SecretStore &memory, Redactor &redactor,
                   const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_rows(rows)
    , m_keychain(keychain)
    , m_memory(memory)
    , m_redactor(redactor)
    , m_clock(clock)
{
}

KeyVault::~KeyVault() = default;

QCoro::Task<Done> KeyVault::load()
{
    const Running running(*this);
    Done read = co_await readRows();
    if (read)
        co_await takeUpRemovalsQuietly();
    co_return read;
}

QCoro::Task<Done> KeyVault::readRows()
{
    Outcome<QList<KeyVersion>> rows = co_await m_rows.all();
    if (!rows)
        co_return rows.problem();
    const QStringList known = m_versions.keys();
    for (const QString &id : known) {
        if (!isInMemory(id))
            drop(id);
    }
    for (const KeyVersion &version : std::as_const(rows.value())) {
        if (version.state != State::Forgotten)
            put(version);
    }
    co_return Done();
}

QCoro::Task<Done> KeyVault::reloadAll()
{
    const Running running(*this);
    m_missing.clear(); // A keychain may be back that was away.
    const QHash<QString, KeyVersion> before = m_versions;
    Done read = co_await readRows();
    if (!read)
        co_return read;
    QSet<InstanceAddress> changed;
    for (const KeyVersion &version : before) {
        if (m_versions.value(version.id) != version)
            changed.insert(addressOf(version));
    }
    for (const KeyVersion &version : std::as_const(m_versions)) {
        if (!before.contains(version.id))
            changed.insert(addressOf(version));
    }
    for (const InstanceAddress &address : std::as_const(changed)) {
        if (!address.isNull()) // A token's.
            Q_EMIT keptKeysChanged(address);
    }
    co_return Done();
}

QCoro::Task<Done> KeyVault::probe()
{
    const Running running(*this);
    const Done usable = co_await m_keychain.probe();
    note(usable);
    if (!usable)
        co_return usable.problem();
    co_await takeUpRemovals();
    co_return Done();
}

QCoro::Task<Outcome<QString>> KeyVault::stage(InstanceAddress address, QString instanceName, HeaderKeys keys,
                                              bool inMemory)
{
    const Running running(*this);
    for (const HeaderKey &header : keys)
        m_redactor.learn(header.key);
    if (keys.empty() || address.isNull())
        co_return refused(tr("There are no keys to keep for %1.").arg(instanceName), {});
    const Done ready = co_await prepareFingerprints(inMemory);
    if (!ready)
        co_return ready.problem();

    KeyVersion version;
    version.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    version.origin = address.origin;
    version.instanceId = address.instanceId;
    version.instanceName = instanceName;
    version.profileId = address.profileId;
    version.createdAt = m_clock.now();
    const Secret &under = inMemory ? m_memoryFingerprintKey : m_fingerprintKey;
    std::vector<Secret> secrets;
    for (HeaderKey &header : keys) {
        version.fingerprints.append({header.name, hmacSha256(under, header.key.reveal())});
        secrets.push_back(std::move(header.key));
    }
    Outcome<QString> stored = co_await store(version, std::move(secrets), inMemory, State::Staged);
    co_return stored;
}

QCoro::Task<Outcome<QString>> KeyVault::storeToken(QString profileId, QStringList origins, Secret token,
                                                   bool inMemory)
{
    const Running running(*this);
    m_redactor.learn(token);
    if (token.isEmpty() || origins.isEmpty())
        co_return refused(tr("There is no token to keep."), {});
    KeyVersion version;
    version.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    version.purpose = KeyVersion::Purpose::Token;
    version.origin = origins.join(u' ');
    version.profileId = profileId;
    version.createdAt = m_clock.now();
    std::vector<Secret> secrets;
    secrets.push_back(std::move(token));
    Outcome<QString> stored = co_await store(version, std::move(secrets), inMemory, State::Current);
    co_return stored;
}

QCoro::Task<Outcome<HeaderKeys>> KeyVault::keys(QString versionId, InstanceAddress address)
{
    const Running running(*this);
    Outcome<KeyVersion> found = co_await find(versionId);
    if (!found)
        co_return found.problem();
    const KeyVersion version = found.value();
    if (version.purpose != KeyVersion::Purpose::Keys || version.origin != address.origin ||
        version.instanceId != address.instanceId) {
        co_return refused(tr("These keys belong to another instance."),
                          tr("They were kept for %1 at %2; they were asked for by instance %3 at %4.")
                              .arg(version.instanceName, version.origin, address.instanceId, address.origin));
    }
    if (!isUsable(version.state))
        co_return notKept(tr("The keys of %1 are not kept here.").arg(version.instanceName));
    Outcome<std::vector<Secret>> secrets = co_await readEntry(version);
    if (!secrets)
        co_return secrets.problem();
    HeaderKeys keys;
    for (qsizetype i = 0; i < version.fingerprints.size(); ++i)
        keys.push_back(
            {version.fingerprints.at(i).header, std::move(secrets.value().at(static_cast<size_t>(i)))});
    co_return keys;
}

QCoro::Task<Outcome<Secret>> KeyVault::token(QString versionId, QString origin)
{
    const Running running(*this);
    Outcome<KeyVersion> found = co_await find(versionId);
    if (!found)
        co_return found.problem();
    const KeyVersion version = found.value();
    if (version.purpose != KeyVersion::Purpose::Token || !version.origin.split(u' ').contains(origin)) {
        co_return refused(tr("This token was entered for another server."),
                          tr("It belongs to %1 and is not sent to %2. Enter the token for that server.")
                              .arg(version.origin, origin));
    }
    if (version.state != State::Current)
        co_return notKept(tr("This token is not kept here."));
    Outcome<std::vector<Secret>> secrets = co_await readEntry(version);
    if (!secrets)
        co_return secrets.problem();
    co_return std::move(secrets.value().front());
}

QCoro::Task<Done> KeyVault::discard(QString versionId)
{
    const Running running(*this);
    Outcome<KeyVersion> found = co_await find(versionId);
    if (!found) // Nothing to remove, or the rows cannot be read.
        co_return found.problem().category == Problem::Category::KeychainEntryMissing ? Done()
                                                                                      : Done(found.problem());
    const KeyVersion version = found.value();
    if (version.state == State::Current || version.state == State::Previous)
        co_return refused(tr("The keys of %1 are in use and stay.").arg(version.instanceName), {});
    const QList<State> from{State::Writing, State::Staged, State::Forgetting};
    Done removed = co_await removeEntry(versionId, from);
    co_return removed;
}

QCoro::Task<Done> KeyVault::forget(QString versionId)
{
    const Running running(*this);
    Outcome<KeyVersion> found = co_await find(versionId);
    if (!found)
        co_return found.problem().category == Problem::Category::KeychainEntryMissing ? Done()
                                                                                      : Done(found.problem());
    const KeyVersion version = found.value();
    if (version.purpose == KeyVersion::Purpose::Keys) {
        Outcome<QStringList> named = co_await m_rows.namedByUnfinishedChanges();
        if (!named)
            co_return named.problem();
        if (version.state == State::Current || named.value().contains(versionId))
            co_return refused(tr("The keys of %1 are in use and stay.").arg(version.instanceName),
                              tr("They are the current ones, or a change that is not finished needs them."));
    }
    QList<State> from{State::Writing, State::Staged, State::Previous, State::Forgetting};
    if (version.purpose == KeyVersion::Purpose::Token)
        from.append(State::Current);
    Done removed = co_await removeEntry(versionId, from);
    if (version.purpose == KeyVersion::Purpose::Keys)
        Q_EMIT keptKeysChanged(addressOf(version));
    co_return removed;
}

QCoro::Task<Done> KeyVault::forgetTokensExcept(QStringList named)
{
    const Running running(*this);
    QStringList orphans;
    for (const KeyVersion &version : std::as_const(m_versions)) {
        if (version.purpose == KeyVersion::Purpose::Token && version.state == State::Current &&
            !isInMemory(version.id) && !named.contains(version.id) && isOld(version))
            orphans.append(version.id);
    }
    for (const QString &id : std::as_const(orphans)) {
        const QList<State> from{State::Current};
        const Outcome<bool> begun = co_await m_rows.setState(id, from, State::Forgetting);
        if (!begun)
            co_return begun.problem();
        if (begun.value())
            setStateHere(id, State::Forgetting);
    }
    if (!orphans.isEmpty())
        co_await takeUpRemovalsQuietly();
    co_return Done();
}

QCoro::Task<Done> KeyVault::reload(InstanceAddress address)
{
    const Running running(*this);
    Outcome<QList<KeyVersion>> rows = co_await m_rows.of(address.origin, address.instanceId);
    if (!rows)
        co_return rows.problem();
    const QStringList known = m_ofInstance.values(indexKey(address.origin, address.instanceId));
    for (const QString &id : known) {
        if (!isInMemory(id))
            drop(id);
    }
    for (const KeyVersion &version : std::as_const(rows.value())) {
        if (version.state != State::Forgotten)
            put(version);
    }
    Done followed = co_await followJournal(address.origin, address.instanceId);
    Q_EMIT keptKeysChanged(address);
    co_return followed;
}

QCoro::Task<Done> KeyVault::adopt(QString versionId, QString credentialId)
{
    const Running running(*this);
    Outcome<KeyVersion> found = co_await find(versionId);
    if (!found)
        co_return found.problem();
    KeyVersion version = found.value();
    if (version.purpose != KeyVersion::Purpose::Keys || !isUsable(version.state))
        co_return notKept(tr("The keys of %1 are not kept here.").arg(version.instanceName));
    const QDateTime now = m_clock.now();
    Done adopted = co_await m_rows.adopt(version, credentialId, now);
    if (!adopted)
        co_return adopted;
    Outcome<QList<KeyVersionStore::Turn>> turns = co_await m_rows.turns(version.origin, version.instanceId);
    if (!turns)
        co_return turns.problem();
    const qint64 sequence = turns.value().isEmpty() ? 0 : turns.value().constLast().sequence;
    makeCurrentInMemory(version, credentialId, now, sequence);
    Done reloaded = co_await reload(addressOf(version));
    co_return reloaded;
}

QCoro::Task<Done> KeyVault::openFingerprints()
{
    const Running running(*this);
    const Outcome<bool> known = co_await readFingerprintKey();
    if (!known)
        co_return Done(known.problem());
    co_return Done();
}

QByteArray KeyVault::fingerprint(const QString &versionId, const Secret &key) const
{
    const Secret &under = isInMemory(versionId) ? m_memoryFingerprintKey : m_fingerprintKey;
    return under.isEmpty() ? QByteArray() : hmacSha256(under, key.reveal());
}

KeptKeys KeyVault::kept(const InstanceAddress &address) const
{
    KeptKeys kept;
    if (const std::optional<KeyVersion> version = current(address)) {
        kept.current = true;
        kept.headers = version->headers();
        kept.credentialId = version->credentialId;
        kept.currentSince = version->createdAt;
        kept.entered = version->entered;
        kept.inMemoryOnly = isInMemory(version->id);
    }
    if (const std::optional<KeyVersion> version = previous(address)) {
        kept.previous = true;
        kept.previousSince = version->createdAt;
    }
    return kept;
}

std::optional<KeyVersion> KeyVault::current(const InstanceAddress &address) const
{
    const QList<KeyVersion> versions = versionsOf(address.origin, address.instanceId);
    const auto found = std::find_if(versions.begin(), versions.end(), [this](const KeyVersion &version) {
        return version.state == State::Current && !m_missing.contains(version.id);
    });
    return found == versions.end() ? std::nullopt : std::optional<KeyVersion>(*found);
}

std::optional<KeyVersion> KeyVault::previous(const InstanceAddress &address) const
{
    std::optional<KeyVersion> newest;
    const QList<KeyVersion> versions = versionsOf(address.origin, address.instanceId);
    for (const KeyVersion &version : versions) {
        if (version.state == State::Previous && !m_missing.contains(version.id) &&
            (!newest || version.retiredAt > newest->retiredAt))
            newest = version;
    }
    return newest;
}

void KeyVault::noteMissing(const KeyVersion &version, bool isMissing)
{
    if (m_missing.contains(version.id) == isMissing)
        return;
    if (isMissing)
        m_missing.insert(version.id);
    else
        m_missing.remove(version.id);
    if (version.purpose == KeyVersion::Purpose::Keys)
        Q_EMIT keptKeysChanged(addressOf(version));
}

QCoro::Task<void> KeyVault::idle()
{
    while (m_running > 0)
        co_await qCoro(this, &KeyVault::becameIdle);
}

} // namespace latchkey
