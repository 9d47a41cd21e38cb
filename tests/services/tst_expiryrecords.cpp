// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/health.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QJsonObject>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace latchkey;
using namespace latchkey::test;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString Production = u"datadog-eu-production"_s;

} // namespace

/// What the user records about the expiry of credentials, over the real services and the demo service.
class TstExpiryRecords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->start());
    }
    void cleanup()
    {
        m_stack.reset();
        m_world.reset();
    }

    void isShownAtOnceAndSurvivesARestart()
    {
        QSignalSpy changed(&m_stack->inventory, &Inventory::recordsChanged);
        const ExpiryRecord recorded = dueIn(20);
        record(recorded);
        QCOMPARE(m_stack->record(Staging).expiry, recorded);
        QVERIFY(m_stack->record(Production).expiry.isEmpty());
        QTRY_VERIFY(changed.count() > 0); // The table hears of it without a refresh.
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        QCOMPARE(m_stack->record(Staging).expiry, recorded);
        QCOMPARE(expiryOf(m_stack->record(Staging)).source, Expiry::Source::Recorded);
        restart();
        QCOMPARE(m_stack->record(Staging).expiry, recorded);
        QCOMPARE(state(), HealthState::ExpiringLater);
    }

    void holdsForEveryProfileThatSeesTheInstance()
    {
        Profile another = m_stack->profile();
        another.id.clear();
        another.name = u"The same organization again"_s;
        const auto saved = await(m_stack->profiles.save(another, Secret(World::token), false));
        QVERIFY(saved && saved->ok());
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        record(dueIn(20));
        InstanceAddress there = m_stack->address(Staging);
        there.profileId = saved->value().id;
        QCOMPARE(m_stack->inventory.find(there)->expiry, dueIn(20));
    }

    void anEmptyOneForgets()
    {
        record(dueIn(20));
        QSignalSpy changed(&m_stack->expiryRecords, &ExpiryRecords::changed);
        ExpiryRecord nothing;
        nothing.credentialId = m_world->credentialId(Staging);
        nothing.recordedAt = m_world->clock.now();
        record(nothing);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(m_stack->record(Staging).expiry, ExpiryRecord());
        record(nothing);
        QCOMPARE(changed.count(), 1); // Nothing to tell.
        restart();
        QCOMPARE(m_stack->record(Staging).expiry, ExpiryRecord());
    }

    void aDateIsAboutOneCredentialAndTheRestGoesOn()
    {
        ExpiryRecord recorded = dueIn(3);
        recorded.livesDays = 900;
        record(recorded);
        QCOMPARE(state(), HealthState::ExpiringSoon);
        const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
        QVERIFY(replaced && replaced->ok());
        const InstanceRecord after = m_stack->record(Staging);
        QCOMPARE(after.expiry, recorded); // Nothing of it is lost.
        const Timestamp end = expiryOf(after).at;
        QCOMPARE(end.utc, after.credential.createdAt.utc.addDays(900));
        restart();
        QCOMPARE(m_stack->record(Staging).expiry.owner, u"Ada"_s);
        QCOMPARE(m_stack->record(Staging).expiry.note, recorded.note);
    }

    void whatAnotherLatchkeyRecordedIsReadAgain()
    {
        Stack other(*m_world);
        QVERIFY(other.open());
        QVERIFY(await(other.expiryRecords.record(other.address(Staging), dueIn(20)))->ok());
        QVERIFY(m_stack->record(Staging).expiry.isEmpty());
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        QCOMPARE(m_stack->record(Staging).expiry, dueIn(20));
        QVERIFY(await(other.expiryRecords.record(other.address(Staging), {}))->ok());
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        QVERIFY(m_stack->record(Staging).expiry.isEmpty());
    }

    void whatCannotBeStoredIsNotShown()
    {
        record(dueIn(20));
        const std::function<Done(QSqlDatabase &)> refuse = [](QSqlDatabase &database) -> Done {
            QSqlQuery query(database);
            const bool made = query.exec(u"CREATE TRIGGER refuse BEFORE INSERT ON expiry_records BEGIN"
                                         " SELECT raise(ABORT, 'no'); END"_s);
            return made ? Done() : Done(Problem());
        };
        QVERIFY(await(m_stack->database.run<void>(refuse))->ok());
        const auto refused = await(m_stack->expiryRecords.record(m_stack->address(Staging), dueIn(3)));
        QVERIFY(refused && !refused->ok());
        QCOMPARE(refused->problem().category, Problem::Category::StorageFailed);
        QCOMPARE(m_stack->record(Staging).expiry, dueIn(20));
    }

    void anInstanceThatComesBackHasItsRecordAgain()
    {
        record(dueIn(20));
        DemoOrganization &organization = m_world->service.organization();
        const QString id = m_world->instanceId(Staging);
        const QJsonObject instance = *organization.instanceByName(Staging);
        const InstanceAddress address = m_stack->address(Staging);
        organization.removeInstance(id);
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        QVERIFY(!m_stack->inventory.find(address));
        organization.putInstance(instance);
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        QCOMPARE(m_stack->inventory.find(address)->expiry.owner, u"Ada"_s);
    }

private:
    [[nodiscard]] ExpiryRecord dueIn(int days) const
    {
        ExpiryRecord record;
        record.credentialId = m_world->credentialId(Staging);
        record.date = m_world->clock.now().date().addDays(days);
        record.owner = u"Ada"_s;
        record.note = u"Azure DevOps, “staging”\nsecond line"_s;
        record.recordedAt = m_world->clock.now();
        return record;
    }
    void record(const ExpiryRecord &recorded)
    {
        const auto done = await(m_stack->expiryRecords.record(m_stack->address(Staging), recorded));
        QVERIFY(done && done->ok());
    }
    void restart()
    {
        m_stack.reset();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->open());
    }
    [[nodiscard]] HealthState state() const
    {
        return assess(m_stack->record(Staging), m_world->clock.now()).worst;
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstExpiryRecords)
#include "tst_expiryrecords.moc"
