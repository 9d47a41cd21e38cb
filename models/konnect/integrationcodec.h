// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/integration.h"

#include <QJsonValue>

#include <optional>

namespace latchkey {

/// nullopt: no object, or one without a name.
[[nodiscard]] std::optional<Integration> integrationFromJson(const QJsonValue &json);

} // namespace latchkey
