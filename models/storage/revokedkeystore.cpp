// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/revokedkeystore.h"

#include "models/storage/database.h"
#include "models/storage/sqlvalues.h"

using namespace Qt::StringLiterals;

namespace latchkey {

RevokedKeyStore::RevokedKeyStore(Database &database)
    : m_database(database)
{
}

QCoro::Task<Outcome<QHash<QString, QDateTime>>> RevokedKeyStore::all()
{
    using Times = QHash<QString, QDateTime>;
    return m_database.run<Times>([](QSqlDatabase &database) -> Outcome<Times> {
        sql::Statement statement(database, u"SELECT change_id, revoked_at FROM revoked_keys"_s);
        if (Done done = statement.run(); !done)
            return std::move(done).problem();
        Times times;
        while (statement.next())
            times.insert(statement.at(0).toString(), sql::toStamp(statement.at(1)));
        if (Done done = statement.ended(); !done)
            return std::move(done).problem();
        return times;
    });
}

QCoro::Task<Done> RevokedKeyStore::set(QString changeId, QDateTime revokedAt)
{
    return m_database.run<void>([changeId = std::move(changeId),
                                 revokedAt = std::move(revokedAt)](QSqlDatabase &database) {
        if (!revokedAt.isValid()) {
            return sql::execute(database, u"DELETE FROM revoked_keys WHERE change_id = ?"_s,
                                {sql::text(changeId)});
        }
        return sql::execute(database,
                            u"INSERT OR REPLACE INTO revoked_keys (change_id, revoked_at) VALUES (?, ?)"_s,
                            {sql::text(changeId), sql::stamp(revokedAt)});
    });
}

} // namespace latchkey
