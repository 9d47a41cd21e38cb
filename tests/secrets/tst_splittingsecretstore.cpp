// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/memorysecretstore.h"
#include "models/secrets/splittingsecretstore.h"
#include "tests/support/await.h"
#include "tests/support/failingsecretstore.h"
#include "tests/support/testmain.h"

using namespace Qt::StringLiterals;
using namespace latchkey;
using latchkey::test::await;
using latchkey::test::FailingSecretStore;
using Operation = FailingSecretStore::Operation;
using Category = Problem::Category;

namespace {

/// Bytes of every kind, NUL and line breaks among them.
QByteArray bytes(qsizetype size)
{
    QByteArray result(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        result[i] = static_cast<char>((i * 7 + i / 251) % 256);
    return result;
}

} // namespace

class TstSplittingSecretStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_memory = std::make_unique<MemorySecretStore>();
        m_below = std::make_unique<FailingSecretStore>(*m_memory);
        m_below->setLargestEntry(2560); // as on Windows
        m_store = std::make_unique<SplittingSecretStore>(*m_below);
    }

    void givesBackWhatWasWritten_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 2495, 2496, 2497, 2560, 4992, 4993, 8192, 100'000})
            QTest::addRow("%d bytes", size) << size;
    }
    void givesBackWhatWasWritten()
    {
        QFETCH(int, size);
        QVERIFY(write(u"a"_s, bytes(size)));
        QCOMPARE(read(u"a"_s), bytes(size));
        QVERIFY(await(m_store->remove(u"a"_s))->ok());
        QVERIFY(m_memory->names().isEmpty());
        QCOMPARE(await(m_store->read(u"a"_s))->problem().category, Category::KeychainEntryMissing);
    }

    void namesEachEntryOnce()
    {
        QVERIFY(write(u"b"_s, bytes(30'000))); // more than ten parts
        QVERIFY(write(u"a"_s, "short"));
        QVERIFY(write(u"name.of.a.kind"_s, bytes(6000)));
        QVERIFY(m_memory->names().contains(u"b.12"_s));
        const QStringList names{u"a"_s, u"b"_s, u"name.of.a.kind"_s};
        QCOMPARE(await(m_store->list())->value(), names);
        // What an interrupted write left is not passed over.
        QVERIFY(await(m_memory->remove(u"b"_s))->ok());
        QCOMPARE(await(m_store->list())->value(), names);
        m_below->fail(Operation::List, Category::KeychainLocked);
        QCOMPARE(await(m_store->list())->problem().category, Category::KeychainLocked);
    }

    void leavesEntriesAloneWhereThereIsNoLimit()
    {
        m_below->setLargestEntry(0);
        QVERIFY(write(u"a"_s, bytes(100'000)));
        QCOMPARE(m_memory->names(), QStringList(u"a"_s));
        QCOMPARE(await(m_memory->read(u"a"_s))->value().reveal().toByteArray(), bytes(100'000));
        QCOMPARE(read(u"a"_s), bytes(100'000));
    }

    void overwritesALongEntryWithAShortOne()
    {
        QVERIFY(write(u"a"_s, bytes(50'000)));
        QVERIFY(write(u"a"_s, "short"));
        QCOMPARE(read(u"a"_s), QByteArray("short"));
        QCOMPARE(m_memory->names(), QStringList(u"a"_s));
    }

    void neverPutsPartsOfTwoWritesTogether()
    {
        QVERIFY(write(u"a"_s, bytes(6000)));
        Secret stale = std::move(*await(m_memory->read(u"a.1"_s))).value();
        QVERIFY(write(u"a"_s, bytes(6000)));
        QVERIFY(await(m_memory->write(u"a.1"_s, std::move(stale)))->ok());
        QCOMPARE(await(m_store->read(u"a"_s))->problem().category, Category::KeychainFailed);
    }

    void saysThatAPartIsMissing()
    {
        QVERIFY(write(u"a"_s, bytes(6000)));
        QVERIFY(await(m_memory->remove(u"a.2"_s))->ok());
        // Not KeychainEntryMissing: an entry is there, and somebody has to look at it.
        QCOMPARE(await(m_store->read(u"a"_s))->problem().category, Category::KeychainFailed);
    }

    void passesOnWhyAPartCannotBeRead()
    {
        QVERIFY(write(u"a"_s, bytes(6000)));
        m_below->fail(Operation::Read, Category::KeychainLocked, 2);
        QCOMPARE(await(m_store->read(u"a"_s))->problem().category, Category::KeychainLocked);
    }

    void leavesNothingBehindWhereAWriteFails()
    {
        for (int nth = 1; nth <= 3; ++nth) {
            m_below->fail(Operation::Write, Category::KeychainFailed, nth);
            Secret secret(bytes(6000));
            QCOMPARE(await(m_store->write(u"a"_s, std::move(secret)))->problem().category,
                     Category::KeychainFailed);
            QVERIFY(m_memory->names().isEmpty());
        }
    }

    void removesPartsThatACrashLeft()
    {
        QVERIFY(write(u"a"_s, bytes(9000)));
        QVERIFY(await(m_memory->remove(u"a"_s))->ok()); // it would have been written last
        QCOMPARE(await(m_store->read(u"a"_s))->problem().category, Category::KeychainEntryMissing);
        QVERIFY(await(m_store->remove(u"a"_s))->ok());
        QVERIFY(m_memory->names().isEmpty());
    }

    void takesUpAnInterruptedRemoval()
    {
        QVERIFY(write(u"a"_s, bytes(9000)));
        m_below->fail(Operation::Remove, Category::KeychainHung, 3);
        QCOMPARE(await(m_store->remove(u"a"_s))->problem().category, Category::KeychainHung);
        QVERIFY(!m_memory->names().isEmpty());
        QVERIFY(await(m_store->remove(u"a"_s))->ok());
        QVERIFY(m_memory->names().isEmpty());
    }

private:
    bool write(const QString &name, const QByteArray &value)
    {
        Secret secret{QByteArrayView(value)};
        const auto done = await(m_store->write(name, std::move(secret)));
        return done && *done;
    }
    QByteArray read(const QString &name)
    {
        auto answer = await(m_store->read(name));
        return answer && *answer ? answer->value().reveal().toByteArray() : QByteArray("?");
    }

    std::unique_ptr<MemorySecretStore> m_memory;
    std::unique_ptr<FailingSecretStore> m_below;
    std::unique_ptr<SplittingSecretStore> m_store;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstSplittingSecretStore)
#include "tst_splittingsecretstore.moc"
