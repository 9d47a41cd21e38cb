// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Name = u"datadog-staging"_s;
const QDate Day(2027, 3, 3);

} // namespace

class TstExpiryOfChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aReplacementRecordsItForTheNewCredential();
    void ownerAndNoteStay();
    void withoutADayNothingIsRecorded();
    void whatIsRecordedAfterwardsStays();
    void aChangeThatFailsRecordsNothing();
    void itSurvivesAnInterruption();
    void enteredKeysRecordItForTheirCredential();
    void handedOverKeysEndOnTheSameDay();
    void handedOverKeysLiveNoLongerThanTheyDidHere();
    void aBulkRunRecordsItForEach();
    void whatCannotBeRecordedIsSaid();

private:
    [[nodiscard]] ExpiryRecord recorded(const QString &name = Name) const
    {
        return m_stack->expiryRecords.of(m_stack->address(name));
    }
    [[nodiscard]] ChangeRequest replacement() const
    {
        ChangeRequest request = m_stack->request(ChangeKind::Replace, Name);
        request.expires = Day;
        return request;
    }
    void copyKeys(const QString &source, const QString &target);

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstExpiryOfChanges::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
}

void TstExpiryOfChanges::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

void TstExpiryOfChanges::aReplacementRecordsItForTheNewCredential()
{
    const QString before = m_world->credentialId(Name);
    const auto replaced = m_stack->run(replacement());
    QVERIFY(replaced && replaced->ok());
    QTRY_COMPARE(recorded().date, Day);
    QCOMPARE(recorded().credentialId, m_world->credentialId(Name));
    QVERIFY(recorded().credentialId != before);
    QTRY_COMPARE(m_stack->record(Name).expiry.date, Day);
    QCOMPARE(expiryOf(m_stack->record(Name)).source, Expiry::Source::Recorded);
}

void TstExpiryOfChanges::ownerAndNoteStay()
{
    ExpiryRecord old;
    old.credentialId = m_world->credentialId(Name);
    old.date = QDate(2026, 12, 31);
    old.owner = u"Ada"_s;
    old.note = u"In the vault of the team"_s;
    QVERIFY(await(m_stack->expiryRecords.record(m_stack->address(Name), old))->ok());
    QVERIFY(m_stack->run(replacement())->ok());
    QTRY_COMPARE(recorded().date, Day);
    QCOMPARE(recorded().owner, u"Ada"_s);
    QCOMPARE(recorded().note, old.note);
}

void TstExpiryOfChanges::withoutADayNothingIsRecorded()
{
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Name))->ok());
    m_stack->close();
    QVERIFY(recorded().isEmpty());
}

void TstExpiryOfChanges::whatIsRecordedAfterwardsStays()
{
    const auto replaced = m_stack->run(replacement());
    QVERIFY(replaced && replaced->ok());
    QTRY_COMPARE(recorded().date, Day);
    ExpiryRecord own = recorded();
    own.date = QDate(2027, 1, 1);
    QVERIFY(await(m_stack->expiryRecords.record(m_stack->address(Name), own))->ok());
    // As the watch over the new credential does at its end.
    Change verified = replaced->value();
    verified.phase = ChangePhase::Verified;
    Q_EMIT m_stack->changes.advanced(verified);
    m_stack->close();
    QCOMPARE(recorded().date, QDate(2027, 1, 1));
}

void TstExpiryOfChanges::aChangeThatFailsRecordsNothing()
{
    m_world->addFault("POST", m_world->credentialPath(Name), DemoFault::Action::Status, 1, 400);
    const auto failed = m_stack->run(replacement());
    QVERIFY(failed && failed->ok() && failed->value().problem);
    m_stack->close();
    QVERIFY(recorded().isEmpty());
}

void TstExpiryOfChanges::itSurvivesAnInterruption()
{
    m_world->addFault("POST", m_world->credentialPath(Name), DemoFault::Action::Status, 1, 400);
    const auto failed = m_stack->run(replacement());
    QVERIFY(failed && failed->ok());
    const QString id = failed->value().id;
    m_stack.reset();
    m_world->faults.clear();
    m_world->service.setFaults({});
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    QVERIFY(recorded().isEmpty());
    const auto finished = await(m_stack->changes.finish(id));
    QVERIFY(finished);
    QVERIFY2(finished->ok(), finished->ok() ? "" : qPrintable(finished->problem().toText()));
    QTRY_COMPARE(recorded().date, Day);
    QCOMPARE(recorded().credentialId, m_world->credentialId(Name));
}

void TstExpiryOfChanges::enteredKeysRecordItForTheirCredential()
{
    HeaderKeys keys;
    for (const HeaderDefinition &header : m_stack->record(Name).authorization.headers)
        keys.push_back({header.name, Secret("a-key-of-somebody")});
    const auto kept = await(m_stack->adoption.adopt(m_stack->address(Name), m_world->credentialId(Name),
                                                    std::move(keys), {}, Day));
    QVERIFY(kept);
    QVERIFY2(kept->ok(), kept->ok() ? "" : qPrintable(kept->problem().toText()));
    QTRY_COMPARE(recorded().date, Day);
    QCOMPARE(recorded().credentialId, m_world->credentialId(Name));
}

void TstExpiryOfChanges::copyKeys(const QString &source, const QString &target)
{
    HandoverRequest request;
    request.kind = HandoverKind::Copy;
    request.from = m_stack->address(source);
    request.to = m_stack->address(target);
    request.expectedHere = m_world->credentialId(source);
    const auto copied = await(m_stack->handover.run(request));
    QVERIFY(copied);
    QVERIFY2(copied->ok(), copied->ok() ? "" : qPrintable(copied->problem().toText()));
}

void TstExpiryOfChanges::handedOverKeysEndOnTheSameDay()
{
    const QString source = u"swaggerhub-internal"_s;
    const QString target = u"swaggerhub-sandbox"_s;
    ChangeRequest own = m_stack->request(ChangeKind::Replace, source);
    own.expires = Day;
    QVERIFY(m_stack->run(std::move(own))->ok());
    QTRY_COMPARE(m_stack->record(source).expiry.date, Day);
    copyKeys(source, target);
    QVERIFY(!QTest::currentTestFailed());
    QTRY_COMPARE(recorded(target).date, Day);
    QCOMPARE(recorded(target).credentialId, m_world->credentialId(target));
}

void TstExpiryOfChanges::handedOverKeysLiveNoLongerThanTheyDidHere()
{
    const QString source = u"swaggerhub-internal"_s;
    const QString target = u"swaggerhub-sandbox"_s;
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, source))->ok());
    ExpiryRecord lives;
    lives.livesDays = 90;
    QVERIFY(await(m_stack->expiryRecords.record(m_stack->address(source), lives))->ok());
    const QDate day = m_stack->record(source).credential.createdAt.utc.addDays(90).date();
    m_world->clock.advance(30LL * 24 * 60 * 60);
    copyKeys(source, target);
    QVERIFY(!QTest::currentTestFailed());
    QTRY_COMPARE(recorded(target).date, day);
}

void TstExpiryOfChanges::aBulkRunRecordsItForEach()
{
    const QStringList names{u"swaggerhub-internal"_s, u"swaggerhub-public"_s};
    BulkRequest request;
    for (const QString &name : names) {
        request.rows.push_back(m_stack->request(ChangeKind::Replace, name));
        request.rows.back().expires = Day;
    }
    const auto ended = await(m_stack->bulk.run(std::move(request)));
    QVERIFY(ended && ended->ok() && ended->value().isAllDone());
    for (const QString &name : names) {
        QTRY_COMPARE(recorded(name).date, Day);
        QCOMPARE(recorded(name).credentialId, m_world->credentialId(name));
    }
}

void TstExpiryOfChanges::whatCannotBeRecordedIsSaid()
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"trigger"_s);
        database.setDatabaseName(m_world->databaseFile());
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(u"CREATE TRIGGER no_expiry BEFORE INSERT ON expiry_records"
                           " BEGIN SELECT raise(FAIL, 'no'); END"_s));
    }
    QSqlDatabase::removeDatabase(u"trigger"_s);
    QSignalSpy failed(&m_stack->expiryOfChanges, &ExpiryOfChanges::failed);
    const auto replaced = m_stack->run(replacement());
    QVERIFY(replaced && replaced->ok());
    QTRY_COMPARE(failed.size(), 1);
    const auto problem = failed.first().first().value<Problem>();
    QVERIFY(problem.caption.contains(u"2027-03-03"_s));
    QVERIFY(recorded().isEmpty());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstExpiryOfChanges)
#include "tst_expiryofchanges.moc"
