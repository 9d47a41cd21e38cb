// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/carriedrecord.h"
#include "models/transfer/chunkcipher.h"
#include "models/transfer/keybundle.h"
#include "models/transfer/keybundlereader.h"
#include "models/transfer/keybundlewriter.h"
#include "tests/support/testmain.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView passphrase = "seven brown apples sing";

CarriedKeys keysOf(const QString &instance, const QByteArray &key = "a-key-that-nobody-may-see")
{
    CarriedKeys keys;
    keys.origin = u"https://eu.api.konghq.com:443"_s;
    keys.instanceId = u"id-of-"_s + instance;
    keys.instanceName = instance;
    keys.integration = u"datadog"_s;
    keys.profileName = u"Acme \"Größe\""_s;
    keys.credentialId = u"credential-of-"_s + instance;
    keys.since = QDateTime({2026, 3, 1}, {12, 0, 0, 250}, Qt::UTC);
    keys.keys.push_back({u"DD-API-KEY"_s, Secret(key)});
    keys.keys.push_back({u"DD-APPLICATION-KEY"_s, Secret(QByteArrayView("\xff\0 \"bytes\"\n", 11))});
    return keys;
}

std::optional<KeyBundleWriter> writer(QByteArrayView under = passphrase)
{
    Outcome<KeyBundleWriter> begun = KeyBundleWriter::begin(Secret(under), LeastKdfCost);
    return begun ? std::optional<KeyBundleWriter>(std::move(begun).value()) : std::nullopt;
}

/// Several chunks.
QByteArray bundle(int sets = 40)
{
    auto to = writer();
    for (int i = 0; i < sets; ++i) {
        if (!to->add(keysOf(u"datadog-%1"_s.arg(i), "key-number-" + QByteArray::number(i))))
            return {};
    }
    return to->finish();
}

Outcome<KeyBundleReader> open(const QByteArray &bytes, QByteArrayView with = passphrase)
{
    // Nothing that was changed makes this take longer.
    return KeyBundleReader::open(bytes, Secret(with), LeastKdfCost);
}

bool isRefused(const QByteArray &bytes)
{
    const Outcome<KeyBundleReader> opened = open(bytes);
    return !opened && opened.problem().category == Problem::Category::InvalidInput;
}

bool isSame(const CarriedKeys &left, const CarriedKeys &right)
{
    const auto sameKey = [](const HeaderKey &a, const HeaderKey &b) {
        return a.name == b.name && a.key.equals(b.key);
    };
    return left.origin == right.origin && left.instanceId == right.instanceId &&
           left.instanceName == right.instanceName && left.integration == right.integration &&
           left.profileName == right.profileName && left.credentialId == right.credentialId &&
           left.since == right.since && std::ranges::equal(left.keys, right.keys, sameKey);
}

QByteArray number(quint32 value)
{
    const quint32 little = qToLittleEndian(value);
    return {reinterpret_cast<const char *>(&little), sizeof(little)};
}

/// A file of ours with any plaintext: what somebody could write who knows the passphrase.
QByteArray fileOf(const QByteArray &plaintext, bool ends = true)
{
    keybundle::Head head;
    head.cost = LeastKdfCost;
    head.salt = ChunkCipher::freshSalt();
    Outcome<ChunkCipher> derived = ChunkCipher::derive(Secret(passphrase), LeastKdfCost, head.salt);
    ChunkCipher cipher = std::move(derived).value();
    head.start = cipher.startWriting();
    QByteArray file = keybundle::write(head);
    cipher.setContext(file);
    for (qsizetype from = 0; from < plaintext.size(); from += ChunkCipher::ChunkBytes) {
        const QByteArray chunk = plaintext.mid(from, ChunkCipher::ChunkBytes);
        std::memcpy(cipher.chunk().data(), chunk.constData(), static_cast<size_t>(chunk.size()));
        file += cipher.seal(ends && from + ChunkCipher::ChunkBytes >= plaintext.size());
    }
    return file;
}

QByteArray recordOf(const CarriedKeys &keys)
{
    const Secret record = carriedrecord::write(keys);
    return number(static_cast<quint32>(record.size())) + record.reveal().toByteArray();
}

constexpr qsizetype chunk = ChunkCipher::SealedChunkBytes;

} // namespace

class TstKeyBundle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsRead()
    {
        auto to = writer();
        QVERIFY(to.has_value());
        CarriedKeys large = keysOf(u"sonarqube"_s, QByteArray(10'000, 'k'));
        large.profileName.clear();
        large.integration.clear();
        CarriedKeys empty = keysOf(u"empty"_s, {});
        QVERIFY(to->add(keysOf(u"datadog-eu"_s)).ok());
        QVERIFY(to->add(large).ok());
        QVERIFY(to->add(empty).ok());
        Outcome<KeyBundleReader> opened = open(to->finish());
        QVERIFY2(opened.ok(), opened.ok() ? "" : qPrintable(opened.problem().toText()));
        KeyBundleReader reader = std::move(opened).value();
        QCOMPARE(reader.count(), 3);
        QVERIFY(isSame(*reader.next(), keysOf(u"datadog-eu"_s)));
        QVERIFY(isSame(*reader.next(), large));
        QVERIFY(isSame(*reader.next(), empty));
        QVERIFY(!reader.next());
        QVERIFY(!reader.next());
    }

    void aBundleOfNothingIsRead()
    {
        const Outcome<KeyBundleReader> opened = open(writer()->finish());
        QVERIFY(opened.ok());
        QCOMPARE(opened.value().count(), 0);
    }

    /// Wherever in a chunk the last record ends.
    void everyLengthIsRead()
    {
        for (int size = 3400; size < 3700; ++size) {
            auto to = writer();
            QVERIFY(to->add(keysOf(u"datadog-eu"_s, QByteArray(size, 'k'))).ok());
            const Outcome<KeyBundleReader> opened = open(to->finish());
            QVERIFY2(opened.ok(), qPrintable(QString::number(size)));
            QCOMPARE(opened.value().count(), 1);
        }
    }

    void nothingOfItIsInTheFile()
    {
        const QByteArray file = bundle();
        QVERIFY(file.size() > 2 * chunk);
        for (const QByteArray &text :
             {QByteArray("key-number-"), QByteArray("DD-API-KEY"), QByteArray("DD-APPLICATION"),
              QByteArray("datadog"), QByteArray("konghq"), QByteArray("Acme"), QByteArray("credential"),
              QByteArray("origin"), passphrase.toByteArray(), QByteArray("bytes")}) {
            QVERIFY2(!file.contains(text), text.constData());
            QVERIFY2(!file.contains(text.toBase64().chopped(4)), text.constData());
            QVERIFY2(!file.contains(text.toHex()), text.constData());
        }
        // Two of the same have nothing in common but the parameters.
        const QByteArray again = bundle();
        QCOMPARE(again.size(), file.size());
        QCOMPARE(again.first(28), file.first(28));
        for (qsizetype at = 28; at + 16 <= file.size(); at += 16)
            QVERIFY(!again.contains(file.mid(at, 16)));
    }

    void anotherPassphraseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("other");
        QTest::newRow("another") << QByteArray("seven brown pears sing");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("cut") << passphrase.chopped(1).toByteArray();
        QTest::newRow("longer") << passphrase.toByteArray() + ' ';
        QTest::newRow("a NUL after it") << passphrase.toByteArray() + '\0';
        QTest::newRow("upper case") << passphrase.toByteArray().toUpper();
    }

    void anotherPassphraseIsRefused()
    {
        QFETCH(const QByteArray, other);
        const Outcome<KeyBundleReader> opened = open(bundle(), other);
        QVERIFY(!opened.ok());
        QCOMPARE(opened.problem().category, Problem::Category::InvalidInput);
        QVERIFY(opened.problem().caption.contains(u"passphrase"_s));
    }

    void aFlippedBitOfAnyByteIsRefused_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("one chunk") << bundle(3);
        QTest::newRow("several chunks") << bundle();
    }

    void aFlippedBitOfAnyByteIsRefused()
    {
        QFETCH(const QByteArray, file);
        QVERIFY(open(file).ok());
        QByteArray changed = file;
        for (qsizetype byte = 0; byte < file.size(); ++byte) {
            // Another one of each byte.
            const int bit = static_cast<int>(byte % 8);
            changed[byte] = static_cast<char>(file.at(byte) ^ (1 << bit));
            QVERIFY2(isRefused(changed), qPrintable(u"byte %1, bit %2"_s.arg(byte).arg(bit)));
            changed[byte] = file.at(byte);
        }
    }

    void everyCutIsRefused()
    {
        const QByteArray file = bundle();
        for (qsizetype size = 0; size < file.size(); ++size)
            QVERIFY2(isRefused(file.first(size)), qPrintable(QString::number(size)));
        // The beginning or a part of the middle.
        for (const qsizetype size : {qsizetype(1), qsizetype(16), keybundle::HeadBytes, chunk}) {
            QVERIFY(isRefused(file.sliced(size)));
            QVERIFY(isRefused(QByteArray(file).remove(keybundle::HeadBytes, size)));
        }
    }

    void whatIsAddedIsRefused()
    {
        const QByteArray file = bundle();
        QVERIFY(isRefused(file + '\0'));
        QVERIFY(isRefused(file + QByteArray(chunk, '\0')));
        QVERIFY(isRefused(file + file.last(chunk)));
        QVERIFY(isRefused(file + file));
        QVERIFY(isRefused(QByteArray(file).insert(keybundle::HeadBytes, QByteArray(chunk, 'x'))));
    }

    void chunksInAnotherOrderAreRefused()
    {
        const QByteArray file = bundle();
        const qsizetype chunks = (file.size() - keybundle::HeadBytes) / chunk;
        QVERIFY(chunks >= 3);
        const auto at = [](qsizetype index) { return keybundle::HeadBytes + index * chunk; };
        const QByteArray other = bundle();
        for (qsizetype i = 0; i < chunks; ++i) {
            QVERIFY2(isRefused(QByteArray(file).remove(at(i), chunk)), "dropped");
            QVERIFY2(isRefused(QByteArray(file).insert(at(i), file.mid(at(i), chunk))), "doubled");
            QVERIFY2(isRefused(QByteArray(file).replace(at(i), chunk, other.mid(at(i), chunk))),
                     "of another file under the same passphrase");
            for (qsizetype k = i + 1; k < chunks; ++k) {
                QByteArray swapped = file;
                swapped.replace(at(i), chunk, file.mid(at(k), chunk));
                swapped.replace(at(k), chunk, file.mid(at(i), chunk));
                QVERIFY2(isRefused(swapped), "swapped");
            }
        }
        // The head of another one, and with it another key.
        QVERIFY(isRefused(other.first(keybundle::HeadBytes) + file.sliced(keybundle::HeadBytes)));
    }

    void aFileThatAsksForTooMuchIsRefusedUnread_data()
    {
        QTest::addColumn<quint32>("passes");
        QTest::addColumn<quint32>("memoryKiB");
        QTest::newRow("no pass") << 0U << 8U;
        QTest::newRow("minutes") << MostKdfCost.passes + 1 << 8U;
        QTest::newRow("for ever") << 0xffffffffU << 8U;
        QTest::newRow("no memory") << 1U << 0U;
        QTest::newRow("too little") << 1U << LeastKdfCost.memoryKiB - 1;
        QTest::newRow("gigabytes") << 1U << MostKdfCost.memoryKiB + 1;
        QTest::newRow("terabytes") << 1U << 0xffffffffU;
    }

    void aFileThatAsksForTooMuchIsRefusedUnread()
    {
        QFETCH(const quint32, passes);
        QFETCH(const quint32, memoryKiB);
        QByteArray file = bundle();
        file.replace(20, 8, number(passes) + number(memoryKiB));
        const Outcome<keybundle::Head> head = keybundle::read(file, MostKdfCost);
        QVERIFY(!head.ok());
        const Outcome<KeyBundleReader> opened = KeyBundleReader::open(file, Secret(passphrase));
        QVERIFY(!opened.ok());
        QCOMPARE(opened.problem().caption, head.problem().caption);
        QVERIFY(opened.problem().detail.contains(QString::number(memoryKiB)));
    }

    /// Also what does not go into the key or the stream, such as the version.
    void eachChunkBelongsToItsHead()
    {
        const QByteArray salt = ChunkCipher::freshSalt();
        const auto cipherFor = [&salt](const QByteArray &context) {
            Outcome<ChunkCipher> derived = ChunkCipher::derive(Secret(passphrase), LeastKdfCost, salt);
            ChunkCipher cipher = std::move(derived).value();
            cipher.setContext(context);
            return cipher;
        };
        ChunkCipher writing = cipherFor("version 1");
        const QByteArray start = writing.startWriting();
        const QByteArray first = writing.seal(false);
        const QByteArray last = writing.seal(true);
        ChunkCipher reading = cipherFor("version 1");
        QVERIFY(reading.startReading(start));
        QCOMPARE(reading.open(first), ChunkCipher::Opened::Chunk);
        reading.setContext("version 2");
        QCOMPARE(reading.open(last), ChunkCipher::Opened::Refused);
        reading.setContext("version 1");
        QCOMPARE(reading.open(last), ChunkCipher::Opened::LastChunk);
        ChunkCipher other = cipherFor("version 2");
        QVERIFY(other.startReading(start));
        QCOMPARE(other.open(first), ChunkCipher::Opened::Refused);
        QVERIFY(!other.startReading(start.chopped(1)));
    }

    void whatIsUsuallyWrittenMayBeRead()
    {
        const keybundle::Head usual{KdfCost(), QByteArray(ChunkCipher::SaltBytes, 's'),
                                    QByteArray(ChunkCipher::StartBytes, 't')};
        const QByteArray file = keybundle::write(usual) + QByteArray(chunk, 'c');
        const Outcome<keybundle::Head> read = keybundle::read(file, MostKdfCost);
        QVERIFY(read.ok());
        QCOMPARE(read.value().cost, KdfCost());
        QCOMPARE(read.value().salt, usual.salt);
        QCOMPARE(read.value().start, usual.start);
    }

    void otherFilesAreNamedAsSuch_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << u"not a bundle"_s;
        QTest::newRow("text") << QByteArray("{\"profiles\": []}\n") << u"not a bundle"_s;
        QTest::newRow("only the beginning") << QByteArray("Latchkey bundle\n") << u"cut off"_s;
        QTest::newRow("only the head") << bundle().first(keybundle::HeadBytes) << u"cut off"_s;
        QTest::newRow("half a chunk") << bundle().first(keybundle::HeadBytes + 100) << u"cut off"_s;
        QTest::newRow("version 2") << bundle().replace(16, 4, number(2)) << u"version 2"_s;
        QTest::newRow("version 0") << bundle().replace(16, 4, number(0)) << u"version 0"_s;
        QTest::newRow("endless") << bundle().leftJustified(keybundle::MostBytes + 1, '\0') << u"64 MiB"_s;
    }

    void otherFilesAreNamedAsSuch()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, says);
        const Outcome<KeyBundleReader> opened = open(bytes);
        QVERIFY(!opened.ok());
        QVERIFY2(opened.problem().toText().contains(says), qPrintable(opened.problem().toText()));
    }

    /// The passphrase is right, but Latchkey did not write it.
    void aPlaintextThatIsNotOursIsRefused_data()
    {
        const QByteArray record = recordOf(keysOf(u"datadog-eu"_s));
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("no end") << fileOf(record + number(0), false);
        QTest::newRow("a record of zeros")
            << fileOf(QByteArray(ChunkCipher::ChunkBytes - 2, '\0').replace(0, 4, number(4090)));
        QTest::newRow("no record") << fileOf(number(5) + "{}xyz" + number(0));
        QTest::newRow("a record that is longer than the file") << fileOf(number(100'000) + record);
        QTest::newRow("a huge record") << fileOf(number(0xffffffffU) + record);
        QTest::newRow("something after the end") << fileOf(record + number(0) + "x");
        QTest::newRow("a chunk after the end")
            << fileOf(record + number(0) + QByteArray(2 * ChunkCipher::ChunkBytes, '\0'));
        QTest::newRow("the second record is none") << fileOf(record + number(4) + "none" + number(0));
    }

    void aPlaintextThatIsNotOursIsRefused()
    {
        QFETCH(const QByteArray, file);
        QVERIFY(open(fileOf(recordOf(keysOf(u"datadog-eu"_s)) + number(0))).ok());
        QVERIFY(isRefused(file));
    }

    /// More sets than this process could hold as secrets at a time.
    void aBigBundleIsReadSetBySet()
    {
        constexpr int many = 20'000;
        auto to = writer();
        for (int i = 0; i < many; ++i)
            QVERIFY(to->add(keysOf(u"datadog-%1"_s.arg(i), "key-number-" + QByteArray::number(i))).ok());
        Outcome<KeyBundleReader> opened = open(to->finish());
        QVERIFY(opened.ok());
        KeyBundleReader reader = std::move(opened).value();
        QCOMPARE(reader.count(), many);
        int read = 0;
        while (const std::optional<CarriedKeys> keys = reader.next()) {
            QCOMPARE(keys->instanceName, u"datadog-%1"_s.arg(read));
            QCOMPARE(keys->keys.front().key.reveal(),
                     QByteArrayView("key-number-" + QByteArray::number(read)));
            ++read;
        }
        QCOMPARE(read, many);
    }

    void whatDoesNotFitIsLeftOutAndTheRestIsWhole()
    {
        auto to = writer();
        QVERIFY(to->add(keysOf(u"datadog-eu"_s)).ok());
        const Done huge = to->add(keysOf(u"huge"_s, QByteArray(carriedrecord::MostBytes, 'k')));
        QVERIFY(!huge.ok());
        QVERIFY(huge.problem().caption.contains(u"huge"_s));
        QVERIFY(to->add(keysOf(u"datadog-us"_s)).ok());
        int added = 0;
        const CarriedKeys big = keysOf(u"big"_s, QByteArray(carriedrecord::MostBytes - 1000, 'k'));
        while (added < 100 && to->add(big).ok())
            ++added;
        QVERIFY2(added > 20 && added < 40, qPrintable(QString::number(added)));
        const QByteArray file = to->finish();
        QVERIFY(file.size() <= keybundle::MostBytes);
        const Outcome<KeyBundleReader> opened = open(file);
        QVERIFY(opened.ok());
        QCOMPARE(opened.value().count(), 2 + added);
    }

    void onlyWholeRecordsAreRead()
    {
        const Secret record = carriedrecord::write(keysOf(u"datadog-eu"_s));
        const QByteArray bytes = record.reveal().toByteArray();
        QVERIFY(carriedrecord::read(bytes).has_value());
        for (qsizetype size = 0; size < bytes.size(); ++size)
            QVERIFY2(!carriedrecord::read(bytes.first(size)), qPrintable(QString::number(size)));
        QVERIFY(!carriedrecord::read(bytes + '\0'));
        const auto without = [](void (*spoil)(CarriedKeys *)) {
            CarriedKeys keys = keysOf(u"datadog-eu"_s);
            spoil(&keys);
            const Secret spoiled = carriedrecord::write(keys);
            return !carriedrecord::read(spoiled.reveal());
        };
        QVERIFY(without([](CarriedKeys *keys) { keys->origin.clear(); }));
        QVERIFY(without([](CarriedKeys *keys) { keys->instanceId.clear(); }));
        QVERIFY(without([](CarriedKeys *keys) { keys->credentialId.clear(); }));
        QVERIFY(without([](CarriedKeys *keys) { keys->since = {}; }));
        QVERIFY(without([](CarriedKeys *keys) { keys->keys.clear(); }));
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstKeyBundle)
#include "tst_keybundle.moc"
