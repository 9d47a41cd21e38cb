// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/keyvault.h"
#include "models/storage/changejournal.h"
#include "models/storage/keyversionstore.h"
#include "tests/support/failingsecretstore.h"
#include "tests/support/fakeclock.h"
#include "tests/support/temporarydatabase.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace latchkey;
using latchkey::test::await;
using latchkey::test::FailingSecretStore;
using latchkey::test::FakeClock;
using latchkey::test::TemporaryDatabase;
using Operation = FailingSecretStore::Operation;
using Category = Problem::Category;
using State = KeyVersion::State;

namespace {

const InstanceAddress address{u"profile-1"_s, u"https://eu.api.konghq.com:443"_s, u"instance-1"_s};

HeaderKeys someKeys(const QByteArray &first = "first-key-0001")
{
    HeaderKeys keys;
    keys.push_back({u"DD-API-KEY"_s, Secret(first)});
    keys.push_back({u"dd-application-key"_s, Secret(QByteArrayView("\xffsecond \"key\"\\ \t", 16))});
    return keys;
}

bool equal(const HeaderKeys &a, const HeaderKeys &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const HeaderKey &x, const HeaderKey &y) {
        return x.name == y.name && x.key.equals(y.key);
    });
}

/// One run of Latchkey over a database file and a keychain; two of them at once are two processes.
struct Run
{
    Run(const QString &file, MemorySecretStore &entries, const Clock &clock)
        : database(file)
        , keychain(entries)
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
    FailingSecretStore keychain;
    MemorySecretStore memory;
    Redactor redactor;
    KeyVault vault;
};

} // namespace

class TstKeyVault : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_entries = std::make_unique<MemorySecretStore>();
        m_clock.set(QDateTime(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC));
    }

    void keepsKeysAcrossARestart()
    {
        QString id;
        {
            auto run = start();
            id = stage(*run);
            QVERIFY(!id.isEmpty());
            QVERIFY(await(run->vault.adopt(id, u"credential-1"_s))->ok());
        }
        auto run = start();
        QCOMPARE(run->keychain.allCalls(), 0); // starting asks the keychain nothing
        const KeptKeys kept = run->vault.kept(address);
        QVERIFY(kept.current && !kept.previous && !kept.inMemoryOnly);
        QCOMPARE(kept.headers, QStringList({u"DD-API-KEY"_s, u"dd-application-key"_s}));
        QCOMPARE(kept.currentSince, m_clock.now());
        QCOMPARE(run->vault.current(address)->credentialId, u"credential-1"_s);
        auto keys = await(run->vault.keys(id, address));
        QVERIFY(*keys);
        QVERIFY(equal(keys->value(), someKeys()));
    }

    void keysAreComparedWithoutReadingThem()
    {
        {
            auto run = start();
            // Where no key of the fingerprints is there, none is made.
            QVERIFY(await(run->vault.openFingerprints())->ok());
            QVERIFY(m_entries->names().isEmpty());
            const QString id = stage(*run);
            QVERIFY(await(run->vault.adopt(id, u"credential-1"_s))->ok());
        }
        auto run = start();
        const KeyVersion kept = *run->vault.current(address);
        QVERIFY(run->vault.fingerprint(kept.id, Secret("first-key-0001")).isEmpty());
        run->keychain.fail(Operation::Read, Category::KeychainLocked, 1);
        QVERIFY(!await(run->vault.openFingerprints())->ok());
        QVERIFY(await(run->vault.openFingerprints())->ok());
        QCOMPARE(run->vault.fingerprint(kept.id, Secret("first-key-0001")), kept.fingerprints.at(0).hmac);
        QVERIFY(run->vault.fingerprint(kept.id, Secret("first-key-0002")) != kept.fingerprints.at(0).hmac);
        QCOMPARE(run->keychain.calls(Operation::Read), 2); // of the key of the fingerprints alone

        // What is held in memory has a key of its own.
        const auto held = await(run->vault.stage(address, u"datadog-prod"_s, someKeys(), true));
        QVERIFY(held && held->ok());
        QVERIFY(await(run->vault.adopt(held->value(), u"credential-2"_s))->ok());
        const KeyVersion inMemory = *run->vault.current(address);
        QCOMPARE(inMemory.id, held->value());
        QCOMPARE(run->vault.fingerprint(inMemory.id, Secret("first-key-0001")),
                 inMemory.fingerprints.at(0).hmac);
        QVERIFY(inMemory.fingerprints.at(0).hmac != kept.fingerprints.at(0).hmac);
    }

    void writesTheRowBeforeTheEntryAndStagesAfterReadingBack()
    {
        auto run = start();
        stage(*run);                            // the fingerprint key is there now
        for (int call = 1; call <= 2; ++call) { // 1: the write, 2: the reading back
            run->keychain.hangAtCall(call);
            std::optional<bool> answered;
            auto task = run->vault.stage(address, u"datadog-prod"_s, someKeys(), false)
                            .then([&answered](const Outcome<QString> &id) { answered = id.ok(); });
            QTRY_VERIFY(run->keychain.isHanging());
            QCOMPARE(states(*run).count(State::Writing), 1);
            QCOMPARE(m_entries->names().size(), call + 1 + (call - 1));
            run->keychain.release();
            QTRY_VERIFY(answered);
            QVERIFY(*answered);
            QCOMPARE(states(*run).count(State::Writing), 0);
        }
        QCOMPARE(states(*run).count(State::Staged), 3);
    }

    void everyFailureOfTheKeychainLeavesRowsAndEntriesInStep_data()
    {
        QTest::addColumn<int>("operation");
        QTest::addColumn<int>("nth");
        QTest::addColumn<bool>("afterDoing");
        QTest::addColumn<bool>("removalFailsToo");
        for (const bool removalFails : {false, true}) {
            for (int nth = 1; nth <= 2; ++nth) {
                for (const bool after : {false, true}) {
                    QTest::addRow("write %d%s%s", nth, after ? ", done" : "",
                                  removalFails ? ", removal too" : "")
                        << int(Operation::Write) << nth << after << removalFails;
                }
            }
            for (int nth = 1; nth <= 3; ++nth) {
                QTest::addRow("read %d%s", nth, removalFails ? ", removal too" : "")
                    << int(Operation::Read) << nth << false << removalFails;
            }
        }
    }
    void everyFailureOfTheKeychainLeavesRowsAndEntriesInStep()
    {
        QFETCH(int, operation);
        QFETCH(int, nth);
        QFETCH(bool, afterDoing);
        QFETCH(bool, removalFailsToo);
        {
            auto run = start();
            run->keychain.fail(static_cast<Operation>(operation), Category::KeychainHung, nth, afterDoing);
            if (removalFailsToo)
                run->keychain.fail(Operation::Remove, Category::KeychainHung);
            const auto staged = await(run->vault.stage(address, u"datadog-prod"_s, someKeys(), false));
            QCOMPARE(staged->problem().category, Category::KeychainHung);
            QVERIFY(inStep(*run));
            for (const State state : states(*run))
                QVERIFY(state == State::Forgotten || (removalFailsToo && state == State::Forgetting));
            QVERIFY(!run->vault.kept(address).current);
        }
        // The next start finishes what was left.
        auto run = start();
        QVERIFY(inStep(*run));
        for (const State state : states(*run))
            QCOMPARE(state, State::Forgotten);
        QVERIFY(versionEntries().isEmpty());
        QVERIFY(!stage(*run).isEmpty());
    }

    void aCrashAtEachCallLeavesWhatTheNextStartMends()
    {
        // A run that hangs at a call is, for the files, one that died there.
        for (int call = 1; call <= 5; ++call) {
            init();
            auto dead = start();
            dead->keychain.hangAtCall(call);
            std::optional<bool> answered;
            auto task = dead->vault.stage(address, u"datadog-prod"_s, someKeys(), false)
                            .then([&answered](const Outcome<QString> &id) { answered = id.ok(); });
            QTRY_VERIFY(dead->keychain.isHanging());
            {
                auto second = start();
                QVERIFY(inStep(*second));
                QCOMPARE(states(*second).count(State::Forgotten), 0); // it may still be at work
                m_clock.advance(11 * 60);
                auto later = start();
                QVERIFY(inStep(*later));
                QVERIFY(versionEntries().isEmpty());
                for (const State state : states(*later))
                    QCOMPARE(state, State::Forgotten);
            }
            dead->keychain.release();
            QTRY_VERIFY(answered);
        }
    }

    void finishesAnInterruptedRemoval()
    {
        {
            auto run = start();
            const QString id = stage(*run);
            run->keychain.fail(Operation::Remove, Category::KeychainLocked);
            QCOMPARE(await(run->vault.discard(id))->problem().category, Category::KeychainLocked);
            QCOMPARE(states(*run), QList<State>{State::Forgetting});
            QCOMPARE(categoryOf(await(run->vault.keys(id, address))), Category::KeychainEntryMissing);
        }
        auto run = start();
        QCOMPARE(states(*run), QList<State>{State::Forgotten});
        QVERIFY(versionEntries().isEmpty());
    }

    void leavesALockedKeychainAloneAtTheStart()
    {
        {
            auto run = start();
            const QString id = stage(*run);
            run->keychain.fail(Operation::Remove, Category::KeychainLocked);
            QVERIFY(!await(run->vault.discard(id))->ok());
        }
        Run run(file(), *m_entries, m_clock);
        run.keychain.failAll(Category::KeychainLocked);
        QVERIFY(await(run.vault.load())->ok());
        QCOMPARE(run.keychain.calls(Operation::Remove), 0); // it would open a prompt
        QCOMPARE(run.vault.keychainProblem()->category, Category::KeychainLocked);
        run.keychain.recover();
        QVERIFY(await(run.vault.probe())->ok());
        QVERIFY(!run.vault.keychainProblem());
        QCOMPARE(states(run), QList<State>{State::Forgotten});
    }

    void neverRemovesWhatAnUnfinishedChangeNames()
    {
        QString id;
        {
            auto run = start();
            id = stage(*run);
            QVERIFY(await(run->rows.setState(id, {State::Staged}, State::Writing))->ok());
            Change change = changeFor(id);
            change.phase = ChangePhase::Deleting;
            QVERIFY(await(run->journal.record(change))->ok());
        }
        m_clock.advance(3600);
        auto run = start();
        QCOMPARE(states(*run), QList<State>{State::Writing});
        QCOMPARE(versionEntries(), QStringList(id));
        QCOMPARE(await(run->vault.forget(id))->problem().category, Category::Refused);
    }

    void neverRemovesWhatANewerLatchkeyCallsByAnotherWord()
    {
        QString id;
        {
            auto run = start();
            id = stage(*run);
            const QString statement = u"UPDATE key_versions SET state = 'of the future'"_s;
            const auto changed = await(run->database.run<void>([statement](QSqlDatabase &database) -> Done {
                QSqlQuery(database).exec(statement);
                return {};
            }));
            QVERIFY(changed && changed->ok());
        }
        m_clock.advance(3600);
        auto run = start();
        QVERIFY(await(run->vault.probe())->ok());
        QCOMPARE(versionEntries(), QStringList(id));
        QVERIFY(!await(run->vault.forget(id))->ok());
        QVERIFY(!await(run->vault.discard(id))->ok());
        QCOMPARE(versionEntries(), QStringList(id));
        QVERIFY(!run->vault.kept(address).current);
    }

    void neverRemovesWhatAnotherLatchkeyWentOnWith()
    {
        // A window starts while latchkeyctl is just writing a key, and looks again much later.
        auto other = start();
        const QString id = stage(*other);
        QVERIFY(await(other->rows.setState(id, {State::Staged}, State::Writing))->ok());
        auto window = start();
        QVERIFY(await(other->rows.setState(id, {State::Writing}, State::Staged))->ok());
        QVERIFY(await(other->vault.adopt(id, u"credential-1"_s))->ok());
        m_clock.advance(3600);
        QVERIFY(await(window->vault.probe())->ok());
        QCOMPARE(states(*other), QList<State>{State::Current});
        QCOMPARE(versionEntries(), QStringList(id));
        // And it is told so, where it wants to remove what it took for staged.
        QCOMPARE(await(window->vault.discard(id))->problem().category, Category::Refused);
        QCOMPARE(versionEntries(), QStringList(id));
    }

    void aChangedEntryIsNoSuccess()
    {
        auto run = start();
        stage(*run);
        run->keychain.setCorrupting(true);
        const auto staged = await(run->vault.stage(address, u"datadog-prod"_s, someKeys(), false));
        QCOMPARE(staged->problem().category, Category::KeychainFailed);
        QVERIFY(staged->problem().caption.contains(u"datadog-prod"_s));
        QCOMPARE(versionEntries().size(), 1);
        QCOMPARE(states(*run).count(State::Forgotten), 1);
    }

    void aForgedEntryIsNotBelieved()
    {
        auto run = start();
        const QString mine = stage(*run);
        const QString other =
            stage(*run, {u"profile-1"_s, address.origin, u"instance-2"_s}, "other-key-0002");
        Secret swapped = std::move(*await(m_entries->read(other))).value();
        QVERIFY(await(m_entries->write(mine, std::move(swapped)))->ok());
        QCOMPARE(categoryOf(await(run->vault.keys(mine, address))), Category::KeychainFailed);
    }

    void givesKeysOnlyToTheInstanceTheyWereKeptFor()
    {
        auto run = start();
        const QString id = stage(*run);
        InstanceAddress elsewhere = address;
        elsewhere.origin = u"https://evil.example:443"_s;
        QCOMPARE(categoryOf(await(run->vault.keys(id, elsewhere))), Category::Refused);
        InstanceAddress other = address;
        other.instanceId = u"instance-2"_s;
        QCOMPARE(categoryOf(await(run->vault.keys(id, other))), Category::Refused);
        InstanceAddress sameByAnotherProfile = address;
        sameByAnotherProfile.profileId = u"profile-2"_s;
        QVERIFY(await(run->vault.keys(id, sameByAnotherProfile))->ok());
    }

    void givesATokenOnlyToItsOrigins()
    {
        auto run = start();
        const QStringList origins{u"https://a:443"_s, u"https://b:443"_s};
        const QString id =
            await(run->vault.storeToken(u"p"_s, origins, Secret("kpat_abcdefgh"), false))->value();
        auto again = start();
        for (const QString &origin : origins)
            QCOMPARE(await(again->vault.token(id, origin))->value().reveal(),
                     QByteArrayView("kpat_abcdefgh"));
        QCOMPARE(categoryOf(await(again->vault.token(id, u"https://c:443"_s))), Category::Refused);
        QCOMPARE(categoryOf(await(again->vault.keys(id, address))), Category::Refused);
        QVERIFY(await(again->vault.forget(id))->ok());
        QVERIFY(m_entries->names().isEmpty());
        QCOMPARE(categoryOf(await(again->vault.token(id, origins.constFirst()))),
                 Category::KeychainEntryMissing);
    }

    void teachesTheRedactorEverySecret()
    {
        auto run = start();
        const QString id = stage(*run);
        QVERIFY(!run->redactor.redact(u"it is first-key-0001!"_s).contains(u"first-key-0001"_s));
        auto again = start();
        QVERIFY(again->redactor.redact(u"it is first-key-0001!"_s).contains(u"first-key-0001"_s));
        QVERIFY(await(again->vault.keys(id, address))->ok());
        QVERIFY(!again->redactor.redact(u"it is first-key-0001!"_s).contains(u"first-key-0001"_s));
    }

    void fingerprintsTellSameFromChanged()
    {
        auto run = start();
        const QString a = stage(*run);
        auto again = start(); // with the fingerprint key from the keychain
        const QString b = stage(*again, {u"p"_s, address.origin, u"instance-2"_s});
        const QString c = stage(*again, address, "another-key-0003");
        const auto of = [&again](const QString &id) {
            return await(again->rows.find(id))->value()->fingerprints.constFirst().hmac;
        };
        QCOMPARE(of(a).size(), 32);
        QCOMPARE(of(a), of(b));
        QVERIFY(of(a) != of(c));
    }

    void followsTheJournalThroughCreateReplaceAndDelete()
    {
        for (const bool inMemory : {false, true}) {
            init();
            auto run = start();
            QSignalSpy changed(&run->vault, &KeyVault::keptKeysChanged);
            const QString first = stage(*run, address, "first-key-0001", inMemory);
            created(*run, u"c1"_s, first);
            QCOMPARE(run->vault.current(address)->id, first);
            QVERIFY(!run->vault.previous(address));
            const QString second = stage(*run, address, "second-key-0002", inMemory);
            QCOMPARE(run->vault.current(address)->id, first); // staged only
            created(*run, u"c2"_s, second);
            QCOMPARE(run->vault.current(address)->id, second);
            QCOMPARE(run->vault.current(address)->credentialId, u"credential of c2"_s);
            QCOMPARE(run->vault.previous(address)->id, first);
            QCOMPARE(run->vault.kept(address).inMemoryOnly, inMemory);
            QVERIFY(await(run->vault.reload(address))->ok()); // as often as one likes
            QCOMPARE(run->vault.current(address)->id, second);
            Change deletion = changeFor({});
            deletion.id = u"c3"_s;
            deletion.kind = ChangeKind::Delete;
            deletion.phase = ChangePhase::Deleted;
            QVERIFY(await(run->journal.recordDeleted(deletion))->ok());
            QVERIFY(await(run->vault.reload(address))->ok());
            QVERIFY(!run->vault.current(address));
            QVERIFY(run->vault.kept(address).previous);
            QVERIFY(await(run->vault.keys(second, address))->ok()); // the way back
            QVERIFY(changed.size() >= 4);
        }
    }

    void mixesMemoryAndKeychain()
    {
        auto run = start();
        const QString kept = stage(*run);
        created(*run, u"c1"_s, kept);
        const QString held = stage(*run, address, "held-key-0001", true);
        created(*run, u"c2"_s, held);
        QCOMPARE(run->vault.current(address)->id, held);
        QCOMPARE(run->vault.previous(address)->id, kept);
        const QString back = stage(*run, address, "back-key-0001");
        QVERIFY(await(run->vault.adopt(back, u"x"_s))->ok());
        QCOMPARE(run->vault.current(address)->id, back);
        QVERIFY(!run->vault.kept(address).inMemoryOnly);
    }

    void whatIsHeldInMemoryIsNeverClaimedAfterARestart()
    {
        QString id;
        QString token;
        {
            auto run = start();
            run->keychain.failAll(Category::KeychainUnavailable);
            id = stage(*run, address, "held-key-0001", true);
            token = await(run->vault.storeToken(u"p"_s, {address.origin}, Secret("kpat_abcdefgh"), true))
                        ->value();
            QVERIFY(await(run->vault.adopt(id, u"credential-1"_s))->ok());
            QVERIFY(run->vault.kept(address).inMemoryOnly);
            QVERIFY(equal(await(run->vault.keys(id, address))->value(), someKeys("held-key-0001")));
            QVERIFY(await(run->vault.token(token, address.origin))->ok());
            QCOMPARE(run->keychain.allCalls(), 0);
        }
        auto run = start();
        QVERIFY(states(*run).isEmpty());
        QVERIFY(m_entries->names().isEmpty());
        QVERIFY(!run->vault.kept(address).current);
        QCOMPARE(categoryOf(await(run->vault.keys(id, address))), Category::KeychainEntryMissing);
        QCOMPARE(categoryOf(await(run->vault.token(token, address.origin))), Category::KeychainEntryMissing);
    }

    void keepsTheCurrentKeys()
    {
        auto run = start();
        const QString id = stage(*run);
        created(*run, u"c1"_s, id);
        QCOMPARE(await(run->vault.discard(id))->problem().category, Category::Refused);
        QCOMPARE(await(run->vault.forget(id))->problem().category, Category::Refused);
        QCOMPARE(versionEntries(), QStringList(id));
        QVERIFY(await(run->vault.discard(u"never staged"_s))->ok());
    }

    void remembersWhatTheKeychainLastSaid()
    {
        auto run = start();
        QSignalSpy changed(&run->vault, &KeyVault::keychainProblemChanged);
        run->keychain.failAll(Category::KeychainLocked);
        QVERIFY(!await(run->vault.stage(address, u"x"_s, someKeys(), false))->ok());
        QCOMPARE(run->vault.keychainProblem()->category, Category::KeychainLocked);
        QVERIFY(states(*run).isEmpty()); // nothing was written, so there is no row
        run->keychain.recover();
        QVERIFY(await(run->vault.probe())->ok());
        QVERIFY(!run->vault.keychainProblem());
        QCOMPARE(changed.size(), 2);
    }

    void twoStagesAtOnceShareTheFirstFingerprintKey()
    {
        auto run = start();
        QStringList ids;
        const auto take = [&ids](const Outcome<QString> &id) { ids.append(id ? id.value() : u"?"_s); };
        auto a = run->vault.stage(address, u"a"_s, someKeys(), false).then(take);
        auto b = run->vault.stage(address, u"b"_s, someKeys(), false).then(take);
        QTRY_COMPARE(ids.size(), 2);
        QCOMPARE(await(run->rows.find(ids.at(0)))->value()->fingerprints,
                 await(run->rows.find(ids.at(1)))->value()->fingerprints);
    }

    void saysWhenItIsIdle()
    {
        auto run = start();
        run->keychain.hangAtCall(1);
        auto staging = run->vault.stage(address, u"a"_s, someKeys(), false);
        auto idle = run->vault.idle();
        QTRY_VERIFY(run->keychain.isHanging());
        QVERIFY(!idle.isReady());
        run->keychain.release();
        QTRY_VERIFY(idle.isReady());
        QVERIFY(staging.isReady());
    }

private:
    [[nodiscard]] QString file() const { return m_dir->filePath(u"latchkey.sqlite"_s); }
    std::unique_ptr<Run> start()
    {
        auto run = std::make_unique<Run>(file(), *m_entries, m_clock);
        const auto loaded = await(run->vault.load());
        if (!loaded || !*loaded)
            QTest::qFail("the vault does not load", __FILE__, __LINE__);
        return run;
    }
    static QString stage(Run &run, const InstanceAddress &where = address,
                         const QByteArray &key = "first-key-0001", bool inMemory = false)
    {
        const auto id = await(run.vault.stage(where, u"datadog-prod"_s, someKeys(key), inMemory));
        return id && *id ? id->value() : QString();
    }
    static Change changeFor(const QString &staged)
    {
        Change change;
        change.id = u"change"_s;
        change.kind = ChangeKind::Replace;
        change.address = address;
        change.stagedVersion = staged;
        change.startedAt = QDateTime(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);
        change.updatedAt = change.startedAt;
        return change;
    }
    static void created(Run &run, const QString &changeId, const QString &version)
    {
        Change change = changeFor(version);
        change.id = changeId;
        change.phase = ChangePhase::Created;
        change.newCredentialId = u"credential of "_s + changeId;
        QVERIFY(await(run.journal.recordCreated(change))->ok());
        QVERIFY(await(run.vault.reload(address))->ok());
    }
    static QList<State> states(Run &run)
    {
        QList<State> states;
        const auto rows = await(run.rows.all());
        if (rows && *rows) {
            for (const KeyVersion &version : std::as_const(rows->value()))
                states.append(version.state);
        }
        return states;
    }
    [[nodiscard]] QStringList versionEntries() const
    {
        QStringList names = m_entries->names();
        names.removeAll(u"fingerprint-key"_s);
        return names;
    }
    /// Every entry has a row, and no row says of a missing entry that it is there.
    [[nodiscard]] bool inStep(Run &run) const
    {
        QStringList entries = versionEntries();
        const auto rows = await(run.rows.all());
        for (const KeyVersion &version : std::as_const(rows->value())) {
            const bool there = entries.removeAll(version.id) > 0;
            const bool claimed = version.state == State::Staged || version.state == State::Current ||
                                 version.state == State::Previous;
            if ((claimed && !there) || (version.state == State::Forgotten && there))
                return false;
        }
        return entries.isEmpty();
    }
    template <typename T>
    static Category categoryOf(const std::optional<Outcome<T>> &answer)
    {
        // Canceled stands for "worked" and "never answered": neither is expected where this is asked.
        return answer && !answer->ok() ? answer->problem().category : Category::Canceled;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<MemorySecretStore> m_entries;
    FakeClock m_clock;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstKeyVault)
#include "tst_keyvault.moc"
