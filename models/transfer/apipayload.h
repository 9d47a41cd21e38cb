// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/foreigncollector.h"

/// What is sent to Konnect's API and what it answers: one auth credential, an array of them, or a page.
namespace latchkey::apipayload {

[[nodiscard]] bool isOne(const JsonNode &root);

/// A credential may stand by itself, or as `auth_credential` or `auth_config` beside what says to which
/// instance it belongs. What Konnect answers never holds keys.
void read(const JsonNode &root, ForeignCollector &collector);

} // namespace latchkey::apipayload
