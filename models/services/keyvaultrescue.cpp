// SPDX-License-Identifier: GPL-3.0-or-later
// How KeyVault rebuilds rows from entries.
#include "models/core/mac.h"
#include "models/secrets/secretstore.h"
#include "models/services/keyentry.h"
#include "models/services/keyvault.h"
#include "models/services/keyvaultrunning.h"
#include "models/storage/keyversionstore.h"

#include <QHash>

namespace latchkey {

namespace {

using State = KeyVersion::State;
using Category = Problem::Category;

} // namespace

QCoro::Task<Outcome<KeyRescue>> KeyVault::rescue()
{
    const Running running(*this);
    const Outcome<QStringList> names = co_await m_keychain.list();
    if (!names)
        co_return names.problem();
    const Outcome<QList<KeyVersion>> rows = co_await m_rows.all();
    if (!rows)
        co_return rows.problem();
    QHash<QString, State> known;
    for (const KeyVersion &version : rows.value())
        known.insert(version.id, version.state);
    KeyRescue rescue;
    for (const QString &name : names.value()) {
        if (!keyentry::isName(name))
            continue;
        if (known.contains(name)) {
            if (known.value(name) == State::Forgotten)
                rescue.removedEarlier.append(name);
            continue;
        }
        const Outcome<Secret> entry = co_await m_keychain.read(name);
        if (!entry && entry.problem().category == Category::KeychainEntryMissing)
            continue; // Gone since the list.
        if (!entry && entry.problem().category != Category::KeychainFailed)
            co_return entry.problem(); // Each further one might open one more prompt.
        const std::optional<KeyVersion> described =
            entry ? keyentry::describe(entry.value()) : std::optional<KeyVersion>();
        if (!described || described->id != name) {
            rescue.notUnderstood.append(name);
            continue;
        }
        if (described->purpose == KeyVersion::Purpose::Token) {
            rescue.tokens.append(name);
            continue;
        }
        const std::optional<std::vector<Secret>> keys = keyentry::read(entry.value(), *described);
        const Done ready = co_await prepareFingerprints(false);
        if (!ready)
            co_return ready.problem();
        KeyVersion version = *described;
        // Nothing says that Konnect still has them. Where they are its present keys, they stay all the same:
        // only keys that were verified later make others go.
        version.state = State::Previous;
        version.retiredAt = version.createdAt;
        for (qsizetype i = 0; i < version.fingerprints.size(); ++i) {
            const Secret &key = keys->at(static_cast<size_t>(i));
            m_redactor.learn(key);
            version.fingerprints[i].hmac = hmacSha256(m_fingerprintKey, key.reveal());
        }
        const Outcome<bool> added = co_await m_rows.insertIfNew(version);
        if (!added)
            co_return added.problem();
        if (added.value())
            rescue.taken.append(version);
    }
    const Done reloaded = co_await reloadAll();
    if (!reloaded)
        co_return reloaded.problem();
    co_return rescue;
}

} // namespace latchkey
