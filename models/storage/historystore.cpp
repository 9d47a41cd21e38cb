// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/historystore.h"

#include "models/core/mac.h"
#include "models/storage/changejson.h"
#include "models/storage/database.h"
#include "models/storage/sqlvalues.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

using Rows = QList<HistoryStore::Row>;

Outcome<HistoryHead> headOf(QSqlDatabase &database)
{
    sql::Statement statement(database, u"SELECT number, digest FROM history ORDER BY number DESC LIMIT 1"_s);
    if (Done done = statement.run(); !done)
        return std::move(done).problem();
    HistoryHead head;
    if (statement.next())
        head = {statement.at(0).toLongLong(), QByteArray::fromHex(statement.at(1).toByteArray())};
    if (Done done = statement.ended(); !done)
        return std::move(done).problem();
    return head;
}

Outcome<Rows> rowsOf(QSqlDatabase &database, qint64 from = std::numeric_limits<qint64>::min())
{
    sql::Statement statement(
        database, u"SELECT number, body, digest, seal FROM history WHERE number >= ? ORDER BY number"_s);
    if (Done done = statement.run({from}); !done)
        return std::move(done).problem();
    Rows rows;
    while (statement.next()) {
        rows.append({statement.at(0).toLongLong(), statement.at(1).toString().toUtf8(),
                     QByteArray::fromHex(statement.at(2).toByteArray()),
                     QByteArray::fromHex(statement.at(3).toByteArray())});
    }
    if (Done done = statement.ended(); !done)
        return std::move(done).problem();
    return rows;
}

} // namespace

HistoryStore::HistoryStore(Database &database)
    : m_database(database)
{
}

QCoro::Task<Outcome<Rows>> HistoryStore::rows(qint64 from)
{
    return m_database.run<Rows>([from](QSqlDatabase &database) { return rowsOf(database, from); });
}

QCoro::Task<Outcome<QList<HistoryEntry>>> HistoryStore::entries()
{
    using Entries = QList<HistoryEntry>;
    return m_database.run<Entries>([](QSqlDatabase &database) -> Outcome<Entries> {
        const Outcome<Rows> rows = rowsOf(database);
        if (!rows)
            return rows.problem();
        Entries entries;
        for (const Row &row : rows.value()) {
            std::optional<HistoryEntry> entry = changejson::read(row.body);
            if (!entry)
                continue;
            entry->number = row.number;
            entries.prepend(std::move(*entry));
        }
        return entries;
    });
}

QCoro::Task<Outcome<HistoryHead>> HistoryStore::head()
{
    return m_database.run<HistoryHead>([](QSqlDatabase &database) { return headOf(database); });
}

QByteArray HistoryStore::digestOf(const QByteArray &before, qint64 number, const QByteArray &body)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(before);
    hash.addData(QByteArray(1, '\n') + QByteArray::number(number) + '\n');
    hash.addData(body);
    return hash.result();
}

Done appendHistory(QSqlDatabase &database, const Change &change, const QList<ChangePhaseEntry> &phases,
                   const std::shared_ptr<const Secret> &key)
{
    const Outcome<HistoryHead> head = headOf(database);
    if (!head)
        return head.problem();
    const qint64 number = head.value().count + 1;
    const QByteArray body = changejson::write(change, phases);
    const QByteArray digest = HistoryStore::digestOf(head.value().digest, number, body);
    const QByteArray seal = key ? hmacSha256(*key, digest) : QByteArray();
    return sql::execute(
        database, u"INSERT INTO history (number, change_id, body, digest, seal) VALUES (?, ?, ?, ?, ?)"_s,
        {number, sql::text(change.id), QString::fromUtf8(body), QString::fromLatin1(digest.toHex()),
         sql::text(QString::fromLatin1(seal.toHex()))});
}

} // namespace latchkey
