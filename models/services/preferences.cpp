// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/preferences.h"

#include "models/storage/settingsstore.h"

namespace latchkey {

Preferences::Preferences(SettingsStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

QCoro::Task<Outcome<Settings>> Preferences::read()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<QHash<QString, QString>> rows = co_await m_store.all();
    if (!rows)
        co_return rows.problem();
    const Settings settings = Settings::fromRows(rows.value());
    take(settings);
    co_return settings;
}

QCoro::Task<Done> Preferences::save(Settings settings)
{
    const RunningCount::Guard running = m_running.enter();
    QHash<QString, QString> rows = settings.toRows();
    const Done saved = co_await m_store.setAll(std::move(rows), HealthRules::families());
    if (saved)
        take(settings);
    co_return saved;
}

void Preferences::take(const Settings &settings)
{
    if (std::exchange(m_settings, settings) != settings)
        Q_EMIT changed();
}

} // namespace latchkey
