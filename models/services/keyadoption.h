// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/clock.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QObject>

#include <stop_token>

namespace latchkey {

class ChangeJournal;
class CredentialChanges;
class History;
class Inventory;
class KeyVault;
class KonnectClients;
class Profiles;

/// Keeps the keys of a credential that somebody else made, as the user enters them. Konnect is only asked
/// whether it still has that credential: it never returns keys, so nothing proves that they are right.
class KeyAdoption : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    KeyAdoption(Profiles &profiles, Inventory &inventory, KonnectClients &clients, KeyVault &vault,
                ChangeJournal &journal, History &history, CredentialChanges &changes, const Clock &clock,
                QObject *parent = nullptr);

    /// What stands in the way, as far as known here: no credential with header keys, or one whose keys are
    /// kept already, unless they were only entered too.
    [[nodiscard]] ChangePreview preview(const InstanceAddress &address) const;

    /// Writes the keys to the keychain and makes them the current ones of `expectedCredentialId`, which the
    /// user saw. A Problem: nothing changed. `expires`: as ChangeRequest::expires.
    QCoro::Task<Outcome<Change>> adopt(InstanceAddress address, QString expectedCredentialId, HeaderKeys keys,
                                       std::stop_token stop = {}, QDate expires = {});
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    /// The keys are kept.
    void adopted(const latchkey::Change &change);

private:
    /// The credential is still the one that the user saw.
    QCoro::Task<Done> checkCredential(InstanceRecord record, QString expectedCredentialId,
                                      std::stop_token stop);
    QCoro::Task<Outcome<Change>> keep(InstanceRecord record, HeaderKeys keys, QDate expires,
                                      std::stop_token stop);

    Profiles &m_profiles;
    Inventory &m_inventory;
    KonnectClients &m_clients;
    KeyVault &m_vault;
    ChangeJournal &m_journal;
    History &m_history;
    CredentialChanges &m_changes;
    const Clock &m_clock;
    RunningCount m_running;
};

} // namespace latchkey
