// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/jsonplace.h"
#include "models/transfer/jsontree.h"

#include <functional>

/// Finds pasted secrets in what is not read otherwise.
namespace latchkey::secretsearch {

using Found = std::function<void(qsizetype offset, const JsonPlace &place)>;

/// Of a member, by its name.
[[nodiscard]] bool isOne(QByteArrayView name);
/// Says each text within and each name of a member that looks like a secret, and all texts where `isForOne`
/// or the name of a member says that they are. Whether there was one.
bool find(const JsonNode &node, const JsonPlace &place, bool isForOne, const Found &found);

} // namespace latchkey::secretsearch
