// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s;

} // namespace

/// How a change ends when Konnect refuses a write, or when the answer to a write is lost.
class TstChangeSettling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void takesTheCredentialOfALostAnswerAsProbablyOurs_data();
    void takesTheCredentialOfALostAnswerAsProbablyOurs();
    void postsAgainWherePostNeverArrived_data();
    void postsAgainWherePostNeverArrived();
    void stopsAfterThreePostsThatNeverArrived();
    void leavesAForeignCredentialAlone();
    void leavesAnOlderCredentialAloneAfterALostAnswer();
    void waitsAndPostsAgainWhenHeldBackAfterTheDelete();
    void keepsTheNewKeysWhenTheNewOneIsRefusedAfterTheDelete();
    void postsAlsoWhereKonnectIsTooBusyToRead();
    void endsAsBeforeWhenCreatingIsRefused();
    void keepsTheNewKeysAsLongAsTheJournalNamesThem();
    void endsAsBeforeWhenDeletingIsRefused();
    void settlesALostDeleteByAGet_data();
    void settlesALostDeleteByAGet();
    void saysThatItIsNotKnownWhenTheGetFailsToo();
    void postsNothingWhereTheJournalRefusesAfterTheDelete();
    void createdStaysCreatedWhereTheJournalRefusesIt();
    void deletedMeanwhileByAnotherCountsAsDeleted();
    void deletesNothingThatCameAfterTheLastLook_data();
    void deletesNothingThatCameAfterTheLastLook();
    void neverEndsVerifiedWithKeysThatAreOnlyStaged();
    void notesTheNewCredentialLaterWhereTheJournalRecovers();

private:
    [[nodiscard]] std::optional<Outcome<Change>> replace();
    [[nodiscard]] bool refusePhase(const QString &phase);
    [[nodiscard]] QString versionState(const QString &versionId);

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstChangeSettling::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
    m_world->service.forgetReceived();
}

void TstChangeSettling::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

std::optional<Outcome<Change>> TstChangeSettling::replace()
{
    auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "replacement-key"));
    if (result && !result->ok())
        QTest::qFail(qPrintable(result->problem().toText()), __FILE__, __LINE__);
    return result && result->ok() ? std::move(result) : std::nullopt;
}

bool TstChangeSettling::refusePhase(const QString &phase)
{
    const QString statement =
        u"CREATE TRIGGER refuse_%1 BEFORE INSERT ON change_phases WHEN NEW.phase = '%1' "
        "BEGIN SELECT RAISE(FAIL, 'the test refuses'); END"_s.arg(phase);
    const auto done = await(m_stack->database.run<void>([statement](QSqlDatabase &database) -> Done {
        QSqlQuery query(database);
        if (query.exec(statement))
            return {};
        Problem problem;
        problem.category = Problem::Category::StorageFailed;
        return problem;
    }));
    return done && done->ok();
}

QString TstChangeSettling::versionState(const QString &versionId)
{
    const auto found = await(m_stack->keyVersionStore.find(versionId));
    return found && found->ok() && found->value() ? keyVersionStateWord(found->value()->state) : QString();
}

void TstChangeSettling::takesTheCredentialOfALostAnswerAsProbablyOurs_data()
{
    QTest::addColumn<DemoFault::Action>("action");
    QTest::newRow("closed") << DemoFault::Action::CloseAfter;
    QTest::newRow("reset") << DemoFault::Action::ResetAfter;
    QTest::newRow("half an answer") << DemoFault::Action::HalfBody;
}

void TstChangeSettling::takesTheCredentialOfALostAnswerAsProbablyOurs()
{
    QFETCH(DemoFault::Action, action);
    m_world->addFault("POST", m_world->credentialPath(Staging), action);
    const auto result = replace();
    QVERIFY(result);
    const Change change = result->value();
    QVERIFY(change.probablyOurs);
    QCOMPARE(change.phase, ChangePhase::Verified);
    QCOMPARE(change.postAttempts, 1);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(change.newCredentialId, m_world->credentialId(Staging));
    QCOMPARE(versionState(change.stagedVersion), keyVersionStateWord(KeyVersion::State::Current));
}

void TstChangeSettling::postsAgainWherePostNeverArrived_data()
{
    QTest::addColumn<DemoFault::Action>("action");
    QTest::addColumn<int>("status");
    QTest::newRow("closed") << DemoFault::Action::CloseBefore << 0;
    QTest::newRow("reset") << DemoFault::Action::ResetBefore << 0;
    QTest::newRow("server error") << DemoFault::Action::Status << 503;
}

void TstChangeSettling::postsAgainWherePostNeverArrived()
{
    QFETCH(DemoFault::Action, action);
    QFETCH(int, status);
    m_world->addFault("POST", m_world->credentialPath(Staging), action, 1, status);
    const auto result = replace();
    QVERIFY(result);
    const Change change = result->value();
    QVERIFY(!change.probablyOurs);
    QCOMPARE(change.phase, ChangePhase::Verified);
    QCOMPARE(change.postAttempts, 2);
    QCOMPARE(m_world->copies("POST", Staging), 2);
    QCOMPARE(change.newCredentialId, m_world->credentialId(Staging));
    const auto phases = await(m_stack->journal.phases(change.id));
    QVERIFY(phases && phases->ok());
    int creating = 0;
    for (const ChangePhaseEntry &entry : phases->value())
        creating += entry.phase == ChangePhase::Creating ? 1 : 0;
    QCOMPARE(creating, 2);
}

void TstChangeSettling::stopsAfterThreePostsThatNeverArrived()
{
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::CloseBefore, 0);
    const auto result = replace();
    QVERIFY(result);
    const Change change = result->value();
    QCOMPARE(change.phase, ChangePhase::Creating);
    QCOMPARE(change.postAttempts, 3);
    QCOMPARE(m_world->copies("POST", Staging), 3);
    QVERIFY(change.problem && change.problem->toText().contains(change.stagedVersion));
    QCOMPARE(versionState(change.stagedVersion), keyVersionStateWord(KeyVersion::State::Staged));
    QCOMPARE(m_stack->record(Staging).knowledge, InstanceRecord::Knowledge::Absent);
    const auto unfinished = await(m_stack->changes.unfinished());
    QVERIFY(unfinished && unfinished->ok());
    QCOMPARE(unfinished->value().size(), 1);
    QCOMPARE(unfinished->value().constFirst().id, change.id);
}

void TstChangeSettling::leavesAForeignCredentialAlone()
{
    // Somebody creates one between our DELETE and our POST.
    const QString id = m_world->instanceId(Staging);
    QJsonObject theirs = *m_world->service.organization().credential(id);
    theirs.insert(u"id"_s, m_world->service.organization().newId());
    connect(&m_stack->changes, &CredentialChanges::advanced, this, [&](const Change &change) {
        if (change.phase == ChangePhase::Creating)
            m_world->service.organization().putCredential(id, theirs);
    });
    const auto result = replace();
    QVERIFY(result);
    const Change change = result->value();
    QCOMPARE(change.phase, ChangePhase::Foreign);
    QVERIFY(change.problem && change.problem->toText().contains(theirs.value(u"id"_s).toString()));
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(m_world->credentialId(Staging), theirs.value(u"id"_s).toString());
    QCOMPARE(m_stack->record(Staging).credential.id, theirs.value(u"id"_s).toString());
    QCOMPARE(versionState(change.stagedVersion), keyVersionStateWord(KeyVersion::State::Previous));
}

void TstChangeSettling::leavesAnOlderCredentialAloneAfterALostAnswer()
{
    // The POST never arrives, and what is found instead was created before it was sent.
    const QString id = m_world->instanceId(Staging);
    QJsonObject theirs = *m_world->service.organization().credential(id);
    theirs.insert(u"id"_s, m_world->service.organization().newId());
    theirs.insert(u"created_at"_s, m_world->clock.now().addSecs(-60).toString(Qt::ISODate));
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::CloseBefore);
    connect(&m_stack->changes, &CredentialChanges::advanced, this, [&](const Change &change) {
        if (change.phase == ChangePhase::Creating)
            m_world->service.organization().putCredential(id, theirs);
    });
    const auto result = replace();
    QVERIFY(result);
    QCOMPARE(result->value().phase, ChangePhase::Foreign);
    QVERIFY(!result->value().probablyOurs);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(m_world->credentialId(Staging), theirs.value(u"id"_s).toString());
}

void TstChangeSettling::waitsAndPostsAgainWhenHeldBackAfterTheDelete()
{
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::Status, 1, 429, "1");
    const auto result = replace();
    QVERIFY(result);
    QCOMPARE(result->value().phase, ChangePhase::Verified);
    QCOMPARE(result->value().postAttempts, 2);
    QCOMPARE(m_world->copies("POST", Staging), 2);
    QVERIFY(result->value().gapMs && *result->value().gapMs >= 900);
}

void TstChangeSettling::keepsTheNewKeysWhenTheNewOneIsRefusedAfterTheDelete()
{
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::Status, 1, 403);
    const auto result = replace();
    QVERIFY(result);
    const Change change = result->value();
    QCOMPARE(change.phase, ChangePhase::Deleted);
    QVERIFY(change.problem);
    QCOMPARE(change.problem->category, Problem::Category::Forbidden);
    QVERIFY(change.problem->traceId.startsWith(u"kong:trace:"_s));
    QVERIFY(change.problem->toText().contains(change.stagedVersion));
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(versionState(change.stagedVersion), keyVersionStateWord(KeyVersion::State::Staged));
    QCOMPARE(m_stack->record(Staging).knowledge, InstanceRecord::Knowledge::Absent);
    const auto unfinished = await(m_stack->changes.unfinished());
    QVERIFY(unfinished && unfinished->ok());
    QCOMPARE(unfinished->value().size(), 1);
}

void TstChangeSettling::postsAlsoWhereKonnectIsTooBusyToRead()
{
    // After the two looks of the preparation and the one before the DELETE, no GET is answered any more.
    for (int nth = 4; nth < 9; ++nth)
        m_world->addFault("GET", m_world->credentialPath(Staging), DemoFault::Action::Status, nth, 503);
    const auto result = replace();
    QVERIFY(result);
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QVERIFY(!result->value().newCredentialId.isEmpty());
    QCOMPARE(result->value().newCredentialId, m_world->credentialId(Staging));
}

void TstChangeSettling::keepsTheNewKeysAsLongAsTheJournalNamesThem()
{
    m_world->addFault("POST", m_world->credentialPath(Sandbox), DemoFault::Action::Status, 1, 403);
    QVERIFY(refusePhase(u"abandoned"_s));
    const auto result = m_stack->run(m_stack->request(ChangeKind::Create, Sandbox));
    QVERIFY(result && result->ok());
    QCOMPARE(versionState(result->value().stagedVersion), keyVersionStateWord(KeyVersion::State::Staged));
    const auto unfinished = await(m_stack->changes.unfinished());
    QVERIFY(unfinished && unfinished->ok());
    QCOMPARE(unfinished->value().value(0).stagedVersion, result->value().stagedVersion);
}

void TstChangeSettling::endsAsBeforeWhenCreatingIsRefused()
{
    m_world->addFault("POST", m_world->credentialPath(Sandbox), DemoFault::Action::Status, 1, 403);
    const auto result = m_stack->run(m_stack->request(ChangeKind::Create, Sandbox));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Abandoned);
    QCOMPARE(result->value().problem->category, Problem::Category::Forbidden);
    QCOMPARE(m_world->copies("POST", Sandbox), 1);
    QCOMPARE(m_stack->record(Sandbox).knowledge, InstanceRecord::Knowledge::Absent);
    QCOMPARE(versionState(result->value().stagedVersion), keyVersionStateWord(KeyVersion::State::Forgotten));
}

void TstChangeSettling::endsAsBeforeWhenDeletingIsRefused()
{
    const QString before = m_world->credentialId(Staging);
    m_world->addFault("DELETE", m_world->credentialPath(Staging), DemoFault::Action::Status, 1, 403);
    const auto result = replace();
    QVERIFY(result);
    QCOMPARE(result->value().phase, ChangePhase::Abandoned);
    QCOMPARE(result->value().problem->category, Problem::Category::Forbidden);
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(m_world->copies("POST", Staging), 0);
    QCOMPARE(m_world->credentialId(Staging), before);
    QCOMPARE(m_stack->record(Staging).credential.id, before);
}

void TstChangeSettling::settlesALostDeleteByAGet_data()
{
    QTest::addColumn<DemoFault::Action>("action");
    QTest::addColumn<int>("deletes");
    QTest::newRow("done") << DemoFault::Action::CloseAfter << 1;
    QTest::newRow("not done") << DemoFault::Action::CloseBefore << 2;
}

void TstChangeSettling::settlesALostDeleteByAGet()
{
    QFETCH(DemoFault::Action, action);
    QFETCH(int, deletes);
    m_world->addFault("DELETE", m_world->credentialPath(Staging), action);
    const auto result = replace();
    QVERIFY(result);
    QCOMPARE(result->value().phase, ChangePhase::Verified);
    QCOMPARE(m_world->copies("DELETE", Staging), deletes);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(m_world->credentialId(Staging), result->value().newCredentialId);
}

void TstChangeSettling::saysThatItIsNotKnownWhenTheGetFailsToo()
{
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::CloseAfter);
    // Two looks of the preparation, one before the DELETE, one before the POST; none after it is answered.
    for (int nth = 5; nth < 20; ++nth)
        m_world->addFault("GET", m_world->credentialPath(Staging), DemoFault::Action::CloseBefore, nth);
    const auto result = replace();
    QVERIFY(result);
    const Change change = result->value();
    QCOMPARE(change.phase, ChangePhase::Creating);
    QVERIFY(change.problem);
    QCOMPARE(change.problem->category, Problem::Category::OutcomeUnknown);
    QVERIFY(change.problem->toText().contains(change.stagedVersion));
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(versionState(change.stagedVersion), keyVersionStateWord(KeyVersion::State::Staged));
}

void TstChangeSettling::postsNothingWhereTheJournalRefusesAfterTheDelete()
{
    QVERIFY(refusePhase(u"creating"_s));
    const auto result = replace();
    QVERIFY(result);
    const Change change = result->value();
    QCOMPARE(change.phase, ChangePhase::Deleted);
    QVERIFY(change.problem);
    QCOMPARE(change.problem->category, Problem::Category::StorageFailed);
    QVERIFY(change.problem->toText().contains(change.stagedVersion));
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(m_world->copies("POST", Staging), 0);
    QCOMPARE(versionState(change.stagedVersion), keyVersionStateWord(KeyVersion::State::Staged));
}

void TstChangeSettling::createdStaysCreatedWhereTheJournalRefusesIt()
{
    QVERIFY(refusePhase(u"created"_s));
    QVERIFY(refusePhase(u"verified"_s));
    const auto result = replace();
    QVERIFY(result);
    const Change change = result->value();
    QCOMPARE(change.newCredentialId, m_world->credentialId(Staging));
    QVERIFY(change.problem);
    QCOMPARE(change.problem->category, Problem::Category::StorageFailed);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    // The keys are still there, and the journal's row says where the change was.
    const auto keys = await(m_stack->vault.keys(change.stagedVersion, change.address));
    QVERIFY(keys && keys->ok());
    const auto row = await(m_stack->journal.find(change.id));
    QVERIFY(row && row->ok() && row->value());
    QCOMPARE(row->value()->phase, ChangePhase::Creating);
}

void TstChangeSettling::deletedMeanwhileByAnotherCountsAsDeleted()
{
    connect(&m_stack->changes, &CredentialChanges::advanced, this, [&](const Change &change) {
        if (change.phase == ChangePhase::Deleting)
            m_world->service.organization().removeCredential(m_world->instanceId(Staging));
    });
    const auto result = replace();
    QVERIFY(result);
    QCOMPARE(result->value().phase, ChangePhase::Verified);
    QCOMPARE(m_world->copies("DELETE", Staging), 0);
    QCOMPARE(m_world->copies("POST", Staging), 1);
}

void TstChangeSettling::deletesNothingThatCameAfterTheLastLook_data()
{
    QTest::addColumn<ChangeKind>("kind");
    QTest::newRow("replace") << ChangeKind::Replace;
    QTest::newRow("delete") << ChangeKind::Delete;
}

void TstChangeSettling::deletesNothingThatCameAfterTheLastLook()
{
    QFETCH(ChangeKind, kind);
    const QString id = m_world->instanceId(Staging);
    QJsonObject theirs = *m_world->service.organization().credential(id);
    theirs.insert(u"id"_s, m_world->service.organization().newId());
    connect(&m_stack->changes, &CredentialChanges::advanced, this, [&](const Change &change) {
        if (change.phase == ChangePhase::Deleting)
            m_world->service.organization().putCredential(id, theirs);
    });
    const auto result = m_stack->run(m_stack->request(kind, Staging, "replacement-key"));
    QVERIFY(result && result->ok());
    const Change change = result->value();
    QCOMPARE(change.phase, ChangePhase::Abandoned);
    QVERIFY(change.problem && change.problem->toText().contains(theirs.value(u"id"_s).toString()));
    QCOMPARE(m_world->copies("DELETE", Staging), 0);
    QCOMPARE(m_world->copies("POST", Staging), 0);
    QCOMPARE(m_world->credentialId(Staging), theirs.value(u"id"_s).toString());
    QCOMPARE(m_stack->record(Staging).credential.id, theirs.value(u"id"_s).toString());
}

void TstChangeSettling::neverEndsVerifiedWithKeysThatAreOnlyStaged()
{
    // CREATED cannot be noted, but what comes after it could.
    QVERIFY(refusePhase(u"created"_s));
    const auto result = replace();
    QVERIFY(result);
    const Change change = result->value();
    QVERIFY(change.problem);
    QCOMPARE(change.newCredentialId, m_world->credentialId(Staging));
    QCOMPARE(versionState(change.stagedVersion), keyVersionStateWord(KeyVersion::State::Staged));
    const auto unfinished = await(m_stack->changes.unfinished());
    QVERIFY(unfinished && unfinished->ok());
    QCOMPARE(unfinished->value().size(), 1);
    QCOMPARE(unfinished->value().constFirst().stagedVersion, change.stagedVersion);
}

void TstChangeSettling::notesTheNewCredentialLaterWhereTheJournalRecovers()
{
    QVERIFY(refusePhase(u"created"_s));
    // Removed from the journal's own thread, when the refused write has been announced.
    std::vector<QCoro::Task<Outcome<void>>> repairs;
    connect(&m_stack->changes, &CredentialChanges::advanced, this, [&](const Change &change) {
        if (change.phase != ChangePhase::Created || !change.problem)
            return;
        repairs.push_back(m_stack->database.run<void>([](QSqlDatabase &database) -> Done {
            QSqlQuery query(database);
            query.exec(u"DROP TRIGGER refuse_created"_s);
            return {};
        }));
    });
    const auto result = replace();
    QVERIFY(result);
    const Change change = result->value();
    QCOMPARE(change.phase, ChangePhase::Verified);
    QVERIFY(!change.problem);
    QCOMPARE(versionState(change.stagedVersion), keyVersionStateWord(KeyVersion::State::Current));
    QVERIFY(m_stack->vault.kept(change.address).current);
    for (QCoro::Task<Done> &repair : repairs)
        QVERIFY(await(std::move(repair)));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstChangeSettling)
#include "tst_changesettling.moc"
