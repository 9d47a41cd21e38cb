// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/planresult.h"

#include <QByteArray>

namespace latchkey::planresultcsv {

/// One row a row of the plan; see csv::line(). Titles and words are an interface: add at the end, never
/// rename. No secrets.
[[nodiscard]] QByteArray toCsv(const PlanResult &result);

} // namespace latchkey::planresultcsv
