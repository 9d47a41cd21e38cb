// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/core/plan.h"
#include "models/core/plankeys.h"

#include <memory>

namespace latchkey {

/// What a file would have done, against what is there.
struct PreparedPlan
{
    bool isPlanFile = false;
    Plan planned;                               ///< Of the file, where it is a plan; else as `fresh`.
    Plan fresh;                                 ///< Made now.
    std::shared_ptr<PlanKeys> keys;             ///< Those at hand beside the kept ones.
    ExitCode readingFailed = ExitCode::Success; ///< Not all could be read from Konnect.
};

/// The options that say how a plan is applied.
[[nodiscard]] QStringList planApplicationOptions();
[[nodiscard]] QString planApplicationSynopsis();
[[nodiscard]] bool planApplicationUsesKeychain(const Arguments &arguments);

/// Says what would be done, asks for the keys that are missing and whether to go on, and does it; with
/// `--dry-run` it only says so.
QCoro::Task<ExitCode> applyPlan(CommandContext &context, PreparedPlan prepared);

} // namespace latchkey
