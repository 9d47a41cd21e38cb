// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"
#include "models/konnect/transferresult.h"

#include <QString>

namespace latchkey {

class Redactor;

/// Why there is no whole answer (TransferResult::end is not Answered). Names the host and the next step.
[[nodiscard]] Problem networkProblem(const TransferResult &answer, const QString &host);

/// A write whose answer is lost or worthless: it may or may not have been done. `redactor` as in
/// problemFromAnswer().
[[nodiscard]] Problem outcomeUnknown(const TransferResult &answer, const QString &host,
                                     const Redactor &redactor);

} // namespace latchkey
