// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/clock.h"
#include "models/services/runningcount.h"
#include "models/services/waiters.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <stop_token>

namespace latchkey {

class ChangeJournal;
class ChangeLock;
class History;
class Inventory;
class KonnectClients;
class Profiles;

/// Looks at a new credential for a while: Konnect may find it tainted or short of permissions only when it
/// has tried it. Blocks nothing and nobody. A change that is watched stays CREATED; where Latchkey closes
/// before the end, the next start looks.
class ChangeWatch : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    ChangeWatch(Profiles &profiles, Inventory &inventory, KonnectClients &clients, ChangeJournal &journal,
                History &history, ChangeLock &lock, const Clock &clock, QObject *parent = nullptr);

    /// How long each is watched from now on; zero: the look right after the POST is the last one.
    void setDuration(std::chrono::milliseconds duration) { m_duration = duration; }
    [[nodiscard]] bool isOn() const { return m_duration > std::chrono::milliseconds::zero(); }

    /// `change` is CREATED, durably, and was in order at the first look.
    void watch(const Change &change);
    /// The change as the watch ended: VERIFIED, NOT_HEALTHY or FOREIGN; LEFT where its credential went by
    /// another change of ours; CREATED where it was stopped, or where Konnect could not be asked (its problem
    /// says so). At once where it is not watched.
    QCoro::Task<Change> ended(Change change);
    /// This credential went by another change of ours: what it came from is LEFT, as the journal has it by
    /// now.
    void letGo(const QString &credentialId);
    /// Ends all watches as they stand.
    void stop();
    [[nodiscard]] bool isWatching(const QString &changeId) const { return m_watched.contains(changeId); }
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    void advanced(const latchkey::Change &change);

private:
    struct Watched
    {
        Change change;
        QDateTime until; ///< UTC
    };
    QCoro::Task<void> lookAtAll();
    [[nodiscard]] bool isChanging(const InstanceAddress &address) const;
    QCoro::Task<void> look(QString changeId);
    QCoro::Task<void> end(Change change, ChangePhase phase);
    void forget(const Change &change);

    Profiles &m_profiles;
    Inventory &m_inventory;
    KonnectClients &m_clients;
    ChangeJournal &m_journal;
    History &m_history;
    ChangeLock &m_lock;
    const Clock &m_clock;
    std::chrono::milliseconds m_duration{0};
    QHash<QString, Watched> m_watched; ///< By change id.
    QHash<QString, Change> m_ended;    ///< For those who wait.
    QTimer m_tick;
    bool m_looking = false;
    std::stop_source m_stop;
    Waiters m_waiters;
    RunningCount m_running;
};

} // namespace latchkey
