// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/timestamp.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TstTimestamp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRfc3339_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc");
        QTest::newRow("Z") << u"2026-11-03T09:00:00Z"_s << u"2026-11-03T09:00:00.000Z"_s;
        QTest::newRow("lower case") << u"2026-11-03t09:00:00z"_s << u"2026-11-03T09:00:00.000Z"_s;
        QTest::newRow("fraction") << u"2026-11-03T09:00:00.5Z"_s << u"2026-11-03T09:00:00.500Z"_s;
        QTest::newRow("nanoseconds") << u"2026-11-03T09:00:00.123456789Z"_s << u"2026-11-03T09:00:00.123Z"_s;
        QTest::newRow("east") << u"2026-11-03T01:30:00+05:30"_s << u"2026-11-02T20:00:00.000Z"_s;
        QTest::newRow("west") << u"2026-11-03T20:00:00-08:00"_s << u"2026-11-04T04:00:00.000Z"_s;
        QTest::newRow("leap second") << u"2016-12-31T23:59:60Z"_s << u"2017-01-01T00:00:00.000Z"_s;
        QTest::newRow("leap day") << u"2028-02-29T00:00:00Z"_s << u"2028-02-29T00:00:00.000Z"_s;
        QTest::newRow("first year") << u"0002-01-01T00:00:00Z"_s << u"0002-01-01T00:00:00.000Z"_s;
        QTest::newRow("last year") << u"9999-12-31T23:59:59Z"_s << u"9999-12-31T23:59:59.000Z"_s;
    }
    void readsRfc3339()
    {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        const Timestamp read = Timestamp::parse(text);
        QVERIFY(read.isKnown());
        QCOMPARE(read.utc.toString(Qt::ISODateWithMs), utc);
        QCOMPARE(read.raw, text);
    }

    void keepsWhatItCannotReadAndNeverGuesses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"2026-11-03T09:00:00",
                                 "2026-11-03 09:00:00Z",
                                 "2026-11-03",
                                 "1699000000",
                                 "2026-13-03T09:00:00Z",
                                 "2026-02-30T09:00:00Z",
                                 "2026-11-03T24:00:00Z",
                                 "2026-11-03T09:60:00Z",
                                 "2026-11-03T09:00:61Z",
                                 "2026-11-03T09:00:00+24:00",
                                 "2026-11-03T09:00:00+0100",
                                 "2026-11-03T09:00:00.Z",
                                 "0000-01-01T00:00:00Z",
                                 " 2026-11-03T09:00:00Z",
                                 "2026-11-03T09:00:00Z\n",
                                 "soon",
                                 "9999-12-31T23:59:59-00:01",
                                 "0001-01-01T00:00:00Z",
                                 "0001-12-31T23:59:59.999Z",
                                 "0002-01-01T00:00:00+00:01"})
            QTest::newRow(text) << QString::fromUtf8(text);
        QTest::newRow("nonsense") << QString(5'000'000, u'9');
    }
    void keepsWhatItCannotReadAndNeverGuesses()
    {
        QFETCH(QString, text);
        const Timestamp read = Timestamp::parse(text);
        QVERIFY(!read.isKnown());
        QVERIFY(read.isGiven());
        QCOMPARE(read.raw, text);
    }

    void nothingIsNotGiven()
    {
        QVERIFY(!Timestamp::parse({}).isGiven());
        QVERIFY(!Timestamp::fromUtc({}).isGiven());
    }

    void whatItWritesItReads()
    {
        const QDateTime moment(QDate(2026, 11, 3), QTime(9, 0, 0, 250), Qt::UTC);
        const Timestamp written = Timestamp::fromUtc(moment);
        QCOMPARE(Timestamp::parse(written.raw), written);
        QCOMPARE(written.utc, moment);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstTimestamp)
#include "tst_timestamp.moc"
