// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

#include <chrono>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Name = u"swaggerhub-internal"_s;
const QString Other = u"swaggerhub-public"_s;
const QString Role = u"aws-eu-central-1"_s;

} // namespace

/// Which old keys are still to be revoked, over the real services and the demo service.
class TstOldKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aVerifiedReplacementLeavesOne();
    void onlyAfterTheWatch();
    void eachReplacementLeavesItsOwn();
    void aRollBackTakesItAway();
    void goingBackToEarlierKeysLeavesNone();
    void aWayBackThatIsInterruptedKeepsItUnsaid();
    void aRoleLeavesNone();
    void theSameKeyAgainLeavesNone();
    void whatTheStartVerifiesLeavesOneToo();
    void whatAnotherLatchkeyReplacedIsReadToo();
    void aMoveLeavesTheOneItTookThePlaceOf();
    void tickingOffSurvivesARestartAndCanBeTakenBack();
    void aSnoozeIsItsOwn();

private:
    [[nodiscard]] Change replace(const QString &name = Name, const QByteArray &key = "new-key-0001");
    [[nodiscard]] QList<OldKey> keys() const { return m_stack->oldKeys.all(); }
    [[nodiscard]] QStringList changeIds() const;
    void restart();

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstOldKeys::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
}

void TstOldKeys::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

Change TstOldKeys::replace(const QString &name, const QByteArray &key)
{
    m_world->clock.advance(60);
    const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, name, key));
    if (!replaced || !replaced->ok()) {
        QTest::qFail("it was not replaced", __FILE__, __LINE__);
        return {};
    }
    return replaced->value();
}

QStringList TstOldKeys::changeIds() const
{
    QStringList ids;
    const QList<OldKey> all = keys();
    for (const OldKey &key : all)
        ids << key.replacement.id;
    return ids;
}

void TstOldKeys::restart()
{
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    QVERIFY(await(m_stack->oldKeys.load())->ok());
}

void TstOldKeys::aVerifiedReplacementLeavesOne()
{
    QSignalSpy changed(&m_stack->oldKeys, &OldKeys::changed);
    const QString before = m_world->credentialId(Name);
    const Change change = replace();
    QCOMPARE(change.phase, ChangePhase::Verified);
    QTRY_COMPARE(keys().size(), 1);
    QCOMPARE(changed.size(), 1);
    const OldKey key = keys().first();
    QCOMPARE(key.replacement, change);
    QCOMPARE(key.replacement.oldCredentialId, before);
    QCOMPARE(key.replacement.updatedAt, m_world->clock.now());
    QVERIFY(key.isOpen());
    restart();
    QCOMPARE(keys(), QList<OldKey>{key});
}

void TstOldKeys::onlyAfterTheWatch()
{
    m_stack->watch.setDuration(300ms);
    QCOMPARE(replace().phase, ChangePhase::Created);
    QVERIFY(await(m_stack->oldKeys.load())->ok());
    QVERIFY(keys().isEmpty());
    m_world->clock.advance(31);
    QTRY_COMPARE_WITH_TIMEOUT(keys().size(), 1, 20'000);
}

void TstOldKeys::eachReplacementLeavesItsOwn()
{
    const QStringList ids{replace(Name, "key-2").id, replace(Name, "key-3").id, replace(Other).id};
    QTRY_COMPARE(changeIds(), ids);
}

void TstOldKeys::aRollBackTakesItAway()
{
    const QString first = replace(Name, "key-2").id;
    const QString second = replace(Name, "key-3").id;
    QTRY_COMPARE(changeIds(), (QStringList{first, second}));
    m_world->clock.advance(60);
    const auto back = await(m_stack->recovery.rollBack(second));
    QVERIFY(back && back->ok());
    QCOMPARE(back->value().phase, ChangePhase::Verified);
    // The one before it is no nearer to being used again.
    QTRY_COMPARE(changeIds(), QStringList{first});
    restart();
    QCOMPARE(changeIds(), QStringList{first});
}

void TstOldKeys::goingBackToEarlierKeysLeavesNone()
{
    const QString first = replace(Name, "key-2").id;
    const QString second = replace(Name, "key-3").id;
    QTRY_COMPARE(changeIds(), (QStringList{first, second}));
    m_world->clock.advance(60);
    const auto back =
        await(m_stack->changes.rollBackTo(m_stack->address(Name), m_world->credentialId(Name), {}));
    QVERIFY(back && back->ok());
    QCOMPARE(back->value().phase, ChangePhase::Verified);
    QTRY_COMPARE(changeIds(), QStringList{first});
}

void TstOldKeys::aWayBackThatIsInterruptedKeepsItUnsaid()
{
    static_cast<void>(replace(Name, "key-2"));
    const QString second = replace(Name, "key-3").id;
    QTRY_COMPARE(keys().size(), 2);
    m_world->addFault("POST", m_world->credentialPath(Name), DemoFault::Action::Status, 1, 400);
    const auto back = await(m_stack->recovery.rollBack(second));
    QVERIFY(back && back->ok());
    QVERIFY(!isFinal(back->value().kind, back->value().phase));
    // What it needs to be finished must not be revoked.
    QTRY_COMPARE(keys().size(), 1);
    QVERIFY(!changeIds().contains(second));
}

void TstOldKeys::aRoleLeavesNone()
{
    ChangeRequest request = m_stack->request(ChangeKind::Replace, Role);
    request.credential.type = CredentialType::AwsRole;
    request.credential.roleArn = u"arn:aws:iam::123456789012:role/another"_s;
    request.credential.headers.clear();
    const auto replaced = m_stack->run(std::move(request));
    QVERIFY(replaced && replaced->ok());
    QCOMPARE(replaced->value().phase, ChangePhase::Verified);
    QVERIFY(await(m_stack->oldKeys.load())->ok());
    QVERIFY(keys().isEmpty());
}

void TstOldKeys::theSameKeyAgainLeavesNone()
{
    const QString first = replace(Name, "key-2").id;
    QTRY_COMPARE(changeIds(), QStringList{first});
    // So that a tainted credential is made anew, say.
    static_cast<void>(replace(Name, "key-2"));
    QVERIFY(await(m_stack->oldKeys.load())->ok());
    QCOMPARE(changeIds(), QStringList{first});
}

void TstOldKeys::whatTheStartVerifiesLeavesOneToo()
{
    m_stack->watch.setDuration(300ms);
    const Change change = replace();
    QCOMPARE(change.phase, ChangePhase::Created);
    restart(); // Before the watch has ended.
    QVERIFY(keys().isEmpty());
    const auto examined = await(m_stack->recovery.examine());
    QVERIFY(examined && examined->ok() && examined->value().isEmpty());
    QTRY_COMPARE(changeIds(), QStringList{change.id});
}

void TstOldKeys::whatAnotherLatchkeyReplacedIsReadToo()
{
    Stack other(*m_world);
    QVERIFY(other.open());
    QVERIFY(await(other.inventory.refresh())->ok());
    const auto replaced = await(other.changes.run(other.request(ChangeKind::Replace, Name)));
    QVERIFY(replaced && replaced->ok());
    QVERIFY(await(m_stack->oldKeys.load())->ok());
    QCOMPARE(changeIds(), QStringList{replaced->value().id});
}

void TstOldKeys::aMoveLeavesTheOneItTookThePlaceOf()
{
    const QString first = replace(Name).id;
    HandoverRequest request;
    request.kind = HandoverKind::Move;
    request.from = m_stack->address(Name);
    request.to = m_stack->address(Other);
    request.expectedHere = m_world->credentialId(Name);
    request.expectedThere = m_world->credentialId(Other);
    const auto moved = await(m_stack->handover.run(request));
    QVERIFY(moved && moved->ok());
    QVERIFY(moved->value().isDone(HandoverKind::Move));
    // Its own key goes on living at the other instance.
    QTRY_COMPARE(changeIds(), (QStringList{first, moved->value().there.id}));
    QCOMPARE(keys().last().replacement.address, m_stack->address(Other));
}

void TstOldKeys::tickingOffSurvivesARestartAndCanBeTakenBack()
{
    const QString id = replace().id;
    QTRY_COMPARE(keys().size(), 1);
    QSignalSpy changed(&m_stack->oldKeys, &OldKeys::changed);
    m_world->clock.advance(24 * 3600);
    QVERIFY(await(m_stack->oldKeys.setRevoked(id, true))->ok());
    QCOMPARE(changed.size(), 1);
    QCOMPARE(keys().first().revokedAt, m_world->clock.now());
    restart();
    QVERIFY(!keys().first().isOpen());
    QVERIFY(await(m_stack->oldKeys.setRevoked(id, false))->ok());
    QVERIFY(keys().first().isOpen());
    restart();
    QVERIFY(keys().first().isOpen());
}

void TstOldKeys::aSnoozeIsItsOwn()
{
    static_cast<void>(replace());
    QTRY_COMPARE(keys().size(), 1);
    QSignalSpy changed(&m_stack->oldKeys, &OldKeys::changed);
    const OldKey key = keys().first();
    const QDateTime until = m_world->clock.now().addDays(3);
    QVERIFY(await(m_stack->attentionMarks.snooze(key.key(), key.replacement.oldCredentialId, until))->ok());
    QCOMPARE(changed.size(), 1);
    QVERIFY(keys().first().isSnoozed(until.addSecs(-1)));
    QVERIFY(!keys().first().isSnoozed(until));
    // Neither the credential that is there now nor what is said of it.
    QVERIFY(m_stack->record(Name).attention.isEmpty());
    QVERIFY(await(m_stack->attentionMarks.snooze(m_stack->address(Name), m_world->credentialId(Name),
                                                 until.addDays(9)))
                ->ok());
    QCOMPARE(keys().first().attention.snoozedUntil, until);
    restart();
    QCOMPARE(keys().first().attention.snoozedUntil, until);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstOldKeys)
#include "tst_oldkeys.moc"
