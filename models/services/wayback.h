// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/outcome.h"

#include <QString>

namespace latchkey {

/// The request that brings back what was there before `change`. `presentId`: the credential that Konnect has
/// now, empty for none. A Problem says why there is no way back.
[[nodiscard]] Outcome<ChangeRequest> wayBack(const Change &change, const QString &presentId);

} // namespace latchkey
