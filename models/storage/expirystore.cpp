// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/expirystore.h"

#include "models/storage/database.h"
#include "models/storage/sqlvalues.h"

using namespace Qt::StringLiterals;

namespace latchkey {

ExpiryStore::ExpiryStore(Database &database)
    : m_database(database)
{
}

QCoro::Task<Outcome<ExpiryStore::Records>> ExpiryStore::all()
{
    return m_database.run<Records>([](QSqlDatabase &database) -> Outcome<Records> {
        sql::Statement statement(database,
                                 u"SELECT origin, instance_id, credential_id, date, lives_days, owner, note,"
                                 " recorded_at FROM expiry_records"_s);
        if (Done done = statement.run(); !done)
            return std::move(done).problem();
        Records records;
        while (statement.next()) {
            ExpiryRecord record;
            record.credentialId = statement.at(2).toString();
            record.date = dateFromText(statement.at(3).toString());
            record.livesDays = statement.at(4).toInt();
            record.owner = statement.at(5).toString();
            record.note = statement.at(6).toString();
            record.recordedAt = sql::toStamp(statement.at(7));
            records.insert({statement.at(0).toString(), statement.at(1).toString()}, record);
        }
        if (Done done = statement.ended(); !done)
            return std::move(done).problem();
        return records;
    });
}

QCoro::Task<Done> ExpiryStore::set(QString origin, QString instanceId, ExpiryRecord record)
{
    return m_database.run<void>([origin = std::move(origin), instanceId = std::move(instanceId),
                                 record = std::move(record)](QSqlDatabase &database) {
        if (record.isEmpty()) {
            return sql::execute(database,
                                u"DELETE FROM expiry_records WHERE origin = ? AND instance_id = ?"_s,
                                {sql::text(origin), sql::text(instanceId)});
        }
        return sql::execute(
            database,
            u"INSERT OR REPLACE INTO expiry_records (origin, instance_id, credential_id, date, lives_days,"
            " owner, note, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {sql::text(origin), sql::text(instanceId), sql::text(record.credentialId),
             sql::text(record.date.toString(Qt::ISODate)), record.livesDays, sql::text(record.owner),
             sql::text(record.note), sql::stamp(record.recordedAt)});
    });
}

} // namespace latchkey
