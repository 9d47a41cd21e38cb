// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"
#include "models/konnect/httpanswer.h"

#include <QString>

namespace latchkey {

/// Why there is no whole answer (HttpAnswer::end is not Answered). Names the host and the next step.
[[nodiscard]] Problem networkProblem(const HttpAnswer &answer, const QString &host);

/// A write whose answer is lost or worthless: it may or may not have been done.
[[nodiscard]] Problem outcomeUnknown(const HttpAnswer &answer, const QString &host);

} // namespace latchkey
