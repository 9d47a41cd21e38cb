// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/handover.h"

namespace latchkey {

bool HandoverResult::isDone(HandoverKind kind) const
{
    const bool created = there.phase == ChangePhase::Created || there.phase == ChangePhase::Verified;
    if (!created || there.problem)
        return false;
    return kind == HandoverKind::Copy || (here && here->phase == ChangePhase::Deleted && !problemHere);
}

} // namespace latchkey
