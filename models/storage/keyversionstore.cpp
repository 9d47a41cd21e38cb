// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/keyversionstore.h"

#include "models/storage/database.h"
#include "models/storage/sqlvalues.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

using Versions = QList<KeyVersion>;

const QString columns = u"id, purpose, state, origin, instance_id, instance_name, profile_id, fingerprints,"
                        " credential_id, created_at, retired_at, entered"_s;

QString toJson(const QList<HeaderFingerprint> &fingerprints)
{
    QJsonArray array;
    for (const HeaderFingerprint &fingerprint : fingerprints) {
        const QString hmac = QString::fromLatin1(fingerprint.hmac.toBase64());
        array.append(QJsonObject{{u"header"_s, fingerprint.header}, {u"hmac"_s, hmac}});
    }
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QList<HeaderFingerprint> fingerprintsFrom(const QString &json)
{
    QList<HeaderFingerprint> fingerprints;
    const QJsonArray array = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const QJsonValue &value : array) {
        const QByteArray hmac = value[u"hmac"_s].toString().toLatin1();
        fingerprints.append({value[u"header"_s].toString(), QByteArray::fromBase64(hmac)});
    }
    return fingerprints;
}

KeyVersion versionFrom(const sql::Statement &row)
{
    KeyVersion version;
    version.id = row.at(0).toString();
    version.purpose =
        row.at(1).toString() == u"token"_s ? KeyVersion::Purpose::Token : KeyVersion::Purpose::Keys;
    version.state = keyVersionStateFromWord(row.at(2).toString());
    version.origin = row.at(3).toString();
    version.instanceId = row.at(4).toString();
    version.instanceName = row.at(5).toString();
    version.profileId = row.at(6).toString();
    version.fingerprints = fingerprintsFrom(row.at(7).toString());
    version.credentialId = row.at(8).toString();
    version.createdAt = sql::toStamp(row.at(9));
    version.retiredAt = sql::toStamp(row.at(10));
    version.entered = row.at(11).toBool();
    return version;
}

Outcome<Versions> select(QSqlDatabase &database, const QString &rest, const QList<QVariant> &values)
{
    sql::Statement statement(database, u"SELECT "_s + columns + u" FROM key_versions "_s + rest);
    if (Done done = statement.run(values); !done)
        return std::move(done).problem();
    Versions versions;
    while (statement.next())
        versions.append(versionFrom(statement));
    if (Done done = statement.ended(); !done)
        return std::move(done).problem();
    return versions;
}

Done add(QSqlDatabase &database, const KeyVersion &version)
{
    const bool token = version.purpose == KeyVersion::Purpose::Token;
    return sql::execute(
        database,
        u"INSERT INTO key_versions ("_s + columns + u") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {sql::text(version.id), token ? u"token"_s : u"keys"_s, keyVersionStateWord(version.state),
         sql::text(version.origin), sql::text(version.instanceId), sql::text(version.instanceName),
         sql::text(version.profileId), toJson(version.fingerprints), sql::text(version.credentialId),
         sql::stamp(version.createdAt), sql::stamp(version.retiredAt), version.entered});
}

} // namespace

KeyVersionStore::KeyVersionStore(Database &database)
    : m_database(database)
{
}

QCoro::Task<Outcome<Versions>> KeyVersionStore::all()
{
    return m_database.run<Versions>([](QSqlDatabase &database) {
        return select(database, u"ORDER BY created_at DESC, rowid DESC"_s, {});
    });
}

QCoro::Task<Outcome<Versions>> KeyVersionStore::of(QString origin, QString instanceId)
{
    return m_database.run<Versions>([origin = std::move(origin),
                                     instanceId = std::move(instanceId)](QSqlDatabase &database) {
        return select(
            database,
            u"WHERE purpose = 'keys' AND origin = ? AND instance_id = ? ORDER BY created_at DESC, rowid DESC"_s,
            {sql::text(origin), sql::text(instanceId)});
    });
}

QCoro::Task<Outcome<std::optional<KeyVersion>>> KeyVersionStore::find(QString versionId)
{
    using Found = std::optional<KeyVersion>;
    return m_database.run<Found>(
        [versionId = std::move(versionId)](QSqlDatabase &database) -> Outcome<Found> {
            Outcome<Versions> versions = select(database, u"WHERE id = ?"_s, {sql::text(versionId)});
            if (!versions)
                return std::move(versions).problem();
            return versions.value().isEmpty() ? Found() : Found(versions.value().constFirst());
        });
}

QCoro::Task<Done> KeyVersionStore::insert(KeyVersion version)
{
    return m_database.run<void>(
        [version = std::move(version)](QSqlDatabase &database) { return add(database, version); });
}

QCoro::Task<Outcome<bool>> KeyVersionStore::insertIfNew(KeyVersion version)
{
    return m_database.run<bool>([version = std::move(version)](QSqlDatabase &database) -> Outcome<bool> {
        Outcome<Versions> versions = select(database, u"WHERE id = ?"_s, {sql::text(version.id)});
        if (!versions)
            return std::move(versions).problem();
        if (!versions.value().isEmpty())
            return false;
        Done done = add(database, version);
        if (!done)
            return std::move(done).problem();
        return true;
    });
}

QCoro::Task<Outcome<bool>> KeyVersionStore::setState(QString versionId, QList<KeyVersion::State> from,
                                                     KeyVersion::State to)
{
    return m_database.run<bool>([versionId = std::move(versionId), from = std::move(from),
                                 to](QSqlDatabase &database) -> Outcome<bool> {
        Outcome<Versions> versions = select(database, u"WHERE id = ?"_s, {sql::text(versionId)});
        if (!versions)
            return std::move(versions).problem();
        if (versions.value().isEmpty() || !from.contains(versions.value().constFirst().state))
            return false;
        Done done = sql::execute(database, u"UPDATE key_versions SET state = ? WHERE id = ?"_s,
                                 {keyVersionStateWord(to), sql::text(versionId)});
        if (!done)
            return std::move(done).problem();
        return true;
    });
}

QCoro::Task<Done> KeyVersionStore::adopt(KeyVersion version, QString credentialId, QDateTime at)
{
    return m_database.run<void>([version = std::move(version), credentialId = std::move(credentialId),
                                 at = std::move(at)](QSqlDatabase &database) -> Done {
        if (Done done = retireCurrentVersion(database, version.origin, version.instanceId, at); !done)
            return done;
        return promoteVersion(database, version.id, credentialId);
    });
}

QCoro::Task<Outcome<QStringList>> KeyVersionStore::namedByUnfinishedChanges()
{
    return m_database.run<QStringList>([](QSqlDatabase &database) -> Outcome<QStringList> {
        sql::Statement statement(database, u"SELECT staged_version FROM changes WHERE unfinished = 1 UNION"
                                           " SELECT previous_version FROM changes WHERE unfinished = 1"_s);
        if (Done done = statement.run(); !done)
            return std::move(done).problem();
        QStringList ids;
        while (statement.next())
            ids.append(statement.at(0).toString());
        if (Done done = statement.ended(); !done)
            return std::move(done).problem();
        ids.removeAll(QString());
        return ids;
    });
}

QCoro::Task<Outcome<QHash<QString, QDateTime>>> KeyVersionStore::superseded()
{
    using Times = QHash<QString, QDateTime>;
    return m_database.run<Times>([](QSqlDatabase &database) -> Outcome<Times> {
        sql::Statement statement(
            database,
            u"SELECT v.id, min(p.at) FROM key_versions v"
            " JOIN key_versions w ON w.purpose = 'keys' AND w.origin = v.origin"
            " AND w.instance_id = v.instance_id AND w.id <> v.id AND w.state IN ('current', 'previous')"
            " JOIN changes c ON c.staged_version = w.id AND c.kind <> 'delete'"
            " JOIN change_phases p ON p.change_id = c.id AND p.phase = 'verified' AND p.at >= v.retired_at"
            " WHERE v.purpose = 'keys' AND v.state = 'previous' AND v.retired_at <> '' GROUP BY v.id"_s);
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

QCoro::Task<Outcome<QList<KeyVersionStore::Turn>>> KeyVersionStore::turns(QString origin, QString instanceId)
{
    return m_database.run<QList<Turn>>([origin = std::move(origin), instanceId = std::move(instanceId)](
                                           QSqlDatabase &database) -> Outcome<QList<Turn>> {
        sql::Statement statement(
            database,
            u"SELECT c.rowid, CASE c.kind WHEN 'delete' THEN '' ELSE c.staged_version END, "
            u"c.new_credential_id, p.at"
            " FROM changes c JOIN change_phases p ON p.change_id = c.id"
            " WHERE c.origin = ? AND c.instance_id = ?"
            " AND (p.phase IN ('created', 'adopted') OR (c.kind = 'delete' AND p.phase = 'deleted')) ORDER BY c.rowid, p.position"_s);
        if (Done done = statement.run({sql::text(origin), sql::text(instanceId)}); !done)
            return std::move(done).problem();
        QList<Turn> turns;
        while (statement.next()) {
            turns.append({statement.at(0).toLongLong(), statement.at(1).toString(),
                          statement.at(2).toString(), sql::toStamp(statement.at(3))});
        }
        if (Done done = statement.ended(); !done)
            return std::move(done).problem();
        return turns;
    });
}

Done promoteVersion(QSqlDatabase &database, const QString &versionId, const QString &credentialId,
                    bool entered)
{
    return sql::execute(
        database,
        u"UPDATE key_versions SET state = 'current', credential_id = ?, retired_at = '', entered = ?"
        " WHERE id = ? AND purpose = 'keys' AND state IN ('staged', 'previous')"_s,
        {sql::text(credentialId), entered, sql::text(versionId)});
}

Done retireCurrentVersion(QSqlDatabase &database, const QString &origin, const QString &instanceId,
                          const QDateTime &at)
{
    return sql::execute(database,
                        u"UPDATE key_versions SET state = 'previous', retired_at = ?"
                        " WHERE purpose = 'keys' AND state = 'current' AND origin = ? AND instance_id = ?"_s,
                        {sql::stamp(at), sql::text(origin), sql::text(instanceId)});
}

} // namespace latchkey
