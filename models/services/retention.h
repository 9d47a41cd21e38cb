// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/keyoverview.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QString>
#include <QStringList>

namespace latchkey {

class ChangeLock;
class KeyVault;
class SettingsStore;

/// How long keys are kept after newer ones took their place. What is forgotten is forgotten under the change
/// lock, and not while this process changes something: a change may be about to go back to it.
class Retention
{
public:
    /// All collaborators must outlive this.
    Retention(KeyVault &vault, SettingsStore &settings, ChangeLock &lock);

    /// All sets of keys that have a row. Does not ask the keychain.
    QCoro::Task<Outcome<QList<KeptVersion>>> kept();
    /// As the user has set it.
    QCoro::Task<Outcome<int>> days();
    /// Forgets what is due (see KeptVersion::goesAt) and answers with the versions that are gone. Asks the
    /// keychain only where something is due, shows no prompt, and stops at the first refusal.
    QCoro::Task<Outcome<QStringList>> forgetDue();
    /// Forgets a previous version, or a staged one that no change needs, now. Konnect never returns keys:
    /// the user was asked.
    QCoro::Task<Done> forgetNow(QString versionId);

    /// Begins no further removal.
    void stop() { m_stopped = true; }
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

private:
    QCoro::Task<Done> forget(QString versionId);

    KeyVault &m_vault;
    SettingsStore &m_settings;
    ChangeLock &m_lock;
    bool m_stopped = false;
    RunningCount m_running;
};

} // namespace latchkey
