// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"
#include "models/core/newcredential.h"
#include "models/core/outcome.h"
#include "models/core/unfinishedchange.h"

#include <QCoroTask>
#include <QList>
#include <QString>

#include <functional>
#include <optional>
#include <stop_token>

namespace latchkey {

/// What RecoveryDialog needs of ChangeRecovery, CredentialChanges, BulkChanges and Inventory.
struct RecoveryServices
{
    std::function<QCoro::Task<Outcome<QList<UnfinishedChange>>>(std::stop_token)> examine;
    std::function<QCoro::Task<Outcome<Change>>(QString changeId, HeaderKeys typed, std::stop_token)> finish;
    std::function<QCoro::Task<Outcome<Change>>(QString changeId, QString typedName, std::stop_token)>
        rollBack;
    std::function<QCoro::Task<Outcome<Change>>(QString changeId)> leave;
    /// All that is unfinished of a run of several.
    std::function<QCoro::Task<Outcome<BulkResult>>(QString runId, std::stop_token)> finishRun;
    /// What was not begun of it.
    std::function<QCoro::Task<Outcome<QList<Change>>>(QString runId)> giveUpRun;
    std::function<std::optional<InstanceRecord>(const InstanceAddress &)> find;
};

} // namespace latchkey
