// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/outcome.h"
#include "models/core/reminder.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QList>
#include <QObject>
#include <QTimeZone>

namespace latchkey {

class Inventory;
class OldKeys;
class Preferences;
class Profiles;
class ReminderStore;
struct RefreshProgress;

/// Says what expires and which old keys are not revoked, one notice at a time, to whoever shows it.
///
/// A notice is written down as said after it was shown: a crash in between shows it once more at the next
/// start, and never not at all. Within one run it is not said twice, even where writing it down fails.
class Reminders : public QObject
{
    Q_OBJECT
public:
    /// All must outlive this. `zone` is the user's.
    Reminders(Inventory &inventory, Profiles &profiles, OldKeys &oldKeys, Preferences &preferences,
              ReminderStore &store, const Clock &clock, const QTimeZone &zone, QObject *parent = nullptr);

    /// A notice was put off: its tokens are said again then. All else in it is for AttentionMarks.
    QCoro::Task<Done> snoozeTokens(const ReminderNotice &notice, const QDateTime &until);
    /// From now on nothing is said.
    void stop() { m_stopped = true; }
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

public Q_SLOTS:
    /// Time has passed. Nothing is said before the first refresh of this run has ended, nor while one runs.
    void tick();
    /// The last notice was shown.
    void shown();
    /// Nothing could show it: it is tried again at the next tick.
    void notShown();

Q_SIGNALS:
    /// To be answered by `shown()` or `notShown()`, at once or later.
    void due(const latchkey::ReminderNotice &notice);
    /// A tick ended, whatever came of it.
    void looked();

private:
    void onProgress(const RefreshProgress &progress);
    QCoro::Task<void> look();
    QCoro::Task<Done> makeReady();
    QCoro::Task<Done> remember(QList<SaidReminder> marks);

    Inventory &m_inventory;
    Profiles &m_profiles;
    OldKeys &m_oldKeys;
    Preferences &m_preferences;
    ReminderStore &m_store;
    const Clock &m_clock;
    QTimeZone m_zone;
    SaidReminders m_said;
    QList<SaidReminder> m_asked;   ///< What counts as said when the notice was shown.
    QList<SaidReminder> m_unsaved; ///< Said, but not yet written down.
    bool m_loaded = false;
    bool m_refreshed = false;
    bool m_refreshing = false;
    bool m_looking = false; ///< Or a notice waits for its answer.
    bool m_stopped = false;
    RunningCount m_running;
};

} // namespace latchkey
