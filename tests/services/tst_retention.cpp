// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/changelock.h"
#include "models/services/dailyretention.h"
#include "models/services/keyvault.h"
#include "models/services/retention.h"
#include "models/storage/changejournal.h"
#include "models/storage/keyversionstore.h"
#include "models/storage/settingsstore.h"
#include "tests/support/failingsecretstore.h"
#include "tests/support/fakeclock.h"
#include "tests/support/temporarydatabase.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace latchkey;
using latchkey::test::await;
using latchkey::test::FailingSecretStore;
using latchkey::test::FakeClock;
using Operation = FailingSecretStore::Operation;
using Category = Problem::Category;
using State = KeyVersion::State;

namespace {

const InstanceAddress address{u"profile-1"_s, u"https://eu.api.konghq.com:443"_s, u"instance-1"_s};

/// One run of Latchkey.
struct Run
{
    explicit Run(const QString &folder, const Clock &clock)
        : database(folder + u"/latchkey.sqlite"_s)
        , lock(folder + u"/change.lock"_s)
        , vault(rows, keychain, memory, redactor, clock)
    {
        const auto opened = await(database.open());
        if (!opened || !*opened)
            QTest::qFail("the database does not open", __FILE__, __LINE__);
    }
    ~Run()
    {
        auto idle = vault.idle();
        static_cast<void>(QTest::qWaitFor([&idle] { return idle.isReady(); }));
    }

    Database database;
    KeyVersionStore rows{database};
    ChangeJournal journal{database};
    SettingsStore settings{database};
    FailingSecretStore keychain;
    MemorySecretStore memory;
    Redactor redactor;
    ChangeLock lock;
    KeyVault vault;
    Retention retention{vault, settings, lock};
};

} // namespace

class TstRetention : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock.set(QDateTime(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC));
        m_run = std::make_unique<Run>(m_dir->path(), m_clock);
    }
    void cleanup() { m_run.reset(); }

    void forgetsOldKeysWhenNewOnesAreVerifiedAndTheTimeIsOver()
    {
        const QString first = replaced(ChangePhase::Verified);
        const QString second = replaced(ChangePhase::Verified);
        passDays(29);
        QCOMPARE(forgetDue(), QStringList());
        passDays(2);
        QCOMPARE(forgetDue(), QStringList(first));
        QCOMPARE(stateOf(first), State::Forgotten);
        QVERIFY(!m_run->keychain.names().contains(first));
        passDays(1000);
        QCOMPARE(forgetDue(), QStringList());
        QCOMPARE(stateOf(second), State::Current);
        QVERIFY(m_run->keychain.names().contains(second));
    }

    void followsTheSetting()
    {
        QVERIFY(await(m_run->settings.set(u"retention.days"_s, u"3"_s))->ok());
        const QString first = replaced(ChangePhase::Verified);
        replaced(ChangePhase::Verified);
        passDays(2);
        QCOMPARE(forgetDue(), QStringList());
        passDays(2);
        QCOMPARE(forgetDue(), QStringList(first));
    }

    void keepsTheWayBackUntilItsSuccessorIsVerified()
    {
        const QString first = replaced(ChangePhase::Verified);
        const QString second = replaced(ChangePhase::NotHealthy);
        passDays(100);
        QCOMPARE(forgetDue(), QStringList());
        const QString third = replaced(ChangePhase::Verified);
        passDays(29); // Since it is known that the third works.
        QCOMPARE(forgetDue(), QStringList());
        passDays(2);
        QStringList gone = forgetDue();
        gone.sort();
        QStringList expected{first, second};
        expected.sort();
        QCOMPARE(gone, expected);
        QCOMPARE(stateOf(third), State::Current);
    }

    void keepsWhatADeleteCanBeUndoneWith()
    {
        const QString first = replaced(ChangePhase::Verified);
        const QString second = replaced(ChangePhase::Verified);
        Change change = changeOf({}, ChangeKind::Delete);
        change.phase = ChangePhase::Deleted;
        QVERIFY(await(m_run->journal.recordDeleted(change))->ok());
        passDays(1000);
        QCOMPARE(forgetDue(), QStringList(first));
        QCOMPARE(stateOf(second), State::Previous);
    }

    void keepsWhatAnUnfinishedChangeNames()
    {
        const QString first = replaced(ChangePhase::Verified);
        replaced(ChangePhase::Verified);
        Change change = changeOf({}, ChangeKind::Replace);
        change.previousVersion = first;
        QVERIFY(await(m_run->journal.record(change))->ok());
        passDays(1000);
        QCOMPARE(forgetDue(), QStringList());
        QVERIFY(find(first).needed);
        QVERIFY(!find(first).goesAt(30).isValid());
        change.phase = ChangePhase::Abandoned;
        QVERIFY(await(m_run->journal.record(change))->ok());
        QCOMPARE(forgetDue(), QStringList(first));
    }

    void keysThatCameBackAreThePresentOnes()
    {
        const QString first = replaced(ChangePhase::Verified);
        const QString second = replaced(ChangePhase::Verified);
        promote(first, ChangePhase::Verified);
        QCOMPARE(stateOf(first), State::Current);
        passDays(31);
        QCOMPARE(forgetDue(), QStringList(second));
        QCOMPARE(stateOf(first), State::Current);
    }

    void adoptedKeysMakeNoOthersGo()
    {
        const QString first = replaced(ChangePhase::Verified);
        const QString second = staged();
        QVERIFY(await(m_run->vault.adopt(second, u"credential"_s))->ok());
        passDays(1000);
        QCOMPARE(forgetDue(), QStringList());
        QCOMPARE(stateOf(first), State::Previous);
    }

    void stagedKeysStayAndAreCalledLoose()
    {
        const QString id = staged();
        QVERIFY(!find(id).loose); // Its change may be about to be written down.
        passDays(1000);
        QCOMPARE(forgetDue(), QStringList());
        QVERIFY(find(id).loose);
        QVERIFY(await(m_run->retention.forgetNow(id))->ok());
        QCOMPARE(stateOf(id), State::Forgotten);
        QVERIFY(!m_run->keychain.names().contains(id));
    }

    void asksTheKeychainOnlyWhereSomethingIsDue()
    {
        replaced(ChangePhase::Verified);
        replaced(ChangePhase::Verified);
        const int calls = m_run->keychain.allCalls();
        QCOMPARE(forgetDue(), QStringList());
        QCOMPARE(m_run->keychain.allCalls(), calls);
    }

    void leavesALockedKeychainAlone()
    {
        const QString first = replaced(ChangePhase::Verified);
        replaced(ChangePhase::Verified);
        passDays(31);
        m_run->keychain.fail(Operation::Probe, Category::KeychainLocked);
        const auto answer = await(m_run->retention.forgetDue());
        QCOMPARE(answer->problem().category, Category::KeychainLocked);
        QCOMPARE(m_run->keychain.calls(Operation::Remove), 0);
        QCOMPARE(stateOf(first), State::Previous);
    }

    void stopsAtTheFirstRefusal()
    {
        for (int i = 0; i < 4; ++i)
            replaced(ChangePhase::Verified);
        passDays(31);
        m_run->keychain.fail(Operation::Remove, Category::KeychainRefused, 2);
        const auto answer = await(m_run->retention.forgetDue());
        QCOMPARE(answer->problem().category, Category::KeychainRefused);
        QCOMPARE(m_run->keychain.calls(Operation::Remove), 2);
        m_run->keychain.recover();
        QVERIFY(await(m_run->vault.probe())->ok()); // Takes up the one that was begun.
        QCOMPARE(forgetDue().size(), 1);
        QCOMPARE(m_run->keychain.names().size(), 2); // The current one and the fingerprint key.
    }

    void forgetsNothingWhileAChangeIsUnderWay()
    {
        const QString first = replaced(ChangePhase::Verified);
        replaced(ChangePhase::Verified);
        passDays(31);
        for (const bool here : {true, false}) {
            ChangeLock other(m_dir->filePath(u"change.lock"_s));
            auto holder = here ? m_run->lock.acquire() : other.acquire();
            QVERIFY(holder);
            QCOMPARE(await(m_run->retention.forgetDue())->problem().category, Category::InUse);
            QCOMPARE(await(m_run->retention.forgetNow(first))->problem().category, Category::InUse);
        }
        QCOMPARE(stateOf(first), State::Previous);
        QCOMPARE(forgetDue(), QStringList(first));
    }

    void runsDailyWhileLatchkeyIsOpen()
    {
        const QString first = replaced(ChangePhase::Verified);
        replaced(ChangePhase::Verified);
        DailyRetention daily(m_run->retention, m_clock);
        QSignalSpy ended(&daily, &DailyRetention::ended);
        // It may have ended before tick() returns.
        const auto runs = [&daily, &ended] {
            const auto before = ended.count();
            daily.tick();
            return daily.isRunning() || ended.count() > before;
        };
        QVERIFY(runs());
        QTRY_COMPARE(ended.count(), 1);
        m_clock.advance(23LL * 60 * 60);
        QVERIFY(!runs());
        m_clock.advance(2LL * 60 * 60);
        QVERIFY(runs());
        QTRY_COMPARE(ended.count(), 2);
        QCOMPARE(stateOf(first), State::Previous);
        // What a locked keychain refuses is not put off until the next day.
        passDays(40);
        m_run->keychain.fail(Operation::Probe, Category::KeychainLocked);
        QVERIFY(runs());
        QTRY_COMPARE(ended.count(), 3);
        QCOMPARE(stateOf(first), State::Previous);
        m_run->keychain.recover();
        QVERIFY(!runs());
        m_clock.advance(60LL * 60);
        QVERIFY(runs());
        QTRY_COMPARE(ended.count(), 4);
        QCOMPARE(stateOf(first), State::Forgotten);
        // A clock that was put back holds up nothing.
        passDays(-20);
        QVERIFY(runs());
        QTRY_COMPARE(ended.count(), 5);
    }

    void doesNotHandOutKeysThatAreGoing()
    {
        const QString first = replaced(ChangePhase::Verified);
        replaced(ChangePhase::Verified);
        passDays(31);
        m_run->keychain.hangAtCall(2); // The removal, after the probe.
        auto going = m_run->retention.forgetDue();
        QTRY_VERIFY(m_run->keychain.isHanging());
        QCOMPARE(await(m_run->vault.keys(first, address))->problem().category,
                 Category::KeychainEntryMissing);
        m_run->keychain.release();
        QTRY_VERIFY(going.isReady());
    }

    void forgetsTheCurrentKeysNever()
    {
        const QString only = replaced(ChangePhase::Verified);
        QCOMPARE(await(m_run->retention.forgetNow(only))->problem().category, Category::Refused);
        QCOMPARE(stateOf(only), State::Current);
    }

private:
    void passDays(int days) { m_clock.set(m_clock.now().addDays(days)); }
    QString staged()
    {
        HeaderKeys keys;
        keys.push_back({u"DD-API-KEY"_s, Secret("a-key-of-some-length")});
        const auto id = await(m_run->vault.stage(address, u"datadog-prod"_s, std::move(keys), false));
        return id && *id ? id->value() : QString();
    }
    Change changeOf(const QString &version, ChangeKind kind)
    {
        Change change;
        change.id = u"change-%1"_s.arg(++m_changes);
        change.kind = kind;
        change.address = address;
        change.stagedVersion = version;
        change.startedAt = m_clock.now();
        change.updatedAt = m_clock.now();
        return change;
    }
    /// A change that made this version current, and how it ended a minute later.
    void promote(const QString &version, ChangePhase end)
    {
        Change change = changeOf(version, ChangeKind::Replace);
        change.phase = ChangePhase::Created;
        change.newCredentialId = u"credential of "_s + change.id;
        QVERIFY(await(m_run->journal.recordCreated(change))->ok());
        m_clock.set(m_clock.now().addSecs(60));
        change.phase = end;
        change.updatedAt = m_clock.now();
        QVERIFY(await(m_run->journal.record(change))->ok());
        QVERIFY(await(m_run->vault.reload(address))->ok());
    }
    QString replaced(ChangePhase end)
    {
        const QString id = staged();
        promote(id, end);
        return id;
    }
    QStringList forgetDue()
    {
        const auto gone = await(m_run->retention.forgetDue());
        return gone && *gone ? gone->value() : QStringList(u"a problem"_s);
    }
    State stateOf(const QString &id)
    {
        const auto row = await(m_run->rows.find(id));
        return row && *row && row->value() ? row->value()->state : State::Unknown;
    }
    KeptVersion find(const QString &id)
    {
        const auto overview = await(m_run->vault.overview());
        if (overview && *overview) {
            for (const KeptVersion &kept : std::as_const(overview->value().versions)) {
                if (kept.version.id == id)
                    return kept;
            }
        }
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Run> m_run;
    FakeClock m_clock;
    int m_changes = 0;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstRetention)
#include "tst_retention.moc"
