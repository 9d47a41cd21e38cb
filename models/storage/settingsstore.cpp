// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/settingsstore.h"

#include "models/storage/database.h"
#include "models/storage/sqlvalues.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

SettingsStore::SettingsStore(Database &database)
    : m_database(database)
{
}

QCoro::Task<Outcome<QHash<QString, QString>>> SettingsStore::all()
{
    using Settings = QHash<QString, QString>;
    return m_database.run<Settings>([](QSqlDatabase &database) -> Outcome<Settings> {
        sql::Statement statement(database, u"SELECT name, value FROM settings"_s);
        if (Done done = statement.run(); !done)
            return std::move(done).problem();
        Settings settings;
        while (statement.next())
            settings.insert(statement.at(0).toString(), statement.at(1).toString());
        if (Done done = statement.ended(); !done)
            return std::move(done).problem();
        return settings;
    });
}

QCoro::Task<Done> SettingsStore::set(const QString &name, const QString &value)
{
    QHash<QString, QString> values;
    values.insert(name, value);
    return setAll(std::move(values));
}

QCoro::Task<Done> SettingsStore::setAll(QHash<QString, QString> values, QStringList families)
{
    return m_database.run<void>([values = std::move(values),
                                 families = std::move(families)](QSqlDatabase &database) -> Done {
        for (const QString &family : families) {
            Done gone = sql::execute(database, u"DELETE FROM settings WHERE substr(name, 1, length(?)) = ?"_s,
                                     {sql::text(family), sql::text(family)});
            if (!gone)
                return gone;
        }
        sql::Statement statement(database, u"INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)"_s);
        for (auto value = values.cbegin(); value != values.cend(); ++value) {
            if (Done done = statement.run({sql::text(value.key()), sql::text(value.value())}); !done)
                return done;
        }
        return {};
    });
}

} // namespace latchkey
