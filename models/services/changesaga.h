// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/clock.h"
#include "models/core/outcome.h"
#include "models/core/profile.h"

#include <QCoroTask>
#include <QElapsedTimer>

#include <functional>
#include <memory>
#include <stop_token>

namespace latchkey {

class ChangeJournal;
class History;
class Inventory;
class KeyVault;
class KonnectClient;
class KonnectClients;
class Profiles;
class Protection;

/// One change from top to bottom; see CredentialChanges::run(). Must live until `run()` has answered.
class ChangeSaga
{
public:
    struct Collaborators
    {
        Profiles *profiles;
        Inventory *inventory;
        Protection *protection;
        KonnectClients *clients;
        KeyVault *vault;
        ChangeJournal *journal;
        History *history;
        const Clock *clock;
        bool watched; ///< Somebody goes on looking at the new credential: the first look does not verify it.
    };
    using Announce = std::function<void(const Change &)>;

    ChangeSaga(Collaborators with, ChangeRequest request, std::stop_token stop, Announce announce);

    QCoro::Task<Outcome<Change>> run();
    /// The first half of `run()`: a Problem as there, else the change is PREPARED and nothing was sent.
    QCoro::Task<Done> prepare();
    [[nodiscard]] const Change &change() const { return m_change; }
    /// Ends a change that is PREPARED: ABANDONED, its staged keys are discarded. A Problem: it is as before.
    QCoro::Task<Outcome<Change>> abandon(Change change);
    /// Goes on with a change that has not ended, from what a GET shows now. The request describes it; its
    /// keys are those that the user entered again, or none: then they are read from the keychain. A Problem:
    /// nothing more was sent, and the change is as unfinished as before.
    QCoro::Task<Outcome<Change>> finish(Change change);

private:
    using Credential = std::optional<AuthCredential>;
    /// What a write came to, after a GET has settled what its answer left open.
    enum class Settled {
        Achieved,
        Refused, ///< Konnect said no; nothing was changed by it.
        Ended,   ///< The change ends here; phase and problem say how.
    };

    // Before anything is sent (changesaga_prepare.cpp)
    QCoro::Task<Done> reach();
    QCoro::Task<Done> check();
    /// What another change of the instance has sent may still arrive, or what it finds later be this one's.
    QCoro::Task<Done> checkNothingOpen();
    QCoro::Task<Done> checkWayBack();
    QCoro::Task<Done> takeKeptKeys(QString versionId, InstanceAddress keptFor);
    QCoro::Task<Done> checkInstance();
    QCoro::Task<Done> checkNewCredential(IntegrationInstance instance);
    QCoro::Task<Done> checkCredential();
    QCoro::Task<Done> stage();
    QCoro::Task<void> undoPreparation();
    QCoro::Task<void> discardStaged();
    /// The new keys are those of an earlier credential of this instance: kept before the change, and after
    /// it.
    [[nodiscard]] bool isWayBack() const { return !m_request.fromVersion.isEmpty() && !m_request.keysOf; }
    [[nodiscard]] bool isStopped() const { return m_stop.stop_requested(); }

    // Going on with an unfinished one (changesaga_finish.cpp)
    QCoro::Task<Done> takeUpKeys();
    QCoro::Task<void> findGap();
    QCoro::Task<Outcome<Change>> takeCreated(AuthCredential found, Standing standing);

    // The writes
    QCoro::Task<Outcome<Change>> proceed(bool oldIsThere);
    QCoro::Task<Outcome<Change>> endAsBefore();
    QCoro::Task<Settled> removeOld();
    QCoro::Task<Settled> settleDelete(Problem unclear);
    QCoro::Task<Settled> createNew();
    QCoro::Task<Settled> createRefused(Problem problem);
    QCoro::Task<Settled> settleCreate(Problem unclear);
    QCoro::Task<Settled> created(AuthCredential credential);
    QCoro::Task<Settled> foreign(AuthCredential found);
    QCoro::Task<Done> promote(ChangePhase phase);
    QCoro::Task<void> verify();
    /// `note()` of what follows CREATED.
    QCoro::Task<void> noteEnd(ChangePhase phase);
    QCoro::Task<void> finishDelete();
    [[nodiscard]] bool nothingSent() const { return m_writes == 0; }

    /// Durable when ok; the phase stays what it was where the journal refuses.
    QCoro::Task<Done> record(ChangePhase phase);
    /// The same where the step is already taken: a refusal becomes part of the change's problem.
    QCoro::Task<Done> note(ChangePhase phase);
    void told(const Problem &problem);
    [[nodiscard]] QString title() const { return m_change.instanceTitle; }

    Collaborators m_with;
    ChangeRequest m_request;
    std::stop_token m_stop;
    Announce m_announce;
    Profile m_profile;
    std::shared_ptr<KonnectClient> m_client;
    Change m_change;
    bool m_isTakenUp = false;                          ///< An earlier run of Latchkey began it.
    ChangePhase m_phaseBefore = ChangePhase::Prepared; ///< Of a change that was taken up.
    bool m_promoted = false; ///< CREATED is durable, and the staged version current.
    int m_writes = 0;        ///< Requests that may have reached Konnect and changed something.
    int m_posts = 0;         ///< Those of them that create, with those of earlier runs that may still arrive.
    QElapsedTimer m_gap;     ///< Runs from the DELETE.
    QDateTime m_gapSince;    ///< UTC; the DELETE of an earlier run of Latchkey, invalid where there was none.
};

} // namespace latchkey
