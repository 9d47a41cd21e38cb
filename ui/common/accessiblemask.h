// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace latchkey {

/// From here on assistive tools hear of each SecretLine only how much was typed or removed, as dots. Without
/// it Qt announces every typed character, and then the whole text, on the accessibility bus, whatever the
/// echo mode.
///
/// For the whole process, since Qt offers a single place for it; calling it again changes nothing. GUI thread
/// only.
void maskSecretsForAssistiveTools();

} // namespace latchkey
