// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QJsonObject>

#include <chrono>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Name = u"datadog-staging"_s;

} // namespace

class TstChangeWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void verifiesWhatStaysInOrder();
    void saysWhenKonnectFindsFault();
    void leavesSomebodyElsesCredentialAlone();
    void endsWhenTheCredentialGoesByAChangeOfOurs_data();
    void endsWhenTheCredentialGoesByAChangeOfOurs();
    void takesTheNextChangesGapForNoLoss();
    void leavesWhatAnotherLatchkeyReplaced();
    void endsSoAfterARestartToo();

private:
    /// Replaces the credential, which is watched from then on; answers with the change's id.
    [[nodiscard]] QString replaceIt();
    [[nodiscard]] ChangePhase phaseOf(const QString &changeId) const;
    [[nodiscard]] qsizetype unfinished() const;

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstChangeWatch::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
    m_stack->watch.setDuration(300ms);
}

void TstChangeWatch::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

QString TstChangeWatch::replaceIt()
{
    const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, Name, "key-that-is-watched"));
    if (!replaced || !replaced->ok() || replaced->value().phase != ChangePhase::Created ||
        !m_stack->watch.isWatching(replaced->value().id)) {
        QTest::qFail("it is not watched", __FILE__, __LINE__);
        return {};
    }
    return replaced->value().id;
}

ChangePhase TstChangeWatch::phaseOf(const QString &changeId) const
{
    const auto changes = await(m_stack->journal.recent(10));
    for (const Change &change : std::as_const(changes->value())) {
        if (change.id == changeId)
            return change.phase;
    }
    return ChangePhase::Prepared;
}

qsizetype TstChangeWatch::unfinished() const
{
    return await(m_stack->journal.unfinished())->value().size();
}

void TstChangeWatch::verifiesWhatStaysInOrder()
{
    const QString id = replaceIt();
    QCOMPARE(phaseOf(id), ChangePhase::Created);
    m_world->clock.advance(31);
    QTRY_COMPARE_WITH_TIMEOUT(phaseOf(id), ChangePhase::Verified, 20'000);
    QCOMPARE(unfinished(), 0);
}

void TstChangeWatch::saysWhenKonnectFindsFault()
{
    const QString id = replaceIt();
    DemoOrganization &organization = m_world->service.organization();
    QJsonObject tainted = *organization.credential(m_world->instanceId(Name));
    tainted["tainted"_L1] = true;
    organization.putCredential(m_world->instanceId(Name), tainted);
    m_world->clock.advance(31);
    QTRY_COMPARE_WITH_TIMEOUT(phaseOf(id), ChangePhase::NotHealthy, 20'000);
    QCOMPARE(m_stack->record(Name).credential.tainted, std::optional(true));
}

void TstChangeWatch::leavesSomebodyElsesCredentialAlone()
{
    const QString id = replaceIt();
    DemoOrganization &organization = m_world->service.organization();
    QJsonObject other = *organization.credential(m_world->instanceId(Name));
    other["id"_L1] = organization.newId();
    organization.putCredential(m_world->instanceId(Name), other);
    m_world->clock.advance(31);
    QTRY_COMPARE_WITH_TIMEOUT(phaseOf(id), ChangePhase::Foreign, 20'000);
}

void TstChangeWatch::endsWhenTheCredentialGoesByAChangeOfOurs_data()
{
    QTest::addColumn<ChangeKind>("kind");
    QTest::newRow("replaced again") << ChangeKind::Replace;
    QTest::newRow("deleted") << ChangeKind::Delete;
}

void TstChangeWatch::endsWhenTheCredentialGoesByAChangeOfOurs()
{
    QFETCH(const ChangeKind, kind);
    const QString first = replaceIt();
    const auto second = m_stack->run(m_stack->request(kind, Name, "key-of-the-next-one"));
    QVERIFY(second && second->ok());
    QVERIFY(!m_stack->watch.isWatching(first));
    QCOMPARE(phaseOf(first), ChangePhase::Left);
    m_world->clock.advance(31);
    // Neither somebody else's nor interrupted, however long it would have been looked at.
    QTRY_COMPARE_WITH_TIMEOUT(unfinished(), 0, 20'000);
    QCOMPARE(phaseOf(first), ChangePhase::Left);
}

void TstChangeWatch::takesTheNextChangesGapForNoLoss()
{
    const QString first = replaceIt();
    QStringList told;
    connect(&m_stack->watch, &ChangeWatch::advanced, this, [&told, first](const Change &change) {
        if (change.id == first)
            told << changePhaseWord(change.phase);
    });
    // Time for several looks, before Latchkey knows that the credential is gone.
    DemoFault slow;
    slow.method = "DELETE";
    slow.action = DemoFault::Action::Delay;
    slow.delayMs = 500;
    m_world->service.setFaults({slow});
    const auto second = m_stack->run(m_stack->request(ChangeKind::Replace, Name, "key-of-the-next-one"));
    QVERIFY(second && second->ok());
    QCOMPARE(told, QStringList{changePhaseWord(ChangePhase::Left)});
    QCOMPARE(phaseOf(first), ChangePhase::Left);
}

void TstChangeWatch::leavesWhatAnotherLatchkeyReplaced()
{
    const QString first = replaceIt();
    Stack other(*m_world);
    QVERIFY(other.open());
    DemoFault slow;
    slow.method = "DELETE";
    slow.action = DemoFault::Action::Delay;
    slow.delayMs = 500;
    m_world->service.setFaults({slow});
    QVERIFY(await(other.inventory.refreshOne(other.address(Name)))->ok());
    const auto second = other.run(other.request(ChangeKind::Replace, Name, "key-of-the-other-one"));
    QVERIFY(second && second->ok());
    QCOMPARE(second->value().phase, ChangePhase::Verified);
    // It looks once more, finds the other one's credential, and that its own has ended.
    QTRY_VERIFY(!m_stack->watch.isWatching(first));
    QCOMPARE(phaseOf(first), ChangePhase::Left);
    QCOMPARE(unfinished(), 0);
}

void TstChangeWatch::endsSoAfterARestartToo()
{
    const QString first = replaceIt();
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    const auto refreshed = await(m_stack->inventory.refresh());
    QVERIFY(refreshed && refreshed->ok());
    QCOMPARE(unfinished(), 1);
    const auto second = m_stack->run(m_stack->request(ChangeKind::Replace, Name, "key-of-the-next-one"));
    QVERIFY(second && second->ok());
    QCOMPARE(phaseOf(first), ChangePhase::Left);
    QCOMPARE(unfinished(), 0);
    const auto report = await(m_stack->history.verify());
    QVERIFY(report && report->ok());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstChangeWatch)
#include "tst_changewatch.moc"
