// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace latchkey {

/// What both programs do before anything else: no core dumps (memory holds keys), no other process of the
/// user may look inside, and every file is made for the user alone.
void guardProcess();

} // namespace latchkey
