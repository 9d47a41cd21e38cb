// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/configurationdocument.h"
#include "models/core/outcome.h"
#include "models/core/plan.h"
#include "models/core/plankeys.h"
#include "models/core/planresult.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QThreadPool>

#include <memory>

namespace latchkey {

class CredentialChanges;
class Inventory;
class KeyVault;
class Profiles;
struct PlanInput;

/// Plans what a document would have done, from what is known here: sends nothing, writes nothing, and asks
/// the keychain for no key. Computes on another thread; needs an event loop.
class PlanMaker
{
public:
    /// All collaborators must outlive this.
    PlanMaker(Profiles &profiles, Inventory &inventory, KeyVault &vault, CredentialChanges &changes,
              const Clock &clock);

    /// `keys`: those at hand beside the kept ones; they are compared with what is kept, and stay where they
    /// are. May be null.
    QCoro::Task<Outcome<Plan>> make(ConfigurationDocument document, PlanOptions options,
                                    std::shared_ptr<const PlanKeys> keys = {});
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

private:
    QCoro::Task<Plan> planOf(PlanInput input);

    Profiles &m_profiles;
    Inventory &m_inventory;
    KeyVault &m_vault;
    CredentialChanges &m_changes;
    const Clock &m_clock;
    RunningCount m_running;
    QThreadPool m_pool;
};

} // namespace latchkey
