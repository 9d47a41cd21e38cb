// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>

namespace latchkey {

/// Milliseconds since the kernel started this process (in steps of 10, which is what it counts in); nullopt
/// where it does not tell.
[[nodiscard]] std::optional<qint64> millisecondsSinceProcessStart();

} // namespace latchkey
