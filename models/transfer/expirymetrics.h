// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/expiryreport.h"

#include <QByteArray>

namespace latchkey::expirymetrics {

/// The text format of Prometheus, for the textfile collector of its node exporter. Times are seconds since
/// 1970. Names and labels are an interface: add, never rename. No secrets.
[[nodiscard]] QByteArray toMetrics(const ExpiryReport &report);

} // namespace latchkey::expirymetrics
