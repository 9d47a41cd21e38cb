// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"

#include <QString>

class QSqlError;

namespace latchkey {

/// What SQLite answered, as a Problem of a Storage… category with the next step. `file` is named in the
/// caption.
[[nodiscard]] Problem sqlProblem(const QSqlError &error, const QString &file);
/// A StorageFailed with `detail` as the next step.
[[nodiscard]] Problem storageFailed(const QString &file, const QString &detail);

} // namespace latchkey
