// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/integrationinstance.h"

#include <QJsonValue>

#include <optional>

namespace latchkey {

/// nullopt: no object, or one without an id.
[[nodiscard]] std::optional<IntegrationInstance> instanceFromJson(const QJsonValue &json);

} // namespace latchkey
