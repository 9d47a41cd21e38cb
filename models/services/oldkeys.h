// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/oldkey.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QList>
#include <QObject>
#include <QTimer>

namespace latchkey {

class AttentionMarks;
class ChangeJournal;
class ChangeRecovery;
class CredentialChanges;
class KeyVault;
class RevokedKeyStore;

/// Which old keys are still to be revoked at their services. The journal is asked each time: so a roll back
/// takes one away by itself, and what latchkeyctl or a start after a crash verified is in it too.
class OldKeys : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    OldKeys(ChangeJournal &journal, KeyVault &vault, RevokedKeyStore &store, AttentionMarks &marks,
            CredentialChanges &changes, ChangeRecovery &recovery, const Clock &clock,
            QObject *parent = nullptr);

    /// As they are in the database now. May be called again.
    QCoro::Task<Done> load();
    /// The user ticks one off, or takes that back.
    QCoro::Task<Done> setRevoked(QString changeId, bool isRevoked);
    /// Oldest first, also those that were ticked off. None before the first load().
    [[nodiscard]] QList<OldKey> all() const;
    /// Answers when no coroutine of this is under way. None begins by itself afterwards, unless a change
    /// does.
    QCoro::Task<void> idle();

Q_SIGNALS:
    void changed();

private:
    ChangeJournal &m_journal;
    KeyVault &m_vault;
    RevokedKeyStore &m_store;
    AttentionMarks &m_marks;
    const Clock &m_clock;
    QList<OldKey> m_keys; ///< Without marks.
    QTimer m_soon;        ///< A bulk run has several phases a second.
    RunningCount m_running;
};

} // namespace latchkey
