// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"

#include <QString>

#include <functional>
#include <optional>

class QSqlDatabase;

namespace latchkey {

/// The version of the tables that this Latchkey writes (`PRAGMA user_version`).
[[nodiscard]] int databaseVersion();

/// A problem where the file is a newer Latchkey's or another program's. Writes nothing.
[[nodiscard]] std::optional<Problem> checkOwnership(QSqlDatabase &database, const QString &file);

/// Brings the tables to `databaseVersion()`, each step in a transaction of its own. Two processes may do it
/// at once.
[[nodiscard]] std::optional<Problem> migrate(QSqlDatabase &database, const QString &file);

/// BEGIN IMMEDIATE, `work`, COMMIT; ROLLBACK where `work` or the COMMIT answers with a problem, which is
/// returned.
[[nodiscard]] std::optional<Problem>
inTransaction(QSqlDatabase &database, const QString &file,
              const std::function<std::optional<Problem>(QSqlDatabase &)> &work);

} // namespace latchkey
