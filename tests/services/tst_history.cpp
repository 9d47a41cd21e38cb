// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <functional>
#include <memory>
#include <optional>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s;
const QString Head = u"history-head"_s;
const QString Key = u"history-key"_s;

} // namespace

class TstHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsHowAChangeWent();
    void tellsHowAWayBackWent();
    void holdsNoSecret();
    void isSoundAsItWasWritten();
    void findsAnEditedRow_data();
    void findsAnEditedRow();
    void findsACutTail();
    void findsARemovedHead();
    void neverForgetsACutTail();
    void neverForgetsARemovedHead();
    void neverForgetsAForgedEnd();
    void neverForgetsYesterdaysDatabase();
    void neverForgetsALostDatabase();
    void lookingForgivesWhatIsPutBack();
    void aRefusedChangeHidesNothing();
    void goesOnFromWhatAnEarlierVersionNoted();
    void leavesANoteAloneThatItCannotRead();
    void makesNoNewKeyForSealedRows();
    void mendsAKeychainThatIsOneRowBehind();
    void mendsAKeychainThatIsBehindByMore_data();
    void mendsAKeychainThatIsBehindByMore();
    void takesAChangeInBetweenForNoTampering_data();
    void takesAChangeInBetweenForNoTampering();
    void twoSideBySideNeverGoBack();
    void takesACrashInTheFirstChangeForNoTampering();
    void sealsNothingOfWhichTheKeychainHasNoEnd();
    void sealsNothingUnderADamagedKey();
    void saysWhatItCannotProve();
    void stopsNoChangeWithoutAKeychain();
    void isWrittenToAFileByItsEnding();
    void aFileThatCannotBeWrittenIsSaid();

private:
    void change(ChangeKind kind, const QString &name);
    void restart();
    void tamper(const QString &statement);
    /// The database is removed while nothing runs, and `copy` put in its place, if there is one.
    void putInPlace(const QString &copy);
    [[nodiscard]] QString copyOfDatabase();
    /// Does it once, before the keychain's next such call is worked on.
    void beforeTheNext(const QString &operation, const QString &entry, const std::function<void()> &act);
    [[nodiscard]] QByteArray note();
    void setNote(const QByteArray &text);
    [[nodiscard]] HistoryReport verify();
    [[nodiscard]] QList<HistoryEntry> entries();

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstHistory::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
}

void TstHistory::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

void TstHistory::change(ChangeKind kind, const QString &name)
{
    const auto result = m_stack->run(m_stack->request(kind, name, "a-key-of-the-history"));
    QVERIFY(result);
    QVERIFY2(result->ok(), result->ok() ? "" : qPrintable(result->problem().toText()));
}

void TstHistory::tamper(const QString &statement)
{
    QString error;
    const auto done = await(m_stack->database.run<void>([statement, &error](QSqlDatabase &database) -> Done {
        QSqlQuery query(database);
        if (!query.exec(statement))
            error = query.lastError().text();
        return {};
    }));
    QVERIFY(done && done->ok());
    QVERIFY2(error.isEmpty(), qPrintable(error));
    restart();
}

/// Nothing is remembered.
void TstHistory::restart()
{
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
}

QString TstHistory::copyOfDatabase()
{
    m_stack.reset(); // With it, all is in the one file.
    const QString copy = m_world->dir.filePath(u"copy.sqlite"_s);
    const bool copied = QFile::copy(m_world->databaseFile(), copy);
    m_stack = std::make_unique<Stack>(*m_world);
    return copied && m_stack->open() ? copy : QString();
}

void TstHistory::putInPlace(const QString &copy)
{
    m_stack.reset();
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(m_world->databaseFile() + suffix);
    QVERIFY(copy.isEmpty() || QFile::copy(copy, m_world->databaseFile()));
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(copy.isEmpty() ? m_stack->start() : m_stack->open());
}

void TstHistory::beforeTheNext(const QString &operation, const QString &entry,
                               const std::function<void()> &act)
{
    auto once = std::make_shared<QMetaObject::Connection>();
    *once = connect(&m_world->keychain, &FailingSecretStore::called, this,
                    [once, operation, entry, act](const QString &called, const QString &name) {
                        if (called != operation || name != entry)
                            return;
                        QObject::disconnect(*once);
                        act();
                    });
}

QByteArray TstHistory::note()
{
    const auto entry = await(m_world->keychain.read(Head));
    return entry && entry->ok() ? entry->value().reveal().toByteArray() : QByteArray();
}

void TstHistory::setNote(const QByteArray &text)
{
    QVERIFY(await(m_world->keychain.write(Head, Secret(text)))->ok());
}

HistoryReport TstHistory::verify()
{
    const auto report = await(m_stack->history.verify());
    if (!report || !report->ok()) {
        QTest::qFail("the history cannot be verified", __FILE__, __LINE__);
        return {};
    }
    return report->value();
}

QList<HistoryEntry> TstHistory::entries()
{
    const auto all = await(m_stack->history.entries());
    return all && all->ok() ? all->value() : QList<HistoryEntry>();
}

void TstHistory::tellsHowAChangeWent()
{
    QSignalSpy changed(&m_stack->history, &History::changed);
    const QString old = m_world->credentialId(Staging);
    change(ChangeKind::Replace, Staging);
    QCOMPARE(changed.size(), 1);
    const QList<HistoryEntry> all = entries();
    QCOMPARE(all.size(), 1);
    const HistoryEntry &entry = all.constFirst();
    QCOMPARE(entry.number, 1);
    QCOMPARE(entry.change.kind, ChangeKind::Replace);
    QCOMPARE(entry.change.instanceName, Staging);
    QCOMPARE(entry.change.oldCredentialId, old);
    QCOMPARE(entry.change.newCredentialId, m_world->credentialId(Staging));
    QVERIFY(entry.change.gapMs);
    QList<ChangePhase> phases;
    for (const ChangePhaseEntry &phase : entry.phases)
        phases.append(phase.phase);
    QCOMPARE(phases,
             (QList<ChangePhase>{ChangePhase::Prepared, ChangePhase::Deleting, ChangePhase::Deleted,
                                 ChangePhase::Creating, ChangePhase::Created, ChangePhase::Verified}));
}

void TstHistory::tellsHowAWayBackWent()
{
    change(ChangeKind::Replace, Staging);
    change(ChangeKind::Replace, Staging);
    const QString id = entries().constFirst().change.id;
    const auto back = await(m_stack->recovery.rollBack(id));
    QVERIFY(back && back->ok());
    const QList<HistoryEntry> all = entries();
    QCOMPARE(all.size(), 4);
    QCOMPARE(all.at(0).change.undoes, id);
    QCOMPARE(all.at(1).change.id, id);
    QCOMPARE(all.at(1).change.phase, ChangePhase::RolledBack);
    QVERIFY(verify().isSound());
}

void TstHistory::holdsNoSecret()
{
    change(ChangeKind::Replace, Staging);
    const auto rows = await(m_stack->historyStore.rows());
    QVERIFY(rows && rows->ok());
    for (const HistoryStore::Row &row : rows->value()) {
        QVERIFY(!row.body.contains("a-key-of-the-history"));
        QVERIFY(!row.body.contains(QByteArray("a-key-of-the-history").toBase64()));
    }
}

void TstHistory::isSoundAsItWasWritten()
{
    QVERIFY(verify().isSound());
    change(ChangeKind::Replace, Staging);
    change(ChangeKind::Create, Sandbox);
    change(ChangeKind::Delete, Sandbox);
    restart();
    const HistoryReport report = verify();
    QVERIFY2(report.isSound(), qPrintable(report.toText()));
    QCOMPARE(report.rows, 3);
    QCOMPARE(report.unsealed, 0);
    QVERIFY(!report.headRepaired);
}

void TstHistory::findsAnEditedRow_data()
{
    QTest::addColumn<QString>("statement");
    QTest::newRow("another text")
        << u"UPDATE history SET body = replace(body, 'delete', 'create') WHERE number = 2"_s;
    QTest::newRow("another text with its digest")
        << u"UPDATE history SET body = '{}', digest = hex(randomblob(32)) WHERE number = 2"_s;
    QTest::newRow("without its seal") << u"UPDATE history SET body = '{}', seal = '' WHERE number = 2"_s;
    QTest::newRow("removed") << u"DELETE FROM history WHERE number = 2"_s;
    QTest::newRow("inserted at the end")
        << u"INSERT INTO history SELECT 4, change_id, body, digest, seal FROM history WHERE number = 1"_s;
    QTest::newRow("inserted far away")
        << u"INSERT INTO history SELECT 1e15, change_id, body, digest, seal FROM history WHERE number = 1"_s;
}

void TstHistory::findsAnEditedRow()
{
    QFETCH(QString, statement);
    change(ChangeKind::Create, Sandbox);
    change(ChangeKind::Delete, Sandbox);
    change(ChangeKind::Create, Sandbox);
    tamper(statement);
    const HistoryReport report = verify();
    QVERIFY2(!report.isSound(), qPrintable(report.toText()));
    QVERIFY(!report.damaged.isEmpty() || !report.missing.isEmpty());
}

void TstHistory::findsACutTail()
{
    change(ChangeKind::Create, Sandbox);
    change(ChangeKind::Delete, Sandbox);
    change(ChangeKind::Create, Sandbox);
    tamper(u"DELETE FROM history WHERE number > 1"_s);
    const HistoryReport report = verify();
    QCOMPARE(report.cutTail, 2);
    QVERIFY(!report.isSound());
    tamper(u"DELETE FROM history"_s);
    QVERIFY(!verify().isSound());
}

void TstHistory::findsARemovedHead()
{
    change(ChangeKind::Create, Sandbox);
    QVERIFY(await(m_world->keychain.remove(u"history-head"_s))->ok());
    QVERIFY(verify().headMissing);
    QVERIFY(!verify().isSound());
}

void TstHistory::neverForgetsACutTail()
{
    change(ChangeKind::Create, Sandbox);
    change(ChangeKind::Delete, Sandbox);
    change(ChangeKind::Create, Sandbox);
    tamper(u"DELETE FROM history WHERE number > 1"_s);
    const QDateTime found = m_world->clock.now();
    change(ChangeKind::Delete, Sandbox);
    m_world->clock.advance(86'400);
    change(ChangeKind::Create, Sandbox);
    change(ChangeKind::Delete, Sandbox);
    restart();
    const HistoryReport report = verify();
    QVERIFY(!report.isSound());
    QCOMPARE(report.breaks, (QList<HistoryBreak>{{2, found}}));
    QVERIFY2(report.toText().contains(u"Broken at row 2, found on "_s + found.toString(u"yyyy-MM-dd"_s)),
             qPrintable(report.toText()));
    // And it is said that there is nothing else.
    QCOMPARE(report.rows, 4);
    QVERIFY2(report.isIntact(), qPrintable(report.toText()));
    // The next one is told beside it.
    tamper(u"DELETE FROM history WHERE number = 4"_s);
    QCOMPARE(verify().cutTail, 1);
    change(ChangeKind::Create, Sandbox);
    QCOMPARE(verify().breaks, (QList<HistoryBreak>{{2, found}, {4, m_world->clock.now()}}));
}

void TstHistory::neverForgetsARemovedHead()
{
    change(ChangeKind::Create, Sandbox);
    QVERIFY(await(m_world->keychain.remove(Head))->ok());
    restart();
    change(ChangeKind::Delete, Sandbox);
    QCOMPARE(verify().breaks, (QList<HistoryBreak>{{2, m_world->clock.now()}}));
}

void TstHistory::neverForgetsAForgedEnd()
{
    change(ChangeKind::Create, Sandbox);
    tamper(u"INSERT INTO history SELECT 2, change_id, body, digest, seal FROM history"_s);
    change(ChangeKind::Delete, Sandbox);
    tamper(u"DELETE FROM history WHERE number = 2"_s);
    QCOMPARE(verify().breaks, (QList<HistoryBreak>{{2, m_world->clock.now()}}));
}

void TstHistory::neverForgetsYesterdaysDatabase()
{
    change(ChangeKind::Create, Sandbox);
    const QString yesterday = copyOfDatabase();
    change(ChangeKind::Delete, Sandbox);
    change(ChangeKind::Create, Sandbox);
    putInPlace(yesterday);
    QCOMPARE(verify().cutTail, 2);
    change(ChangeKind::Delete, Sandbox);
    change(ChangeKind::Create, Sandbox);
    change(ChangeKind::Delete, Sandbox);
    const HistoryReport report = verify();
    QVERIFY(!report.isSound());
    QCOMPARE(report.rows, 4);
    QCOMPARE(report.breaks, (QList<HistoryBreak>{{2, m_world->clock.now()}}));
}

void TstHistory::neverForgetsALostDatabase()
{
    change(ChangeKind::Create, Sandbox);
    putInPlace({});
    QCOMPARE(verify().cutTail, 1);
    change(ChangeKind::Delete, Sandbox);
    QCOMPARE(verify().breaks, (QList<HistoryBreak>{{1, m_world->clock.now()}}));
}

void TstHistory::lookingForgivesWhatIsPutBack()
{
    change(ChangeKind::Create, Sandbox);
    const QString yesterday = copyOfDatabase();
    change(ChangeKind::Delete, Sandbox);
    m_stack.reset();
    const QString today = m_world->dir.filePath(u"today.sqlite"_s);
    QVERIFY(QFile::copy(m_world->databaseFile(), today));
    putInPlace(yesterday);
    QVERIFY(!verify().isSound());
    putInPlace(today);
    QVERIFY2(verify().isSound(), qPrintable(verify().toText()));
}

void TstHistory::aRefusedChangeHidesNothing()
{
    change(ChangeKind::Replace, Staging);
    change(ChangeKind::Replace, Staging);
    tamper(u"DELETE FROM history WHERE number = 2"_s);
    // The last look before the first write.
    m_world->addFault("GET", m_world->credentialPath(Staging), DemoFault::Action::Status, 2, 403);
    const auto refused = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    QVERIFY(refused && !refused->ok());
    QCOMPARE(m_world->copies("DELETE", Staging), 2);
    QCOMPARE(verify().breaks, (QList<HistoryBreak>{{2, m_world->clock.now()}}));
}

void TstHistory::goesOnFromWhatAnEarlierVersionNoted()
{
    change(ChangeKind::Create, Sandbox);
    const auto head = await(m_stack->historyStore.head());
    QVERIFY(head && head->ok());
    setNote("1 " + head->value().digest.toHex());
    restart();
    QVERIFY2(verify().isSound(), qPrintable(verify().toText()));
    change(ChangeKind::Delete, Sandbox);
    QVERIFY2(verify().isSound(), qPrintable(verify().toText()));
    QVERIFY(note().startsWith("2 "));
}

void TstHistory::leavesANoteAloneThatItCannotRead()
{
    change(ChangeKind::Create, Sandbox);
    setNote("of a later Latchkey");
    restart();
    change(ChangeKind::Delete, Sandbox);
    QCOMPARE(note(), "of a later Latchkey");
    const HistoryReport report = verify();
    QVERIFY(report.headMissing);
    QVERIFY(!report.isSound());
    QCOMPARE(report.rows, 2);
    QCOMPARE(report.unsealed, 0);
}

void TstHistory::makesNoNewKeyForSealedRows()
{
    change(ChangeKind::Create, Sandbox);
    QVERIFY(await(m_world->keychain.remove(Key))->ok());
    restart();
    change(ChangeKind::Delete, Sandbox);
    QVERIFY(!m_world->keychain.names().contains(Key));
    const HistoryReport report = verify();
    QVERIFY(report.damaged.isEmpty());
    QCOMPARE(report.unsealed, 1);
    QVERIFY(!report.isSound());
    QVERIFY2(report.toText().contains(u"gone from the keychain"_s), qPrintable(report.toText()));
    // How the rows ended is known without it.
    tamper(u"DELETE FROM history"_s);
    QCOMPARE(verify().cutTail, 1);
}

void TstHistory::mendsAKeychainThatIsOneRowBehind()
{
    change(ChangeKind::Create, Sandbox);
    auto head = await(m_world->keychain.read(u"history-head"_s));
    QVERIFY(head && head->ok());
    change(ChangeKind::Delete, Sandbox);
    // As after a crash between the row and the keychain.
    QVERIFY(await(m_world->keychain.write(u"history-head"_s, std::move(*head).value()))->ok());
    const HistoryReport report = verify();
    QVERIFY2(report.isSound(), qPrintable(report.toText()));
    QVERIFY(report.headRepaired);
    QVERIFY(!verify().headRepaired);
    QVERIFY(verify().isSound());
}

void TstHistory::mendsAKeychainThatIsBehindByMore_data()
{
    QTest::addColumn<bool>("byAChange");
    QTest::newRow("looking") << false;
    QTest::newRow("the next change") << true;
}

void TstHistory::mendsAKeychainThatIsBehindByMore()
{
    QFETCH(const bool, byAChange);
    change(ChangeKind::Create, Sandbox);
    const QByteArray behind = note();
    change(ChangeKind::Delete, Sandbox);
    change(ChangeKind::Create, Sandbox);
    setNote(behind);
    restart();
    if (byAChange)
        change(ChangeKind::Delete, Sandbox);
    const HistoryReport report = verify();
    QVERIFY2(report.isSound(), qPrintable(report.toText()));
    QCOMPARE(report.headRepaired, !byAChange);
    QVERIFY(note().startsWith(byAChange ? "4 " : "3 "));
}

void TstHistory::takesAChangeInBetweenForNoTampering_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<bool>("isFirst");
    QTest::newRow("before the end is read") << Head << false;
    QTest::newRow("before the key is read") << Key << false;
    QTest::newRow("the first of all, before the end is read") << Head << true;
    QTest::newRow("the first of all, before the key is read") << Key << true;
}

/// By another Latchkey, or by the end of a watch.
void TstHistory::takesAChangeInBetweenForNoTampering()
{
    QFETCH(const QString, entry);
    QFETCH(const bool, isFirst);
    if (!isFirst)
        change(ChangeKind::Create, Sandbox);
    restart();
    Stack beside(*m_world);
    QVERIFY(beside.open());
    std::optional<Outcome<Change>> changed;
    beforeTheNext(u"read"_s, entry,
                  [&] { changed = beside.run(beside.request(ChangeKind::Replace, Staging)); });
    const HistoryReport report = verify();
    QVERIFY(changed && changed->ok());
    QVERIFY2(report.isSound(), qPrintable(report.toText()));
    QVERIFY(!report.headRepaired);
    QVERIFY2(verify().isSound(), qPrintable(verify().toText()));
}

void TstHistory::twoSideBySideNeverGoBack()
{
    change(ChangeKind::Create, Sandbox);
    Stack beside(*m_world);
    QVERIFY(beside.open());
    // As the end of a watch, which does not hold the lock.
    const auto recorded = await(m_stack->journal.record(entries().constFirst().change));
    QVERIFY(recorded && recorded->ok());
    std::optional<Outcome<Change>> changed;
    beforeTheNext(u"write"_s, Head,
                  [&] { changed = beside.run(beside.request(ChangeKind::Replace, Staging)); });
    QSignalSpy noted(&m_stack->history, &History::changed);
    QCoro::connect(m_stack->history.keepHead(), this, [] {});
    QTRY_COMPARE(noted.size(), 1);
    QVERIFY(changed && changed->ok());
    QVERIFY2(note().startsWith("3 "), note().constData());
    const HistoryReport report = verify();
    QVERIFY2(report.isSound(), qPrintable(report.toText()));
    QVERIFY(!report.headRepaired);
}

void TstHistory::takesACrashInTheFirstChangeForNoTampering()
{
    // After those of the fingerprint key, the keys, the history's key and its empty head.
    m_world->keychain.fail(FailingSecretStore::Operation::Write, Problem::Category::KeychainHung, 5);
    change(ChangeKind::Create, Sandbox);
    const HistoryReport report = verify();
    QVERIFY2(report.isSound(), qPrintable(report.toText()));
    QVERIFY(report.headRepaired);
    QCOMPARE(report.unsealed, 0);
}

void TstHistory::sealsNothingOfWhichTheKeychainHasNoEnd()
{
    // After those of the fingerprint key, the keys and the history's key.
    m_world->keychain.fail(FailingSecretStore::Operation::Write, Problem::Category::KeychainHung, 4);
    change(ChangeKind::Create, Sandbox);
    QVERIFY(!m_world->keychain.names().contains(Head));
    restart();
    change(ChangeKind::Delete, Sandbox);
    const HistoryReport report = verify();
    QVERIFY2(report.isSound(), qPrintable(report.toText()));
    QCOMPARE(report.rows, 2);
    QCOMPARE(report.unsealed, 1);
}

void TstHistory::sealsNothingUnderADamagedKey()
{
    QVERIFY(await(m_world->keychain.write(u"history-key"_s, Secret("something else")))->ok());
    change(ChangeKind::Create, Sandbox);
    const HistoryReport report = verify();
    QCOMPARE(report.unsealed, 1);
    QVERIFY(report.damaged.isEmpty());
    QVERIFY(report.keychain);
}

void TstHistory::saysWhatItCannotProve()
{
    change(ChangeKind::Create, Sandbox);
    tamper(u"SELECT 1"_s);
    m_world->keychain.failAll(Problem::Category::KeychainLocked);
    const HistoryReport report = verify();
    QVERIFY(report.keychain);
    QVERIFY(!report.isSound());
    QVERIFY(report.damaged.isEmpty());
}

void TstHistory::stopsNoChangeWithoutAKeychain()
{
    m_world->keychain.failAll(Problem::Category::KeychainUnavailable);
    ChangeRequest request = m_stack->request(ChangeKind::Create, Sandbox, "a-key-of-the-history");
    request.keep = KeepKeys::Nowhere;
    const auto result = m_stack->run(std::move(request));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Verified);
    m_world->keychain.recover();
    const HistoryReport report = verify();
    QCOMPARE(report.unsealed, 1);
}

void TstHistory::isWrittenToAFileByItsEnding()
{
    change(ChangeKind::Create, Sandbox);
    change(ChangeKind::Delete, Sandbox);
    const auto read = [this](const QString &name) {
        QFile file(m_world->dir.filePath(name));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    };
    const auto csv = await(m_stack->history.exportTo(m_world->dir.filePath(u"history.CSV"_s)));
    QVERIFY(csv && csv->ok());
    QCOMPARE(csv->value(), 2);
    QVERIFY(read(u"history.CSV"_s).startsWith("\"number\","));
    QCOMPARE(read(u"history.CSV"_s).count("\r\n"), 3);
    const auto json = await(m_stack->history.exportTo(m_world->dir.filePath(u"history.json"_s)));
    QVERIFY(json && json->ok());
    QCOMPARE(QJsonDocument::fromJson(read(u"history.json"_s)).array().size(), 2);
    const auto other = await(m_stack->history.exportTo(m_world->dir.filePath(u"history.txt"_s)));
    QVERIFY(other && !other->ok());
    QCOMPARE(other->problem().category, Problem::Category::Refused);
    QVERIFY(!QFile::exists(m_world->dir.filePath(u"history.txt"_s)));
}

void TstHistory::aFileThatCannotBeWrittenIsSaid()
{
    const auto written = await(m_stack->history.exportTo(m_world->dir.filePath(u"absent/history.csv"_s)));
    QVERIFY(written && !written->ok());
    QCOMPARE(written->problem().category, Problem::Category::StorageFailed);
    QVERIFY(!written->problem().detail.isEmpty());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstHistory)
#include "tst_history.moc"
