// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/authcredential.h"
#include "models/core/integration.h"
#include "models/core/problem.h"

#include <QString>

#include <optional>

namespace latchkey {

/// Why no credential of this type can be made here for an integration that is authorized so; nothing where it
/// can, as far as the type goes.
[[nodiscard]] std::optional<Problem> whyNotCreatable(CredentialType type, const Authorization &authorization,
                                                     bool builtIn, const QString &integrationTitle);

} // namespace latchkey
