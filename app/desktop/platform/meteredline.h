// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace latchkey {

/// Whether what is read over the network now may cost somebody money; false too where nobody knows. The first
/// call loads what knows.
[[nodiscard]] bool isLineMetered();

} // namespace latchkey
