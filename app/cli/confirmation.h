// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace latchkey {

/// What is said and asked before a command takes something away on this machine.
struct Confirmation
{
    QString effect;
    QString question;
    QString declined; ///< What stays as it is, where the answer is no.
};

/// Asks at the terminal unless `--yes` was given. Refused, with `declined`, where the answer is no or where
/// there is nobody to ask.
[[nodiscard]] Done askFirst(CommandContext &context, const Confirmation &confirmation);

} // namespace latchkey
