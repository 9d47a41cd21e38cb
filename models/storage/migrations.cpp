// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/migrations.h"

#include "models/storage/sqlproblem.h"
#include "models/storage/storagetext.h"

#include <QList>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <array>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

using Answer = std::optional<Problem>;

constexpr int applicationId = 0x4c4b6579; // "LKey"; tells Latchkey's file from another program's.

/// Version n of the tables is what migration n made of version n - 1. Never change one that was released.
using Migration = QList<QString>;

Migration firstTables()
{
    return {
        u"PRAGMA application_id=%1"_s.arg(applicationId),
        u"CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)"_s,
        u"CREATE TABLE profiles (id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL,"
        " endpoints TEXT NOT NULL, ca_file TEXT NOT NULL, colour TEXT NOT NULL, production INTEGER NOT NULL,"
        " token_version TEXT NOT NULL, organization_in_doubt INTEGER NOT NULL)"_s,
        u"CREATE TABLE snapshot_records (profile_id TEXT NOT NULL, origin TEXT NOT NULL, instance_id TEXT "
        u"NOT NULL,"
        " record TEXT NOT NULL, PRIMARY KEY (profile_id, origin, instance_id)) WITHOUT ROWID"_s,
        u"CREATE TABLE snapshot_catalogs (profile_id TEXT NOT NULL, origin TEXT NOT NULL, integrations TEXT "
        u"NOT NULL,"
        " PRIMARY KEY (profile_id, origin))"_s,
        u"CREATE TABLE snapshot_endpoints (profile_id TEXT NOT NULL, origin TEXT NOT NULL, label TEXT NOT "
        u"NULL,"
        " listed_at TEXT NOT NULL, dropped_items INTEGER NOT NULL, problem TEXT NOT NULL,"
        " PRIMARY KEY (profile_id, origin))"_s,
        u"CREATE TABLE key_versions (id TEXT PRIMARY KEY, purpose TEXT NOT NULL, state TEXT NOT NULL,"
        " origin TEXT NOT NULL, instance_id TEXT NOT NULL, instance_name TEXT NOT NULL, profile_id TEXT NOT "
        "NULL,"
        " fingerprints TEXT NOT NULL, credential_id TEXT NOT NULL, created_at TEXT NOT NULL,"
        " retired_at TEXT NOT NULL)"_s,
        u"CREATE INDEX key_versions_of_instance ON key_versions (origin, instance_id)"_s,
        u"CREATE UNIQUE INDEX one_current_version ON key_versions (origin, instance_id)"
        " WHERE purpose = 'keys' AND state = 'current'"_s,
        u"CREATE TABLE changes (id TEXT PRIMARY KEY, kind TEXT NOT NULL, phase TEXT NOT NULL,"
        " unfinished INTEGER NOT NULL, profile_id TEXT NOT NULL, origin TEXT NOT NULL, instance_id TEXT NOT "
        "NULL,"
        " profile_name TEXT NOT NULL, instance_name TEXT NOT NULL, instance_title TEXT NOT NULL,"
        " integration_name TEXT NOT NULL, type TEXT NOT NULL, role_arn TEXT NOT NULL,"
        " old_credential_id TEXT NOT NULL, new_credential_id TEXT NOT NULL, staged_version TEXT NOT NULL,"
        " previous_version TEXT NOT NULL, keep TEXT NOT NULL, post_attempts INTEGER NOT NULL,"
        " probably_ours INTEGER NOT NULL, started_at TEXT NOT NULL, updated_at TEXT NOT NULL, sent_at TEXT "
        "NOT NULL,"
        " gap_ms INTEGER, problem TEXT NOT NULL)"_s,
        u"CREATE INDEX changes_by_start ON changes (started_at)"_s,
        u"CREATE INDEX changes_unfinished ON changes (unfinished) WHERE unfinished = 1"_s,
        u"CREATE TABLE change_phases (change_id TEXT NOT NULL REFERENCES changes (id) ON DELETE CASCADE,"
        " position INTEGER NOT NULL, phase TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (change_id, "
        "position))"
        " WITHOUT ROWID"_s,
    };
}

Migration wayBackAndHistory()
{
    return {
        u"ALTER TABLE changes ADD COLUMN previous_role_arn TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE changes ADD COLUMN undoes TEXT NOT NULL DEFAULT ''"_s,
        u"CREATE TABLE history (number INTEGER PRIMARY KEY, change_id TEXT NOT NULL, body TEXT NOT NULL,"
        " digest TEXT NOT NULL, seal TEXT NOT NULL)"_s,
        // The first tables took CREATED for an end.
        u"UPDATE changes SET unfinished = 1 WHERE phase = 'created'"_s,
    };
}

/// With which token an endpoint was listed, and what the list lacked.
Migration listsOfEndpoints()
{
    return {
        u"ALTER TABLE snapshot_endpoints ADD COLUMN token_version TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE snapshot_endpoints ADD COLUMN shortfall TEXT NOT NULL DEFAULT ''"_s,
    };
}

/// Which keys the user entered for a credential that somebody else made.
Migration enteredKeys()
{
    return {u"ALTER TABLE key_versions ADD COLUMN entered INTEGER NOT NULL DEFAULT 0"_s};
}

/// Which changes are rows of one bulk run.
Migration bulkRuns()
{
    return {
        u"ALTER TABLE changes ADD COLUMN run TEXT NOT NULL DEFAULT ''"_s,
        u"CREATE INDEX changes_of_run ON changes (run) WHERE run <> ''"_s,
    };
}

Migration protectedInstances()
{
    return {u"CREATE TABLE protected_instances (origin TEXT NOT NULL, instance_id TEXT NOT NULL,"
            " PRIMARY KEY (origin, instance_id)) WITHOUT ROWID"_s};
}

/// What the user wrote down about credentials and tokens, and what of it is known.
Migration recordedExpiries()
{
    return {
        u"CREATE TABLE expiry_records (origin TEXT NOT NULL, instance_id TEXT NOT NULL,"
        " credential_id TEXT NOT NULL, date TEXT NOT NULL, lives_days INTEGER NOT NULL, owner TEXT NOT NULL,"
        " note TEXT NOT NULL, recorded_at TEXT NOT NULL, PRIMARY KEY (origin, instance_id)) WITHOUT ROWID"_s,
        u"CREATE TABLE attention_marks (origin TEXT NOT NULL, instance_id TEXT NOT NULL,"
        " credential_id TEXT NOT NULL, snoozed_until TEXT NOT NULL, acknowledged TEXT NOT NULL,"
        " PRIMARY KEY (origin, instance_id)) WITHOUT ROWID"_s,
        u"ALTER TABLE profiles ADD COLUMN token_expires TEXT NOT NULL DEFAULT ''"_s,
    };
}

/// The last day of the new keys of a change.
Migration expiryOfChanges()
{
    return {u"ALTER TABLE changes ADD COLUMN expires TEXT NOT NULL DEFAULT ''"_s};
}

/// What reminders were said.
Migration saidReminders()
{
    return {
        u"CREATE TABLE reminders (origin TEXT NOT NULL, subject TEXT NOT NULL, credential_id TEXT NOT NULL,"
        " ends INTEGER NOT NULL, step TEXT NOT NULL, said_at TEXT NOT NULL, snoozed_until TEXT NOT NULL,"
        " PRIMARY KEY (origin, subject, credential_id, ends)) WITHOUT ROWID"_s};
}

/// Of which replacements the user said that the old key is revoked.
Migration revokedKeys()
{
    return {
        u"CREATE TABLE revoked_keys (change_id TEXT PRIMARY KEY, revoked_at TEXT NOT NULL) WITHOUT ROWID"_s};
}

const QList<Migration> &migrations()
{
    static const QList<Migration> all{
        firstTables(),        listsOfEndpoints(), wayBackAndHistory(), enteredKeys(),   bulkRuns(),
        protectedInstances(), recordedExpiries(), expiryOfChanges(),   saidReminders(), revokedKeys()};
    return all;
}

/// nullopt: could not be read, see `query`.
std::optional<qint64> readNumber(QSqlQuery &query, const QString &statement)
{
    if (!query.exec(statement) || !query.next())
        return std::nullopt;
    const qint64 number = query.value(0).toLongLong();
    query.finish();
    return number;
}

Answer step(QSqlDatabase &database, const QString &file, int version)
{
    QSqlQuery query(database);
    const std::optional<qint64> found = readNumber(query, u"PRAGMA user_version"_s);
    if (!found)
        return sqlProblem(query.lastError(), file);
    if (*found >= version) // Another process was faster.
        return std::nullopt;
    QList<QString> statements = migrations().at(version - 1);
    statements.append(u"PRAGMA user_version=%1"_s.arg(version));
    for (const QString &statement : std::as_const(statements)) {
        if (!query.exec(statement))
            return sqlProblem(query.lastError(), file);
    }
    return std::nullopt;
}

} // namespace

int databaseVersion()
{
    return static_cast<int>(migrations().size());
}

Answer checkOwnership(QSqlDatabase &database, const QString &file)
{
    QSqlQuery query(database);
    const std::optional<qint64> version = readNumber(query, u"PRAGMA user_version"_s);
    if (!version)
        return sqlProblem(query.lastError(), file);
    const std::optional<qint64> id = readNumber(query, u"PRAGMA application_id"_s);
    if (!id)
        return sqlProblem(query.lastError(), file);
    const std::optional<qint64> tables = readNumber(query, u"SELECT count(*) FROM sqlite_master"_s);
    if (!tables)
        return sqlProblem(query.lastError(), file);
    if (*id != applicationId && (*id != 0 || *version != 0 || *tables != 0))
        return storageFailed(file,
                             StorageText::tr("It belongs to another program. Nothing in it was changed."));
    if (*version > databaseVersion())
        return storageFailed(
            file,
            StorageText::tr("It was written by a newer Latchkey (tables of version %1, this one knows %2). "
                            "Nothing in it was changed; install that version again.")
                .arg(*version)
                .arg(databaseVersion()));
    return std::nullopt;
}

Answer migrate(QSqlDatabase &database, const QString &file)
{
    for (int version = 1; version <= databaseVersion(); ++version) {
        Answer problem = inTransaction(
            database, file, [&file, version](QSqlDatabase &there) { return step(there, file, version); });
        if (problem)
            return problem;
    }
    return std::nullopt;
}

Answer inTransaction(QSqlDatabase &database, const QString &file,
                     const std::function<Answer(QSqlDatabase &)> &work)
{
    QSqlQuery query(database);
    // IMMEDIATE: whether another process is writing shows here, not in the middle of the work.
    if (!query.exec(u"BEGIN IMMEDIATE"_s))
        return sqlProblem(query.lastError(), file);
    Answer problem = work(database);
    // A query, not QSqlDatabase::commit(): that one loses the error code of a full disk.
    if (!problem && !query.exec(u"COMMIT"_s))
        problem = sqlProblem(query.lastError(), file);
    // SQLite may have rolled back by itself; that this then fails does not matter.
    if (problem)
        query.exec(u"ROLLBACK"_s);
    return problem;
}

} // namespace latchkey
