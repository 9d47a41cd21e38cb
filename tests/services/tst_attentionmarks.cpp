// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/health.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace latchkey;
using namespace latchkey::test;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString Empty = u"swaggerhub-sandbox"_s; // Without a credential.

} // namespace

/// What the user does not want to be told of just now, over the real services and the demo service.
class TstAttentionMarks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->start());
        ExpiryRecord due;
        due.credentialId = m_world->credentialId(Staging);
        due.date = m_world->clock.now().date().addDays(3);
        QVERIFY(await(m_stack->expiryRecords.record(m_stack->address(Staging), due))->ok());
        QVERIFY(wanted(Staging));
    }
    void cleanup()
    {
        m_stack.reset();
        m_world.reset();
    }

    void aSnoozeSurvivesARestartAndEnds()
    {
        QSignalSpy changed(&m_stack->inventory, &Inventory::recordsChanged);
        snooze(Staging, 60);
        QVERIFY(!wanted(Staging));
        QTRY_VERIFY(changed.count() > 0);
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        QVERIFY(!wanted(Staging));
        restart();
        QVERIFY(!wanted(Staging));
        m_world->clock.advance(60);
        QVERIFY(wanted(Staging));
    }

    void whatIsAcknowledgedSurvivesARestart()
    {
        acknowledge(Staging, {HealthState::MissingPermissions});
        acknowledge(Staging, {HealthState::ExpiringSoon});
        const QList<HealthState> known{HealthState::ExpiringSoon, HealthState::MissingPermissions};
        QCOMPARE(m_stack->record(Staging).attention.acknowledged, known);
        restart();
        QCOMPARE(m_stack->record(Staging).attention.acknowledged, known);
        QVERIFY(!wanted(Staging));
        m_world->clock.advance(5LL * 24 * 60 * 60); // It has expired, of which nobody said a word.
        QVERIFY(wanted(Staging));
    }

    void remindingTakesBothBack()
    {
        snooze(Staging, 60);
        acknowledge(Staging, {HealthState::ExpiringSoon});
        QVERIFY(m_stack->record(Staging).attention.snoozedUntil.isValid());
        QVERIFY(await(m_stack->attentionMarks.remind(m_stack->address(Staging)))->ok());
        QVERIFY(wanted(Staging));
        restart();
        QCOMPARE(m_stack->record(Staging).attention, AttentionMark());
    }

    void theNextCredentialSpeaksUpByItself()
    {
        snooze(Staging, 1'000'000);
        acknowledge(Staging, {HealthState::ExpiringSoon});
        const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
        QVERIFY(replaced && replaced->ok());
        ExpiryRecord due;
        due.credentialId = m_world->credentialId(Staging);
        due.date = m_world->clock.now().date().addDays(3);
        QVERIFY(await(m_stack->expiryRecords.record(m_stack->address(Staging), due))->ok());
        QVERIFY(wanted(Staging));
        // What was said of the one before goes when something is said of this one.
        acknowledge(Staging, {HealthState::MissingPermissions});
        QVERIFY(!m_stack->record(Staging).attention.snoozedUntil.isValid());
        QVERIFY(wanted(Staging));
    }

    void anInstanceWithoutACredentialCanBeKnownToo()
    {
        QVERIFY(wanted(Empty));
        acknowledge(Empty, {HealthState::NoCredential});
        QVERIFY(!wanted(Empty));
        const auto created = m_stack->run(m_stack->request(ChangeKind::Create, Empty));
        QVERIFY(created && created->ok());
        const auto deleted = m_stack->run(m_stack->request(ChangeKind::Delete, Empty));
        QVERIFY(deleted && deleted->ok());
        QVERIFY(!wanted(Empty));
    }

    void holdsForEveryProfileThatSeesTheInstance()
    {
        Profile another = m_stack->profile();
        another.id.clear();
        another.name = u"The same organization again"_s;
        const auto saved = await(m_stack->profiles.save(another, Secret(World::token), false));
        QVERIFY(saved && saved->ok());
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        snooze(Staging, 60);
        InstanceAddress there = m_stack->address(Staging);
        there.profileId = saved->value().id;
        QVERIFY(m_stack->inventory.find(there)->attention.snoozedUntil.isValid());
    }

    void whatAnotherLatchkeySnoozedIsReadAgain()
    {
        Stack other(*m_world);
        QVERIFY(other.open());
        const QDateTime until = m_world->clock.now().addDays(1);
        const QString id = m_world->credentialId(Staging);
        QVERIFY(await(other.attentionMarks.snooze(other.address(Staging), id, until))->ok());
        QVERIFY(wanted(Staging));
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        QVERIFY(!wanted(Staging));
    }

private:
    [[nodiscard]] bool wanted(const QString &name) const
    {
        const InstanceRecord record = m_stack->record(name);
        const QDateTime now = m_world->clock.now();
        return wantsAttention(record, assess(record, now), now);
    }
    void snooze(const QString &name, int seconds)
    {
        const QDateTime until = m_world->clock.now().addSecs(seconds);
        const auto done =
            await(m_stack->attentionMarks.snooze(m_stack->address(name), m_world->credentialId(name), until));
        QVERIFY(done && done->ok());
    }
    void acknowledge(const QString &name, const QList<HealthState> &states)
    {
        const auto done = await(
            m_stack->attentionMarks.acknowledge(m_stack->address(name), m_world->credentialId(name), states));
        QVERIFY(done && done->ok());
    }
    void restart()
    {
        m_stack.reset();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->open());
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstAttentionMarks)
#include "tst_attentionmarks.moc"
