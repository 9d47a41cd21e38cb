// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <vector>

namespace latchkey {

/// Splits at line breaks of either kind; the last line may lack one. Views into `text`: nothing is copied, so
/// that it may hold secrets.
[[nodiscard]] std::vector<QByteArrayView> linesOf(QByteArrayView text);

} // namespace latchkey
