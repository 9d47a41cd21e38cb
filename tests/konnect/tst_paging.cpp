// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/instancecodec.h"
#include "models/konnect/pagereader.h"
#include "models/konnect/retryafter.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <functional>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A collection that somebody changes while it is read.
struct Collection
{
    QStringList ids;
    int pageSize = 10; ///< Whatever was asked for.
    bool tellsTotal = true;
    bool ignoresPage = false;
    int requests = 0;

    static Collection of(int count)
    {
        Collection made;
        for (int i = 0; i < count; ++i)
            made.ids.append(QString::number(i));
        return made;
    }

    TransferResult page(int number)
    {
        ++requests;
        QJsonArray data;
        const int start = ignoresPage ? 0 : (number - 1) * pageSize;
        for (int i = start; i < start + pageSize && i < ids.size(); ++i)
            data.append(ids.at(i).isEmpty() ? QJsonObject() : QJsonObject{{u"id"_s, ids.at(i)}});
        QJsonObject meta{{u"number"_s, number}, {u"size"_s, pageSize}};
        if (tellsTotal)
            meta.insert(u"total"_s, ids.size());
        TransferResult result;
        result.end = TransferResult::End::Answered;
        result.status = 200;
        result.contentType = "application/json";
        result.body =
            QJsonDocument(QJsonObject{{u"meta"_s, QJsonObject{{u"page"_s, meta}}}, {u"data"_s, data}})
                .toJson();
        return result;
    }
};

using Reader = PageReader<IntegrationInstance>;

Listing<IntegrationInstance> readAll(Collection &collection,
                                     const std::function<void(int)> &beforeRequest = {})
{
    Reader reader(u"host"_s, &instanceFromJson, [](const IntegrationInstance &each) { return each.id; });
    while (!reader.isAtEnd() && collection.requests < 1000) {
        if (beforeRequest)
            beforeRequest(collection.requests + 1);
        if (reader.take(collection.page(reader.page())))
            qFatal("not a page");
    }
    if (!reader.isAtEnd())
        qFatal("reads for ever");
    return reader.result();
}

QStringList idsOf(const Listing<IntegrationInstance> &listing)
{
    QStringList ids;
    for (const IntegrationInstance &each : listing.items)
        ids.append(each.id);
    return ids;
}

} // namespace

class TstPaging : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void believesTheSizeThatComesBack();
    void readsAnEmptyCollection();
    void findsAnItemThatAPageShiftHid();
    void mergesAnItemThatComesTwice();
    void readsAtMostTwice();
    void countsItemsWithoutId();
    void endsWithoutATotal();
    void endsWhereTheServerIgnoresThePage();
    void endsAtAnEmptyPageWhateverTheTotalSays();
    void readsRetryAfter_data();
    void readsRetryAfter();
    void backsOffWithJitterWithinBounds();
};

void TstPaging::believesTheSizeThatComesBack()
{
    Collection collection = Collection::of(35);
    QCOMPARE(idsOf(readAll(collection)), collection.ids);
    QCOMPARE(collection.requests, 4);
}

void TstPaging::readsAnEmptyCollection()
{
    Collection collection = Collection::of(0);
    QVERIFY(readAll(collection).items.isEmpty());
    QCOMPARE(collection.requests, 1);
}

void TstPaging::findsAnItemThatAPageShiftHid()
{
    Collection collection = Collection::of(35);
    const auto listing = readAll(collection, [&](int request) {
        // After the first page one of it goes: the eleventh slips onto it unseen.
        if (request == 2)
            collection.ids.removeAt(3);
    });
    QStringList found = idsOf(listing);
    found.sort();
    QVERIFY(listing.complete);
    QStringList there = collection.ids;
    there.sort();
    QCOMPARE(found, there);
}

void TstPaging::mergesAnItemThatComesTwice()
{
    Collection collection = Collection::of(30);
    const auto listing = readAll(collection, [&](int request) {
        if (request == 2)
            collection.ids.prepend(u"new"_s);
    });
    QStringList found = idsOf(listing);
    QCOMPARE(QSet<QString>(found.begin(), found.end()).size(), found.size());
    QVERIFY(found.contains(u"29"_s));
    QVERIFY(found.contains(u"new"_s));
    QCOMPARE(found.size(), 31);
}

void TstPaging::readsAtMostTwice()
{
    Collection collection = Collection::of(30);
    int fresh = 0;
    const auto listing = readAll(collection, [&](int) { collection.ids.prepend(u"new%1"_s.arg(++fresh)); });
    QVERIFY(!listing.complete);
    QVERIFY2(collection.requests <= 10, qPrintable(QString::number(collection.requests)));
}

void TstPaging::countsItemsWithoutId()
{
    Collection collection = Collection::of(25);
    collection.ids[4] = collection.ids[17] = QString();
    const auto listing = readAll(collection);
    QCOMPARE(listing.items.size(), 23);
    QCOMPARE(listing.dropped, 2);
    QVERIFY(listing.complete);
    QCOMPARE(collection.requests, 3);
}

void TstPaging::endsWithoutATotal()
{
    Collection collection = Collection::of(25);
    collection.tellsTotal = false;
    const auto listing = readAll(collection);
    QCOMPARE(listing.items.size(), 25);
    QVERIFY(listing.complete);
}

void TstPaging::endsWhereTheServerIgnoresThePage()
{
    Collection collection = Collection::of(25);
    collection.ignoresPage = true;
    for (const bool tellsTotal : {true, false}) {
        collection.tellsTotal = tellsTotal;
        const auto listing = readAll(collection);
        QCOMPARE(listing.items.size(), 10);
        QVERIFY(!listing.complete);
    }
    QVERIFY(collection.requests < 20);
}

void TstPaging::endsAtAnEmptyPageWhateverTheTotalSays()
{
    Collection collection = Collection::of(20);
    const auto listing = readAll(collection, [&](int request) {
        if (request == 2)
            collection.ids = collection.ids.mid(0, 5);
    });
    QCOMPARE(listing.items.size(), 5);
}

void TstPaging::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("seconds");
    QTest::newRow("seconds") << QByteArray("7") << 7;
    QTest::newRow("spaces") << QByteArray(" 7 ") << 7;
    QTest::newRow("zero") << QByteArray("0") << 0;
    QTest::newRow("a date") << QByteArray("Tue, 03 Nov 2026 09:01:30 GMT") << 90;
    QTest::newRow("a past date") << QByteArray("Tue, 03 Nov 2026 08:00:00 GMT") << 0;
    QTest::newRow("crazy") << QByteArray("99999999999999999999") << 315'360'000;
    QTest::newRow("negative") << QByteArray("-5") << -1;
    QTest::newRow("a date without zone") << QByteArray("Tue, 03 Nov 2026 09:01:30") << -1;
    QTest::newRow("nonsense") << QByteArray("soon") << -1;
    QTest::newRow("empty") << QByteArray() << -1;
}

void TstPaging::readsRetryAfter()
{
    QFETCH(QByteArray, text);
    QFETCH(int, seconds);
    const QDateTime now(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);
    const auto read = retryAfterOf(text, now);
    QCOMPARE(read ? static_cast<int>(read->count()) : -1, seconds);
}

void TstPaging::backsOffWithJitterWithinBounds()
{
    TransportLimits limits;
    QSet<qint64> seen;
    for (int i = 0; i < 200; ++i) {
        const auto wait = backoffAfter(1, limits);
        QVERIFY(wait >= 250ms && wait <= 500ms);
        seen.insert(wait.count());
        QVERIFY(backoffAfter(3, limits) >= 562ms && backoffAfter(3, limits) <= 1125ms);
        QVERIFY(backoffAfter(1'000'000, limits) <= limits.backoffMost);
    }
    QVERIFY(seen.size() > 20);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstPaging)
#include "tst_paging.moc"
