// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"
#include "models/konnect/transferresult.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace latchkey {

class Redactor;

/// `application/json`, `application/problem+json` and their like; also where the server named no type at all.
[[nodiscard]] bool isJsonType(const QByteArray &contentType);
/// The object that a successful answer carries, or BadAnswer that says what came instead. `host` is for
/// people.
struct JsonAnswer
{
    QJsonObject object;
    std::optional<Problem> problem;
};
[[nodiscard]] JsonAnswer jsonOf(const TransferResult &answer, const QString &host);

/// What a whole answer that is no success means: problem+json, or whatever a gateway in between made of it.
/// A server may repeat what it was sent: what `redactor` knows is taken out before anything is cut.
[[nodiscard]] Problem problemFromAnswer(const TransferResult &answer, const QString &host,
                                        const Redactor &redactor);
/// An answer that is well-formed, but not what Konnect promises.
[[nodiscard]] Problem badAnswer(const QString &host, const QString &what, int status = 200);

} // namespace latchkey
