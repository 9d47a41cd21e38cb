// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/clock.h"
#include "models/core/keyversion.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>
#include <optional>
#include <stop_token>

namespace latchkey {

class ChangeJournal;
class ChangeLock;
class ChangeSaga;
class ChangeWatch;
class History;
class Inventory;
class KeyVault;
class KonnectClients;
class Profiles;
class Protection;

/// Creates, replaces and deletes credentials as journaled sagas: the only writer to Konnect.
///
/// Konnect has no update, so a replacement deletes first. Everything that can be checked is checked before
/// that DELETE: the change lock, the keys written to the keychain and read back, header names against the
/// integration's definition, the instance still there, the credential still the one that the user saw, the
/// server not holding us back.
class CredentialChanges : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    CredentialChanges(Profiles &profiles, Inventory &inventory, Protection &protection,
                      KonnectClients &clients, KeyVault &vault, ChangeJournal &journal, History &history,
                      ChangeLock &lock, ChangeWatch &watch, const Clock &clock, QObject *parent = nullptr);

    /// What the change would do and whether there is a way back. Sends nothing.
    [[nodiscard]] ChangePreview preview(ChangeKind kind, const InstanceAddress &address) const;

    /// What rolling back to the keys that were kept before the present ones would do; `record.keptKeys` says
    /// of when they are. Create where the instance has no credential now, as after a deletion.
    [[nodiscard]] ChangePreview previewRollBack(const InstanceAddress &address) const;

    /// Runs the change to its end. `stop` is honoured until the first write is sent. A Problem: nothing was
    /// sent and nothing changed. A Change: something was sent; its phase and problem say how it ended:
    /// - Abandoned: the first write was refused or never left, all is as before;
    /// - Deleted or Creating with a problem: the instance has no (known) new credential, and the new keys are
    /// kept
    ///   under `stagedVersion`;
    /// - Deleting with a problem: it is not known whether the old credential is gone;
    /// - Created with a problem: the new credential is there, but could not be noted or looked at;
    /// - Created without one: it was in order at the first look, and ChangeWatch goes on looking.
    QCoro::Task<Outcome<Change>> run(ChangeRequest request, std::stop_token stop = {});
    /// Brings back the keys that were kept before the present ones, as previewRollBack() has it: a change as
    /// any other. `expectedCredentialId`: the credential that the user saw and agreed to lose; empty for
    /// none.
    QCoro::Task<Outcome<Change>> rollBackTo(InstanceAddress address, QString expectedCredentialId,
                                            QString typedName, std::stop_token stop = {});
    /// Changes that an earlier run of Latchkey did not finish, oldest first; none that runs now.
    QCoro::Task<Outcome<QList<Change>>> unfinished();

    /// One of them. NotFound where it has ended, or runs now.
    QCoro::Task<Outcome<Change>> findUnfinished(QString changeId);
    /// Goes on with an unfinished change from where a GET shows it to stand. `typed`: the new keys, where
    /// they are not kept here (else NeedsDecision). Answers as `run()` does; a Problem leaves it as
    /// unfinished as before.
    QCoro::Task<Outcome<Change>> finish(QString changeId, HeaderKeys typed = {}, std::stop_token stop = {});
    /// The first half of run(), for a change that waits for its turn: checks, keeps the new keys, notes
    /// PREPARED and sends nothing. A Problem: as run(). Else the instance stays reserved until finish() goes
    /// on with it, or abandon() or release().
    QCoro::Task<Outcome<Change>> prepare(ChangeRequest request, std::stop_token stop = {});
    /// Reserves the instance of an unfinished change in the same way. NotFound as findUnfinished().
    QCoro::Task<Outcome<Change>> takeUp(QString changeId);
    /// Lets go of a reserved change, which stays as it is: unfinished.
    void release(const QString &changeId) { m_reserved.remove(changeId); }
    /// Ends a change of which nothing was sent: ABANDONED, its staged keys are discarded. Refused where it
    /// was begun. A Problem leaves it as unfinished as before.
    QCoro::Task<Outcome<Change>> abandon(QString changeId);
    /// For another operation on the instance: as long as the answer is held, so is the change lock, and no
    /// change of the instance can begin. InUse where one is under way. Must not outlive this.
    [[nodiscard]] Outcome<std::shared_ptr<void>> reserve(const InstanceAddress &address);
    /// Stops the changes under way that have not sent anything yet, as the `stop` of their run() would.
    void stopPreparing();
    [[nodiscard]] bool isRunning() const { return !m_under.isEmpty(); }
    /// Answers when no coroutine of this is under way. A change is never cut short: this waits for its end.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    /// Each phase as it is reached, those that the watch finds too.
    void advanced(const latchkey::Change &change);
    /// A change began or ended: see isRunning().
    void runningChanged();

private:
    Profiles &m_profiles;
    Inventory &m_inventory;
    Protection &m_protection;
    KonnectClients &m_clients;
    KeyVault &m_vault;
    ChangeJournal &m_journal;
    History &m_history;
    ChangeLock &m_lock;
    ChangeWatch &m_watch;
    const Clock &m_clock;
    class Held;
    /// One change of an instance at a time, and none while another Latchkey changes something.
    [[nodiscard]] Outcome<std::unique_ptr<Held>> hold(const InstanceAddress &address);
    /// The change that is reserved, or an unfinished one that is held from now on.
    QCoro::Task<Outcome<std::shared_ptr<Held>>> claim(QString changeId);
    [[nodiscard]] std::unique_ptr<ChangeSaga> saga(ChangeRequest request, Held &held,
                                                   const std::stop_token &stop);
    void watchOver(const Outcome<Change> &result);
    [[nodiscard]] std::optional<KeyVersion> earlierKeys(const InstanceRecord &record) const;

    QSet<std::pair<QString, QString>> m_under; ///< Origin and instance id of what is being changed.
    QSet<QString> m_runningIds;
    std::stop_source m_preparing;
    RunningCount m_running;
    QHash<QString, std::shared_ptr<Held>> m_reserved; ///< By change id; goes before what it uses.
};

} // namespace latchkey
