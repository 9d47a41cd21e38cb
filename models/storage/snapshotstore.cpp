// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/snapshotstore.h"

#include "models/storage/database.h"
#include "models/storage/recordjson.h"
#include "models/storage/sqlvalues.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

Done loadRecords(QSqlDatabase &database, QList<InstanceRecord> &records)
{
    sql::Statement statement(database,
                             u"SELECT profile_id, origin, instance_id, record FROM snapshot_records"_s);
    if (Done done = statement.run(); !done)
        return done;
    while (statement.next()) {
        const InstanceAddress address{statement.at(0).toString(), statement.at(1).toString(),
                                      statement.at(2).toString()};
        // A row that cannot be read is one that the next refresh brings.
        if (auto record = recordjson::readRecord(statement.at(3).toString().toUtf8(), address))
            records.append(std::move(*record));
    }
    return statement.ended();
}

Done loadCatalogs(QSqlDatabase &database, QList<SnapshotStore::Catalog> &catalogs)
{
    sql::Statement statement(database, u"SELECT profile_id, origin, integrations FROM snapshot_catalogs"_s);
    if (Done done = statement.run(); !done)
        return done;
    while (statement.next()) {
        catalogs.append({statement.at(0).toString(), statement.at(1).toString(),
                         recordjson::readIntegrations(statement.at(2).toString().toUtf8())});
    }
    return statement.ended();
}

Done loadEndpoints(QSqlDatabase &database, QList<EndpointState> &endpoints)
{
    sql::Statement statement(database, u"SELECT profile_id, origin, label, listed_at, token_version,"
                                       " dropped_items, shortfall, problem FROM snapshot_endpoints"_s);
    if (Done done = statement.run(); !done)
        return done;
    while (statement.next()) {
        endpoints.append({statement.at(0).toString(), statement.at(1).toString(), statement.at(2).toString(),
                          sql::toStamp(statement.at(3)), statement.at(4).toString(), statement.at(5).toInt(),
                          recordjson::readProblem(statement.at(6).toString()),
                          recordjson::readProblem(statement.at(7).toString())});
    }
    return statement.ended();
}

} // namespace

SnapshotStore::SnapshotStore(Database &database)
    : m_database(database)
{
}

QCoro::Task<Outcome<SnapshotStore::Snapshot>> SnapshotStore::load()
{
    return m_database.run<Snapshot>([](QSqlDatabase &database) -> Outcome<Snapshot> {
        Snapshot snapshot;
        if (Done done = loadRecords(database, snapshot.records); !done)
            return std::move(done).problem();
        if (Done done = loadCatalogs(database, snapshot.catalogs); !done)
            return std::move(done).problem();
        if (Done done = loadEndpoints(database, snapshot.endpoints); !done)
            return std::move(done).problem();
        return snapshot;
    });
}

QCoro::Task<Done> SnapshotStore::saveRecords(QList<InstanceRecord> records)
{
    return m_database.run<void>([records = std::move(records)](QSqlDatabase &database) -> Done {
        sql::Statement statement(database,
                                 u"INSERT OR REPLACE INTO snapshot_records"
                                 " (profile_id, origin, instance_id, record) VALUES (?, ?, ?, ?)"_s);
        for (const InstanceRecord &record : records) {
            Done done = statement.run({sql::text(record.address.profileId), sql::text(record.address.origin),
                                       sql::text(record.address.instanceId),
                                       QString::fromUtf8(recordjson::write(record))});
            if (!done)
                return done;
        }
        return {};
    });
}

QCoro::Task<Done> SnapshotStore::removeRecords(QList<InstanceAddress> addresses)
{
    return m_database.run<void>([addresses = std::move(addresses)](QSqlDatabase &database) -> Done {
        sql::Statement statement(
            database,
            u"DELETE FROM snapshot_records WHERE profile_id = ? AND origin = ? AND instance_id = ?"_s);
        for (const InstanceAddress &address : addresses) {
            Done done = statement.run(
                {sql::text(address.profileId), sql::text(address.origin), sql::text(address.instanceId)});
            if (!done)
                return done;
        }
        return {};
    });
}

QCoro::Task<Done> SnapshotStore::saveCatalog(Catalog catalog)
{
    return m_database.run<void>([catalog = std::move(catalog)](QSqlDatabase &database) {
        return sql::execute(database,
                            u"INSERT OR REPLACE INTO snapshot_catalogs (profile_id, origin, integrations)"
                            " VALUES (?, ?, ?)"_s,
                            {sql::text(catalog.profileId), sql::text(catalog.origin),
                             QString::fromUtf8(recordjson::write(catalog.integrations))});
    });
}

QCoro::Task<Done> SnapshotStore::saveEndpoint(EndpointState state)
{
    return m_database.run<void>([state = std::move(state)](QSqlDatabase &database) {
        return sql::execute(
            database,
            u"INSERT OR REPLACE INTO snapshot_endpoints"
            " (profile_id, origin, label, listed_at, token_version, dropped_items, shortfall, problem)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {sql::text(state.profileId), sql::text(state.origin), sql::text(state.endpointLabel),
             sql::stamp(state.listedAt), sql::text(state.tokenVersion), state.droppedItems,
             sql::text(recordjson::write(state.shortfall)), sql::text(recordjson::write(state.problem))});
    });
}

QCoro::Task<Done> SnapshotStore::forgetProfile(QString profileId)
{
    return m_database.run<void>([profileId = std::move(profileId)](QSqlDatabase &database) -> Done {
        for (const QString &table :
             {u"snapshot_records"_s, u"snapshot_catalogs"_s, u"snapshot_endpoints"_s}) {
            Done done = sql::execute(database, u"DELETE FROM "_s + table + u" WHERE profile_id = ?"_s,
                                     {sql::text(profileId)});
            if (!done)
                return done;
        }
        return {};
    });
}

} // namespace latchkey
