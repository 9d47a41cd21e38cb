// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/expiryreport.h"

#include <QJsonObject>

/// The expiry report as JSON. Its form is an interface that resources/schemas describes: what is there keeps
/// its name and meaning as long as the version stays; more may be added. No secrets.
namespace latchkey::expiryjson {

inline constexpr int Version = 1;
/// What the member `schema` says: the `$id` of the schema.
inline constexpr char16_t SchemaId[] = u"https://latchkey.example/schema/expiry-report-1.schema.json";

[[nodiscard]] QJsonObject toJson(const ExpiryReport &report);

} // namespace latchkey::expiryjson
