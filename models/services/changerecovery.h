// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/outcome.h"
#include "models/core/unfinishedchange.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QList>
#include <QObject>
#include <QString>

#include <stop_token>

namespace latchkey {

class ChangeJournal;
class ChangeLock;
class CredentialChanges;
class History;
class Inventory;
class KeyVault;
class KonnectClients;
class Profiles;

/// What becomes of changes that a crash, a lost answer or a full disk interrupted, and the way back from
/// those that have ended. A GET decides where a change stands, never the journal alone.
class ChangeRecovery : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    ChangeRecovery(Profiles &profiles, Inventory &inventory, KonnectClients &clients, KeyVault &vault,
                   ChangeJournal &journal, History &history, ChangeLock &lock, CredentialChanges &changes,
                   const Clock &clock, QObject *parent = nullptr);

    /// All unfinished changes, oldest first, each with what a GET shows now and which keys can be read. Those
    /// whose new credential turns out to be in order are noted as VERIFIED and left out. InUse where another
    /// Latchkey is changing something: they may be its own.
    QCoro::Task<Outcome<QList<UnfinishedChange>>> examine(std::stop_token stop = {});
    /// The same for one change. An ended one is judged by what it left, so that its way back can be offered
    /// too.
    QCoro::Task<Outcome<UnfinishedChange>> examineOne(QString changeId, std::stop_token stop = {});
    /// Brings back what was there before the change, which may be unfinished or ended. Where something has to
    /// be sent this is a change of its own (`Change::undoes`), and the answer is that one; else it is the
    /// change, ROLLED_BACK. `typedName` as in ChangeRequest; of an unfinished change only needed where
    /// UnfinishedChange::rollBackDeletesUnconfirmed().
    QCoro::Task<Outcome<Change>> rollBack(QString changeId, QString typedName = {},
                                          std::stop_token stop = {});
    /// Ends an unfinished change without sending anything. A credential that a GET shows to be the new one
    /// gets its keys promoted; all other keys stay kept as they are.
    QCoro::Task<Outcome<Change>> leave(QString changeId);
    /// Those under way that have not begun to send anything end as Canceled.
    void stop();
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    /// A change that was unfinished has ended without anything being sent for it.
    void ended(const latchkey::Change &change);

private:
    QCoro::Task<UnfinishedChange> look(Change change, std::stop_token stop);
    QCoro::Task<bool> isReadable(QString versionId, InstanceAddress address);
    QCoro::Task<Outcome<Change>> rollBackEnded(Change change, QString typedName, std::stop_token stop);
    QCoro::Task<Outcome<Change>> rollBackUnfinished(Change change, QString typedName, std::stop_token stop);
    /// Notes an ended phase, and in the same transaction what it means for the instance's keys. NotFound
    /// where the change is not any more as it was when Konnect was asked.
    QCoro::Task<Outcome<Change>> note(UnfinishedChange unfinished, ChangePhase phase);

    Profiles &m_profiles;
    Inventory &m_inventory;
    KonnectClients &m_clients;
    KeyVault &m_vault;
    ChangeJournal &m_journal;
    History &m_history;
    ChangeLock &m_lock;
    CredentialChanges &m_changes;
    const Clock &m_clock;
    std::stop_source m_stop;
    RunningCount m_running;
};

} // namespace latchkey
