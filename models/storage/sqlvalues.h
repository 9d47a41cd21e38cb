// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QVariant>

#include <memory>

class QSqlDatabase;
class QSqlQuery;

/// The small change between values and SQLite columns. For the .cpp files of storage only.
namespace latchkey::sql {

/// For NOT NULL columns: Qt binds a null QString as NULL.
[[nodiscard]] QVariant text(const QString &value);
/// UTC as ISO 8601 with milliseconds; empty where invalid.
[[nodiscard]] QVariant stamp(const QDateTime &moment);
[[nodiscard]] QDateTime toStamp(const QVariant &column);

/// A statement on one connection: prepare, bind in the order of the question marks, run, read rows.
class Statement
{
public:
    Statement(QSqlDatabase &database, const QString &text);
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    ~Statement();
    /// May be called again with other values.
    [[nodiscard]] Done run(const QList<QVariant> &values = {});
    /// False at the end, and where reading failed: `ended()` tells.
    [[nodiscard]] bool next();
    /// After the last `next()`: whether that was the end, or a file that cannot be read.
    [[nodiscard]] Done ended() const;
    [[nodiscard]] QVariant at(int column) const;

private:
    QString m_file;
    std::unique_ptr<QSqlQuery> m_query;
    bool m_prepared;
};

/// Prepares and runs where no rows are read.
[[nodiscard]] Done execute(QSqlDatabase &database, const QString &statement,
                           const QList<QVariant> &values = {});

} // namespace latchkey::sql
