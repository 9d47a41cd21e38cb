// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/konnectclient.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QJsonObject>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Staging = u"datadog-staging"_s;       // multi-key, keys not known to the stack
const QString Sandbox = u"swaggerhub-sandbox"_s;    // multi-key, no credential
const QString AwsFrankfurt = u"aws-eu-central-1"_s; // role, has one
const QString ApiKey = u"DD-API-KEY"_s;

} // namespace

class TstChangeRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void finishesAReplacementWithoutRetyping();
    void finishesWhatWasOnlyPrepared();
    void finishesByTakingWhatTheLostPostCreated();
    void finishesADeletion();
    void staysInTheGapWhereItIsRefusedAgain();
    void asksForKeysThatAreKeptNowhere();
    void leavesSomebodyElsesCredentialAlone();
    void rollsBackToTheOldKeysInTheGap();
    void rollsBackWhatIsThereAlready();
    void rollsBackWithoutSendingWhereTheOldOneIsStillThere();
    void refusesToRollBackWithoutTheOldKeys();
    void rollsBackAnEndedReplacement();
    void undoesADeletion();
    void undoesACreation();
    void goesBackToTheOldRole();
    void aFailedWayBackLeavesTheChangeAsItWas();
    void aWayBackThatIsTakenBackLeavesTheChangeAsItWas();
    void theWayBackOfAWayBackLeavesTheFirstChange_data();
    void theWayBackOfAWayBackLeavesTheFirstChange();
    void theWayBackOfAWayBackOpensTheGapAgain();
    void nothingElseBeginsBeforeItIsSettled();
    void anotherCreationEndsTheGap();
    void rollingBackTheNextChangeLeavesTheOneBefore();
    void repeatsNoKeyThatIsKeptHere();
    void saysThatTheWayBackIsGone();
    void rollsBackToTheKeysBefore();
    void rollsBackWhatSomebodyElseReplaced();
    void rollsBackADeletionByItsInstance();
    void saysWhyThereIsNothingToRollBackTo();
    void rollingBackAsksForTheTypedName();
    void rollsBackOnlyWhatTheUserSaw();
    void leavingSendsNothing_data();
    void leavingSendsNothing();
    void leavingKeepsTheKeysOfWhatWasCreated();
    void leavingKeepsTheKeysOfWhatMayHaveBeenCreated();
    void judgesByWhatIsTrueWhenItIsNoted();
    void beginsNothingOnceItWasStopped();
    void rollingBackACreationAsksForTheName();
    void notesACreatedOneThatIsInOrder();
    void doesNotTouchChangesOfAnotherLatchkey();
    void saysWhereTheProfileIsGone();
    void asksALockedKeychainOnce();

private:
    /// A replacement of Staging whose POST Konnect refuses: the instance is left without a credential.
    [[nodiscard]] Change replacementWithAGap();
    /// A change whose POST creates a credential, without Latchkey hearing of it.
    [[nodiscard]] Change unclear(ChangeKind kind, const QString &name);
    /// The same for the way back of a change.
    [[nodiscard]] Change unclearWayBack(const QString &changeId);
    /// The next POST creates a credential, and neither its answer nor that to the GET after it arrives.
    void loseTheNextPost(const QString &name, QObject *listener);
    /// The next GET of the credential is answered half a second later.
    void holdTheNextLook(const QString &name);
    void restart();
    [[nodiscard]] QList<UnfinishedChange> examine();
    [[nodiscard]] Change journaled(const QString &changeId);
    void keepKeysOf(const QString &name);

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstChangeRecovery::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
    m_world->service.forgetReceived();
}

void TstChangeRecovery::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

void TstChangeRecovery::restart()
{
    m_stack.reset();
    m_world->faults.clear();
    m_world->service.setFaults({});
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    m_world->service.forgetReceived();
}

Change TstChangeRecovery::replacementWithAGap()
{
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::Status, 0, 403);
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    if (!result || !result->ok() || result->value().phase != ChangePhase::Deleted)
        QTest::qFail("the replacement did not stop in the gap", __FILE__, __LINE__);
    return result && result->ok() ? result->value() : Change();
}

void TstChangeRecovery::loseTheNextPost(const QString &name, QObject *listener)
{
    m_world->addFault("POST", m_world->credentialPath(name), DemoFault::Action::CloseAfter);
    connect(&m_stack->changes, &CredentialChanges::advanced, listener, [this, name](const Change &change) {
        if (change.phase == ChangePhase::Creating)
            m_world->addFault("GET", m_world->credentialPath(name), DemoFault::Action::Status, 0, 500);
    });
}

Change TstChangeRecovery::unclearWayBack(const QString &changeId)
{
    QObject listener;
    loseTheNextPost(Staging, &listener);
    const auto result = await(m_stack->recovery.rollBack(changeId));
    if (!result || !result->ok() || result->value().phase != ChangePhase::Creating)
        QTest::qFail("it is not unclear", __FILE__, __LINE__);
    return result && result->ok() ? result->value() : Change();
}

Change TstChangeRecovery::unclear(ChangeKind kind, const QString &name)
{
    QObject listener;
    loseTheNextPost(name, &listener);
    const auto result = m_stack->run(m_stack->request(kind, name, "the-new-key-1"));
    if (!result || !result->ok() || result->value().phase != ChangePhase::Creating)
        QTest::qFail("it is not unclear", __FILE__, __LINE__);
    return result && result->ok() ? result->value() : Change();
}

void TstChangeRecovery::holdTheNextLook(const QString &name)
{
    DemoFault slow;
    slow.method = "GET";
    slow.path = m_world->credentialPath(name);
    slow.nth = 1;
    slow.action = DemoFault::Action::Delay;
    slow.delayMs = 500;
    m_world->service.setFaults({slow});
    m_world->service.forgetReceived();
}

QList<UnfinishedChange> TstChangeRecovery::examine()
{
    const auto examined = await(m_stack->recovery.examine());
    if (!examined || !examined->ok()) {
        QTest::qFail("the unfinished changes cannot be looked at", __FILE__, __LINE__);
        return {};
    }
    return examined->value();
}

Change TstChangeRecovery::journaled(const QString &changeId)
{
    const auto found = await(m_stack->journal.find(changeId));
    return found && found->ok() ? found->value().value_or(Change()) : Change();
}

/// So that there is a way back: the keys are replaced once by ones that the stack knows.
void TstChangeRecovery::keepKeysOf(const QString &name)
{
    const auto known = m_stack->run(m_stack->request(ChangeKind::Replace, name, "the-old-key-1"));
    QVERIFY(known && known->ok());
    QCOMPARE(known->value().phase, ChangePhase::Verified);
    m_world->service.forgetReceived();
}

void TstChangeRecovery::finishesAReplacementWithoutRetyping()
{
    const Change change = replacementWithAGap();
    restart();
    const QList<UnfinishedChange> unfinished = examine();
    QCOMPARE(unfinished.size(), 1);
    QCOMPARE(unfinished.first().standing, Standing::None);
    QVERIFY(unfinished.first().offer(RecoveryStep::Finish).possible);
    QVERIFY(!unfinished.first().offer(RecoveryStep::Finish).needsKeys);
    QVERIFY(!unfinished.first().offer(RecoveryStep::RollBack).possible);
    m_world->clock.advance(60);

    const auto finished = await(m_stack->changes.finish(change.id));
    QVERIFY(finished);
    QVERIFY2(finished->ok(), finished->ok() ? "" : qPrintable(finished->problem().toText()));
    QCOMPARE(finished->value().id, change.id);
    QCOMPARE(finished->value().phase, ChangePhase::Verified);
    QCOMPARE(m_world->copies("DELETE", Staging), 0);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-new-key-1"));
    QVERIFY(finished->value().gapMs.value_or(0) >= 60'000);
    const KeptKeys kept = m_stack->record(Staging).keptKeys;
    QVERIFY(kept.current);
    QVERIFY(examine().isEmpty());
}

void TstChangeRecovery::finishesWhatWasOnlyPrepared()
{
    // As after a crash between PREPARED and the DELETE.
    const QString old = m_world->credentialId(Staging);
    ChangeRequest request = m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1");
    const InstanceAddress address = request.address;
    const auto staged =
        await(m_stack->vault.stage(address, Staging, std::move(request.credential.headers), false));
    QVERIFY(staged && staged->ok());
    Change change;
    change.id = u"change-1"_s;
    change.kind = ChangeKind::Replace;
    change.address = address;
    change.instanceName = Staging;
    change.instanceTitle = u"Datadog staging"_s;
    change.oldCredentialId = old;
    change.stagedVersion = staged->value();
    change.startedAt = change.updatedAt = m_world->clock.now();
    QVERIFY(await(m_stack->journal.record(change))->ok());
    restart();

    QCOMPARE(examine().value(0).standing, Standing::Old);
    const auto finished = await(m_stack->changes.finish(change.id));
    QVERIFY(finished && finished->ok());
    QCOMPARE(finished->value().phase, ChangePhase::Verified);
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-new-key-1"));
}

void TstChangeRecovery::finishesByTakingWhatTheLostPostCreated()
{
    // The POST is done, its answer is lost, and no GET is answered any more.
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::CloseAfter);
    for (int nth = 5; nth < 20; ++nth)
        m_world->addFault("GET", m_world->credentialPath(Staging), DemoFault::Action::Status, nth, 500);
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Creating);
    restart();

    const QList<UnfinishedChange> unfinished = examine();
    QCOMPARE(unfinished.value(0).standing, Standing::ProbablyNew);
    const auto finished = await(m_stack->changes.finish(result->value().id));
    QVERIFY(finished && finished->ok());
    QCOMPARE(finished->value().phase, ChangePhase::Verified);
    QVERIFY(finished->value().probablyOurs);
    QCOMPARE(finished->value().newCredentialId, m_world->credentialId(Staging));
    QCOMPARE(m_world->copies("POST", Staging), 0);
    QVERIFY(m_stack->record(Staging).keptKeys.current);
}

void TstChangeRecovery::finishesADeletion()
{
    m_world->addFault("DELETE", m_world->credentialPath(Staging), DemoFault::Action::CloseAfter, 1);
    for (int nth = 4; nth < 20; ++nth)
        m_world->addFault("GET", m_world->credentialPath(Staging), DemoFault::Action::Status, nth, 500);
    const auto result = m_stack->run(m_stack->request(ChangeKind::Delete, Staging));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Deleting);
    restart();
    QCOMPARE(examine().value(0).standing, Standing::None);
    const auto finished = await(m_stack->changes.finish(result->value().id));
    QVERIFY(finished && finished->ok());
    QCOMPARE(finished->value().phase, ChangePhase::Deleted);
    QCOMPARE(m_world->copies("DELETE", Staging), 0);
    QVERIFY(examine().isEmpty());
}

void TstChangeRecovery::staysInTheGapWhereItIsRefusedAgain()
{
    const Change change = replacementWithAGap();
    restart();
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::Status, 0, 422);
    const auto refused = await(m_stack->changes.finish(change.id));
    QVERIFY(refused && refused->ok());
    // Both attempts were answered: nothing is on its way.
    QCOMPARE(refused->value().phase, ChangePhase::Deleted);
    QCOMPARE(refused->value().postAttempts, 2);
    QVERIFY(!refused->value().sentAt.isValid());
}

void TstChangeRecovery::asksForKeysThatAreKeptNowhere()
{
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::Status, 0, 403);
    ChangeRequest request = m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1");
    request.keep = KeepKeys::Nowhere;
    const auto result = m_stack->run(std::move(request));
    QVERIFY(result && result->ok());
    restart();
    QVERIFY(examine().value(0).offer(RecoveryStep::Finish).needsKeys);
    const auto refused = await(m_stack->changes.finish(result->value().id));
    QVERIFY(refused && !refused->ok());
    QCOMPARE(refused->problem().category, Problem::Category::NeedsDecision);
    QCOMPARE(m_world->copies("POST", Staging), 0);

    ChangeRequest again = m_stack->request(ChangeKind::Create, Staging, "the-new-key-1");
    const auto finished =
        await(m_stack->changes.finish(result->value().id, std::move(again.credential.headers)));
    QVERIFY(finished);
    QVERIFY2(finished->ok(), finished->ok() ? "" : qPrintable(finished->problem().toText()));
    QCOMPARE(finished->value().phase, ChangePhase::Verified);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-new-key-1"));
}

void TstChangeRecovery::leavesSomebodyElsesCredentialAlone()
{
    const Change change = replacementWithAGap();
    restart();
    // Hours later a colleague creates one in Konnect's web page.
    m_world->clock.advance(3 * 3600);
    ChangeRequest colleague = m_stack->request(ChangeKind::Create, Staging, "key-of-the-colleague");
    const auto client = await(m_stack->clients.client(m_stack->profile(), colleague.address.origin));
    QVERIFY(client && client->ok());
    QVERIFY(await(client->value()->createCredential(colleague.address.instanceId,
                                                    std::move(colleague.credential)))
                ->ok());
    m_world->service.forgetReceived();

    const UnfinishedChange seen = examine().value(0);
    QCOMPARE(seen.standing, Standing::Other);
    QVERIFY(!seen.offer(RecoveryStep::Finish).possible);
    QVERIFY(!seen.offer(RecoveryStep::RollBack).possible);
    QVERIFY(!await(m_stack->changes.finish(change.id))->ok());
    QVERIFY(!await(m_stack->recovery.rollBack(change.id))->ok());
    const auto left = await(m_stack->recovery.leave(change.id));
    QVERIFY(left && left->ok());
    QCOMPARE(left->value().phase, ChangePhase::Foreign);
    QCOMPARE(m_world->copies("POST", Staging) + m_world->copies("DELETE", Staging), 0);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("key-of-the-colleague"));
    QVERIFY(examine().isEmpty());
}

void TstChangeRecovery::rollsBackToTheOldKeysInTheGap()
{
    keepKeysOf(Staging);
    const Change change = replacementWithAGap();
    restart();
    const auto back = await(m_stack->recovery.rollBack(change.id));
    QVERIFY(back);
    QVERIFY2(back->ok(), back->ok() ? "" : qPrintable(back->problem().toText()));
    QCOMPARE(back->value().kind, ChangeKind::Create);
    QCOMPARE(back->value().phase, ChangePhase::Verified);
    QCOMPARE(back->value().undoes, change.id);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-old-key-1"));
    QCOMPARE(journaled(change.id).phase, ChangePhase::RolledBack);
    QVERIFY(examine().isEmpty());
    const auto current = m_stack->vault.current(m_stack->address(Staging));
    QVERIFY(current);
    QCOMPARE(current->id, change.previousVersion);
    QCOMPARE(current->credentialId, m_world->credentialId(Staging));
}

void TstChangeRecovery::rollsBackWhatIsThereAlready()
{
    keepKeysOf(Staging);
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::CloseAfter);
    for (int nth = 5; nth < 20; ++nth)
        m_world->addFault("GET", m_world->credentialPath(Staging), DemoFault::Action::Status, nth, 500);
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(result && result->ok());
    restart();
    const auto back = await(m_stack->recovery.rollBack(result->value().id));
    QVERIFY(back);
    QVERIFY2(back->ok(), back->ok() ? "" : qPrintable(back->problem().toText()));
    QCOMPARE(back->value().kind, ChangeKind::Replace);
    QCOMPARE(back->value().phase, ChangePhase::Verified);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-old-key-1"));
    QCOMPARE(journaled(result->value().id).phase, ChangePhase::RolledBack);
    // And the way back from the way back are the new keys.
    QCOMPARE(back->value().previousVersion, result->value().stagedVersion);
}

void TstChangeRecovery::rollsBackWithoutSendingWhereTheOldOneIsStillThere()
{
    const QString old = m_world->credentialId(Staging);
    m_world->addFault("DELETE", m_world->credentialPath(Staging), DemoFault::Action::CloseBefore, 0);
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Deleting);
    restart();
    QCOMPARE(examine().value(0).standing, Standing::Old);
    const auto back = await(m_stack->recovery.rollBack(result->value().id));
    QVERIFY(back && back->ok());
    QCOMPARE(back->value().phase, ChangePhase::RolledBack);
    QCOMPARE(m_world->copies("POST", Staging) + m_world->copies("DELETE", Staging), 0);
    QCOMPARE(m_world->credentialId(Staging), old);
    const auto version = await(m_stack->keyVersionStore.find(result->value().stagedVersion));
    QVERIFY(version && version->ok());
    QCOMPARE(version->value()->state, KeyVersion::State::Forgotten);
}

void TstChangeRecovery::refusesToRollBackWithoutTheOldKeys()
{
    const Change change = replacementWithAGap();
    restart();
    const auto refused = await(m_stack->recovery.rollBack(change.id));
    QVERIFY(refused && !refused->ok());
    QVERIFY(refused->problem().toText().contains(u"not known here"_s));
    QCOMPARE(m_world->copies("POST", Staging), 0);
    QCOMPARE(examine().size(), 1);
}

void TstChangeRecovery::rollsBackAnEndedReplacement()
{
    keepKeysOf(Staging);
    const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(replaced && replaced->ok());
    restart();
    const auto back = await(m_stack->recovery.rollBack(replaced->value().id));
    QVERIFY(back && back->ok());
    QCOMPARE(back->value().phase, ChangePhase::Verified);
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-old-key-1"));
    QCOMPARE(journaled(replaced->value().id).phase, ChangePhase::RolledBack);
    // Once more: the credential that it would delete is not there any more.
    QVERIFY(!await(m_stack->recovery.rollBack(replaced->value().id))->ok());
}

void TstChangeRecovery::undoesADeletion()
{
    keepKeysOf(Staging);
    const auto deleted = m_stack->run(m_stack->request(ChangeKind::Delete, Staging));
    QVERIFY(deleted && deleted->ok());
    QVERIFY(m_world->credentialId(Staging).isEmpty());
    restart();
    const auto back = await(m_stack->recovery.rollBack(deleted->value().id));
    QVERIFY(back);
    QVERIFY2(back->ok(), back->ok() ? "" : qPrintable(back->problem().toText()));
    QCOMPARE(back->value().kind, ChangeKind::Create);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-old-key-1"));
    QCOMPARE(journaled(deleted->value().id).phase, ChangePhase::RolledBack);
    QVERIFY(m_stack->record(Staging).keptKeys.current);
}

void TstChangeRecovery::undoesACreation()
{
    const auto created = m_stack->run(m_stack->request(ChangeKind::Create, Sandbox, "the-new-key-1"));
    QVERIFY(created && created->ok());
    const auto back = await(m_stack->recovery.rollBack(created->value().id));
    QVERIFY(back && back->ok());
    QCOMPARE(back->value().kind, ChangeKind::Delete);
    QVERIFY(m_world->credentialId(Sandbox).isEmpty());
    QCOMPARE(journaled(created->value().id).phase, ChangePhase::RolledBack);
}

void TstChangeRecovery::goesBackToTheOldRole()
{
    const QString arn = m_stack->record(AwsFrankfurt).credential.roleArn;
    QVERIFY(!arn.isEmpty());
    ChangeRequest request = m_stack->request(ChangeKind::Replace, AwsFrankfurt);
    request.credential.type = CredentialType::AwsRole;
    request.credential.roleArn = u"arn:aws:iam::123456789012:role/another"_s;
    const auto replaced = m_stack->run(std::move(request));
    QVERIFY(replaced && replaced->ok());
    const auto back = await(m_stack->recovery.rollBack(replaced->value().id));
    QVERIFY(back);
    QVERIFY2(back->ok(), back->ok() ? "" : qPrintable(back->problem().toText()));
    QCOMPARE(m_stack->record(AwsFrankfurt).credential.roleArn, arn);
}

void TstChangeRecovery::aFailedWayBackLeavesTheChangeAsItWas()
{
    keepKeysOf(Staging);
    const Change change = replacementWithAGap();
    restart();
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::Status, 0, 403);
    const auto back = await(m_stack->recovery.rollBack(change.id));
    QVERIFY(back && back->ok());
    QCOMPARE(back->value().phase, ChangePhase::Abandoned);
    const QList<UnfinishedChange> unfinished = examine();
    QCOMPARE(unfinished.size(), 1);
    QCOMPARE(unfinished.first().change.id, change.id);
    QCOMPARE(unfinished.first().change.phase, ChangePhase::Deleted);
    // Both ways are still open.
    QVERIFY(unfinished.first().offer(RecoveryStep::Finish).possible);
    QVERIFY(unfinished.first().offer(RecoveryStep::RollBack).possible);
    QVERIFY(unfinished.first().keys.previous);
}

void TstChangeRecovery::aWayBackThatIsTakenBackLeavesTheChangeAsItWas()
{
    keepKeysOf(Staging);
    const Change change = replacementWithAGap();
    restart();
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::CloseBefore, 0);
    const auto back = await(m_stack->recovery.rollBack(change.id));
    QVERIFY(back && back->ok());
    QCOMPARE(back->value().phase, ChangePhase::Creating);
    QCOMPARE(journaled(change.id).phase, ChangePhase::RollingBack);
    restart();

    const auto forth = await(m_stack->recovery.rollBack(back->value().id));
    QVERIFY(forth && forth->ok());
    QCOMPARE(forth->value().phase, ChangePhase::RolledBack);
    const QList<UnfinishedChange> unfinished = examine();
    QCOMPARE(unfinished.size(), 1);
    QCOMPARE(unfinished.first().change.id, change.id);
    QCOMPARE(unfinished.first().change.phase, ChangePhase::Deleted);
    const auto finished = await(m_stack->changes.finish(change.id));
    QVERIFY(finished && finished->ok());
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-new-key-1"));
}

void TstChangeRecovery::theWayBackOfAWayBackLeavesTheFirstChange_data()
{
    QTest::addColumn<bool>("wasClear");
    QTest::newRow("a verified replacement") << true;
    QTest::newRow("an interrupted replacement") << false;
}

void TstChangeRecovery::theWayBackOfAWayBackLeavesTheFirstChange()
{
    QFETCH(bool, wasClear);
    keepKeysOf(Staging);
    Change first;
    if (wasClear) {
        const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
        QVERIFY(replaced && replaced->ok());
        first = replaced->value();
    } else {
        first = unclear(ChangeKind::Replace, Staging);
        restart();
    }
    const Change back = unclearWayBack(first.id);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-old-key-1"));
    restart();

    const auto forth = await(m_stack->recovery.rollBack(back.id));
    QVERIFY(forth);
    QVERIFY2(forth->ok(), forth->ok() ? "" : qPrintable(forth->problem().toText()));
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-new-key-1"));
    QCOMPARE(journaled(back.id).phase, ChangePhase::RolledBack);
    QCOMPARE(journaled(first.id).phase, ChangePhase::Left);
    QVERIFY(examine().isEmpty());
}

void TstChangeRecovery::theWayBackOfAWayBackOpensTheGapAgain()
{
    keepKeysOf(Staging);
    const Change first = replacementWithAGap();
    restart();
    const Change back = unclearWayBack(first.id);
    QCOMPARE(back.kind, ChangeKind::Create);
    restart();

    const auto forth = await(m_stack->recovery.rollBack(back.id));
    QVERIFY(forth);
    QVERIFY2(forth->ok(), forth->ok() ? "" : qPrintable(forth->problem().toText()));
    QCOMPARE(m_world->credentialId(Staging), QString());
    QCOMPARE(journaled(back.id).phase, ChangePhase::RolledBack);
    const QList<UnfinishedChange> unfinished = examine();
    QCOMPARE(unfinished.size(), 1);
    QCOMPARE(unfinished.first().change.id, first.id);
    QCOMPARE(unfinished.first().change.phase, ChangePhase::Deleted);
    const auto finished = await(m_stack->changes.finish(first.id));
    QVERIFY(finished && finished->ok());
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-new-key-1"));
}

void TstChangeRecovery::nothingElseBeginsBeforeItIsSettled()
{
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::CloseBefore, 0);
    const auto first = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(first && first->ok());
    QCOMPARE(first->value().phase, ChangePhase::Creating);
    restart();
    const auto refused = m_stack->run(m_stack->request(ChangeKind::Create, Staging, "another-key-1"));
    QVERIFY(refused && !refused->ok());
    QCOMPARE(refused->problem().category, Problem::Category::NeedsDecision);
    QCOMPARE(m_world->copies("POST", Staging), 0);

    QVERIFY(await(m_stack->recovery.leave(first->value().id))->ok());
    const auto done = m_stack->run(m_stack->request(ChangeKind::Create, Staging, "another-key-1"));
    QVERIFY(done && done->ok());
    QCOMPARE(done->value().phase, ChangePhase::Verified);
}

void TstChangeRecovery::anotherCreationEndsTheGap()
{
    const Change first = replacementWithAGap();
    restart();
    const auto second = m_stack->run(m_stack->request(ChangeKind::Create, Staging, "another-key-1"));
    QVERIFY(second && second->ok());
    QCOMPARE(second->value().phase, ChangePhase::Verified);
    QCOMPARE(journaled(first.id).phase, ChangePhase::Left);
    QVERIFY(examine().isEmpty());
    const auto current = m_stack->vault.current(first.address);
    QVERIFY(current);
    QCOMPARE(current->id, second->value().stagedVersion);
}

/// Of a change that nobody verified, and whose credential the next one had deleted before it was interrupted.
void TstChangeRecovery::rollingBackTheNextChangeLeavesTheOneBefore()
{
    const Change first = unclear(ChangeKind::Replace, Staging);
    restart();
    Change created = first;
    created.phase = ChangePhase::Created;
    created.newCredentialId = m_world->credentialId(Staging);
    QVERIFY(await(m_stack->journal.recordCreated(created))->ok());
    restart();
    m_world->addFault("DELETE", m_world->credentialPath(Staging), DemoFault::Action::CloseAfter);
    for (int nth = 4; nth < 20; ++nth)
        m_world->addFault("GET", m_world->credentialPath(Staging), DemoFault::Action::Status, nth, 500);
    const auto second = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-next-key-1"));
    QVERIFY(second && second->ok());
    QCOMPARE(second->value().phase, ChangePhase::Deleting);
    restart();

    const auto back = await(m_stack->recovery.rollBack(second->value().id));
    QVERIFY(back);
    QVERIFY2(back->ok(), back->ok() ? "" : qPrintable(back->problem().toText()));
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-new-key-1"));
    QCOMPARE(journaled(second->value().id).phase, ChangePhase::RolledBack);
    QCOMPARE(journaled(first.id).phase, ChangePhase::Left);
    QVERIFY(examine().isEmpty());
}

void TstChangeRecovery::repeatsNoKeyThatIsKeptHere()
{
    keepKeysOf(Staging);
    restart();
    DemoFault echo;
    echo.method = "DELETE";
    echo.path = m_world->credentialPath(Staging);
    echo.action = DemoFault::Action::Body;
    echo.status = 403;
    echo.body = R"({"status":403,"detail":"the-old-key-1 is still used"})";
    m_world->service.setFaults({echo});
    const auto refused = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(refused && refused->ok());
    QCOMPARE(refused->value().phase, ChangePhase::Abandoned);
    const QString told = refused->value().problem.value_or(Problem()).toText();
    QVERIFY2(told.contains(u"[redacted] is still used"_s), qPrintable(told));
}

void TstChangeRecovery::saysThatTheWayBackIsGone()
{
    keepKeysOf(Staging);
    m_world->keychain.lose(m_stack->vault.current(m_stack->address(Staging))->id);
    QVERIFY(m_stack->changes.preview(ChangeKind::Replace, m_stack->address(Staging)).wayBack);
    const auto refused = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(refused && !refused->ok());
    QCOMPARE(refused->problem().category, Problem::Category::KeychainEntryMissing);
    QCOMPARE(m_world->copies("DELETE", Staging), 0);
    // Now it is said before.
    QVERIFY(!m_stack->changes.preview(ChangeKind::Replace, m_stack->address(Staging)).wayBack);
    QVERIFY(!m_stack->record(Staging).keptKeys.current);
    const auto done = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(done && done->ok());
    QCOMPARE(done->value().phase, ChangePhase::Verified);
    QCOMPARE(done->value().previousVersion, QString());
}

void TstChangeRecovery::rollsBackToTheKeysBefore()
{
    keepKeysOf(Staging);
    const QDateTime kept = m_stack->record(Staging).keptKeys.currentSince;
    m_world->clock.advance(3600);
    const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(replaced && replaced->ok());
    restart();
    const InstanceAddress address = m_stack->address(Staging);
    const QString present = m_world->credentialId(Staging);
    const ChangePreview preview = m_stack->changes.previewRollBack(address);
    QVERIFY(!preview.obstacle);
    QCOMPARE(preview.kind, ChangeKind::Replace);
    QCOMPARE(preview.oldCredentialId, present);
    QCOMPARE(preview.record.keptKeys.previousSince, kept);
    QVERIFY(preview.wayBack);

    const auto back = await(m_stack->changes.rollBackTo(address, present, {}));
    QVERIFY(back);
    QVERIFY2(back->ok(), back->ok() ? "" : qPrintable(back->problem().toText()));
    QCOMPARE(back->value().kind, ChangeKind::Replace);
    QCOMPARE(back->value().phase, ChangePhase::Verified);
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-old-key-1"));
    QCOMPARE(m_stack->record(Staging).keptKeys.currentSince, kept);
    QCOMPARE(back->value().undoes, replaced->value().id);
    QCOMPARE(journaled(replaced->value().id).phase, ChangePhase::RolledBack);
    // And forth again: the new keys are the earlier ones now.
    const auto forth = await(m_stack->changes.rollBackTo(address, m_world->credentialId(Staging), {}));
    QVERIFY(forth && forth->ok());
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-new-key-1"));
}

void TstChangeRecovery::rollsBackWhatSomebodyElseReplaced()
{
    keepKeysOf(Staging);
    const InstanceAddress address = m_stack->address(Staging);
    const auto client = await(m_stack->clients.client(m_stack->profile(), address.origin));
    QVERIFY(client && client->ok());
    QVERIFY(
        await(client->value()->deleteCredential(address.instanceId, m_world->credentialId(Staging)))->ok());
    ChangeRequest colleague = m_stack->request(ChangeKind::Create, Staging, "key-of-the-colleague");
    QVERIFY(
        await(client->value()->createCredential(address.instanceId, std::move(colleague.credential)))->ok());
    QVERIFY(await(m_stack->inventory.refreshOne(address))->ok());
    QVERIFY(!m_stack->changes.previewRollBack(address).obstacle);
    const auto back = await(m_stack->changes.rollBackTo(address, m_world->credentialId(Staging), {}));
    QVERIFY(back);
    QVERIFY2(back->ok(), back->ok() ? "" : qPrintable(back->problem().toText()));
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-old-key-1"));
}

void TstChangeRecovery::rollsBackADeletionByItsInstance()
{
    keepKeysOf(Staging);
    const auto deleted = m_stack->run(m_stack->request(ChangeKind::Delete, Staging));
    QVERIFY(deleted && deleted->ok());
    const InstanceAddress address = m_stack->address(Staging);
    const ChangePreview preview = m_stack->changes.previewRollBack(address);
    QVERIFY(!preview.obstacle);
    QCOMPARE(preview.kind, ChangeKind::Create);
    const auto back = await(m_stack->changes.rollBackTo(address, {}, {}));
    QVERIFY(back && back->ok());
    QCOMPARE(back->value().phase, ChangePhase::Verified);
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-old-key-1"));
    QVERIFY(m_stack->record(Staging).keptKeys.current);
}

void TstChangeRecovery::saysWhyThereIsNothingToRollBackTo()
{
    keepKeysOf(Staging); // The first keys that are known here: there are none before them.
    const InstanceAddress address = m_stack->address(Staging);
    const ChangePreview preview = m_stack->changes.previewRollBack(address);
    QVERIFY(preview.obstacle);
    QVERIFY(preview.obstacle->toText().contains(u"No earlier keys"_s));
    const auto refused = await(m_stack->changes.rollBackTo(address, m_world->credentialId(Staging), {}));
    QVERIFY(refused && !refused->ok());
    QCOMPARE(m_world->copies("DELETE", Staging) + m_world->copies("POST", Staging), 0);
}

void TstChangeRecovery::rollingBackAsksForTheTypedName()
{
    keepKeysOf(Staging);
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"))->ok());
    Profile production = m_stack->profile();
    production.production = true;
    QVERIFY(await(m_stack->profiles.save(production, Secret(), false))->ok());
    m_world->service.forgetReceived();
    const InstanceAddress address = m_stack->address(Staging);
    const QString present = m_world->credentialId(Staging);
    QVERIFY(m_stack->changes.previewRollBack(address).needsTypedName);
    const auto refused = await(m_stack->changes.rollBackTo(address, present, u"something else"_s));
    QVERIFY(refused && !refused->ok());
    QCOMPARE(refused->problem().category, Problem::Category::NeedsDecision);
    QCOMPARE(m_world->copies("DELETE", Staging), 0);
    const auto back = await(m_stack->changes.rollBackTo(address, present, Staging));
    QVERIFY(back && back->ok());
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("the-old-key-1"));
}

void TstChangeRecovery::rollsBackOnlyWhatTheUserSaw()
{
    keepKeysOf(Staging);
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"))->ok());
    m_world->service.forgetReceived();
    const auto refused =
        await(m_stack->changes.rollBackTo(m_stack->address(Staging), u"a-credential-that-is-gone"_s, {}));
    QVERIFY(refused && !refused->ok());
    QCOMPARE(m_world->copies("DELETE", Staging) + m_world->copies("POST", Staging), 0);
    // The keys that it would have brought back stay kept.
    QVERIFY(m_stack->record(Staging).keptKeys.previous);
}

void TstChangeRecovery::leavingSendsNothing_data()
{
    QTest::addColumn<bool>("deleted");
    QTest::newRow("the old one is there") << false;
    QTest::newRow("none is there") << true;
}

void TstChangeRecovery::leavingSendsNothing()
{
    QFETCH(bool, deleted);
    keepKeysOf(Staging);
    QString id;
    if (deleted) {
        id = replacementWithAGap().id;
    } else {
        m_world->addFault("DELETE", m_world->credentialPath(Staging), DemoFault::Action::CloseBefore, 0);
        const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
        QVERIFY(result && result->ok());
        id = result->value().id;
    }
    const QString before = m_world->credentialId(Staging);
    restart();
    QSignalSpy ended(&m_stack->recovery, &ChangeRecovery::ended);
    const auto left = await(m_stack->recovery.leave(id));
    QVERIFY(left && left->ok());
    QCOMPARE(left->value().phase, ChangePhase::Left);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(m_world->copies("POST", Staging) + m_world->copies("DELETE", Staging), 0);
    QCOMPARE(m_world->credentialId(Staging), before);
    QVERIFY(examine().isEmpty());
    // No key is gone.
    const auto keys = await(m_stack->vault.keys(left->value().stagedVersion, m_stack->address(Staging)));
    QVERIFY(keys && keys->ok());
    QCOMPARE(m_stack->record(Staging).keptKeys.current, !deleted);
    QCOMPARE(m_stack->record(Staging).keptKeys.previous, deleted);
}

void TstChangeRecovery::leavingKeepsTheKeysOfWhatWasCreated()
{
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::CloseAfter);
    for (int nth = 5; nth < 20; ++nth)
        m_world->addFault("GET", m_world->credentialPath(Staging), DemoFault::Action::Status, nth, 500);
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(result && result->ok());
    restart();
    const auto left = await(m_stack->recovery.leave(result->value().id));
    QVERIFY(left && left->ok());
    const auto current = m_stack->vault.current(m_stack->address(Staging));
    QVERIFY(current);
    QCOMPARE(current->id, result->value().stagedVersion);
    QCOMPARE(current->credentialId, m_world->credentialId(Staging));
}

void TstChangeRecovery::leavingKeepsTheKeysOfWhatMayHaveBeenCreated()
{
    const Change change = unclear(ChangeKind::Replace, Staging);
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    // Konnect still does not say what it has.
    const auto left = await(m_stack->recovery.leave(change.id));
    QVERIFY(left && left->ok());
    QCOMPARE(left->value().phase, ChangePhase::Left);
    const auto version = await(m_stack->keyVersionStore.find(change.stagedVersion));
    QVERIFY(version && version->ok());
    QCOMPARE(version->value()->state, KeyVersion::State::Previous);
    const auto previous = m_stack->vault.previous(change.address);
    QVERIFY(previous);
    QCOMPARE(previous->id, change.stagedVersion);
}

void TstChangeRecovery::judgesByWhatIsTrueWhenItIsNoted()
{
    const Change change = unclear(ChangeKind::Replace, Staging);
    restart();
    Stack other(*m_world);
    QVERIFY(other.open());
    holdTheNextLook(Staging);
    std::optional<Outcome<Change>> left;
    auto leaving = m_stack->recovery.leave(change.id).then(
        [&left](Outcome<Change> answer) { left.emplace(std::move(answer)); });
    QTRY_COMPARE(m_world->copies("GET", Staging), 1);
    const auto finished = await(other.changes.finish(change.id));
    QVERIFY(finished && finished->ok());
    QCOMPARE(finished->value().phase, ChangePhase::Verified);
    QTRY_VERIFY(left);
    QVERIFY(!left->ok());
    QCOMPARE(journaled(change.id).phase, ChangePhase::Verified);
    QVERIFY(await(m_stack->vault.reload(change.address))->ok());
    QCOMPARE(m_stack->vault.current(change.address)->id, change.stagedVersion);
}

void TstChangeRecovery::beginsNothingOnceItWasStopped()
{
    keepKeysOf(Staging);
    const Change change = unclear(ChangeKind::Replace, Staging);
    restart();
    holdTheNextLook(Staging);
    std::optional<Outcome<Change>> answer;
    auto rolling = m_stack->recovery.rollBack(change.id).then(
        [&answer](Outcome<Change> end) { answer.emplace(std::move(end)); });
    QTRY_COMPARE(m_world->copies("GET", Staging), 1);
    m_stack->recovery.stop();
    m_stack->changes.stopPreparing();
    QTRY_VERIFY(answer);
    QVERIFY(!answer->ok());
    QVERIFY(answer->problem().isCanceled());
    QCOMPARE(m_world->copies("POST", Staging) + m_world->copies("DELETE", Staging), 0);
    // Not for those that come after.
    QVERIFY(await(m_stack->recovery.rollBack(change.id))->ok());
}

void TstChangeRecovery::rollingBackACreationAsksForTheName()
{
    const Change change = unclear(ChangeKind::Create, Sandbox);
    restart();
    QVERIFY(await(m_stack->protection.protect(m_stack->address(Sandbox)))->ok());
    QVERIFY(examine().value(0).rollBackDeletesUnconfirmed());
    const auto refused = await(m_stack->recovery.rollBack(change.id));
    QVERIFY(refused && !refused->ok());
    QCOMPARE(m_world->copies("DELETE", Sandbox), 0);
    const auto back = await(m_stack->recovery.rollBack(change.id, Sandbox));
    QVERIFY(back && back->ok());
    QCOMPARE(m_world->credentialId(Sandbox), QString());
}

void TstChangeRecovery::notesACreatedOneThatIsInOrder()
{
    // The look after the POST fails: the change stays CREATED.
    for (int nth = 5; nth < 20; ++nth)
        m_world->addFault("GET", m_world->credentialPath(Staging), DemoFault::Action::Status, nth, 500);
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Created);
    QVERIFY(result->value().problem);
    restart();
    QVERIFY(examine().isEmpty());
    const Change change = journaled(result->value().id);
    QCOMPARE(change.phase, ChangePhase::Verified);
    QVERIFY(!change.problem);
}

void TstChangeRecovery::doesNotTouchChangesOfAnotherLatchkey()
{
    const Change change = replacementWithAGap();
    restart();
    Stack other(*m_world);
    QVERIFY(other.open());
    const auto held = other.changeLock.acquire();
    QVERIFY(held.ok());
    const auto examined = await(m_stack->recovery.examine());
    QVERIFY(examined && !examined->ok());
    QCOMPARE(examined->problem().category, Problem::Category::InUse);
    QCOMPARE(await(m_stack->changes.finish(change.id))->problem().category, Problem::Category::InUse);
    QCOMPARE(await(m_stack->recovery.leave(change.id))->problem().category, Problem::Category::InUse);
}

void TstChangeRecovery::saysWhereTheProfileIsGone()
{
    (void)replacementWithAGap();
    QVERIFY(await(m_stack->profiles.remove(m_stack->profile().id))->ok());
    restart();
    const UnfinishedChange seen = examine().value(0);
    QCOMPARE(seen.standing, Standing::NotKnown);
    QVERIFY(seen.obstacle);
    QVERIFY(!seen.offer(RecoveryStep::Finish).possible);
    QVERIFY(seen.offer(RecoveryStep::Leave).possible);
}

void TstChangeRecovery::asksALockedKeychainOnce()
{
    (void)replacementWithAGap();
    m_world->addFault("POST", m_world->credentialPath(Sandbox), DemoFault::Action::Status, 0, 500);
    (void)m_stack->run(m_stack->request(ChangeKind::Create, Sandbox, "the-new-key-2"));
    restart();
    m_world->keychain.failAll(Problem::Category::KeychainLocked);
    const int before = m_world->keychain.allCalls();
    const QList<UnfinishedChange> unfinished = examine();
    QCOMPARE(unfinished.size(), 2);
    for (const UnfinishedChange &each : unfinished)
        QVERIFY(each.obstacle && each.obstacle->category == Problem::Category::KeychainLocked);
    QCOMPARE(m_world->keychain.allCalls() - before, 1);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstChangeRecovery)
#include "tst_changerecovery.moc"
