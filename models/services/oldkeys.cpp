// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/oldkeys.h"

#include "models/services/attentionmarks.h"
#include "models/services/changerecovery.h"
#include "models/services/credentialchanges.h"
#include "models/services/keyvault.h"
#include "models/storage/changejournal.h"
#include "models/storage/revokedkeystore.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace latchkey {

using namespace std::chrono_literals;

OldKeys::OldKeys(ChangeJournal &journal, KeyVault &vault, RevokedKeyStore &store, AttentionMarks &marks,
                 CredentialChanges &changes, ChangeRecovery &recovery, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_vault(vault)
    , m_store(store)
    , m_marks(marks)
    , m_clock(clock)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(200ms);
    // What cannot be read now is read with the next change, or the next look of the reminders.
    connect(&m_soon, &QTimer::timeout, this, [this] { QCoro::connect(load(), this, [](const Done &) {}); });
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&changes, &CredentialChanges::advanced, this, soon);
    connect(&recovery, &ChangeRecovery::ended, this, soon);
    connect(&marks, &AttentionMarks::changed, this, [this](const InstanceAddress &address) {
        const bool isMine = std::any_of(m_keys.cbegin(), m_keys.cend(), [&address](const OldKey &each) {
            return each.replacement.id == address.instanceId;
        });
        if (isMine)
            Q_EMIT changed();
    });
}

QCoro::Task<Done> OldKeys::load()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<QList<Change>> replacements = co_await m_journal.verifiedReplacements();
    if (!replacements)
        co_return replacements.problem();
    const Outcome<QList<Change>> unfinished = co_await m_journal.unfinished();
    if (!unfinished)
        co_return unfinished.problem();
    const Outcome<QList<KeyVersion>> versions = co_await m_vault.everyVersion();
    if (!versions)
        co_return versions.problem();
    const Outcome<QHash<QString, QDateTime>> revoked = co_await m_store.all();
    if (!revoked)
        co_return revoked.problem();
    QList<OldKey> keys =
        oldKeysOf(replacements.value(), unfinished.value(), versions.value(), revoked.value());
    const QList<OldKey> before = std::exchange(m_keys, std::move(keys));
    if (before != m_keys)
        Q_EMIT changed();
    co_return Done();
}

QCoro::Task<Done> OldKeys::setRevoked(QString changeId, bool isRevoked)
{
    const RunningCount::Guard running = m_running.enter();
    const QDateTime at = isRevoked ? m_clock.now() : QDateTime();
    const Done done = co_await m_store.set(changeId, at);
    if (!done)
        co_return done;
    Done loaded = co_await load();
    co_return loaded;
}

QList<OldKey> OldKeys::all() const
{
    QList<OldKey> keys = m_keys;
    for (OldKey &key : keys)
        key.attention = m_marks.of(key.key());
    return keys;
}

QCoro::Task<void> OldKeys::idle()
{
    m_soon.stop();
    return m_running.idle();
}

} // namespace latchkey
