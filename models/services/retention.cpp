// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/retention.h"

#include "models/core/settings.h"
#include "models/services/changelock.h"
#include "models/services/keyvault.h"
#include "models/storage/settingsstore.h"

namespace latchkey {

Retention::Retention(KeyVault &vault, SettingsStore &settings, ChangeLock &lock)
    : m_vault(vault)
    , m_settings(settings)
    , m_lock(lock)
{
}

QCoro::Task<Outcome<QList<KeptVersion>>> Retention::kept()
{
    const RunningCount::Guard running = m_running.enter();
    Outcome<QList<KeptVersion>> all = co_await m_vault.keptVersions();
    co_return all;
}

QCoro::Task<Outcome<int>> Retention::days()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<QHash<QString, QString>> rows = co_await m_settings.all();
    if (!rows)
        co_return rows.problem();
    co_return Settings::fromRows(rows.value()).retentionDays;
}

QCoro::Task<Outcome<QStringList>> Retention::forgetDue()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<int> kept = co_await days();
    if (!kept)
        co_return kept.problem();
    const Outcome<QStringList> due = co_await m_vault.due(kept.value());
    if (!due)
        co_return due.problem();
    QStringList gone;
    if (due.value().isEmpty())
        co_return gone;
    const Done usable = co_await m_vault.probe();
    if (!usable)
        co_return usable.problem();
    for (const QString &id : due.value()) {
        if (m_stopped)
            break;
        const Done forgotten = co_await forget(id);
        if (!forgotten)
            co_return forgotten.problem();
        gone.append(id);
    }
    co_return gone;
}

QCoro::Task<Done> Retention::forgetNow(QString versionId)
{
    const RunningCount::Guard running = m_running.enter();
    Done forgotten = co_await forget(versionId);
    co_return forgotten;
}

QCoro::Task<Done> Retention::forget(QString versionId)
{
    // A change that begins meanwhile might need what goes.
    const Outcome<ChangeLock::Holder> lock = m_lock.acquireAlone();
    if (!lock)
        co_return lock.problem();
    Done forgotten = co_await m_vault.forget(versionId);
    co_return forgotten;
}

} // namespace latchkey
