// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/reminderstore.h"

#include "models/storage/database.h"
#include "models/storage/sqlvalues.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const std::array<std::pair<ReminderStep, QString>, 7> &words()
{
    static const std::array<std::pair<ReminderStep, QString>, 7> all{
        {{ReminderStep::OldKey, u"old_key"_s},
         {ReminderStep::Month, u"month"_s},
         {ReminderStep::Fortnight, u"fortnight"_s},
         {ReminderStep::Week, u"week"_s},
         {ReminderStep::Day, u"day"_s},
         {ReminderStep::Expired, u"expired"_s},
         {ReminderStep::Tainted, u"tainted"_s}}};
    return all;
}

QString wordOf(ReminderStep step)
{
    return std::find_if(words().cbegin(), words().cend(),
                        [step](const auto &each) { return each.first == step; })
        ->second;
}

std::optional<ReminderStep> stepOf(const QString &word)
{
    const auto *const found = std::find_if(words().cbegin(), words().cend(),
                                           [&word](const auto &each) { return each.second == word; });
    return found == words().cend() ? std::nullopt : std::optional(found->first);
}

} // namespace

ReminderStore::ReminderStore(Database &database)
    : m_database(database)
{
}

QCoro::Task<Outcome<SaidReminders>> ReminderStore::all()
{
    return m_database.run<SaidReminders>([](QSqlDatabase &database) -> Outcome<SaidReminders> {
        sql::Statement statement(
            database,
            u"SELECT origin, subject, credential_id, ends, step, said_at, snoozed_until FROM reminders"_s);
        if (Done done = statement.run(); !done)
            return std::move(done).problem();
        SaidReminders all;
        while (statement.next()) {
            SaidReminder said;
            said.subject = {statement.at(0).toString(), statement.at(1).toString(),
                            statement.at(2).toString(), QDate::fromJulianDay(statement.at(3).toLongLong())};
            const std::optional<ReminderStep> step = stepOf(statement.at(4).toString());
            if (!step)
                continue;
            said.step = *step;
            said.at = sql::toStamp(statement.at(5));
            said.snoozedUntil = sql::toStamp(statement.at(6));
            all.insert(said.subject, said);
        }
        if (Done done = statement.ended(); !done)
            return std::move(done).problem();
        return all;
    });
}

QCoro::Task<Done> ReminderStore::save(QList<SaidReminder> said)
{
    return m_database.run<void>([said = std::move(said)](QSqlDatabase &database) -> Done {
        sql::Statement earlier(
            database, u"DELETE FROM reminders WHERE origin = ? AND subject = ? AND credential_id <> ?"_s);
        sql::Statement insert(database,
                              u"INSERT OR REPLACE INTO reminders (origin, subject, credential_id, ends, step,"
                              " said_at, snoozed_until) VALUES (?, ?, ?, ?, ?, ?, ?)"_s);
        for (const SaidReminder &each : said) {
            const QVariant origin = sql::text(each.subject.origin);
            const QVariant id = sql::text(each.subject.id);
            const QVariant credential = sql::text(each.subject.credentialId);
            if (Done done = earlier.run({origin, id, credential}); !done)
                return done;
            // A Julian day: years of more than four digits have no text. That of no date is a number too.
            if (Done done =
                    insert.run({origin, id, credential, each.subject.ends.toJulianDay(), wordOf(each.step),
                                sql::stamp(each.at), sql::stamp(each.snoozedUntil)});
                !done)
                return done;
        }
        return {};
    });
}

} // namespace latchkey
