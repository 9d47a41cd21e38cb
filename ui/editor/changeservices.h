// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/outcome.h"

#include <QCoroTask>

#include <functional>
#include <stop_token>

namespace latchkey {

/// What a dialog needs of CredentialChanges.
struct ChangeServices
{
    std::function<ChangePreview(ChangeKind, const InstanceAddress &)> preview;
    std::function<QCoro::Task<Outcome<Change>>(ChangeRequest, std::stop_token)> run;
};

} // namespace latchkey
