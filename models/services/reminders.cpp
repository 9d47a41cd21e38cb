// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/reminders.h"

#include "models/core/reminderplan.h"
#include "models/core/reminderwords.h"
#include "models/core/settings.h"
#include "models/services/inventory.h"
#include "models/services/oldkeys.h"
#include "models/services/preferences.h"
#include "models/services/profiles.h"
#include "models/storage/reminderstore.h"

#include <utility>

namespace latchkey {

Reminders::Reminders(Inventory &inventory, Profiles &profiles, OldKeys &oldKeys, Preferences &preferences,
                     ReminderStore &store, const Clock &clock, const QTimeZone &zone, QObject *parent)
    : QObject(parent)
    , m_inventory(inventory)
    , m_profiles(profiles)
    , m_oldKeys(oldKeys)
    , m_preferences(preferences)
    , m_store(store)
    , m_clock(clock)
    , m_zone(zone)
{
    connect(&inventory, &Inventory::progressChanged, this, &Reminders::onProgress);
}

void Reminders::onProgress(const RefreshProgress &progress)
{
    const bool ended = m_refreshing && !progress.running;
    m_refreshing = progress.running;
    if (!ended)
        return;
    m_refreshed = true;
    tick();
}

void Reminders::tick()
{
    if (!m_refreshed || m_looking || m_stopped)
        return;
    m_looking = true;
    QCoro::connect(look(), this, [this] { Q_EMIT looked(); });
}

QCoro::Task<void> Reminders::look()
{
    const RunningCount::Guard running = m_running.enter();
    m_asked.clear();
    const Done ready = co_await makeReady();
    // What is being read is not known yet.
    if (!ready || m_stopped || m_inventory.progress().running || m_preferences.settings().reminders == 0) {
        m_looking = false;
        co_return;
    }
    const Settings &settings = m_preferences.settings();
    ReminderRules rules;
    rules.health = settings.healthRules;
    rules.digestDay = settings.digestDay;
    rules.zone = m_zone;
    const QDateTime now = m_clock.now();
    const ReminderPlan plan = planReminders(m_inventory.records(), m_profiles.all(), m_inventory.endpoints(),
                                            m_said, rules, now, m_oldKeys.all());
    if (!plan.saysSomething()) {
        m_looking = false;
        static_cast<void>(co_await remember(plan.marks));
        co_return;
    }
    m_asked = plan.marks;
    const ReminderNotice notice = plan.due.isEmpty()
                                      ? reminderwords::digest(plan.digest)
                                      : reminderwords::notice(plan.due, settings.reminderNames != 0, now);
    Q_EMIT due(notice);
}

QCoro::Task<Done> Reminders::makeReady()
{
    const RunningCount::Guard running = m_running.enter();
    // latchkeyctl may have changed them, and replaced something.
    const Outcome<Settings> settings = co_await m_preferences.read();
    if (!settings)
        co_return settings.problem();
    const Done read = co_await m_oldKeys.load();
    if (!read)
        co_return read;
    if (m_loaded)
        co_return Done();
    const Outcome<SaidReminders> said = co_await m_store.all();
    if (!said)
        co_return said.problem();
    m_said = said.value();
    m_loaded = true;
    co_return Done();
}

void Reminders::shown()
{
    m_looking = false;
    // Closing waits for nothing that begins now; the next start says it again.
    if (!m_stopped)
        remember(std::exchange(m_asked, {}));
}

void Reminders::notShown()
{
    m_looking = false;
    m_asked.clear();
}

QCoro::Task<Done> Reminders::snoozeTokens(const ReminderNotice &notice, const QDateTime &until)
{
    QList<SaidReminder> marks;
    for (const Reminder &reminder : notice.reminders) {
        const auto said = m_said.constFind(reminder.subject);
        if (!reminder.subject.isToken() || said == m_said.cend())
            continue;
        SaidReminder mark = *said;
        mark.snoozedUntil = putOffUntil(reminder, until, m_clock.now());
        marks.append(mark);
    }
    return remember(std::move(marks));
}

QCoro::Task<Done> Reminders::remember(QList<SaidReminder> marks)
{
    const RunningCount::Guard running = m_running.enter();
    for (const SaidReminder &mark : std::as_const(marks))
        m_said.insert(mark.subject, mark);
    m_unsaved += marks;
    if (m_unsaved.isEmpty())
        co_return Done();
    const QList<SaidReminder> saving = std::exchange(m_unsaved, {});
    const Done saved = co_await m_store.save(saving);
    // The next tick tries again. What was said meanwhile is newer, and stays behind it.
    if (!saved)
        m_unsaved = saving + m_unsaved;
    co_return saved;
}

} // namespace latchkey
