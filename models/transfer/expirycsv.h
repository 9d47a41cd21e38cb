// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/expiryreport.h"

#include <QByteArray>

namespace latchkey::expirycsv {

/// One row an item; see csv::line(). Titles and words are an interface: add at the end, never rename. No
/// secrets.
[[nodiscard]] QByteArray toCsv(const ExpiryReport &report);

} // namespace latchkey::expirycsv
