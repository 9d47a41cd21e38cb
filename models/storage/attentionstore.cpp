// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/attentionstore.h"

#include "models/core/health.h"
#include "models/core/wording.h"
#include "models/storage/database.h"
#include "models/storage/sqlvalues.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString toText(const QList<HealthState> &states)
{
    QStringList words;
    for (const HealthState state : states)
        words << wording::stateWord(state);
    return words.join(u' ');
}

QList<HealthState> statesFrom(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    QList<HealthState> states;
    for (int number = 0; number < HealthStateCount; ++number) {
        const auto state = static_cast<HealthState>(number);
        if (words.contains(wording::stateWord(state)))
            states << state;
    }
    return states;
}

} // namespace

AttentionStore::AttentionStore(Database &database)
    : m_database(database)
{
}

QCoro::Task<Outcome<AttentionStore::Marks>> AttentionStore::all()
{
    return m_database.run<Marks>([](QSqlDatabase &database) -> Outcome<Marks> {
        sql::Statement statement(database,
                                 u"SELECT origin, instance_id, credential_id, snoozed_until, acknowledged"
                                 " FROM attention_marks"_s);
        if (Done done = statement.run(); !done)
            return std::move(done).problem();
        Marks marks;
        while (statement.next()) {
            AttentionMark mark;
            mark.credentialId = statement.at(2).toString();
            mark.snoozedUntil = sql::toStamp(statement.at(3));
            mark.acknowledged = statesFrom(statement.at(4).toString());
            marks.insert({statement.at(0).toString(), statement.at(1).toString()}, mark);
        }
        if (Done done = statement.ended(); !done)
            return std::move(done).problem();
        return marks;
    });
}

QCoro::Task<Done> AttentionStore::set(QString origin, QString instanceId, AttentionMark mark)
{
    return m_database.run<void>([origin = std::move(origin), instanceId = std::move(instanceId),
                                 mark = std::move(mark)](QSqlDatabase &database) {
        if (mark.isEmpty()) {
            return sql::execute(database,
                                u"DELETE FROM attention_marks WHERE origin = ? AND instance_id = ?"_s,
                                {sql::text(origin), sql::text(instanceId)});
        }
        return sql::execute(
            database,
            u"INSERT OR REPLACE INTO attention_marks (origin, instance_id, credential_id, snoozed_until,"
            " acknowledged) VALUES (?, ?, ?, ?, ?)"_s,
            {sql::text(origin), sql::text(instanceId), sql::text(mark.credentialId),
             sql::stamp(mark.snoozedUntil), sql::text(toText(mark.acknowledged))});
    });
}

} // namespace latchkey
