// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/profilestore.h"

#include "models/core/expiry.h"
#include "models/storage/database.h"
#include "models/storage/sqlvalues.h"
#include "models/storage/storagetext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString toJson(const QList<Endpoint> &endpoints)
{
    QJsonArray array;
    for (const Endpoint &endpoint : endpoints)
        array.append(
            QJsonObject{{u"geo"_s, endpoint.geo}, {u"url"_s, endpoint.baseUrl.toString(QUrl::FullyEncoded)}});
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QList<Endpoint> endpointsFrom(const QString &json)
{
    QList<Endpoint> endpoints;
    const QJsonArray array = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const QJsonValue &value : array)
        endpoints.append({value[u"geo"_s].toString(), QUrl(value[u"url"_s].toString(), QUrl::StrictMode)});
    return endpoints;
}

} // namespace

ProfileStore::ProfileStore(Database &database)
    : m_database(database)
{
}

QCoro::Task<Outcome<QList<Profile>>> ProfileStore::all()
{
    return m_database.run<QList<Profile>>([](QSqlDatabase &database) -> Outcome<QList<Profile>> {
        sql::Statement statement(database,
                                 u"SELECT id, name, endpoints, ca_file, colour, production, token_version,"
                                 " organization_in_doubt, token_expires FROM profiles ORDER BY position"_s);
        if (Done done = statement.run(); !done)
            return std::move(done).problem();
        QList<Profile> profiles;
        while (statement.next()) {
            Profile profile;
            profile.id = statement.at(0).toString();
            profile.name = statement.at(1).toString();
            profile.endpoints = endpointsFrom(statement.at(2).toString());
            profile.caFile = statement.at(3).toString();
            profile.colour = statement.at(4).toString();
            profile.production = statement.at(5).toBool();
            profile.tokenVersion = statement.at(6).toString();
            profile.organizationInDoubt = statement.at(7).toBool();
            profile.tokenExpires = dateFromText(statement.at(8).toString());
            profiles.append(profile);
        }
        if (Done done = statement.ended(); !done)
            return std::move(done).problem();
        return profiles;
    });
}

QCoro::Task<Done> ProfileStore::add(Profile profile)
{
    return m_database.run<void>([profile = std::move(profile)](QSqlDatabase &database) {
        return sql::execute(
            database,
            u"INSERT INTO profiles (id, position, name, endpoints, ca_file, colour, production,"
            " token_version, organization_in_doubt, token_expires)"
            " VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM profiles), ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {sql::text(profile.id), sql::text(profile.name), toJson(profile.endpoints),
             sql::text(profile.caFile), sql::text(profile.colour), profile.production,
             sql::text(profile.tokenVersion), profile.organizationInDoubt,
             sql::text(profile.tokenExpires.toString(Qt::ISODate))});
    });
}

QCoro::Task<Done> ProfileStore::update(Profile profile, bool withToken)
{
    return m_database.run<void>([profile = std::move(profile), withToken](QSqlDatabase &database) -> Done {
        sql::Statement statement(
            database,
            u"UPDATE profiles SET name = ?, endpoints = ?, ca_file = ?, colour = ?, production = ?,"
            " token_expires = ?, token_version = iif(?, ?, token_version),"
            " organization_in_doubt = iif(?, ?, organization_in_doubt) WHERE id = ? RETURNING id"_s);
        Done done = statement.run({sql::text(profile.name), toJson(profile.endpoints),
                                   sql::text(profile.caFile), sql::text(profile.colour), profile.production,
                                   sql::text(profile.tokenExpires.toString(Qt::ISODate)), withToken,
                                   sql::text(profile.tokenVersion), withToken, profile.organizationInDoubt,
                                   sql::text(profile.id)});
        if (!done || statement.next())
            return done;
        return Problem::of(Problem::Category::NotFound,
                           StorageText::tr("The profile “%1” does not exist any more.").arg(profile.name));
    });
}

QCoro::Task<Done> ProfileStore::setDoubt(QString profileId, bool doubt)
{
    return m_database.run<void>([profileId = std::move(profileId), doubt](QSqlDatabase &database) {
        return sql::execute(database, u"UPDATE profiles SET organization_in_doubt = ? WHERE id = ?"_s,
                            {doubt, sql::text(profileId)});
    });
}

QCoro::Task<Done> ProfileStore::remove(QString profileId)
{
    return m_database.run<void>([profileId = std::move(profileId)](QSqlDatabase &database) {
        return sql::execute(database, u"DELETE FROM profiles WHERE id = ?"_s, {sql::text(profileId)});
    });
}

} // namespace latchkey
