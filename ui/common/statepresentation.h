// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/health.h"
#include "ui/common/icons.h"

namespace latchkey {

/// How a state looks: a drawing with an outline of its own, and an ink. The words are in
/// models/core/wording.h.
struct StatePresentation
{
    Icon icon;
    Ink ink;
};

[[nodiscard]] StatePresentation presentationOf(HealthState state);
[[nodiscard]] QIcon stateIcon(HealthState state);

} // namespace latchkey
