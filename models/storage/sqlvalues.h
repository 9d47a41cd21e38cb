// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QDateTime>
#include <QList>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

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
    /// May be called again with other values.
    [[nodiscard]] Done run(const QList<QVariant> &values = {});
    [[nodiscard]] bool next() { return m_query.next(); }
    [[nodiscard]] QVariant at(int column) const { return m_query.value(column); }

private:
    QString m_file;
    QSqlQuery m_query;
    bool m_prepared;
};

/// Prepares and runs where no rows are read.
[[nodiscard]] Done execute(QSqlDatabase &database, const QString &statement,
                           const QList<QVariant> &values = {});

} // namespace latchkey::sql
