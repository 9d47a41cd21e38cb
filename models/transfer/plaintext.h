// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

/// Text from elsewhere for files that people also look at in a terminal: control characters other than tabs
/// and line breaks are replaced.
[[nodiscard]] QString plainText(QString text);
/// The same with one kind of line break, LF.
[[nodiscard]] QString plainLines(const QString &text);

} // namespace latchkey
