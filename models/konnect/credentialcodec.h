// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/authcredential.h"
#include "models/core/newcredential.h"
#include "models/core/outcome.h"

#include <QJsonValue>

#include <optional>

namespace latchkey {

class Redactor;

/// nullopt: no object, or one without an id, so that it could never be told from another one.
/// A server may repeat a key in what it has to complain about: what `redactor` knows is left out.
[[nodiscard]] std::optional<AuthCredential> credentialFromJson(const QJsonValue &json,
                                                               const Redactor &redactor);

/// The body of a POST, made without a QJsonObject or QString on the way: those would leave the keys behind in
/// memory. Problem InvalidInput: a key is not text (UTF-8). NotSupported: a type that cannot be created here.
[[nodiscard]] Outcome<Secret> credentialToJson(const NewCredential &credential);

} // namespace latchkey
