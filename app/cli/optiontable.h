// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/arguments.h"

namespace latchkey {

/// Every option that any command knows.
[[nodiscard]] QList<OptionSpec> allOptions();
/// Those that every command takes.
[[nodiscard]] QStringList commonOptions();

} // namespace latchkey
