// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/profile.h"
#include "models/core/secret.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <optional>
#include <stop_token>

namespace latchkey {

class KeyVault;
class KonnectClients;
class ProfileStore;
class SnapshotStore;

/// The organizations that the user set up.
class Profiles : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    Profiles(ProfileStore &store, SnapshotStore &snapshot, KeyVault &vault, KonnectClients &clients,
             QObject *parent = nullptr);

    /// Also removes the tokens that no profile names.
    QCoro::Task<Done> load();
    [[nodiscard]] const QList<Profile> &all() const { return m_profiles; }
    [[nodiscard]] std::optional<Profile> find(const QString &profileId) const;
    /// By id, else by name (case-insensitively).
    [[nodiscard]] std::optional<Profile> findByName(const QString &idOrName) const;

    /// Adds (empty id) or changes a profile. An empty `token` keeps the one there is; it is required where a
    /// URL changed. With `tokenInMemory` the token is not kept beyond this run. InvalidInput names the field
    /// (`name`, `url`, `token`) in `invalidParameters`; a Problem means that nothing was changed.
    QCoro::Task<Outcome<Profile>> save(Profile profile, Secret token, bool tokenInMemory);
    /// Removes the profile, its token and its snapshot. Kept keys stay: they belong to instances.
    QCoro::Task<Done> remove(QString profileId);
    /// The user said that the token belongs to the organization that this profile always meant (or to a new
    /// one: `sameOrganization` false, which forgets the snapshot).
    QCoro::Task<Done> answerOrganizationQuestion(QString profileId, bool sameOrganization);
    /// Inventory noticed that none of the known instances is visible with the profile's token.
    QCoro::Task<Done> doubtOrganization(QString profileId);
    /// Inventory saw a known instance: there is no doubt any more.
    QCoro::Task<Done> believeOrganization(QString profileId);
    /// A token for a profile without a stored one: from `--token-env`, or typed when no keychain is there. It
    /// takes the place of a stored one until Latchkey closes.
    QCoro::Task<Done> useToken(QString profileId, Secret token);
    /// Such a token stands in for one that is stored: what it sees is not held against the stored one.
    [[nodiscard]] bool hasPassingToken(const QString &profileId) const;

    /// Tries each endpoint, step by step. `token` empty: the kept one.
    QCoro::Task<QList<EndpointTest>> test(Profile profile, Secret token, std::stop_token stop);
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    void profilesChanged();
    /// The answer to the question: the instances that are gone are really gone, or all that was known is
    /// void.
    void organizationConfirmed(const QString &profileId);
    void organizationReplaced(const QString &profileId);

private:
    [[nodiscard]] std::optional<Problem> refusalOf(const Profile &profile, const Secret &token) const;
    [[nodiscard]] qsizetype indexOf(const QString &profileId) const;
    QCoro::Task<Done> setDoubt(QString profileId, bool doubt);
    void setDoubtHere(const QString &profileId, bool doubt);
    void replaceOrAdd(const Profile &profile);

    ProfileStore &m_store;
    SnapshotStore &m_snapshot;
    KeyVault &m_vault;
    KonnectClients &m_clients;
    QList<Profile> m_profiles;
    /// Where a token that lives in memory stands in for the stored one: the stored version by profile id.
    QHash<QString, QString> m_storedTokens;
    RunningCount m_running;
};

} // namespace latchkey
