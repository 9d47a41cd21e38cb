// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/migrations.h"
#include "models/storage/sqlproblem.h"
#include "tests/support/temporarydatabase.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>
#include <QTimer>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace latchkey;
using latchkey::test::await;
using latchkey::test::TemporaryDatabase;

namespace {

constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                        QFile::WriteOther | QFile::ExeOther;

Outcome<QString> ask(QSqlDatabase &database, const QString &statement)
{
    QSqlQuery query(database);
    if (!query.exec(statement) || !query.next())
        return Problem();
    return query.value(0).toString();
}

std::function<Outcome<QString>(QSqlDatabase &)> asking(const QString &statement)
{
    return [statement](QSqlDatabase &database) { return ask(database, statement); };
}

std::function<Done(QSqlDatabase &)> setting(const QString &name, const QString &value)
{
    return [name, value](QSqlDatabase &database) -> Done {
        QSqlQuery query(database);
        query.prepare(u"INSERT OR REPLACE INTO settings VALUES (?, ?)"_s);
        query.bindValue(0, name);
        query.bindValue(1, value);
        return query.exec() ? Done() : Done(Problem());
    };
}

/// A second connection, as another process has one, on this thread.
class OtherConnection
{
public:
    explicit OtherConnection(const QString &file, const QString &options = {})
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        database.setDatabaseName(file);
        database.setConnectOptions(options);
        database.open();
    }
    ~OtherConnection()
    {
        QSqlDatabase::database(u"other"_s, false).close();
        QSqlDatabase::removeDatabase(u"other"_s);
    }
    [[nodiscard]] QSqlDatabase get() const { return QSqlDatabase::database(u"other"_s, false); }
    bool run(const QString &statement) const
    {
        QSqlQuery query(get());
        return query.exec(statement);
    }
    [[nodiscard]] QString read(const QString &statement) const
    {
        QSqlQuery query(get());
        return query.exec(statement) && query.next() ? query.value(0).toString() : u"?"_s;
    }
};

/// As version 6 had them.
bool undoRecordedExpiries(const OtherConnection &other)
{
    return other.run(u"DROP TABLE expiry_records"_s) && other.run(u"DROP TABLE attention_marks"_s) &&
           other.run(u"ALTER TABLE profiles DROP COLUMN token_expires"_s) &&
           other.run(u"ALTER TABLE changes DROP COLUMN expires"_s) && other.run(u"DROP TABLE reminders"_s) &&
           other.run(u"DROP TABLE revoked_keys"_s);
}

} // namespace

class TstDatabase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesSafely()
    {
        TemporaryDatabase database;
        QCOMPARE(await(database->run<QString>(asking(u"PRAGMA journal_mode"_s)))->value(), u"wal"_s);
        QCOMPARE(await(database->run<QString>(asking(u"PRAGMA synchronous"_s)))->value(), u"2"_s);
        QCOMPARE(await(database->run<QString>(asking(u"PRAGMA foreign_keys"_s)))->value(), u"1"_s);
    }

    void belongsToTheUserAloneFromTheStart()
    {
        const mode_t before = ::umask(0); // The laxest that a user can have.
        TemporaryDatabase database;
        QVERIFY(await(database->run<void>(setting(u"a"_s, u"b"_s)))->ok());
        ::umask(before);
        QCOMPARE(QFileInfo(database.folder()).permissions() & others, QFile::Permissions());
        for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s}) {
            const QFileInfo file(database.file() + suffix);
            QVERIFY2(file.exists(), qPrintable(file.filePath()));
            QCOMPARE(file.permissions() & others, QFile::Permissions());
        }
    }

    void takesRightsAwayFromOthers()
    {
        TemporaryDatabase database;
        QFile::setPermissions(database.file(), QFile::Permissions(0x6644));
        QFile::setPermissions(database.folder(), QFile::Permissions(0x7755));
        database.reopen();
        QCOMPARE(QFileInfo(database.file()).permissions() & others, QFile::Permissions());
        QCOMPARE(QFileInfo(database.folder()).permissions() & others, QFile::Permissions());
    }

    void keepsWhatWasCommittedAndNothingElse()
    {
        TemporaryDatabase database;
        QVERIFY(await(database->run<void>(setting(u"kept"_s, u"yes"_s)))->ok());
        const std::function<Done(QSqlDatabase &)> failing = [](QSqlDatabase &there) -> Done {
            if (Done done = setting(u"lost"_s, u"yes"_s)(there); !done)
                return done;
            Problem problem;
            problem.category = Problem::Category::Refused;
            return problem;
        };
        QCOMPARE(await(database->run<void>(failing))->problem().category, Problem::Category::Refused);
        database.reopen();
        QCOMPARE(await(database->run<QString>(asking(u"SELECT group_concat(name) FROM settings"_s)))->value(),
                 u"kept"_s);
    }

    void worksOnItsOwnThreadAndAnswersOnThis()
    {
        TemporaryDatabase database;
        auto there = std::make_shared<QThread *>(nullptr);
        const std::function<Done(QSqlDatabase &)> look = [there](QSqlDatabase &) -> Done {
            *there = QThread::currentThread();
            return {};
        };
        QThread *here = nullptr;
        auto task =
            database->run<void>(look).then([&here](const Done &) { here = QThread::currentThread(); });
        QTRY_VERIFY(here);
        QCOMPARE(here, QThread::currentThread());
        QVERIFY(*there && *there != here);
    }

    void answersBeforeItIsOpened()
    {
        Database database(u"/nonexistent/latchkey.sqlite"_s);
        const auto answer = await(database.run<QString>(asking(u"SELECT 1"_s)));
        QCOMPARE(answer->problem().category, Problem::Category::StorageFailed);
    }

    void refusesANewerFileAndChangesNothing()
    {
        TemporaryDatabase database;
        *database; // made and migrated
        const QString file = database.file();
        {
            OtherConnection other(file);
            QVERIFY(other.run(u"PRAGMA user_version=9999"_s));
            QVERIFY(other.run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
        }
        QFile raw(file);
        QVERIFY(raw.open(QFile::ReadOnly));
        const QByteArray before = raw.readAll();
        Database older(file);
        const auto opened = await(older.open());
        QCOMPARE(opened->problem().category, Problem::Category::StorageFailed);
        QVERIFY(opened->problem().detail.contains(u"newer"_s));
        raw.seek(0);
        QCOMPARE(raw.readAll(), before);
        QCOMPARE(await(older.run<QString>(asking(u"SELECT 1"_s)))->problem().category,
                 Problem::Category::StorageFailed);
    }

    void refusesWhatIsNotADatabase()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"latchkey.sqlite"_s));
        QVERIFY(file.open(QFile::ReadWrite));
        const QByteArray content = QByteArray("this is somebody's letter\n").repeated(200);
        file.write(content);
        file.flush();
        Database database(file.fileName());
        const auto opened = await(database.open());
        QCOMPARE(opened->problem().category, Problem::Category::StorageFailed);
        QVERIFY(opened->problem().caption.contains(file.fileName()));
        QVERIFY(opened->problem().detail.contains(u"not a database"_s));
        file.seek(0);
        QCOMPARE(file.readAll(), content);
    }

    void refusesAnotherProgramsDatabase()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(u"latchkey.sqlite"_s);
        OtherConnection other(file);
        QVERIFY(other.run(u"CREATE TABLE letters (text)"_s));
        Database database(file);
        QCOMPARE(await(database.open())->problem().category, Problem::Category::StorageFailed);
        QCOMPARE(other.read(u"SELECT group_concat(name) FROM sqlite_master"_s), u"letters"_s);
        QCOMPARE(other.read(u"PRAGMA journal_mode"_s), u"delete"_s);
    }

    void saysThatTheDiskIsFull()
    {
        TemporaryDatabase database;
        // Through the product's own inTransaction(), which reads the code where SQLite gives it.
        OtherConnection other(database.file());
        QSqlDatabase connection = other.get();
        QVERIFY(other.run(u"PRAGMA max_page_count=1"_s));
        const auto problem = inTransaction(connection, database.file(), [](QSqlDatabase &there) {
            QSqlQuery query(there);
            std::optional<Problem> failed;
            if (!query.exec(u"INSERT INTO settings VALUES ('x', hex(zeroblob(1000000)))"_s)) {
                failed.emplace();
                failed->detail = query.lastError().nativeErrorCode();
                failed->category = sqlProblem(query.lastError(), u"f"_s).category;
            }
            return failed;
        });
        QVERIFY(problem);
        QCOMPARE(problem->category, Problem::Category::StorageFull);
    }

    void writesIntoNoFileThatIsGone_data()
    {
        QTest::addColumn<bool>("replaced");
        QTest::newRow("removed") << false;
        QTest::newRow("replaced") << true;
    }

    void writesIntoNoFileThatIsGone()
    {
        QFETCH(bool, replaced);
        TemporaryDatabase database;
        QVERIFY(await(database->run<void>(setting(u"a"_s, u"b"_s)))->ok());
        const QString backup = database.file() + u".backup"_s;
        QVERIFY(QFile::copy(database.file(), backup));
        QVERIFY(QFile::remove(database.file()));
        QVERIFY(!replaced || QFile::rename(backup, database.file()));
        const auto refused = await(database->run<void>(setting(u"c"_s, u"d"_s)));
        QVERIFY(refused && !refused->ok());
        QCOMPARE(refused->problem().category, Problem::Category::StorageFailed);
        QVERIFY2(refused->problem().detail.contains(u"removed or replaced"_s),
                 qPrintable(refused->problem().toText()));
    }

    void saysThatTheFileIsReadOnly()
    {
        TemporaryDatabase database;
        OtherConnection other(database.file(), u"QSQLITE_OPEN_READONLY"_s);
        QSqlDatabase connection = other.get();
        const auto problem = inTransaction(connection, database.file(), [](QSqlDatabase &there) {
            QSqlQuery query(there);
            return query.exec(u"INSERT INTO settings VALUES ('x', 'y')"_s)
                       ? std::nullopt
                       : std::optional<Problem>(sqlProblem(query.lastError(), u"here.sqlite"_s));
        });
        QVERIFY(problem);
        QCOMPARE(problem->category, Problem::Category::StorageReadOnly);
        QVERIFY(problem->caption.contains(u"here.sqlite"_s));
    }

    void waitsForAnotherWriterWithoutBlockingThisThread()
    {
        TemporaryDatabase database;
        OtherConnection other(database.file());
        QVERIFY(other.run(u"BEGIN IMMEDIATE"_s));
        QVERIFY(other.run(u"INSERT INTO settings VALUES ('order', 'first')"_s));
        std::optional<bool> answered;
        auto task = database->run<void>(setting(u"order"_s, u"second"_s)).then([&answered](const Done &done) {
            answered = done.ok();
        });
        // Longer than SQLite's own time-out; the event loop of this thread keeps turning.
        int turns = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&turns] { ++turns; });
        timer.start(10);
        QTRY_VERIFY(turns > 40);
        QVERIFY(!answered);
        QVERIFY(other.run(u"COMMIT"_s));
        QTRY_VERIFY(answered);
        QVERIFY(*answered);
        QCOMPARE(other.read(u"SELECT value FROM settings"_s), u"second"_s);
    }

    void givesUpOnAWriterThatStays()
    {
        TemporaryDatabase database;
        OtherConnection other(database.file());
        QVERIFY(other.run(u"BEGIN IMMEDIATE"_s));
        const auto answer = await(database->run<void>(setting(u"a"_s, u"b"_s)));
        QCOMPARE(answer->problem().category, Problem::Category::StorageBusy);
        QVERIFY(!answer->problem().detail.isEmpty());
    }

    void survivesBeingDestroyedBeforeAnAnswerArrives()
    {
        auto answered = std::make_shared<bool>(false);
        auto database = std::make_unique<TemporaryDatabase>();
        auto task = (*database)->run<void>(setting(u"a"_s, u"b"_s)).then([answered](const Done &done) {
            *answered = done.ok();
        });
        database.reset();
        QTRY_VERIFY(*answered);
    }

    void migratesOnce()
    {
        TemporaryDatabase database;
        QVERIFY(await(database->run<void>(setting(u"a"_s, u"b"_s)))->ok());
        database.reopen();
        QVERIFY(await(database->open())->ok()); // twice is no problem
        QCOMPARE(await(database->run<QString>(asking(u"PRAGMA user_version"_s)))->value(),
                 QString::number(databaseVersion()));
        QCOMPARE(await(database->run<QString>(asking(u"SELECT value FROM settings"_s)))->value(), u"b"_s);
    }

    void bringsTheFirstTablesUpToDate()
    {
        TemporaryDatabase database;
        {
            OtherConnection other(database.file());
            QVERIFY(
                other.run(u"INSERT INTO snapshot_endpoints VALUES ('p', 'o', 'eu', '', 3, '', '', '')"_s));
            QVERIFY(other.run(u"ALTER TABLE snapshot_endpoints DROP COLUMN token_version"_s));
            QVERIFY(other.run(u"ALTER TABLE snapshot_endpoints DROP COLUMN shortfall"_s));
            QVERIFY(other.run(
                u"INSERT INTO changes (id, kind, phase, unfinished, profile_id, origin, instance_id,"
                " profile_name, instance_name, instance_title, integration_name, type, role_arn,"
                " old_credential_id, new_credential_id, staged_version, previous_version, keep,"
                " post_attempts, probably_ours, started_at, updated_at, sent_at, problem) VALUES"
                " ('c', 'create', 'created', 0, '', '', '', '', '', '', '', '', '', '', '', '', '', '',"
                " 1, 0, '', '', '', '')"_s));
            QVERIFY(other.run(u"ALTER TABLE changes DROP COLUMN previous_role_arn"_s));
            QVERIFY(other.run(u"ALTER TABLE changes DROP COLUMN undoes"_s));
            QVERIFY(other.run(u"DROP INDEX changes_of_run"_s));
            QVERIFY(other.run(u"ALTER TABLE changes DROP COLUMN run"_s));
            QVERIFY(other.run(u"DROP TABLE history"_s));
            QVERIFY(other.run(u"ALTER TABLE key_versions DROP COLUMN entered"_s));
            QVERIFY(other.run(u"DROP TABLE protected_instances"_s));
            QVERIFY(undoRecordedExpiries(other));
            QVERIFY(
                other.run(u"INSERT INTO key_versions VALUES ('v', 'keys', 'current', 'o', 'i', '', '', '[]',"
                          " 'k', '', '')"_s));
            QVERIFY(other.run(u"PRAGMA user_version=1"_s));
        }
        database.reopen();
        QCOMPARE(await(database->run<QString>(asking(u"PRAGMA user_version"_s)))->value(),
                 QString::number(databaseVersion()));
        QCOMPARE(await(database->run<QString>(asking(u"SELECT dropped_items || token_version || shortfall"
                                                     " FROM snapshot_endpoints"_s)))
                     ->value(),
                 u"3"_s);
        // Nobody has looked at what the first tables took for ended.
        QCOMPARE(await(database->run<QString>(asking(u"SELECT unfinished || undoes || run FROM changes"_s)))
                     ->value(),
                 u"1"_s);
        QCOMPARE(await(database->run<QString>(asking(u"SELECT count(*) FROM history"_s)))->value(), u"0"_s);
        // Latchkey made every credential whose keys it kept.
        QCOMPARE(await(database->run<QString>(asking(u"SELECT entered || id FROM key_versions"_s)))->value(),
                 u"0v"_s);
        QCOMPARE(
            await(database->run<QString>(asking(u"SELECT count(*) FROM protected_instances"_s)))->value(),
            u"0"_s);
    }

    void bringsTablesOfBeforeRecordedExpiriesUpToDate()
    {
        TemporaryDatabase database;
        {
            OtherConnection other(database.file());
            QVERIFY(undoRecordedExpiries(other));
            QVERIFY(
                other.run(u"INSERT INTO profiles VALUES ('p', 1, 'Acme', '[]', '', '', 1, 'token-1', 0)"_s));
            QVERIFY(other.run(u"INSERT INTO protected_instances VALUES ('o', 'i')"_s));
            QVERIFY(other.run(u"PRAGMA user_version=6"_s));
        }
        database.reopen();
        QCOMPARE(await(database->run<QString>(asking(u"PRAGMA user_version"_s)))->value(),
                 QString::number(databaseVersion()));
        // Nothing that was there is lost, and nothing is recorded.
        QCOMPARE(await(database->run<QString>(asking(u"SELECT name || token_version || token_expires"
                                                     " FROM profiles"_s)))
                     ->value(),
                 u"Acmetoken-1"_s);
        QCOMPARE(
            await(database->run<QString>(asking(u"SELECT origin || instance_id FROM protected_instances"_s)))
                ->value(),
            u"oi"_s);
        for (const QString &table : {u"expiry_records"_s, u"attention_marks"_s, u"revoked_keys"_s}) {
            const auto rows = await(database->run<QString>(asking(u"SELECT count(*) FROM "_s + table)));
            QCOMPARE(rows->value(), u"0"_s);
        }
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstDatabase)
#include "tst_database.moc"
