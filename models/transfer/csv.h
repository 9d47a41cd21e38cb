// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace latchkey::csv {

/// A row after RFC 4180, with its CRLF; every cell is quoted and plain text. A text that a spreadsheet would
/// take for a formula gets a leading apostrophe.
[[nodiscard]] QString line(const QStringList &texts);

} // namespace latchkey::csv
