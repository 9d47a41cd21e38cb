// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/integrationinstance.h"
#include "models/core/secret.h"

#include <QJsonValue>
#include <QMap>
#include <QString>

#include <optional>

namespace latchkey {

/// nullopt: no object, or one without an id.
[[nodiscard]] std::optional<IntegrationInstance> instanceFromJson(const QJsonValue &json);

/// The body of a PATCH that makes `labels` of `present`. All of them are in it, and null for those that go:
/// it comes to the same whether Konnect puts the set in the place of the present one or merges the two.
[[nodiscard]] Secret labelsToJson(const QMap<QString, QString> &present,
                                  const QMap<QString, QString> &labels);

} // namespace latchkey
