// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/settings.h"
#include "models/services/periodicrefresh.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace latchkey;
using namespace latchkey::test;
using Operation = FailingSecretStore::Operation;

namespace {

constexpr qint64 Minute = 60;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Latest = Hour + Hour / 10 + 1; // An hour, and a tenth of it at most.

} // namespace

class TstPeriodicRefresh : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->start());
        m_metered = false;
        begin();
    }
    void cleanup()
    {
        m_refresh.reset();
        m_stack.reset();
        m_world.reset();
    }

    void readsEveryHourOrALittleLater()
    {
        QVERIFY(!reads());
        m_world->clock.advance(Hour - 1);
        QVERIFY(!reads());
        m_world->clock.advance(1);
        QVERIFY(reads());
        QVERIFY(!reads());
        for (int i = 0; i < 5; ++i) {
            m_world->clock.advance(Hour - 1);
            QVERIFY(!reads());
            m_world->clock.advance(Latest - Hour + 1);
            QVERIFY(reads());
        }
    }

    void whatTheUserReadNeedNotBeReadAgain()
    {
        m_world->clock.advance(Hour - Minute);
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        m_world->clock.advance(2 * Minute);
        QVERIFY(!reads());
        m_world->clock.advance(Hour);
        QVERIFY(reads());
    }

    void sleepIsCaughtUpOnce()
    {
        m_world->clock.advance(72 * Hour);
        QVERIFY(reads());
        for (int minute = 0; minute < 30; ++minute) {
            QVERIFY(!reads());
            m_world->clock.advance(Minute);
        }
    }

    void oneProfileAtATime()
    {
        Profile second = m_stack->profile();
        second.id.clear();
        second.name = u"Second"_s;
        QVERIFY(await(m_stack->profiles.save(second, Secret(World::token), false))->ok());
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        m_world->clock.advance(2 * Hour);
        QVERIFY(reads());
        QCOMPARE(readNow(), 1);
        QVERIFY(reads());
        QCOMPARE(readNow(), 2);
        QVERIFY(!reads());
    }

    void theIntervalIsASetting()
    {
        set(5);
        m_world->clock.advance(6 * Minute);
        QVERIFY(reads());
        set(0);
        m_world->clock.advance(1000 * Hour);
        QVERIFY(!reads());
    }

    void notOnAMeteredLine()
    {
        m_metered = true;
        m_world->clock.advance(2 * Hour);
        QVERIFY(!reads());
        m_metered = false;
        QVERIFY(reads());
    }

    void notWhileACredentialIsChanged()
    {
        m_world->clock.advance(2 * Hour);
        {
            const auto change = m_stack->changes.reserve(m_stack->address(u"datadog-staging"_s));
            QVERIFY(change);
            QVERIFY(!reads());
        }
        QVERIFY(reads());
    }

    void notBesideAnotherRefresh()
    {
        m_world->clock.advance(2 * Hour);
        auto refreshing = m_stack->inventory.refresh();
        m_refresh->tick();
        QTRY_VERIFY(refreshing.isReady());
        QVERIFY(!reads());
    }

    void whatFailsIsNotTriedAgainAtOnce()
    {
        m_world->addFault("GET", u"/integration-instances"_s, DemoFault::Action::Status, 0, 403);
        m_world->clock.advance(2 * Hour);
        QVERIFY(reads());
        m_world->clock.advance(Minute);
        QVERIFY(!reads());
        m_world->clock.advance(Latest);
        QVERIFY(reads());
    }

    void aLockedKeychainIsLeftAlone()
    {
        m_refresh.reset();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->open());
        m_world->keychain.fail(Operation::Read, Problem::Category::KeychainLocked);
        (void)await(m_stack->inventory.refresh());
        begin();
        const int asked = m_world->keychain.calls(Operation::Read);
        m_world->clock.advance(2 * Hour);
        QVERIFY(!reads());
        QCOMPARE(m_world->keychain.calls(Operation::Read), asked);
        // Until somebody asks for it.
        m_world->keychain.recover();
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        m_world->clock.advance(2 * Hour);
        QVERIFY(reads());
    }

    void aClockThatWasPutBackHoldsUpNothing()
    {
        m_world->clock.advance(-1000 * Hour);
        QVERIFY(reads());
        QVERIFY(!reads());
        m_world->clock.advance(Latest);
        QVERIFY(reads());
    }

private:
    void begin()
    {
        m_refresh = std::make_unique<PeriodicRefresh>(m_stack->inventory, m_stack->profiles, m_stack->changes,
                                                      m_stack->bulk, m_stack->preferences, m_world->clock,
                                                      [this] { return m_metered; });
    }
    /// Whether a tick reads, which has ended then.
    bool reads()
    {
        m_refresh->tick();
        const bool running = m_stack->inventory.progress().running;
        const auto ended = [this] { return !m_stack->inventory.progress().running; };
        return QTest::qWaitFor(ended, 20'000) && running;
    }
    /// How many endpoints were listed at this moment.
    [[nodiscard]] int readNow() const
    {
        const QList<EndpointState> endpoints = m_stack->inventory.endpoints();
        return static_cast<int>(
            std::count_if(endpoints.cbegin(), endpoints.cend(), [this](const EndpointState &each) {
                return each.listedAt == m_world->clock.now();
            }));
    }
    void set(int minutes)
    {
        Settings settings = m_stack->preferences.settings();
        settings.refreshMinutes = minutes;
        QVERIFY(await(m_stack->preferences.save(settings))->ok());
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
    std::unique_ptr<PeriodicRefresh> m_refresh;
    bool m_metered = false;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstPeriodicRefresh)
#include "tst_periodicrefresh.moc"
