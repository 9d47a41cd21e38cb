// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/changesaga.h"

#include "models/konnect/konnectclient.h"
#include "models/services/changechecks.h"
#include "models/services/changewords.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/storage/changejournal.h"

namespace latchkey {

namespace {

/// Of each write, every one journaled; then the user decides.
constexpr int MostAttempts = 3;

/// Konnect's own no, or a request that never left. What may have arrived is OutcomeUnknown, whatever its
/// answer was, and only a GET can tell.
bool wasSurelyNotDone(const Problem &problem)
{
    return problem.category != Problem::Category::OutcomeUnknown;
}

/// Nothing was done, and the same may be tried again after a GET.
bool mayBeTriedAgain(const Problem &problem)
{
    return problem.category == Problem::Category::Conflict ||
           problem.category == Problem::Category::RateLimited;
}

} // namespace

ChangeSaga::ChangeSaga(Collaborators with, ChangeRequest request, std::stop_token stop, Announce announce)
    : m_with(with)
    , m_request(std::move(request))
    , m_stop(std::move(stop))
    , m_announce(std::move(announce))
{
}

QCoro::Task<Outcome<Change>> ChangeSaga::run()
{
    Done prepared = co_await prepare();
    if (!prepared)
        co_return std::move(prepared).problem();
    Outcome<Change> result = co_await proceed(m_request.kind != ChangeKind::Create);
    co_return result;
}

QCoro::Task<Outcome<Change>> ChangeSaga::proceed(bool oldIsThere)
{
    Settled settled = Settled::Achieved;
    if (oldIsThere)
        settled = co_await removeOld();
    if (settled == Settled::Achieved && m_request.kind == ChangeKind::Delete) {
        co_await finishDelete();
    } else if (settled == Settled::Achieved) {
        if (oldIsThere)
            co_await note(ChangePhase::Deleted);
        settled = co_await createNew();
        if (settled == Settled::Achieved)
            co_await verify();
    }
    if (settled == Settled::Refused || nothingSent()) {
        Outcome<Change> asBefore = co_await endAsBefore();
        co_return asBefore;
    }
    Change result = m_change;
    co_return Outcome<Change>(std::move(result));
}

/// Konnect refused the first write, or the journal the very first step.
QCoro::Task<Outcome<Change>> ChangeSaga::endAsBefore()
{
    if (nothingSent()) {
        Problem problem = m_change.problem.value_or(Problem());
        if (!m_isTakenUp)
            co_await undoPreparation();
        co_return problem;
    }
    if (m_isTakenUp) {
        // What an earlier run may have sent is as open as it was: the change stays unfinished.
        co_await note(m_phaseBefore);
    } else {
        const Done recorded = co_await note(ChangePhase::Abandoned);
        // As long as a row names the keys, they stay.
        if (recorded)
            co_await discardStaged();
    }
    Change result = m_change;
    co_return Outcome<Change>(std::move(result));
}

QCoro::Task<ChangeSaga::Settled> ChangeSaga::removeOld()
{
    for (int attempt = 1; attempt <= MostAttempts; ++attempt) {
        Done recorded = co_await record(ChangePhase::Deleting);
        if (!recorded) {
            told(recorded.problem());
            co_return Settled::Ended;
        }
        ++m_writes;
        if (attempt == 1)
            m_gap.start();
        Outcome<DeleteAnswer> answer =
            co_await m_client->deleteCredential(m_request.address.instanceId, m_request.expectedCredentialId);
        if (answer)
            co_return Settled::Achieved;
        const Problem &problem = answer.problem();
        const bool isAnother = problem.category == Problem::Category::Refused;
        if (wasSurelyNotDone(problem) && (attempt == 1 || !isAnother)) {
            m_change.problem = problem;
            if (isAnother) {
                // Its words name both, and the table shows the other one.
                const Done looked = co_await checkCredential();
                if (!looked && looked.problem().category == Problem::Category::Refused)
                    m_change.problem = looked.problem();
            }
            // An earlier attempt may still be on its way: what is true then is not known before somebody
            // looks.
            if (attempt == 1)
                co_return Settled::Refused;
            co_await note(ChangePhase::Deleting);
            co_return Settled::Ended;
        }
        const Settled settled = co_await settleDelete(problem);
        if (settled != Settled::Refused)
            co_return settled;
    }
    m_change.problem = changewords::stillThere(m_change, MostAttempts);
    co_await note(ChangePhase::Deleting);
    co_return Settled::Ended;
}

/// Refused: the old credential is still there.
QCoro::Task<ChangeSaga::Settled> ChangeSaga::settleDelete(Problem unclear)
{
    Outcome<Credential> answer = co_await m_client->credential(m_request.address.instanceId);
    if (!answer) {
        m_change.problem = changewords::deleteNotKnown(m_change, unclear, answer.problem());
        co_await note(ChangePhase::Deleting);
        co_return Settled::Ended;
    }
    const Credential found = answer.value();
    if (!found)
        co_return Settled::Achieved;
    if (found->id == m_change.oldCredentialId)
        co_return Settled::Refused;
    const Settled settled = co_await foreign(*found);
    co_return settled;
}

QCoro::Task<void> ChangeSaga::finishDelete()
{
    m_with.inventory->setCredential(m_request.address, std::nullopt);
    Change next = m_change;
    next.phase = ChangePhase::Deleted;
    next.updatedAt = m_with.clock->now();
    next.problem.reset();
    Done recorded = co_await m_with.journal->recordDeleted(next);
    m_change = next;
    if (!recorded)
        told(changewords::notNoted(m_change, recorded.problem()));
    m_announce(m_change);
    co_await m_with.vault->reload(m_request.address);
}

QCoro::Task<ChangeSaga::Settled> ChangeSaga::createNew()
{
    if (m_request.kind == ChangeKind::Replace)
        m_with.inventory->setCredential(m_request.address, std::nullopt);
    Problem last;
    const int before = m_change.postAttempts;
    // Of those that an earlier run sent, all were answered where it did not stop at CREATING.
    m_posts = m_phaseBefore == ChangePhase::Creating ? before : 0;
    for (int attempt = 1; attempt <= MostAttempts; ++attempt) {
        m_change.postAttempts = before + attempt;
        // The GET or DELETE just before carried it.
        if (attempt == 1)
            m_change.sentAt = m_client->lastServerDate();
        Done recorded = co_await record(ChangePhase::Creating);
        if (!recorded) {
            m_change.postAttempts = before + attempt - 1;
            m_change.problem =
                nothingSent() ? recorded.problem() : changewords::notCreated(m_change, recorded.problem());
            co_return Settled::Ended;
        }
        ++m_writes;
        ++m_posts;
        NewCredential body = m_request.credential.clone();
        Outcome<CreateAnswer> answer =
            co_await m_client->createCredential(m_request.address.instanceId, std::move(body));
        if (answer) {
            const Settled settled = co_await created(answer.value().credential);
            co_return settled;
        }
        last = answer.problem();
        if (wasSurelyNotDone(last) && !mayBeTriedAgain(last)) {
            const Settled settled = co_await createRefused(last);
            co_return settled;
        }
        const Settled settled = co_await settleCreate(last);
        if (settled != Settled::Refused)
            co_return settled;
    }
    m_change.problem = changewords::notTaken(m_change, last);
    co_await note(ChangePhase::Creating);
    co_return Settled::Ended;
}

QCoro::Task<ChangeSaga::Settled> ChangeSaga::createRefused(Problem problem)
{
    if (m_request.kind == ChangeKind::Create && m_change.postAttempts == 1) {
        m_change.problem = problem;
        co_return Settled::Refused;
    }
    m_change.problem = changewords::notCreated(m_change, problem);
    // Nothing that comes to be there later is this one's.
    if (m_posts == 1)
        m_change.sentAt = {};
    // An earlier attempt may still be on its way.
    co_await note(m_posts == 1 ? ChangePhase::Deleted : ChangePhase::Creating);
    co_return Settled::Ended;
}

/// Refused: there is no credential, and another attempt may be made.
QCoro::Task<ChangeSaga::Settled> ChangeSaga::settleCreate(Problem unclear)
{
    Outcome<Credential> answer = co_await m_client->credential(m_request.address.instanceId);
    if (!answer) {
        m_change.problem = changewords::createNotKnown(m_change, unclear, answer.problem());
        co_await note(ChangePhase::Creating);
        co_return Settled::Ended;
    }
    const Credential found = answer.value();
    if (!found)
        co_return Settled::Refused;
    // Refused, and no other was sent: nothing of ours can be there.
    const bool noneOfOurs = m_posts == 1 && wasSurelyNotDone(unclear);
    const Standing standing = noneOfOurs ? Standing::Other : standingOf(m_change, found);
    if (found->id == m_change.oldCredentialId) {
        // Konnect said that it is gone and shows it all the same.
        m_with.inventory->setCredential(m_request.address, found);
        m_change.problem = changewords::stillThere(m_change, 1);
        co_await note(ChangePhase::Creating);
        co_return Settled::Ended;
    }
    if (standing != Standing::ProbablyNew) {
        const Settled settled = co_await foreign(*found);
        co_return settled;
    }
    m_change.probablyOurs = true;
    const Settled settled = co_await created(*found);
    co_return settled;
}

QCoro::Task<ChangeSaga::Settled> ChangeSaga::foreign(AuthCredential found)
{
    m_with.inventory->setCredential(m_request.address, found);
    m_change.problem = changewords::foreign(m_change, found);
    co_await note(ChangePhase::Foreign);
    co_await m_with.vault->reload(m_request.address);
    co_return Settled::Ended;
}

QCoro::Task<ChangeSaga::Settled> ChangeSaga::created(AuthCredential credential)
{
    if (m_gap.isValid())
        m_change.gapMs = m_gap.elapsed();
    else if (m_gapSince.isValid())
        m_change.gapMs = m_gapSince.msecsTo(m_with.clock->now());
    m_with.inventory->setCredential(m_request.address, credential);
    m_change.newCredentialId = credential.id;
    m_change.problem.reset();
    Done recorded = co_await promote(ChangePhase::Created);
    if (!recorded)
        told(changewords::notNoted(m_change, recorded.problem()));
    m_announce(m_change);
    Done reloaded = co_await m_with.vault->reload(m_request.address);
    if (!reloaded)
        told(reloaded.problem());
    const std::optional<KeyVersion> current = m_with.vault->current(m_request.address);
    if (m_promoted && !m_change.stagedVersion.isEmpty() &&
        (!current || current->id != m_change.stagedVersion))
        told(changewords::keysLost(m_change));
    co_return Settled::Achieved;
}

QCoro::Task<Done> ChangeSaga::promote(ChangePhase phase)
{
    m_change.phase = phase;
    m_change.updatedAt = m_with.clock->now();
    const Change next = m_change;
    Done recorded = co_await m_with.journal->recordCreated(next);
    m_promoted = recorded.ok();
    co_return recorded;
}

QCoro::Task<void> ChangeSaga::verify()
{
    Outcome<Credential> answer = co_await m_client->credential(m_request.address.instanceId);
    if (!answer) {
        told(changewords::notVerified(m_change, answer.problem()));
        co_await noteEnd(ChangePhase::Created);
        co_return;
    }
    const Credential found = answer.value();
    m_with.inventory->setCredential(m_request.address, found);
    if (!found || found->id != m_change.newCredentialId) {
        m_change.problem = changewords::notTheNewOne(m_change, found);
        co_await noteEnd(found ? ChangePhase::Foreign : ChangePhase::Created);
        co_return;
    }
    const bool healthy = !found->tainted.value_or(false) && found->missingPermissions.isEmpty();
    if (!healthy && !m_change.problem)
        m_change.problem = changewords::notHealthy(m_change, *found);
    const ChangePhase good = m_with.watched ? ChangePhase::Created : ChangePhase::Verified;
    co_await noteEnd(healthy ? good : ChangePhase::NotHealthy);
}

QCoro::Task<void> ChangeSaga::noteEnd(ChangePhase phase)
{
    if (m_promoted) {
        if (phase != m_change.phase || m_change.problem)
            co_await note(phase);
        co_return;
    }
    // VERIFIED is final: on its own it would leave the new keys staged, and no change would name them.
    Done promoted = co_await promote(ChangePhase::Created);
    if (promoted) {
        co_await m_with.vault->reload(m_request.address);
        if (phase == ChangePhase::Verified)
            m_change.problem.reset(); // That it could not be noted is not true any more.
        if (phase != ChangePhase::Created)
            co_await note(phase);
        co_return;
    }
    m_change.phase = phase;
    m_announce(m_change);
}

QCoro::Task<Done> ChangeSaga::record(ChangePhase phase)
{
    Change next = m_change;
    next.phase = phase;
    next.updatedAt = m_with.clock->now();
    Done recorded = co_await m_with.journal->record(next);
    if (!recorded)
        co_return std::move(recorded).problem();
    m_change = next;
    m_announce(m_change);
    co_return Done();
}

QCoro::Task<Done> ChangeSaga::note(ChangePhase phase)
{
    Done recorded = co_await record(phase);
    if (recorded)
        co_return recorded;
    m_change.phase = phase;
    m_change.updatedAt = m_with.clock->now();
    told(changewords::notNoted(m_change, recorded.problem()));
    m_announce(m_change);
    co_return recorded;
}

void ChangeSaga::told(const Problem &problem)
{
    // The first one is what the others follow from.
    if (!m_change.problem)
        m_change.problem = problem;
    else
        m_change.problem->detail += u'\n' + problem.caption;
}

} // namespace latchkey
