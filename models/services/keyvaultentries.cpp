// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of KeyVault: each row before its entry, each entry before its row's last word.
#include "models/core/mac.h"
#include "models/secrets/secretstore.h"
#include "models/services/keyentry.h"
#include "models/services/keyvault.h"
#include "models/services/keyvaultrunning.h"
#include "models/storage/keyversionstore.h"

#include <QByteArray>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

using State = KeyVersion::State;

const QString fingerprintEntry = u"fingerprint-key"_s;
constexpr qsizetype fingerprintKeySize = 32;

/// A row this old is not being written by another Latchkey any more: every keychain job has a deadline.
constexpr auto longerThanAnyWriting = 10min;

Problem mismatch(const KeyVersion &version)
{
    const bool token = version.purpose == KeyVersion::Purpose::Token;
    return Problem::of(
        Problem::Category::KeychainFailed,
        token ? KeyVault::tr("The keychain did not keep the token.")
              : KeyVault::tr("The keychain did not keep the keys of %1.").arg(version.instanceName),
        KeyVault::tr("What was read back is not what was written. Nothing was sent to Konnect."));
}

Problem inUse(const QString &instanceName)
{
    return Problem::of(Problem::Category::Refused,
                       KeyVault::tr("The keys of %1 are in use and stay.").arg(instanceName));
}

} // namespace

QList<KeyVersion> KeyVault::versionsOf(const QString &origin, const QString &instanceId) const
{
    QList<KeyVersion> versions;
    const QString key = origin + u' ' + instanceId;
    for (auto it = m_ofInstance.constFind(key); it != m_ofInstance.constEnd() && it.key() == key; ++it)
        versions.append(m_versions.value(it.value()));
    return versions;
}

void KeyVault::put(const KeyVersion &version)
{
    drop(version.id);
    m_versions.insert(version.id, version);
    if (version.purpose == KeyVersion::Purpose::Keys)
        m_ofInstance.insert(version.origin + u' ' + version.instanceId, version.id);
}

void KeyVault::drop(const QString &versionId)
{
    const KeyVersion version = m_versions.take(versionId);
    m_ofInstance.remove(version.origin + u' ' + version.instanceId, versionId);
}

void KeyVault::setStateHere(const QString &versionId, State state)
{
    const auto version = m_versions.find(versionId);
    if (version != m_versions.end())
        version->state = state;
}

void KeyVault::note(const std::optional<Problem> &problem)
{
    // A keychain that surely does not have an entry is a keychain that works.
    const bool works = !problem || problem->category == Problem::Category::KeychainEntryMissing;
    const std::optional<Problem> now = works ? std::nullopt : problem;
    if (now == m_keychainProblem)
        return;
    m_keychainProblem = now;
    Q_EMIT keychainProblemChanged();
}

QCoro::Task<Outcome<KeyVersion>> KeyVault::find(QString versionId)
{
    const auto known = m_versions.constFind(versionId);
    if (known != m_versions.constEnd())
        co_return KeyVersion(*known);
    // Another Latchkey may have written it since.
    Outcome<std::optional<KeyVersion>> row = co_await m_rows.find(versionId);
    if (!row)
        co_return row.problem();
    if (!row.value() || row.value()->state == State::Forgotten) {
        co_return Problem::of(
            Problem::Category::KeychainEntryMissing, tr("This secret is not kept here."),
            tr("It was removed, or held in memory only until Latchkey closed. Enter it again."));
    }
    put(*row.value());
    co_return KeyVersion(*row.value());
}

QCoro::Task<Outcome<QString>> KeyVault::store(KeyVersion version, std::vector<Secret> keys, bool inMemory,
                                              State finalState)
{
    const QString id = version.id;
    if (inMemory) {
        m_held.insert(id, Held());
    } else {
        Done row = co_await m_rows.insert(version);
        if (!row)
            co_return row.problem();
    }
    put(version);
    Done kept = co_await writeEntry(version, std::move(keys));
    if (kept && !inMemory) {
        const QList<State> writing{State::Writing};
        const Outcome<bool> moved = co_await m_rows.setState(id, writing, finalState);
        if (!moved)
            kept = moved.problem();
        else if (!moved.value()) // It took so long that another Latchkey took it for abandoned.
            kept = mismatch(version);
    }
    if (!kept) {
        // The entry may be there all the same; where it cannot be removed now, its row says that it has to
        // be.
        const QList<State> from{State::Writing, finalState};
        const Done removed = co_await removeEntry(id, from);
        static_cast<void>(removed);
        co_return kept.problem();
    }
    setStateHere(id, finalState);
    co_return id;
}

QCoro::Task<Done> KeyVault::writeEntry(KeyVersion version, std::vector<Secret> keys)
{
    const bool inMemory = isInMemory(version.id);
    SecretStore &store = storeOf(version.id);
    const Secret entry = keyentry::write(version, keys);
    Secret copy = entry.clone();
    const Done written = co_await store.write(version.id, std::move(copy));
    if (!inMemory)
        note(written);
    if (!written)
        co_return Done(written.problem());
    const Outcome<Secret> back = co_await store.read(version.id);
    const bool missing = !back && back.problem().category == Problem::Category::KeychainEntryMissing;
    if (missing || (back && !back.value().equals(entry))) {
        Problem lost = mismatch(version);
        if (!inMemory)
            note(lost);
        co_return lost;
    }
    if (!inMemory)
        note(back);
    co_return back ? Done() : Done(back.problem());
}

QCoro::Task<Outcome<std::vector<Secret>>> KeyVault::readEntry(KeyVersion version)
{
    const bool inMemory = isInMemory(version.id);
    const Outcome<Secret> entry = co_await storeOf(version.id).read(version.id);
    if (!inMemory)
        note(entry);
    noteMissing(version, !entry && entry.problem().category == Problem::Category::KeychainEntryMissing);
    if (!entry)
        co_return entry.problem();
    std::optional<std::vector<Secret>> keys = keyentry::read(entry.value(), version);
    const bool token = version.purpose == KeyVersion::Purpose::Token;
    const size_t expected = token ? 1 : static_cast<size_t>(version.fingerprints.size());
    if (!keys || keys->size() != expected) {
        co_return Problem::of(
            Problem::Category::KeychainFailed,
            token ? tr("The keychain's entry of the token is damaged.")
                  : tr("The keychain's entry of the keys of %1 is damaged.").arg(version.instanceName),
            tr("It is not what Latchkey wrote as %1. Enter it again.").arg(version.id));
    }
    for (const Secret &key : *keys)
        m_redactor.learn(key);
    co_return std::move(*keys);
}

QCoro::Task<Done> KeyVault::removeEntry(QString versionId, QList<State> from)
{
    const bool inMemory = isInMemory(versionId);
    if (!inMemory) {
        // From now on it is not handed out here, whether the row is written yet or not.
        const State before = m_versions.value(versionId).state;
        setStateHere(versionId, State::Forgetting);
        const Outcome<bool> begun = co_await m_rows.setState(versionId, from, State::Forgetting);
        if (!begun) {
            setStateHere(versionId, before);
            co_return begun.problem();
        }
        if (!begun.value()) { // Another Latchkey went on with it since it was read.
            Outcome<std::optional<KeyVersion>> row = co_await m_rows.find(versionId);
            if (!row)
                co_return row.problem();
            drop(versionId);
            if (!row.value() || row.value()->state == State::Forgotten)
                co_return Done();
            put(*row.value());
            co_return inUse(row.value()->instanceName);
        }
    }
    setStateHere(versionId, State::Forgetting);
    Done removed = co_await storeOf(versionId).remove(versionId);
    if (!inMemory)
        note(removed);
    if (!removed)
        co_return removed;
    if (!inMemory) {
        const QList<State> forgetting{State::Forgetting};
        const Outcome<bool> row = co_await m_rows.setState(versionId, forgetting, State::Forgotten);
        if (!row)
            co_return row.problem();
    }
    drop(versionId);
    m_held.remove(versionId);
    co_return Done();
}

QCoro::Task<Done> KeyVault::prepareFingerprints(bool inMemory)
{
    if (inMemory) { // The keychain is left alone: it may be locked and ask.
        if (m_memoryFingerprintKey.isEmpty())
            m_memoryFingerprintKey = randomMacKey();
        co_return Done();
    }
    const Outcome<bool> known = co_await readFingerprintKey();
    if (!known)
        co_return Done(known.problem());
    if (known.value())
        co_return Done();
    // Two operations may be here at once: both write the same key.
    if (m_fingerprintCandidate.isEmpty())
        m_fingerprintCandidate = randomMacKey();
    Secret copy = m_fingerprintCandidate.clone();
    const Done written = co_await m_keychain.write(fingerprintEntry, std::move(copy));
    note(written);
    if (!written)
        co_return Done(written.problem());
    Outcome<Secret> back = co_await m_keychain.read(fingerprintEntry);
    note(back);
    if (!back)
        co_return Done(back.problem());
    m_fingerprintKey = std::move(back).value();
    co_return Done();
}

QCoro::Task<Outcome<bool>> KeyVault::readFingerprintKey()
{
    if (!m_fingerprintKey.isEmpty())
        co_return Outcome<bool>(true);
    Outcome<Secret> existing = co_await m_keychain.read(fingerprintEntry);
    note(existing);
    if (!existing && existing.problem().category != Problem::Category::KeychainEntryMissing)
        co_return Outcome<bool>(existing.problem());
    if (!existing || existing.value().size() != fingerprintKeySize)
        co_return Outcome<bool>(false);
    m_fingerprintKey = std::move(existing).value();
    co_return Outcome<bool>(true);
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

bool KeyVault::isOld(const KeyVersion &version) const
{
    return version.createdAt < m_clock.now().addSecs(-std::chrono::seconds(longerThanAnyWriting).count());
}

QStringList KeyVault::interrupted() const
{
    QStringList ids;
    for (const KeyVersion &version : m_versions) {
        const bool abandoned = version.state == State::Writing && isOld(version);
        if (!isInMemory(version.id) && (version.state == State::Forgetting || abandoned))
            ids.append(version.id);
    }
    return ids;
}

QCoro::Task<void> KeyVault::takeUpRemovalsQuietly()
{
    if (interrupted().isEmpty())
        co_return;
    const Done usable = co_await m_keychain.probe(); // No prompt before the window is there.
    note(usable);
    if (usable)
        co_await takeUpRemovals();
}

QCoro::Task<void> KeyVault::takeUpRemovals()
{
    const QStringList ids = interrupted();
    if (ids.isEmpty())
        co_return;
    const Outcome<QStringList> named = co_await m_rows.namedByUnfinishedChanges();
    if (!named)
        co_return;
    for (const QString &id : ids) {
        if (named.value().contains(id))
            continue;
        const QList<State> from{State::Writing, State::Forgetting};
        const Done removed = co_await removeEntry(id, from);
        if (!removed && removed.problem().category == Problem::Category::Refused)
            continue;
        if (!removed) // Each further one might open one more prompt.
            co_return;
    }
}

void KeyVault::makeCurrentInMemory(const KeyVersion &version, const QString &credentialId,
                                   const QDateTime &at, qint64 sequence)
{
    const QList<KeyVersion> versions = versionsOf(version.origin, version.instanceId);
    for (KeyVersion other : versions) {
        if (!isInMemory(other.id))
            continue;
        if (other.id == version.id) {
            other.state = State::Current;
            other.credentialId = credentialId;
        } else if (other.state == State::Current) {
            other.state = State::Previous;
            other.retiredAt = at;
        } else {
            continue;
        }
        m_held.insert(other.id, Held{sequence});
        put(other);
    }
}

QCoro::Task<Done> KeyVault::followJournal(QString origin, QString instanceId)
{
    const QList<KeyVersion> before = versionsOf(origin, instanceId);
    const bool anyHeld = std::any_of(before.begin(), before.end(),
                                     [this](const KeyVersion &version) { return isInMemory(version.id); });
    if (!anyHeld)
        co_return Done();
    Outcome<QList<KeyVersionStore::Turn>> turns = co_await m_rows.turns(origin, instanceId);
    if (!turns)
        co_return turns.problem();
    const QList<KeyVersionStore::Turn> all = turns.value();
    for (const KeyVersionStore::Turn &turn : all) {
        const QList<KeyVersion> versions = versionsOf(origin, instanceId);
        for (KeyVersion version : versions) {
            if (!isInMemory(version.id))
                continue;
            const bool news = turn.sequence > m_held.value(version.id).since;
            if (turn.version == version.id && version.state != State::Current && news) {
                version.state = State::Current;
                version.credentialId = turn.credentialId;
            } else if (turn.version != version.id && version.state == State::Current && news) {
                version.state = State::Previous;
                version.retiredAt = turn.at;
            } else {
                continue;
            }
            m_held.insert(version.id, Held{turn.sequence});
            put(version);
        }
    }
    co_return Done();
}

} // namespace latchkey
