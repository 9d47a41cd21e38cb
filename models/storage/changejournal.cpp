// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/changejournal.h"

#include "models/storage/database.h"
#include "models/storage/historystore.h"
#include "models/storage/keyversionstore.h"
#include "models/storage/recordjson.h"
#include "models/storage/sqlvalues.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

using Changes = QList<Change>;

const QString columns =
    u"id, kind, phase, profile_id, origin, instance_id, profile_name, instance_name, "
    u"instance_title, integration_name,"
    " type, role_arn, old_credential_id, new_credential_id, staged_version, "
    "previous_version, keep, post_attempts,"
    " probably_ours, started_at, updated_at, sent_at, gap_ms, problem, previous_role_arn, "
    "undoes, run, expires"_s;

QString keepWord(KeepKeys keep)
{
    switch (keep) {
    case KeepKeys::InKeychain:
        return u"keychain"_s;
    case KeepKeys::InMemory:
        return u"memory"_s;
    case KeepKeys::Nowhere:
        break;
    }
    return u"nowhere"_s;
}

KeepKeys keepFromWord(const QString &word)
{
    if (word == u"keychain"_s)
        return KeepKeys::InKeychain;
    return word == u"memory"_s ? KeepKeys::InMemory : KeepKeys::Nowhere;
}

QList<QVariant> values(const Change &change)
{
    return {sql::text(change.id),
            changeKindWord(change.kind),
            changePhaseWord(change.phase),
            sql::text(change.address.profileId),
            sql::text(change.address.origin),
            sql::text(change.address.instanceId),
            sql::text(change.profileName),
            sql::text(change.instanceName),
            sql::text(change.instanceTitle),
            sql::text(change.integrationName),
            sql::text(credentialTypeWord(change.type)),
            sql::text(change.roleArn),
            sql::text(change.oldCredentialId),
            sql::text(change.newCredentialId),
            sql::text(change.stagedVersion),
            sql::text(change.previousVersion),
            keepWord(change.keep),
            change.postAttempts,
            change.probablyOurs,
            sql::stamp(change.startedAt),
            sql::stamp(change.updatedAt),
            sql::stamp(change.sentAt),
            change.gapMs ? QVariant(*change.gapMs) : QVariant(),
            sql::text(recordjson::write(change.problem)),
            sql::text(change.previousRoleArn),
            sql::text(change.undoes),
            sql::text(change.run),
            sql::text(change.expires.toString(Qt::ISODate))};
}

/// nullopt where a newer Latchkey wrote words that this one does not know.
std::optional<Change> changeFrom(const sql::Statement &row)
{
    const std::optional<ChangeKind> kind = changeKindFromWord(row.at(1).toString());
    const std::optional<ChangePhase> phase = changePhaseFromWord(row.at(2).toString());
    if (!kind || !phase)
        return std::nullopt;
    Change change;
    change.id = row.at(0).toString();
    change.kind = *kind;
    change.phase = *phase;
    change.address = {row.at(3).toString(), row.at(4).toString(), row.at(5).toString()};
    change.profileName = row.at(6).toString();
    change.instanceName = row.at(7).toString();
    change.instanceTitle = row.at(8).toString();
    change.integrationName = row.at(9).toString();
    change.type = credentialTypeFromWord(row.at(10).toString());
    change.roleArn = row.at(11).toString();
    change.oldCredentialId = row.at(12).toString();
    change.newCredentialId = row.at(13).toString();
    change.stagedVersion = row.at(14).toString();
    change.previousVersion = row.at(15).toString();
    change.keep = keepFromWord(row.at(16).toString());
    change.postAttempts = row.at(17).toInt();
    change.probablyOurs = row.at(18).toBool();
    change.startedAt = sql::toStamp(row.at(19));
    change.updatedAt = sql::toStamp(row.at(20));
    change.sentAt = sql::toStamp(row.at(21));
    if (!row.at(22).isNull())
        change.gapMs = row.at(22).toLongLong();
    change.problem = recordjson::readProblem(row.at(23).toString());
    change.previousRoleArn = row.at(24).toString();
    change.undoes = row.at(25).toString();
    change.run = row.at(26).toString();
    change.expires = dateFromText(row.at(27).toString());
    return change;
}

Outcome<Changes> select(QSqlDatabase &database, const QString &rest, const QList<QVariant> &bound = {})
{
    sql::Statement statement(database, u"SELECT "_s + columns + u" FROM changes "_s + rest);
    if (Done done = statement.run(bound); !done)
        return std::move(done).problem();
    Changes changes;
    while (statement.next()) {
        if (auto change = changeFrom(statement))
            changes.append(std::move(*change));
    }
    if (Done done = statement.ended(); !done)
        return std::move(done).problem();
    return changes;
}

/// The key that seals the history; null where there is none.
using Key = std::shared_ptr<const Secret>;

Done appendPhase(QSqlDatabase &database, const QString &changeId, ChangePhase phase, const QDateTime &at)
{
    return sql::execute(
        database,
        u"INSERT INTO change_phases (change_id, position, phase, at) VALUES (?,"
        " (SELECT coalesce(max(position), 0) + 1 FROM change_phases WHERE change_id = ?), ?, ?)"_s,
        {sql::text(changeId), sql::text(changeId), changePhaseWord(phase), sql::stamp(at)});
}

Outcome<QList<ChangePhaseEntry>> phasesOf(QSqlDatabase &database, const QString &changeId)
{
    sql::Statement statement(database,
                             u"SELECT phase, at FROM change_phases WHERE change_id = ? ORDER BY position"_s);
    if (Done done = statement.run({sql::text(changeId)}); !done)
        return std::move(done).problem();
    QList<ChangePhaseEntry> phases;
    while (statement.next()) {
        if (const auto phase = changePhaseFromWord(statement.at(0).toString()))
            phases.append({*phase, sql::toStamp(statement.at(1))});
    }
    if (Done done = statement.ended(); !done)
        return std::move(done).problem();
    return phases;
}

/// What has ended belongs to the history, as it is in the database now.
Done addToHistory(QSqlDatabase &database, const QString &changeId, const Key &key)
{
    const Outcome<Changes> rows =
        select(database, u"WHERE id = ? AND unfinished = 0"_s, {sql::text(changeId)});
    if (!rows)
        return rows.problem();
    if (rows.value().isEmpty())
        return {};
    const Outcome<QList<ChangePhaseEntry>> phases = phasesOf(database, changeId);
    if (!phases)
        return phases.problem();
    return appendHistory(database, rows.value().constFirst(), phases.value(), key);
}

/// A credential may have been made from the keys of a change that ends without knowing it: they are no
/// longer nobody's.
Done keepWhatMayBeInUse(QSqlDatabase &database, const QString &changeId, ChangePhase phase,
                        const QDateTime &at)
{
    if (phase != ChangePhase::Left && phase != ChangePhase::Foreign)
        return {};
    return sql::execute(database,
                        u"UPDATE key_versions SET state = 'previous', retired_at = ? WHERE state = 'staged'"
                        " AND id = (SELECT staged_version FROM changes WHERE id = ? AND post_attempts > 0)"_s,
                        {sql::stamp(at), sql::text(changeId)});
}

Done setPhase(QSqlDatabase &database, const QString &changeId, ChangePhase phase, bool unfinished,
              const QDateTime &at, const Key &key)
{
    Done done =
        sql::execute(database, u"UPDATE changes SET phase = ?, unfinished = ?, updated_at = ? WHERE id = ?"_s,
                     {changePhaseWord(phase), unfinished, sql::stamp(at), sql::text(changeId)});
    if (!done)
        return done;
    done = appendPhase(database, changeId, phase, at);
    if (!done)
        return done;
    done = keepWhatMayBeInUse(database, changeId, phase, at);
    if (!done)
        return done;
    return addToHistory(database, changeId, key);
}

/// The phase that the change had before its way back began.
Outcome<ChangePhase> phaseBefore(QSqlDatabase &database, const QString &changeId)
{
    sql::Statement statement(database, u"SELECT phase FROM change_phases WHERE change_id = ? AND phase <> ?"
                                       " ORDER BY position DESC LIMIT 1"_s);
    Done done = statement.run({sql::text(changeId), changePhaseWord(ChangePhase::RollingBack)});
    if (!done)
        return std::move(done).problem();
    std::optional<ChangePhase> phase;
    if (statement.next())
        phase = changePhaseFromWord(statement.at(0).toString());
    return phase.value_or(ChangePhase::Prepared);
}

/// `change` takes back a way back: the change that this one was for is not rolled back after all. Nothing is
/// left to go on with of it, except that a replacement is in its gap again where no credential is there now.
Done settleWhatWasUndone(QSqlDatabase &database, const Change &wayBack, const Change &change, const Key &key)
{
    if (wayBack.undoes.isEmpty())
        return {};
    const Outcome<Changes> rows = select(database, u"WHERE id = ?"_s, {sql::text(wayBack.undoes)});
    if (!rows)
        return rows.problem();
    if (rows.value().isEmpty())
        return {};
    const Change first = rows.value().constFirst();
    if (first.phase != ChangePhase::RollingBack && first.phase != ChangePhase::RolledBack)
        return {};
    const bool isGone = change.kind == ChangeKind::Delete && first.kind != ChangeKind::Create;
    const ChangePhase phase = isGone ? ChangePhase::Deleted : ChangePhase::Left;
    // Its POST is long over: a credential that is found later is none of it.
    Done done = sql::execute(database, u"UPDATE changes SET sent_at = ? WHERE id = ?"_s,
                             {sql::stamp({}), sql::text(first.id)});
    if (!done)
        return done;
    return setPhase(database, first.id, phase, !isFinal(first.kind, phase), change.updatedAt, key);
}

/// A change that takes another one back carries it along: the other one is rolling back as long as this one
/// is under way, and unfinished again where this one sent nothing or came to nothing.
Done carryAlong(QSqlDatabase &database, const Change &change, const Key &key)
{
    if (change.undoes.isEmpty())
        return {};
    Outcome<Changes> rows = select(database, u"WHERE id = ?"_s, {sql::text(change.undoes)});
    if (!rows)
        return std::move(rows).problem();
    if (rows.value().isEmpty())
        return {};
    const Change undone = rows.value().constFirst();
    const bool rolling = undone.phase == ChangePhase::RollingBack;
    const QDateTime &at = change.updatedAt;
    switch (change.phase) {
    case ChangePhase::Prepared:
        if (isFinal(undone.kind, undone.phase))
            return {};
        return setPhase(database, undone.id, ChangePhase::RollingBack, false, at, key);
    case ChangePhase::Abandoned:
    case ChangePhase::RolledBack: {
        if (!rolling)
            return {};
        const Outcome<ChangePhase> before = phaseBefore(database, undone.id);
        if (!before)
            return before.problem();
        return setPhase(database, undone.id, before.value(), !isFinal(undone.kind, before.value()), at, key);
    }
    case ChangePhase::Left:
    case ChangePhase::Foreign:
        return rolling ? setPhase(database, undone.id, ChangePhase::Left, false, at, key) : Done();
    case ChangePhase::Deleted:
        if (change.kind != ChangeKind::Delete)
            return {};
        [[fallthrough]];
    case ChangePhase::Created:
        if (Done done = settleWhatWasUndone(database, undone, change, key); !done)
            return done;
        return setPhase(database, undone.id, ChangePhase::RolledBack, false, at, key);
    case ChangePhase::Deleting:
    case ChangePhase::Creating:
    case ChangePhase::Verified:
    case ChangePhase::NotHealthy:
    case ChangePhase::RollingBack:
    case ChangePhase::Adopted:
        break;
    }
    return {};
}

/// Whose credential is gone is not looked at any more, whether it was verified or not; and a gap that another
/// change left is over when this one has created a credential.
Done leaveTheOneBefore(QSqlDatabase &database, const Change &change, const Key &key)
{
    const QString stillOpen =
        change.phase == ChangePhase::Created ? changePhaseWord(ChangePhase::Deleted) : QString();
    const Outcome<Changes> rows =
        select(database,
               u"WHERE origin = ? AND instance_id = ? AND unfinished = 1 AND id <> ?"
               " AND (phase = ? OR phase = ?)"_s,
               {sql::text(change.address.origin), sql::text(change.address.instanceId), sql::text(change.id),
                changePhaseWord(ChangePhase::Created), sql::text(stillOpen)});
    if (!rows)
        return rows.problem();
    for (const Change &before : rows.value()) {
        Done done = setPhase(database, before.id, ChangePhase::Left, false, change.updatedAt, key);
        if (!done)
            return done;
    }
    return {};
}

/// The row and its entry in the list of phases.
Done write(QSqlDatabase &database, const Change &change, const Key &key)
{
    QStringList names = columns.split(u", "_s);
    QStringList updates;
    for (QString &name : names) {
        name = name.trimmed();
        if (name != u"id"_s)
            updates.append(name + u" = excluded."_s + name);
    }
    const QString statement = u"INSERT INTO changes ("_s + columns + u", unfinished) VALUES ("_s +
                              u"?, "_s.repeated(names.size()) + u"?) ON CONFLICT (id) DO UPDATE SET "_s +
                              updates.join(u", "_s) + u", unfinished = excluded.unfinished"_s;
    QList<QVariant> bound = values(change);
    bound.append(!isFinal(change.kind, change.phase));
    if (Done done = sql::execute(database, statement, bound); !done)
        return done;
    const QDateTime at = change.updatedAt.isValid() ? change.updatedAt : change.startedAt;
    if (Done done = appendPhase(database, change.id, change.phase, at); !done)
        return done;
    if (Done done = keepWhatMayBeInUse(database, change.id, change.phase, at); !done)
        return done;
    if (Done done = addToHistory(database, change.id, key); !done)
        return done;
    // A change that goes on after a crash may come to CREATED without having noted DELETED.
    if (change.phase == ChangePhase::Deleted || change.phase == ChangePhase::Created) {
        if (Done done = leaveTheOneBefore(database, change, key); !done)
            return done;
    }
    return carryAlong(database, change, key);
}

Done retireCurrent(QSqlDatabase &database, const Change &change)
{
    return retireCurrentVersion(database, change.address.origin, change.address.instanceId, change.updatedAt);
}

} // namespace

ChangeJournal::ChangeJournal(Database &database)
    : m_database(database)
{
}

QCoro::Task<Done> ChangeJournal::record(Change change)
{
    return m_database.run<void>([change = std::move(change), key = m_key](QSqlDatabase &database) {
        return write(database, change, key);
    });
}

QCoro::Task<Done> ChangeJournal::recordCreated(Change change)
{
    return m_database.run<void>([change = std::move(change), key = m_key](QSqlDatabase &database) -> Done {
        if (Done done = write(database, change, key); !done)
            return done;
        // Also where the new keys have no row (held in memory, kept nowhere): the old credential is gone all
        // the same.
        if (Done done = retireCurrent(database, change); !done)
            return done;
        if (change.stagedVersion.isEmpty())
            return {};
        return promoteVersion(database, change.stagedVersion, change.newCredentialId);
    });
}

QCoro::Task<Done> ChangeJournal::recordDeleted(Change change)
{
    return m_database.run<void>([change = std::move(change), key = m_key](QSqlDatabase &database) -> Done {
        if (Done done = write(database, change, key); !done)
            return done;
        if (Done done = leaveTheOneBefore(database, change, key); !done)
            return done;
        return retireCurrent(database, change);
    });
}

QCoro::Task<Done> ChangeJournal::recordAdopted(Change change)
{
    return m_database.run<void>([change = std::move(change), key = m_key](QSqlDatabase &database) -> Done {
        if (Done done = write(database, change, key); !done)
            return done;
        if (Done done = retireCurrent(database, change); !done)
            return done;
        return promoteVersion(database, change.stagedVersion, change.newCredentialId, true);
    });
}

QCoro::Task<Outcome<Change>> ChangeJournal::recordWatched(Change change)
{
    return m_database.run<Change>(
        [change = std::move(change), key = m_key](QSqlDatabase &database) -> Outcome<Change> {
            const Outcome<Changes> rows = select(database, u"WHERE id = ?"_s, {sql::text(change.id)});
            if (!rows)
                return rows.problem();
            if (!rows.value().isEmpty() && rows.value().constFirst().phase != ChangePhase::Created)
                return rows.value().constFirst();
            if (Done done = write(database, change, key); !done)
                return std::move(done).problem();
            return change;
        });
}

QCoro::Task<Outcome<Changes>> ChangeJournal::unfinished()
{
    return m_database.run<Changes>([](QSqlDatabase &database) {
        return select(database, u"WHERE unfinished = 1 ORDER BY started_at, rowid"_s);
    });
}

QCoro::Task<Outcome<Changes>> ChangeJournal::ofRun(QString run)
{
    return m_database.run<Changes>([run = std::move(run)](QSqlDatabase &database) {
        return select(database, u"WHERE run = ? AND run <> '' ORDER BY started_at, rowid"_s,
                      {sql::text(run)});
    });
}

QCoro::Task<Outcome<Changes>> ChangeJournal::verifiedReplacements()
{
    return m_database.run<Changes>([](QSqlDatabase &database) {
        return select(database, u"WHERE kind = ? AND phase = ? AND type = ? ORDER BY started_at, rowid"_s,
                      {changeKindWord(ChangeKind::Replace), changePhaseWord(ChangePhase::Verified),
                       credentialTypeWord(CredentialType::MultiKey)});
    });
}

QCoro::Task<Outcome<Changes>> ChangeJournal::recent(int most)
{
    return m_database.run<Changes>([most](QSqlDatabase &database) {
        return select(database, u"ORDER BY started_at DESC, rowid DESC LIMIT ?"_s, {most});
    });
}

QCoro::Task<Outcome<std::optional<Change>>> ChangeJournal::find(QString changeId)
{
    using Found = std::optional<Change>;
    return m_database.run<Found>([changeId = std::move(changeId)](QSqlDatabase &database) -> Outcome<Found> {
        Outcome<Changes> changes = select(database, u"WHERE id = ?"_s, {sql::text(changeId)});
        if (!changes)
            return std::move(changes).problem();
        return changes.value().isEmpty() ? Found() : Found(changes.value().constFirst());
    });
}

QCoro::Task<Outcome<QString>> ChangeJournal::lastThatRetired(QString origin, QString instanceId,
                                                             QString versionId)
{
    return m_database.run<QString>(
        [origin = std::move(origin), instanceId = std::move(instanceId),
         versionId = std::move(versionId)](QSqlDatabase &database) -> Outcome<QString> {
            const Outcome<Changes> changes =
                select(database,
                       u"WHERE origin = ? AND instance_id = ? AND previous_version = ? AND unfinished = 0"
                       " AND phase IN ('verified', 'not_healthy', 'deleted') ORDER BY rowid DESC LIMIT 1"_s,
                       {sql::text(origin), sql::text(instanceId), sql::text(versionId)});
            if (!changes)
                return changes.problem();
            return changes.value().isEmpty() ? QString() : changes.value().constFirst().id;
        });
}

QCoro::Task<Outcome<QList<ChangePhaseEntry>>> ChangeJournal::phases(QString changeId)
{
    return m_database.run<QList<ChangePhaseEntry>>(
        [changeId = std::move(changeId)](QSqlDatabase &database) { return phasesOf(database, changeId); });
}

} // namespace latchkey
