// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/changejournal.h"
#include "models/storage/keyversionstore.h"
#include "tests/support/temporarydatabase.h"
#include "tests/support/testmain.h"

#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace latchkey;
using latchkey::test::await;
using latchkey::test::TemporaryDatabase;
using State = KeyVersion::State;

namespace {

const QString origin = u"https://eu.api.konghq.com:443"_s;

QDateTime moment(int second)
{
    return QDateTime(QDate(2026, 11, 3), QTime(9, 0, second, 123), Qt::UTC);
}

Change replacement(const QString &id, const QString &staged)
{
    Change change;
    change.id = id;
    change.kind = ChangeKind::Replace;
    change.address = {u"profile-1"_s, origin, u"instance-1"_s};
    change.profileName = u"Prod"_s;
    change.instanceName = u"datadog-prod"_s;
    change.instanceTitle = u"Datadog"_s;
    change.integrationName = u"datadog"_s;
    change.oldCredentialId = u"credential-old"_s;
    change.stagedVersion = staged;
    change.previousVersion = u"version-old"_s;
    change.startedAt = moment(1);
    change.updatedAt = moment(2);
    return change;
}

KeyVersion version(const QString &id, State state, const QString &instanceId = u"instance-1"_s)
{
    KeyVersion version;
    version.id = id;
    version.state = state;
    version.origin = origin;
    version.instanceId = instanceId;
    version.instanceName = u"datadog-prod"_s;
    version.profileId = u"profile-1"_s;
    version.fingerprints = {{u"DD-API-KEY"_s, QByteArray::fromHex("00ff10")}, {u"b"_s, QByteArray()}};
    version.createdAt = moment(1);
    return version;
}

/// By value: a range-for over a temporary's member would outlive the temporary.
QStringList idsOf(std::optional<Outcome<QList<Change>>> changes)
{
    QStringList ids;
    if (changes && *changes) {
        for (const Change &change : std::as_const(changes->value()))
            ids.append(change.id);
    }
    return ids;
}

} // namespace

class TstChangeJournal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsEveryFieldThatRecoveryNeeds()
    {
        TemporaryDatabase database;
        Change change = replacement(u"c1"_s, u"version-new"_s);
        change.type = CredentialType::AwsRole;
        change.roleArn = u"arn:aws:iam::123456789012:role/kong"_s;
        change.newCredentialId = u"credential-new"_s;
        change.keep = KeepKeys::Nowhere;
        change.postAttempts = 2;
        change.probablyOurs = true;
        change.gapMs = 1234;
        change.sentAt = moment(3);
        change.run = u"run-1"_s;
        change.expires = QDate(2027, 2, 28);
        change.phase = ChangePhase::Creating;
        Problem problem;
        problem.category = Problem::Category::OutcomeUnknown;
        problem.caption = u"No answer"_s;
        change.problem = problem;
        QVERIFY(await(ChangeJournal(*database).record(change))->ok());
        database.reopen();
        const auto found = await(ChangeJournal(*database).find(u"c1"_s));
        QVERIFY(found->value());
        QVERIFY(*found->value() == change);
        QVERIFY(!await(ChangeJournal(*database).find(u"c2"_s))->value());
    }

    void knowsTheChangesOfARun()
    {
        TemporaryDatabase database;
        ChangeJournal journal(*database);
        for (const QString &id : {u"c1"_s, u"c2"_s, u"c3"_s, u"c4"_s}) {
            Change change = replacement(id, {});
            if (id != u"c2"_s)
                change.run = id == u"c3"_s ? u"run-2"_s : u"run-1"_s;
            QVERIFY(await(journal.record(change))->ok());
        }
        Change ended = replacement(u"c1"_s, {});
        ended.run = u"run-1"_s;
        ended.phase = ChangePhase::Verified;
        QVERIFY(await(journal.record(ended))->ok());
        QCOMPARE(idsOf(await(journal.ofRun(u"run-1"_s))), (QStringList{u"c1"_s, u"c4"_s}));
        QVERIFY(idsOf(await(journal.ofRun(QString()))).isEmpty());
    }

    void knowsTheReplacementsThatWereVerified()
    {
        TemporaryDatabase database;
        ChangeJournal journal(*database);
        const auto record = [&journal](const QString &id, int second, auto change) {
            Change made = replacement(id, {});
            made.phase = ChangePhase::Verified;
            made.startedAt = moment(second);
            change(made);
            return await(journal.record(made))->ok();
        };
        QVERIFY(record(u"later"_s, 5, [](Change &) {}));
        QVERIFY(record(u"sooner"_s, 3, [](Change &) {}));
        QVERIFY(record(u"created"_s, 3, [](Change &made) { made.phase = ChangePhase::Created; }));
        QVERIFY(record(u"first"_s, 3, [](Change &made) { made.kind = ChangeKind::Create; }));
        QVERIFY(record(u"role"_s, 3, [](Change &made) { made.type = CredentialType::AwsRole; }));
        QCOMPARE(idsOf(await(journal.verifiedReplacements())), (QStringList{u"sooner"_s, u"later"_s}));
        // What is rolled back is none any more.
        QVERIFY(record(u"back"_s, 9, [](Change &made) {
            made.phase = ChangePhase::Created;
            made.undoes = u"later"_s;
        }));
        QCOMPARE(idsOf(await(journal.verifiedReplacements())), QStringList{u"sooner"_s});
    }

    void keepsEveryPhaseInOrder()
    {
        TemporaryDatabase database;
        ChangeJournal journal(*database);
        Change change = replacement(u"c1"_s, {});
        const QList<ChangePhase> phases{ChangePhase::Prepared, ChangePhase::Deleting, ChangePhase::Deleted,
                                        ChangePhase::Creating, ChangePhase::Creating};
        for (int i = 0; i < phases.size(); ++i) {
            change.phase = phases.at(i);
            change.updatedAt = moment(i);
            QVERIFY(await(journal.record(change))->ok());
        }
        const auto kept = await(journal.phases(u"c1"_s));
        QCOMPARE(kept->value().size(), phases.size());
        for (int i = 0; i < phases.size(); ++i) {
            QCOMPARE(kept->value().at(i).phase, phases.at(i));
            QCOMPARE(kept->value().at(i).at, moment(i));
        }
        QCOMPARE(await(journal.recent(10))->value().size(), 1);
    }

    void listsUnfinishedChangesOldestFirst()
    {
        TemporaryDatabase database;
        ChangeJournal journal(*database);
        for (int i = 3; i > 0; --i) {
            Change change = replacement(QString::number(i), {});
            change.startedAt = moment(i);
            change.phase = i == 2 ? ChangePhase::Verified : ChangePhase::Deleted;
            QVERIFY(await(journal.record(change))->ok());
        }
        Change deletion = replacement(u"4"_s, {});
        deletion.kind = ChangeKind::Delete;
        deletion.phase = ChangePhase::Deleted; // where a Delete ends
        deletion.startedAt = moment(4);
        QVERIFY(await(journal.record(deletion))->ok());
        QCOMPARE(idsOf(await(journal.unfinished())), QStringList({u"1"_s, u"3"_s}));
        QCOMPARE(idsOf(await(journal.recent(2))), QStringList({u"4"_s, u"3"_s}));
    }

    void promotesWithCreated()
    {
        TemporaryDatabase database;
        KeyVersionStore rows(*database);
        QVERIFY(await(rows.insert(version(u"older"_s, State::Previous)))->ok());
        QVERIFY(await(rows.insert(version(u"old"_s, State::Current)))->ok());
        QVERIFY(await(rows.insert(version(u"new"_s, State::Staged)))->ok());
        QVERIFY(await(rows.insert(version(u"other"_s, State::Current, u"instance-2"_s)))->ok());
        Change change = replacement(u"c1"_s, u"new"_s);
        change.phase = ChangePhase::Created;
        change.newCredentialId = u"credential-new"_s;
        QVERIFY(await(ChangeJournal(*database).recordCreated(change))->ok());
        database.reopen();
        KeyVersionStore again(*database);
        const KeyVersion promoted = *await(again.find(u"new"_s))->value();
        QCOMPARE(promoted.state, State::Current);
        QCOMPARE(promoted.credentialId, u"credential-new"_s);
        const KeyVersion retired = *await(again.find(u"old"_s))->value();
        QCOMPARE(retired.state, State::Previous);
        QCOMPARE(retired.retiredAt, change.updatedAt);
        QCOMPARE(await(again.find(u"older"_s))->value()->state, State::Previous);
        QCOMPARE(await(again.find(u"other"_s))->value()->state, State::Current);
        QCOMPARE(await(ChangeJournal(*database).find(u"c1"_s))->value()->phase, ChangePhase::Created);
    }

    void promotesWithAdopted()
    {
        TemporaryDatabase database;
        KeyVersionStore rows(*database);
        QVERIFY(await(rows.insert(version(u"old"_s, State::Current)))->ok());
        QVERIFY(await(rows.insert(version(u"entered"_s, State::Staged)))->ok());
        Change change = replacement(u"c1"_s, u"entered"_s);
        change.kind = ChangeKind::Adopt;
        change.phase = ChangePhase::Adopted;
        change.newCredentialId = u"credential-found"_s;
        QVERIFY(await(ChangeJournal(*database).recordAdopted(change))->ok());
        database.reopen();
        KeyVersionStore again(*database);
        const KeyVersion adopted = *await(again.find(u"entered"_s))->value();
        QCOMPARE(adopted.state, State::Current);
        QCOMPARE(adopted.credentialId, u"credential-found"_s);
        QVERIFY(adopted.entered);
        QCOMPARE(await(again.find(u"old"_s))->value()->state, State::Previous);
        QVERIFY(idsOf(await(ChangeJournal(*database).unfinished())).isEmpty());
        // Keys that are held in memory follow it too.
        QCOMPARE(await(again.turns(origin, u"instance-1"_s))->value().size(), 1);
    }

    void retiresTheCurrentKeysWhereTheNewOnesHaveNoRow()
    {
        TemporaryDatabase database;
        KeyVersionStore rows(*database);
        QVERIFY(await(rows.insert(version(u"old"_s, State::Current)))->ok());
        Change change = replacement(u"c1"_s, u"in-memory"_s);
        change.phase = ChangePhase::Created;
        QVERIFY(await(ChangeJournal(*database).recordCreated(change))->ok());
        QCOMPARE(await(rows.find(u"old"_s))->value()->state, State::Previous);
    }

    void keepsTheKeysOfADeletedCredentialAsPrevious()
    {
        TemporaryDatabase database;
        KeyVersionStore rows(*database);
        QVERIFY(await(rows.insert(version(u"old"_s, State::Current)))->ok());
        Change change = replacement(u"c1"_s, {});
        change.kind = ChangeKind::Delete;
        change.phase = ChangePhase::Deleted;
        QVERIFY(await(ChangeJournal(*database).recordDeleted(change))->ok());
        QCOMPARE(await(rows.find(u"old"_s))->value()->state, State::Previous);
    }

    void recordsAndPromotesTogetherOrNotAtAll()
    {
        TemporaryDatabase database;
        KeyVersionStore rows(*database);
        QVERIFY(await(rows.insert(version(u"old"_s, State::Current)))->ok());
        QVERIFY(await(rows.insert(version(u"new"_s, State::Staged)))->ok());
        const std::function<Done(QSqlDatabase &)> trap = [](QSqlDatabase &there) -> Done {
            QSqlQuery query(there);
            const bool ok =
                query.exec(u"CREATE TRIGGER trap BEFORE UPDATE ON key_versions WHEN NEW.id = 'new'"
                           " BEGIN SELECT RAISE(ABORT, 'a fault'); END"_s);
            return ok ? Done() : Done(Problem());
        };
        QVERIFY(await(database->run<void>(trap))->ok());
        Change change = replacement(u"c1"_s, u"new"_s);
        change.phase = ChangePhase::Created;
        QVERIFY(!await(ChangeJournal(*database).recordCreated(change))->ok());
        QVERIFY(!await(ChangeJournal(*database).find(u"c1"_s))->value());
        QCOMPARE(await(rows.find(u"old"_s))->value()->state, State::Current);
        QCOMPARE(await(rows.find(u"new"_s))->value()->state, State::Staged);
    }

    void namesTheVersionsOfUnfinishedChanges()
    {
        TemporaryDatabase database;
        ChangeJournal journal(*database);
        Change running = replacement(u"c1"_s, u"staged-1"_s);
        running.phase = ChangePhase::Deleting;
        Change over = replacement(u"c2"_s, u"staged-2"_s);
        over.phase = ChangePhase::Verified;
        over.previousVersion = u"other"_s;
        QVERIFY(await(journal.record(running))->ok());
        QVERIFY(await(journal.record(over))->ok());
        QStringList named = await(KeyVersionStore(*database).namedByUnfinishedChanges())->value();
        named.sort();
        QCOMPARE(named, QStringList({u"staged-1"_s, u"version-old"_s}));
    }

    void keepsKeyVersionsExactly()
    {
        TemporaryDatabase database;
        KeyVersion full = version(u"v1"_s, State::Previous);
        full.credentialId = u"credential"_s;
        full.retiredAt = moment(9);
        KeyVersion token;
        token.id = u"t1"_s;
        token.purpose = KeyVersion::Purpose::Token;
        token.state = State::Writing;
        token.origin = u"https://a:443 https://b:443"_s;
        token.createdAt = moment(2);
        KeyVersionStore rows(*database);
        QVERIFY(await(rows.insert(full))->ok());
        QVERIFY(await(rows.insert(token))->ok());
        QVERIFY(!await(rows.insert(full))->ok()); // an id is never used twice
        database.reopen();
        KeyVersionStore again(*database);
        const QList<KeyVersion> all = await(again.all())->value();
        QCOMPARE(all.size(), 2);
        QVERIFY(all.contains(full));
        QVERIFY(all.contains(token));
        QVERIFY(await(again.setState(u"t1"_s, {State::Writing}, State::Forgotten))->ok());
        QCOMPARE(await(again.find(u"t1"_s))->value()->state, State::Forgotten);
        QCOMPARE(await(again.of(origin, u"instance-1"_s))->value().size(), 1);
        QVERIFY(await(again.of(origin, u"instance-2"_s))->value().isEmpty());
    }

    void allowsOneCurrentVersionForAnInstance()
    {
        TemporaryDatabase database;
        KeyVersionStore rows(*database);
        QVERIFY(await(rows.insert(version(u"a"_s, State::Current)))->ok());
        QVERIFY(!await(rows.insert(version(u"b"_s, State::Current)))->ok());
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstChangeJournal)
#include "tst_changejournal.moc"
