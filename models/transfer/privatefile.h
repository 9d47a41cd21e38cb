// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QByteArray>
#include <QString>

namespace latchkey {

/// Refused where there is a file of this name already: it may be all that somebody has.
[[nodiscard]] Done checkNewFile(const QString &file);
/// A new file that only its owner can read, from the moment on that it is there: as a whole, or not at all.
/// Never in the place of another one.
[[nodiscard]] Done writeNewPrivateFile(const QString &file, const QByteArray &bytes);

} // namespace latchkey
