// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QByteArray>
#include <QString>

namespace latchkey {

/// In the place of the file as a whole, or not at all.
[[nodiscard]] Done writeExport(const QString &file, const QByteArray &bytes);

} // namespace latchkey
