// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/instancerecord.h"
#include "models/core/outcome.h"
#include "models/core/profile.h"
#include "models/core/refresh.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>
#include <stop_token>

namespace latchkey {

class AttentionMarks;
class ExpiryRecords;
class KeyVault;
class KonnectClient;
class KonnectClients;
class Profiles;
class Protection;
class SnapshotStore;

/// All instances of all profiles with what is known about their credentials.
///
/// The snapshot is shown first; a refresh lists every endpoint and reads one credential an instance. Where a
/// read fails the last good value stays, with its age and the reason. Changes are announced in batches, at
/// most 30 a second.
///
/// Where another token sees none of the known instances, it may belong to another organization: the profile
/// is in doubt, and what that token sees is kept apart until the user has answered or a known instance is
/// seen again.
class Inventory : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    Inventory(Profiles &profiles, KonnectClients &clients, SnapshotStore &snapshot, KeyVault &vault,
              Protection &protection, ExpiryRecords &expiries, AttentionMarks &marks, const Clock &clock,
              QObject *parent = nullptr);
    ~Inventory() override;

    QCoro::Task<Done> loadSnapshot();
    /// All profiles, or one. A refresh that is running is joined, not doubled. Ok even where endpoints
    /// failed: see `endpoints()`. Canceled where `cancelRefresh()` ended it.
    QCoro::Task<Done> refresh(QString profileId = {});
    /// Ends everything that reads, `refreshOne()` too. What was read until now stays.
    void cancelRefresh();
    /// Reads one instance and its credential anew. NotFound: the instance is gone; its record is removed.
    QCoro::Task<Outcome<InstanceRecord>> refreshOne(InstanceAddress address);

    [[nodiscard]] QList<InstanceRecord> records() const;
    [[nodiscard]] std::optional<InstanceRecord> find(const InstanceAddress &address) const;
    [[nodiscard]] QList<Integration> integrations(const QString &profileId, const QString &origin) const;
    /// One state an endpoint of each profile; one without time and problem was never read.
    [[nodiscard]] QList<EndpointState> endpoints() const;
    [[nodiscard]] FailedReads failedReads() const;
    [[nodiscard]] const RefreshProgress &progress() const { return m_progress; }

    /// CredentialChanges tells what it learned or is about to do. Answers of a refresh that were asked for
    /// before are dropped. Every profile that sees the instance is told. Whether Konnect calls the instance
    /// authorized is not known any more where the credential is another one.
    void setCredential(const InstanceAddress &address, const std::optional<AuthCredential> &credential);
    void setChanging(const InstanceAddress &address, bool changing);
    /// The same of the instance itself, its labels among it.
    void setInstance(const InstanceAddress &address, const IntegrationInstance &instance);
    /// A profile was removed or became another organization. Called by itself on the signals of Profiles.
    void forgetProfile(const QString &profileId);
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    void recordsChanged(const QList<latchkey::InstanceRecord> &records); ///< New and changed ones.
    void recordsRemoved(const QList<latchkey::InstanceAddress> &addresses);
    void progressChanged(const latchkey::RefreshProgress &progress);
    void endpointsChanged();

private:
    struct Run;
    struct EndpointRun;
    using EndpointKey = std::pair<QString, QString>; ///< Profile id and origin.

    QCoro::Task<void> refreshProfile(std::shared_ptr<Run> run, Profile profile);
    QCoro::Task<void> refreshEndpoint(std::shared_ptr<Run> run, std::shared_ptr<EndpointRun> part,
                                      Profile profile);
    QCoro::Task<void> readCatalog(std::shared_ptr<Run> run, std::shared_ptr<EndpointRun> part);
    QCoro::Task<void> readCredential(std::shared_ptr<Run> run, std::shared_ptr<EndpointRun> part,
                                     InstanceAddress address);
    QCoro::Task<Done> judge(std::shared_ptr<Run> run);
    QCoro::Task<Done> settle(std::shared_ptr<Run> run);
    QCoro::Task<Done> saveUnsaved();
    QCoro::Task<void> saveInBackground();
    QCoro::Task<void> saveEndpoint(EndpointState state);
    QCoro::Task<void> saveCatalog(QString profileId, QString origin, QList<Integration> integrations);
    void finish(const std::shared_ptr<Run> &run);

    void takeInstances(const std::shared_ptr<Run> &run, const std::shared_ptr<EndpointRun> &part,
                       const QList<IntegrationInstance> &fresh);
    void startReads(const std::shared_ptr<Run> &run, const std::shared_ptr<EndpointRun> &part);
    void startTrial(Run &run) const;
    void release(const std::shared_ptr<Run> &run, const std::shared_ptr<EndpointRun> &part);
    void mergeHeld(const std::shared_ptr<Run> &run, const std::shared_ptr<EndpointRun> &part);
    void takeCatalog(const EndpointRun &part, const QList<Integration> &integrations);
    void endpointListed(const Run &run, const EndpointRun &part);
    void endpointFailed(const std::shared_ptr<EndpointRun> &part, const Problem &problem);
    void markUnread(const EndpointRun &part, const Problem &problem);
    EndpointState &stateOf(const EndpointRun &part);
    InstanceRecord &recordFor(const InstanceAddress &address);
    void mergeInstance(const InstanceAddress &address, const QString &label,
                       const IntegrationInstance &instance);
    void applyCatalog(InstanceRecord &record) const;
    void dress(InstanceRecord &record) const;
    void dressAnew(const InstanceAddress &address);
    [[nodiscard]] KeptKeys keptFor(const InstanceRecord &record) const;
    void onProfilesChanged();
    void onOrganizationConfirmed(const QString &profileId);
    void removeRecords(const QList<InstanceAddress> &addresses);
    void touch(const InstanceAddress &address, bool save);
    [[nodiscard]] QList<InstanceAddress> seenBy(const QString &origin, const QString &instanceId) const;
    void showProgress();
    void announceSoon();
    void announce();

    Profiles &m_profiles;
    KonnectClients &m_clients;
    SnapshotStore &m_snapshot;
    KeyVault &m_vault;
    Protection &m_protection;
    ExpiryRecords &m_expiries;
    AttentionMarks &m_marks;
    const Clock &m_clock;
    RefreshProgress m_progress;
    QHash<InstanceAddress, InstanceRecord> m_records;
    /// Grows when a change learned something: an answer that was asked for before is dropped.
    QHash<InstanceAddress, quint64> m_revisions;
    QHash<EndpointKey, QHash<QString, Integration>> m_catalogs; ///< By name.
    QHash<EndpointKey, EndpointState> m_endpoints;
    QHash<EndpointKey, int> m_waits;
    QHash<QString, std::shared_ptr<Run>> m_runs; ///< By profile id.
    std::stop_source m_stopSingles;              ///< Of the `refreshOne()` under way.
    QSet<InstanceAddress> m_dirty;
    QSet<InstanceAddress> m_unsaved;
    bool m_progressDirty = false;
    QTimer m_announceTimer;
    RunningCount m_running;
};

} // namespace latchkey
