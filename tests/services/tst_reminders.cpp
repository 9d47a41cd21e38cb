// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/reminderplan.h"
#include "models/core/settings.h"
#include "models/services/reminders.h"
#include "models/storage/reminderstore.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace latchkey;
using namespace latchkey::test;

namespace {

/// One run of Latchkey that reminds.
struct Run
{
    explicit Run(World &world)
        : stack(world)
        , store(stack.database)
        , reminders(stack.inventory, stack.profiles, stack.oldKeys, stack.preferences, store, world.clock,
                    QTimeZone::utc())
        , due(&reminders, &Reminders::due)
        , looked(&reminders, &Reminders::looked)
    {
    }
    ~Run()
    {
        reminders.stop();
        settle();
    }

    /// Nothing is under way any more.
    void settle()
    {
        auto idle = reminders.idle();
        QVERIFY(QTest::qWaitFor([&idle] { return idle.isReady(); }));
    }
    /// A refresh, and what is said after it.
    void refresh()
    {
        const auto before = looked.count();
        QVERIFY(await(stack.inventory.refresh())->ok());
        QTRY_VERIFY(looked.count() > before);
    }
    void tick()
    {
        const auto before = looked.count();
        reminders.tick();
        QTRY_VERIFY(looked.count() > before);
    }
    void answerShown()
    {
        reminders.shown();
        settle();
    }
    [[nodiscard]] ReminderNotice last() const { return due.constLast().constFirst().value<ReminderNotice>(); }

    Stack stack;
    ReminderStore store;
    Reminders reminders;
    QSignalSpy due;
    QSignalSpy looked;
};

} // namespace

class TstReminders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_run = std::make_unique<Run>(*m_world);
        QVERIFY(m_run->stack.open());
        QVERIFY(m_run->stack.addProfile());
    }
    void cleanup()
    {
        m_run.reset();
        m_world.reset();
    }

    void nothingIsSaidBeforeTheFirstRefreshHasEnded()
    {
        m_run->refresh();
        restart();
        // All is known, of the last run.
        const QList<InstanceRecord> records = m_run->stack.inventory.records();
        QVERIFY(planReminders(records, {}, {}, {}, {}, m_world->clock.now()).saysSomething());
        m_run->reminders.tick();
        QCOMPARE(m_run->looked.count(), 0);
        auto refreshing = m_run->stack.inventory.refresh();
        QVERIFY(m_run->stack.inventory.progress().running);
        m_run->reminders.tick();
        QCOMPARE(m_run->looked.count(), 0);
        QTRY_VERIFY(refreshing.isReady());
        QTRY_COMPARE(m_run->due.count(), 1);
    }

    void nothingIsSaidWhileItIsReadAnew()
    {
        m_run->refresh();
        m_run->reminders.notShown();
        m_run->due.clear();
        auto refreshing = m_run->stack.inventory.refresh();
        m_run->tick();
        QVERIFY(m_run->due.count() == 0 || !m_run->stack.inventory.progress().running);
        QTRY_VERIFY(refreshing.isReady());
        QTRY_COMPARE(m_run->due.count(), 1);
    }

    void aRefreshThatFailedIsNoReasonToBeSilent()
    {
        m_run->refresh();
        restart();
        m_world->addFault("GET", {}, DemoFault::Action::Status, 0, 500);
        m_run->refresh();
        QCOMPARE(m_run->due.count(), 1);
    }

    void severalAreOneNoticeThatIsSaidOnce()
    {
        m_run->refresh();
        QCOMPARE(m_run->due.count(), 1);
        QVERIFY(m_run->last().reminders.size() > 5);
        m_run->answerShown();
        m_run->tick();
        QCOMPARE(m_run->due.count(), 1);
        restart();
        m_run->refresh();
        QCOMPARE(m_run->due.count(), 0);
        // Days pass.
        m_world->clock.advance(40LL * 24 * 60 * 60);
        m_run->tick();
        QCOMPARE(m_run->due.count(), 1);
        for (const Reminder &reminder : m_run->last().reminders)
            QVERIFY(reminder.step != ReminderStep::Tainted);
    }

    void oneNoticeAtATime()
    {
        m_run->refresh();
        QCOMPARE(m_run->due.count(), 1);
        m_world->clock.advance(40LL * 24 * 60 * 60);
        m_run->reminders.tick();
        QCOMPARE(m_run->looked.count(), 1);
        m_run->answerShown();
        m_run->tick();
        QCOMPARE(m_run->due.count(), 2);
    }

    void whatCouldNotBeShownIsTriedAgain()
    {
        m_run->refresh();
        const ReminderNotice first = m_run->last();
        for (int i = 0; i < 3; ++i) {
            m_run->reminders.notShown();
            m_run->tick();
        }
        QCOMPARE(m_run->due.count(), 4);
        QCOMPARE(m_run->last(), first);
    }

    void aCrashAfterItWasShownSaysItOnceMore()
    {
        m_run->refresh();
        QCOMPARE(m_run->due.count(), 1);
        restart();
        m_run->refresh();
        QCOMPARE(m_run->due.count(), 1);
    }

    void aDatabaseThatRefusesMakesItNeitherSilentNorTalkative()
    {
        QVERIFY(runSql(
            u"CREATE TRIGGER refuse BEFORE INSERT ON reminders BEGIN SELECT raise(ABORT, 'no'); END"_s));
        m_run->refresh();
        m_run->answerShown();
        m_run->tick();
        QCOMPARE(m_run->due.count(), 1);
        QVERIFY(runSql(u"DROP TRIGGER refuse"_s));
        m_run->tick();
        m_run->settle();
        QCOMPARE(m_run->due.count(), 1);
        restart();
        m_run->refresh();
        QCOMPARE(m_run->due.count(), 0);
    }

    void theSettingsCountAtOnce()
    {
        set(u"reminders.enabled"_s, u"0"_s);
        m_run->refresh();
        QCOMPARE(m_run->due.count(), 0);
        set(u"reminders.enabled"_s, u"1"_s);
        m_run->tick();
        QCOMPARE(m_run->due.count(), 1);
        QVERIFY(!m_run->last().body.contains(u"Datadog"_s) &&
                !m_run->last().body.contains(u"Test organization"_s));
        m_run->reminders.notShown();
        set(u"reminders.names"_s, u"1"_s);
        m_run->tick();
        QVERIFY2(m_run->last().body.contains(u"Test organization"_s), qPrintable(m_run->last().body));
    }

    void theDigestFollowsTheReminders()
    {
        m_run->refresh();
        m_run->answerShown();
        m_run->tick(); // The first week begins.
        m_run->settle();
        QCOMPARE(m_run->due.count(), 1);
        m_world->clock.advance(7LL * 24 * 60 * 60);
        m_run->tick();
        QCOMPARE(m_run->due.count(), 2);
        QVERIFY(!m_run->last().reminders.isEmpty());
        m_run->answerShown();
        m_run->tick();
        QCOMPARE(m_run->due.count(), 3);
        QVERIFY(m_run->last().reminders.isEmpty());
        QCOMPARE(m_run->last().urgency, ReminderNotice::Urgency::Low);
        m_run->answerShown();
        m_run->tick();
        QCOMPARE(m_run->due.count(), 3);
    }

    void anOldKeyIsSaidOnceAWeekLater()
    {
        constexpr qint64 Week = 7LL * 24 * 60 * 60;
        const auto saysOldKey = [this] {
            const QList<Reminder> said = m_run->last().reminders;
            return std::any_of(said.cbegin(), said.cend(), [](const Reminder &reminder) {
                return reminder.step == ReminderStep::OldKey;
            });
        };
        m_run->refresh();
        m_run->answerShown();
        const auto replaced =
            m_run->stack.run(m_run->stack.request(ChangeKind::Replace, u"swaggerhub-internal"_s));
        QVERIFY(replaced && replaced->ok() && replaced->value().phase == ChangePhase::Verified);
        m_world->clock.advance(Week - 1);
        m_run->tick();
        m_run->answerShown();
        QVERIFY(!saysOldKey());
        m_world->clock.advance(1);
        m_run->tick();
        QVERIFY(saysOldKey());
        const Reminder said = m_run->last().reminders.constLast();
        m_run->answerShown();
        restart();
        m_run->refresh();
        QCOMPARE(m_run->due.count(), 0);
        // As the notification's button does.
        const QDateTime until = m_world->clock.now().addSecs(60);
        QVERIFY(
            await(m_run->stack.attentionMarks.snooze(said.address, said.subject.credentialId, until))->ok());
        m_world->clock.advance(60);
        m_run->tick();
        QCOMPARE(m_run->due.count(), 1);
        QVERIFY(saysOldKey());
        m_run->reminders.notShown();
        // Ticked off meanwhile, in whichever window.
        QVERIFY(await(m_run->stack.revokedKeyStore.set(replaced->value().id, until))->ok());
        m_run->tick();
        QCOMPARE(m_run->due.count(), 1);
    }

    void aTokenCanBeSnoozed()
    {
        m_run->refresh();
        m_run->answerShown();
        Profile profile = m_run->stack.profile();
        profile.tokenExpires = m_world->clock.now().date().addDays(3);
        QVERIFY(await(m_run->stack.profiles.save(profile, Secret(), false))->ok());
        m_run->tick();
        QCOMPARE(m_run->due.count(), 2);
        const ReminderNotice notice = m_run->last();
        QCOMPARE(notice.title, u"1 token of a profile expires within 7 days"_s);
        m_run->answerShown();
        const QDateTime until = m_world->clock.now().addSecs(60LL * 60);
        QVERIFY(await(m_run->reminders.snoozeTokens(notice, until))->ok());
        m_run->tick();
        QCOMPARE(m_run->due.count(), 2);
        m_world->clock.advance(60LL * 60);
        m_run->tick();
        QCOMPARE(m_run->due.count(), 3);
        QCOMPARE(m_run->last().title, notice.title);
        m_run->answerShown();
        m_run->tick();
        QCOMPARE(m_run->due.count(), 3);
    }

    void whatIsStoppedSaysNothing()
    {
        m_run->refresh();
        m_run->reminders.notShown();
        m_run->reminders.stop();
        m_run->reminders.tick();
        QCOMPARE(m_run->looked.count(), 1);
        QCOMPARE(m_run->due.count(), 1);
    }

private:
    void restart()
    {
        m_run.reset();
        m_run = std::make_unique<Run>(*m_world);
        QVERIFY(m_run->stack.open());
    }
    /// As latchkeyctl does.
    void set(const QString &name, const QString &value)
    {
        QVERIFY(await(m_run->stack.settings.set(name, value))->ok());
    }
    bool runSql(const QString &statement)
    {
        const std::function<Done(QSqlDatabase &)> work = [statement](QSqlDatabase &database) -> Done {
            QSqlQuery query(database);
            return query.exec(statement) ? Done() : Done(Problem());
        };
        return await(m_run->stack.database.run<void>(work))->ok();
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Run> m_run;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstReminders)
#include "tst_reminders.moc"
