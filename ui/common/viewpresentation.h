// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/instancefiltermodel.h"
#include "ui/common/statepresentation.h"

namespace latchkey {

/// How a view looks, in the sidebar and on the dashboard alike.
[[nodiscard]] StatePresentation presentationOf(InstanceView view);

} // namespace latchkey
