// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/konnectclient.h"
#include "models/services/changesaga.h"
#include "models/services/changewords.h"
#include "models/services/history.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/storage/changejournal.h"

namespace latchkey {

// Going on with what a crash, a lost answer or a full disk interrupted. A GET decides where it stands.

QCoro::Task<Outcome<Change>> ChangeSaga::finish(Change change)
{
    m_change = std::move(change);
    m_isTakenUp = true;
    m_phaseBefore = m_change.phase;
    m_change.problem.reset();
    Done reached = co_await reach();
    if (!reached)
        co_return std::move(reached).problem();
    co_await m_with.history->prepare();
    const Outcome<Credential> answer = co_await m_client->credential(m_request.address.instanceId, m_stop);
    if (!answer)
        co_return answer.problem();
    const Credential &found = answer.value();
    m_with.inventory->setCredential(m_request.address, found);

    const Standing standing = standingOf(m_change, found);
    if (standing == Standing::Other)
        co_return changewords::foreign(m_change, *found);
    if (standing == Standing::New || standing == Standing::ProbablyNew) {
        Outcome<Change> taken = co_await takeCreated(*found, standing);
        co_return taken;
    }
    if (m_request.kind == ChangeKind::Delete && standing == Standing::None) {
        co_await finishDelete();
        Change result = m_change;
        co_return Outcome<Change>(std::move(result));
    }
    Done open = co_await checkNothingOpen();
    if (!open)
        co_return std::move(open).problem();
    if (standing == Standing::None && m_request.kind == ChangeKind::Replace)
        co_await findGap();
    Done keys = co_await takeUpKeys();
    if (!keys)
        co_return std::move(keys).problem();
    Done instance = co_await checkInstance();
    if (!instance)
        co_return std::move(instance).problem();
    if (isStopped())
        co_return changewords::stopped();
    Outcome<Change> result = co_await proceed(standing == Standing::Old);
    co_return result;
}

QCoro::Task<Outcome<Change>> ChangeSaga::abandon(Change change)
{
    m_change = std::move(change);
    co_await m_with.history->prepare();
    const Done recorded = co_await record(ChangePhase::Abandoned);
    if (!recorded)
        co_return recorded.problem();
    co_await discardStaged();
    Change result = m_change;
    co_return Outcome<Change>(std::move(result));
}

QCoro::Task<void> ChangeSaga::findGap()
{
    const Outcome<QList<ChangePhaseEntry>> phases = co_await m_with.journal->phases(m_change.id);
    if (!phases)
        co_return;
    for (const ChangePhaseEntry &entry : phases.value()) {
        if (entry.phase == ChangePhase::Deleting && !m_gapSince.isValid())
            m_gapSince = entry.at;
    }
}

QCoro::Task<Done> ChangeSaga::takeUpKeys()
{
    if (m_request.kind == ChangeKind::Delete || m_request.credential.type != CredentialType::MultiKey)
        co_return Done();
    if (m_request.credential.headers.empty()) {
        if (m_change.stagedVersion.isEmpty())
            co_return changewords::keysNeeded(m_change);
        Done kept = co_await takeKeptKeys(m_change.stagedVersion, m_request.address);
        co_return kept;
    }
    // Entered again: kept under a version of their own, as in a new change.
    m_change.stagedVersion.clear();
    Done staged = co_await stage();
    co_return staged;
}

QCoro::Task<Outcome<Change>> ChangeSaga::takeCreated(AuthCredential found, Standing standing)
{
    m_change.probablyOurs = m_change.probablyOurs || standing == Standing::ProbablyNew;
    if (m_change.phase == ChangePhase::Created)
        m_promoted = true;
    else
        co_await created(found);
    co_await verify();
    Change result = m_change;
    co_return Outcome<Change>(std::move(result));
}

} // namespace latchkey
