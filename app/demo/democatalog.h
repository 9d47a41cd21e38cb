// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>

namespace latchkey {

/// The integrations that Kong documents, as `GET /integrations` answers them.
[[nodiscard]] QList<QJsonObject> demoCatalog();

} // namespace latchkey
