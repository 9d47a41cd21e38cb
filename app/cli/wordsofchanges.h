// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/health.h"
#include "models/core/instancerecord.h"

#include <QString>

/// What latchkeyctl says about a credential and a change, as text for people.
namespace latchkey {

/// Every field, one a line.
[[nodiscard]] QString describe(const InstanceRecord &record, const Health &health, const QDateTime &now);
/// What a change did.
[[nodiscard]] QString describe(const Change &change);
/// What a change will do, and whether there is a way back.
[[nodiscard]] QString warningBefore(const ChangePreview &preview);

} // namespace latchkey
