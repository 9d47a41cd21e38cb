// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/handover.h"
#include "models/core/outcome.h"

#include <QCoroTask>
#include <QList>

#include <functional>
#include <stop_token>

namespace latchkey {

/// What the dialog needs of KeyHandover, for one instance whose keys are kept.
struct HandoverServices
{
    std::function<QList<InstanceRecord>()> targets;
    std::function<HandoverPreview(const InstanceAddress &to)> preview;
    std::function<QCoro::Task<Outcome<HandoverResult>>(HandoverRequest, std::stop_token)> run;
};

} // namespace latchkey
