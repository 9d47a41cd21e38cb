// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/sqlvalues.h"

#include "models/storage/sqlproblem.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace latchkey::sql {

QVariant text(const QString &value)
{
    return value.isNull() ? u""_s : value;
}

QVariant stamp(const QDateTime &moment)
{
    return moment.isValid() ? moment.toUTC().toString(Qt::ISODateWithMs) : u""_s;
}

QDateTime toStamp(const QVariant &column)
{
    const QString text = column.toString();
    return text.isEmpty() ? QDateTime() : QDateTime::fromString(text, Qt::ISODateWithMs);
}

Statement::Statement(QSqlDatabase &database, const QString &text)
    : m_file(database.databaseName())
    , m_query(std::make_unique<QSqlQuery>(database))
{
    m_query->setForwardOnly(true);
    m_prepared = m_query->prepare(text);
}

Statement::~Statement() = default;

bool Statement::next()
{
    return m_query->next();
}

Done Statement::ended() const
{
    if (m_query->lastError().isValid())
        return sqlProblem(m_query->lastError(), m_file);
    return {};
}

QVariant Statement::at(int column) const
{
    return m_query->value(column);
}

Done Statement::run(const QList<QVariant> &values)
{
    bool ok = m_prepared;
    for (qsizetype i = 0; ok && i < values.size(); ++i)
        m_query->bindValue(static_cast<int>(i), values.at(i));
    ok = ok && m_query->exec();
    if (ok)
        return {};
    return sqlProblem(m_query->lastError(), m_file);
}

Done execute(QSqlDatabase &database, const QString &statement, const QList<QVariant> &values)
{
    Statement prepared(database, statement);
    return prepared.run(values);
}

} // namespace latchkey::sql
