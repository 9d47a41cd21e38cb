// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/keyentry.h"
#include "models/services/keyvault.h"
#include "models/storage/changejournal.h"
#include "models/storage/keyversionstore.h"
#include "tests/support/failingsecretstore.h"
#include "tests/support/fakeclock.h"
#include "tests/support/temporarydatabase.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QUuid>

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

HeaderKeys keysOf(const QByteArray &first)
{
    HeaderKeys keys;
    keys.push_back({u"DD-API-KEY"_s, Secret(first)});
    keys.push_back({u"dd-application-key"_s, Secret(QByteArrayView("\xffsecond \"key\"\\ \t", 16))});
    return keys;
}

/// One run of Latchkey over a database file and a keychain.
struct Run
{
    Run(const QString &file, MemorySecretStore &entries, const Clock &clock)
        : database(file)
        , keychain(entries)
        , vault(rows, keychain, memory, redactor, clock)
    {
        const auto opened = await(database.open());
        const auto loaded = await(vault.load());
        if (!opened || !*opened || !loaded || !*loaded)
            QTest::qFail("the database does not open", __FILE__, __LINE__);
    }
    ~Run()
    {
        auto idle = vault.idle();
        static_cast<void>(QTest::qWaitFor([&idle] { return idle.isReady(); }));
    }
    QString kept(const QByteArray &key, bool adopted = true)
    {
        const auto id = await(vault.stage(address, u"datadog-prod"_s, keysOf(key), false));
        if (!id || !*id)
            return {};
        if (adopted && !await(vault.adopt(id->value(), u"credential"_s))->ok())
            return {};
        return id->value();
    }
    std::optional<KeyVersion> row(const QString &id)
    {
        const auto found = await(rows.find(id));
        return found && *found ? found->value() : std::nullopt;
    }

    Database database;
    KeyVersionStore rows{database};
    FailingSecretStore keychain;
    MemorySecretStore memory;
    Redactor redactor;
    KeyVault vault;
};

} // namespace

class TstKeyRescue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_entries = std::make_unique<MemorySecretStore>();
        m_clock.set(QDateTime(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC));
    }

    void rebuildsTheRowsOfALostDatabase()
    {
        KeyVersion before;
        {
            auto run = start(u"first"_s);
            before = *run->row(run->kept("first-key-0001"));
        }
        m_clock.set(m_clock.now().addDays(3));
        auto run = start(u"second"_s);
        QVERIFY(!run->vault.kept(address).previous);
        const KeyOverview lost = await(run->vault.overview())->value();
        QVERIFY(lost.versions.isEmpty() && !lost.keychainProblem);
        QCOMPARE(lost.strays.size(), 1);
        QCOMPARE(lost.strays.constFirst().name, before.id);
        QCOMPARE(lost.strays.constFirst().described->instanceName, u"datadog-prod"_s);

        QSignalSpy changed(&run->vault, &KeyVault::keptKeysChanged);
        const KeyRescue rescue = await(run->vault.rescue())->value();
        QCOMPARE(rescue.taken.size(), 1);
        // Nothing claims that Konnect still has them.
        KeyVersion expected = before;
        expected.state = State::Previous;
        expected.retiredAt = before.createdAt;
        expected.credentialId.clear();
        QVERIFY(*run->row(before.id) == expected); // The fingerprints too.
        QVERIFY(run->vault.kept(address).previous && !run->vault.kept(address).current);
        QCOMPARE(changed.size(), 1);
        auto keys = await(run->vault.keys(before.id, address));
        QVERIFY(*keys);
        QVERIFY(keys->value().at(0).key.equals(Secret("first-key-0001")));
        QVERIFY(keys->value().at(1).key.equals(keysOf("x").at(1).key));
        // Known again, the entry is nothing special.
        QVERIFY(await(run->vault.overview())->value().strays.isEmpty());
        QVERIFY(await(run->vault.rescue())->value().taken.isEmpty());
    }

    void addsToAnOldDatabaseAndChangesNothingInIt()
    {
        auto old = start(u"old"_s);
        const QString known = old->kept("known-key-0001");
        const KeyVersion row = *old->row(known);
        m_clock.set(m_clock.now().addDays(1));
        QString newer;
        {
            auto lost = start(u"lost"_s);
            newer = lost->kept("newer-key-0001");
        }
        const KeyRescue rescue = await(old->vault.rescue())->value();
        QCOMPARE(rescue.taken.size(), 1);
        QCOMPARE(rescue.taken.constFirst().id, newer);
        QVERIFY(*old->row(known) == row);
        QCOMPARE(old->vault.current(address)->id, known);
        QCOMPARE(old->vault.previous(address)->id, newer);
        // They may well be the present ones: no time makes them go.
        m_clock.set(m_clock.now().addDays(1000));
        QVERIFY(await(old->vault.due(30))->value().isEmpty());
    }

    void keysOfAnOldDatabaseThatWereVerifiedBeforeMakeNoRescuedOnesGo()
    {
        auto old = start(u"old"_s);
        ChangeJournal journal(old->database);
        Change change;
        change.id = u"change"_s;
        change.address = address;
        change.stagedVersion = old->kept("known-key-0001");
        change.phase = ChangePhase::Verified;
        change.startedAt = change.updatedAt = m_clock.now();
        QVERIFY(await(journal.record(change))->ok());
        m_clock.set(m_clock.now().addDays(1));
        {
            auto lost = start(u"lost"_s);
            lost->kept("newer-key-0001");
        }
        QCOMPARE(await(old->vault.rescue())->value().taken.size(), 1);
        m_clock.set(m_clock.now().addDays(1000));
        QVERIFY(await(old->vault.due(30))->value().isEmpty());
    }

    void leavesAloneWhatIsNoSetOfKeys()
    {
        QString token;
        {
            auto lost = start(u"lost"_s);
            token =
                await(lost->vault.storeToken(u"profile-1"_s, {address.origin}, Secret("kpat_token"), false))
                    ->value();
            // What one entry says of itself under another name is a forgery or a copy.
            Secret copy = std::move(*await(m_entries->read(lost->kept("some-key-0001")))).value();
            const QString forged = u"00000000-0000-4000-8000-000000000001"_s;
            QVERIFY(await(m_entries->write(forged, std::move(copy)))->ok());
            Secret nonsense("nonsense");
            const QString strange = u"00000000-0000-4000-8000-000000000002"_s;
            QVERIFY(await(m_entries->write(strange, std::move(nonsense)))->ok());
            Secret other("{}");
            QVERIFY(await(m_entries->write(u"history-head"_s, std::move(other)))->ok());
        }
        auto run = start(u"second"_s);
        const KeyRescue rescue = await(run->vault.rescue())->value();
        QCOMPARE(rescue.taken.size(), 1);
        QCOMPARE(rescue.tokens, QStringList(token));
        QCOMPARE(rescue.notUnderstood.size(), 2);
        QVERIFY(!run->row(token));
        QCOMPARE(m_entries->names().size(), 6); // With the fingerprint key: nothing was removed.
        const KeyOverview overview = await(run->vault.overview())->value();
        QCOMPARE(overview.strays.size(), 3);
    }

    void bringsNothingBackThatWasRemoved()
    {
        auto run = start(u"first"_s);
        const QString id = run->kept("some-key-0001", false);
        Secret copy = std::move(*await(m_entries->read(id))).value();
        QVERIFY(await(run->vault.discard(id))->ok());
        QVERIFY(await(m_entries->write(id, std::move(copy)))->ok()); // A keychain from yesterday.
        QCOMPARE(await(run->vault.overview())->value().strays.size(), 1);
        const KeyRescue rescue = await(run->vault.rescue())->value();
        QVERIFY(rescue.taken.isEmpty());
        QCOMPARE(rescue.removedEarlier, QStringList(id));
        QCOMPARE(run->row(id)->state, State::Forgotten);
    }

    void goesOnWhereTheKeychainStoppedIt()
    {
        {
            auto lost = start(u"lost"_s);
            for (const QByteArray key : {"one-key-00001", "two-key-00001", "three-key-0001"})
                lost->kept(key);
        }
        auto run = start(u"second"_s);
        run->keychain.fail(Operation::List, Category::KeychainLocked, 1);
        QCOMPARE(await(run->vault.rescue())->problem().category, Category::KeychainLocked);
        QVERIFY(await(run->rows.all())->value().isEmpty());
        // Entry, fingerprint key, entry: the second entry is refused.
        run->keychain.fail(Operation::Read, Category::KeychainRefused, 3);
        QCOMPARE(await(run->vault.rescue())->problem().category, Category::KeychainRefused);
        QCOMPARE(await(run->rows.all())->value().size(), 1);
        QCOMPARE(await(run->vault.rescue())->value().taken.size(), 2);
    }

    void namesRowsWithoutAnEntry()
    {
        auto run = start(u"first"_s);
        const QString gone = run->kept("gone-key-00001");
        const QString there = run->kept("there-key-0001");
        QVERIFY(await(m_entries->remove(gone))->ok());
        const KeyOverview overview = await(run->vault.overview())->value();
        QCOMPARE(overview.versions.size(), 2);
        for (const KeptVersion &kept : overview.versions)
            QCOMPARE(kept.entryMissing, kept.version.id == gone);
    }

    void saysThatTheKeychainDidNotTell_data()
    {
        QTest::addColumn<int>("category");
        for (const Category category : {Category::KeychainLocked, Category::NotSupported})
            QTest::newRow(qPrintable(categoryWord(category))) << int(category);
    }
    void saysThatTheKeychainDidNotTell()
    {
        QFETCH(int, category);
        auto run = start(u"first"_s);
        const QString id = run->kept("some-key-0001");
        QVERIFY(await(m_entries->remove(id))->ok());
        run->keychain.fail(Operation::List, Category(category));
        const int reads = run->keychain.calls(Operation::Read);
        const KeyOverview overview = await(run->vault.overview())->value();
        QCOMPARE(overview.keychainProblem->category, Category(category));
        QCOMPARE(overview.versions.size(), 1);
        QVERIFY(!overview.versions.constFirst().entryMissing);
        QCOMPARE(run->keychain.calls(Operation::Read), reads); // Each might open a prompt.
    }

    void describesOnlyWholeEntries_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<bool>("understood");
        const auto row = [](const char *name, const char *from, const char *to, bool understood = false) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << understood;
        };
        row("as written", "", "", true);
        row("another name of the instance", "datadog", "new\\u0000\\\"name", true);
        row("another format", "latchkey-entry", "somebody-else's");
        row("a later version", "\"version\":1", "\"version\":2");
        row("another purpose", "\"purpose\":\"keys\"", "\"purpose\":\"certificate\"");
        row("no id", "\"id\":\"v\"", "\"id\":\"\"");
        row("no origin", "\"origin\":\"https://a:443\"", "\"origin\":null");
        row("no instance", "\"instance_id\":\"i\"", "\"instance_id\":7");
        row("no time", "2026", "soon");
        row("a header less", "[\"A\",\"B\"]", "[\"A\"]");
        row("a header that is no text", "[\"A\",\"B\"]", "[\"A\",1]");
        row("no headers", "[\"A\",\"B\"]", "{}");
        row("keys that are no base64", "a2V5", "a2V5*");
        row("no keys", "\"keys\"", "\"locks\"");
        row("cut off", "]}", "");
    }
    void describesOnlyWholeEntries()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(bool, understood);
        KeyVersion version;
        version.id = u"v"_s;
        version.origin = u"https://a:443"_s;
        version.instanceId = u"i"_s;
        version.instanceName = u"datadog"_s;
        version.profileId = u"p"_s;
        version.createdAt = QDateTime(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);
        version.fingerprints = {{u"A"_s, {}}, {u"B"_s, {}}};
        std::vector<Secret> keys;
        keys.emplace_back("key one");
        keys.emplace_back("key two");
        QByteArray text = keyentry::write(version, keys).reveal().toByteArray();
        if (!from.isEmpty()) {
            QVERIFY(text.contains(from));
            text.replace(from, to);
        }
        const std::optional<KeyVersion> described = keyentry::describe(Secret(text));
        QCOMPARE(described.has_value(), understood);
        if (from.isEmpty())
            QVERIFY(*described == version);
    }

private:
    std::unique_ptr<Run> start(const QString &database)
    {
        return std::make_unique<Run>(m_dir->filePath(database), *m_entries, m_clock);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<MemorySecretStore> m_entries;
    FakeClock m_clock;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstKeyRescue)
#include "tst_keyrescue.moc"
