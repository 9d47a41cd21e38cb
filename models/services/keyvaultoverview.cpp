// SPDX-License-Identifier: GPL-3.0-or-later
// What KeyVault says of all that is kept: rows against entries.
#include "models/secrets/secretstore.h"
#include "models/services/keyentry.h"
#include "models/services/keyvault.h"
#include "models/services/keyvaultrunning.h"
#include "models/storage/keyversionstore.h"

#include <QSet>

namespace latchkey {

namespace {

using State = KeyVersion::State;
using Category = Problem::Category;

bool claimsItsEntry(State state)
{
    return state == State::Staged || state == State::Current || state == State::Previous;
}

} // namespace

QCoro::Task<Outcome<QStringList>> KeyVault::due(int retentionDays)
{
    const Running running(*this);
    const Outcome<QList<KeptVersion>> all = co_await keptVersions();
    if (!all)
        co_return all.problem();
    QStringList ids;
    for (const KeptVersion &kept : all.value()) {
        const QDateTime goes = kept.goesAt(retentionDays);
        if (goes.isValid() && goes <= m_clock.now())
            ids.append(kept.version.id);
    }
    co_return ids;
}

QCoro::Task<Outcome<QList<KeyVersion>>> KeyVault::everyVersion()
{
    const Running running(*this);
    Outcome<QList<KeyVersion>> rows = co_await m_rows.all();
    co_return rows;
}

QCoro::Task<Outcome<QList<KeptVersion>>> KeyVault::keptVersions()
{
    const Running running(*this);
    const Outcome<QList<KeyVersion>> rows = co_await m_rows.all();
    if (!rows)
        co_return rows.problem();
    const Outcome<QStringList> named = co_await m_rows.namedByUnfinishedChanges();
    if (!named)
        co_return named.problem();
    const Outcome<QHash<QString, QDateTime>> superseded = co_await m_rows.superseded();
    if (!superseded)
        co_return superseded.problem();
    QList<KeptVersion> all;
    for (const KeyVersion &version : rows.value()) {
        if (version.purpose != KeyVersion::Purpose::Keys || version.state == State::Forgotten)
            continue;
        KeptVersion kept;
        kept.version = version;
        kept.needed = named.value().contains(version.id);
        // A row is there before the change that names it.
        kept.loose = version.state == State::Staged && !kept.needed && isOld(version);
        kept.supersededAt = superseded.value().value(version.id);
        all.append(kept);
    }
    co_return all;
}

QCoro::Task<Outcome<KeyOverview>> KeyVault::overview()
{
    const Running running(*this);
    // Entries before rows: each row is there before its entry.
    const Outcome<QStringList> names = co_await m_keychain.list();
    Outcome<QList<KeptVersion>> all = co_await keptVersions();
    if (!all)
        co_return all.problem();
    const Outcome<QList<KeyVersion>> rows = co_await m_rows.all();
    if (!rows)
        co_return rows.problem();
    KeyOverview overview;
    overview.versions = all.value();
    if (!names) {
        overview.keychainProblem = names.problem();
        co_return overview;
    }
    for (KeptVersion &kept : overview.versions) {
        if (!claimsItsEntry(kept.version.state) || names.value().contains(kept.version.id))
            continue;
        // A keychain may keep entries where it lists none: only its own word counts.
        const Outcome<Secret> entry = co_await m_keychain.read(kept.version.id);
        kept.entryMissing = !entry && entry.problem().category == Category::KeychainEntryMissing;
    }
    QSet<QString> known;
    for (const KeyVersion &version : rows.value()) {
        if (version.state != State::Forgotten)
            known.insert(version.id);
    }
    for (const QString &name : names.value()) {
        if (!keyentry::isName(name) || known.contains(name))
            continue;
        const Outcome<Secret> entry = co_await m_keychain.read(name);
        if (!entry && entry.problem().category == Category::KeychainEntryMissing)
            continue; // Gone since the list.
        StrayEntry stray{name, {}};
        if (entry)
            stray.described = keyentry::describe(entry.value());
        overview.strays.append(stray);
    }
    co_return overview;
}

} // namespace latchkey
