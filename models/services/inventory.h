// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/instancerecord.h"
#include "models/core/outcome.h"
#include "models/core/refresh.h"

#include <QCoroTask>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <stop_token>

namespace latchkey {

class KeyVault;
class KonnectClients;
class Profiles;
class SnapshotStore;

/// All instances of all profiles with what is known about their credentials.
///
/// The snapshot is shown first; a refresh lists every endpoint and reads one credential an instance. Where a read
/// fails the last good value stays, with its age and the reason. Changes are announced in batches, at most 30 a second.
class Inventory : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    Inventory(Profiles &profiles, KonnectClients &clients, SnapshotStore &snapshot, KeyVault &vault, const Clock &clock,
              QObject *parent = nullptr);

    QCoro::Task<Done> loadSnapshot();
    /// All profiles, or one. A refresh that is running is joined, not doubled. Ok even where endpoints failed: see
    /// `endpoints()`.
    QCoro::Task<Done> refresh(QString profileId = {});
    void cancelRefresh();
    /// Reads one instance and its credential anew. NotFound: the instance is gone; its record is removed.
    QCoro::Task<Outcome<InstanceRecord>> refreshOne(InstanceAddress address);

    [[nodiscard]] QList<InstanceRecord> records() const;
    [[nodiscard]] std::optional<InstanceRecord> find(const InstanceAddress &address) const;
    [[nodiscard]] QList<Integration> integrations(const QString &profileId, const QString &origin) const;
    [[nodiscard]] QList<EndpointState> endpoints() const;
    [[nodiscard]] const RefreshProgress &progress() const { return m_progress; }

    /// CredentialChanges tells what it learned or is about to do.
    void setCredential(const InstanceAddress &address, const std::optional<AuthCredential> &credential);
    void setChanging(const InstanceAddress &address, bool changing);
    /// A profile was removed or became another organization.
    void forgetProfile(const QString &profileId);

Q_SIGNALS:
    void recordsChanged(const QList<latchkey::InstanceRecord> &records); ///< New and changed ones.
    void recordsRemoved(const QList<latchkey::InstanceAddress> &addresses);
    void progressChanged(const latchkey::RefreshProgress &progress);
    void endpointsChanged();

private:
    Profiles &m_profiles;
    KonnectClients &m_clients;
    SnapshotStore &m_snapshot;
    KeyVault &m_vault;
    const Clock &m_clock;
    RefreshProgress m_progress;
};

} // namespace latchkey
