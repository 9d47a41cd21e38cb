// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/protectionstore.h"

#include "models/storage/database.h"
#include "models/storage/sqlvalues.h"

using namespace Qt::StringLiterals;

namespace latchkey {

ProtectionStore::ProtectionStore(Database &database)
    : m_database(database)
{
}

QCoro::Task<Outcome<QSet<ProtectionStore::Instance>>> ProtectionStore::all()
{
    using Instances = QSet<Instance>;
    return m_database.run<Instances>([](QSqlDatabase &database) -> Outcome<Instances> {
        sql::Statement statement(database, u"SELECT origin, instance_id FROM protected_instances"_s);
        if (Done done = statement.run(); !done)
            return std::move(done).problem();
        Instances instances;
        while (statement.next())
            instances.insert({statement.at(0).toString(), statement.at(1).toString()});
        if (Done done = statement.ended(); !done)
            return std::move(done).problem();
        return instances;
    });
}

QCoro::Task<Outcome<bool>> ProtectionStore::has(QString origin, QString instanceId)
{
    return m_database.run<bool>([origin = std::move(origin), instanceId = std::move(instanceId)](
                                    QSqlDatabase &database) -> Outcome<bool> {
        sql::Statement statement(database,
                                 u"SELECT 1 FROM protected_instances WHERE origin = ? AND instance_id = ?"_s);
        if (Done done = statement.run({sql::text(origin), sql::text(instanceId)}); !done)
            return std::move(done).problem();
        const bool found = statement.next();
        if (Done done = statement.ended(); !done)
            return std::move(done).problem();
        return found;
    });
}

QCoro::Task<Done> ProtectionStore::set(QString origin, QString instanceId, bool isProtected)
{
    return m_database.run<void>([origin = std::move(origin), instanceId = std::move(instanceId),
                                 isProtected](QSqlDatabase &database) {
        const QString statement =
            isProtected ? u"INSERT OR IGNORE INTO protected_instances (origin, instance_id) VALUES (?, ?)"_s
                        : u"DELETE FROM protected_instances WHERE origin = ? AND instance_id = ?"_s;
        return sql::execute(database, statement, {sql::text(origin), sql::text(instanceId)});
    });
}

} // namespace latchkey
