// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/handover.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QList>
#include <QObject>

#include <stop_token>

namespace latchkey {

class CredentialChanges;
class Inventory;
class KeyVault;
class Profiles;

/// Sends the keys that are kept for one instance to another of the same integration, in any profile; the only
/// way for kept keys to another instance or origin, and always a step of its own that names both.
///
/// Konnect cannot move a credential either: a move is a creation (or replacement) there and then a deletion
/// here, each a journaled change. The deletion is begun only when the other credential is in order, so
/// whatever goes wrong in between leaves the keys at both places.
class KeyHandover : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    KeyHandover(Profiles &profiles, Inventory &inventory, KeyVault &vault, CredentialChanges &changes,
                QObject *parent = nullptr);

    /// All other known instances of its integration, in the order of their titles.
    [[nodiscard]] QList<InstanceRecord> targets(const InstanceAddress &from) const;
    /// Sends nothing.
    [[nodiscard]] HandoverPreview preview(HandoverKind kind, const InstanceAddress &from,
                                          const InstanceAddress &to) const;
    /// `stop` is honoured until each of the two changes sends something. A Problem: nothing was sent and
    /// nothing changed. Else what became of the two.
    QCoro::Task<Outcome<HandoverResult>> run(HandoverRequest request, std::stop_token stop = {});
    /// Those under way begin no deletion: what was created there stays beside what is here.
    void stop();
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

private:
    Profiles &m_profiles;
    Inventory &m_inventory;
    KeyVault &m_vault;
    CredentialChanges &m_changes;
    std::stop_source m_stop;
    RunningCount m_running;
};

} // namespace latchkey
