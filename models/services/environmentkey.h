// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/secret.h"

#include <QString>

namespace latchkey {

/// The key in a variable of this process's environment, where it stays. Only for a name to which the user
/// agreed: a file may name any. A Problem: it is not set, or empty.
[[nodiscard]] Outcome<Secret> keyInEnvironment(const QString &variable);

} // namespace latchkey
