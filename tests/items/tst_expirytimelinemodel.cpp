// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/expirytimelinemodel.h"
#include "tests/items/records.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

struct Fixture
{
    explicit Fixture(const QTimeZone &zone = QTimeZone::utc())
        : model(instances, clock, zone)
    {
    }
    FakeClock clock{Now};
    InstanceTableModel instances{clock, QTimeZone::utc(), {}};
    ExpiryTimelineModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] int totalAt(int row) const { return model.at(row)->total(); }
    [[nodiscard]] int accepted(int row) const
    {
        const InstanceNarrowing narrowing = model.narrowingOf(row);
        int count = 0;
        for (int each = 0; each < instances.rowCount(); ++each)
            count += narrowing.accepts(*instances.record(each), instances.health(each)) ? 1 : 0;
        return count;
    }
};

InstanceRecord expiring(int number, const QDateTime &moment)
{
    return record(number, u"No %1"_s.arg(number), Timestamp::fromUtc(moment));
}

} // namespace

class TstExpiryTimelineModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fewDaysAreDaysAndManyAreWeeks()
    {
        Fixture f;
        const QList<std::pair<int, int>> expected{{30, 30}, {90, 13}, {180, 26}, {365, 53}};
        for (const auto &[days, buckets] : expected) {
            f.model.setDays(days);
            QCOMPARE(f.model.rowCount(), buckets);
            QCOMPARE(f.model.at(0)->key, Now.date());
            QCOMPARE(f.model.at(buckets - 1)->until, Now.date().addDays(days - 1));
        }
    }

    void whatExpiresIsCountedByUrgencyAndNamed()
    {
        Fixture f;
        f.instances.upsert({expiring(1, Now.addDays(2)), expiring(2, Now.addDays(3)),
                            expiring(3, Now.addDays(10)), expiring(4, Now.addDays(60)),
                            expiring(5, Now.addDays(400)), expiring(6, Now.addDays(-1)),
                            record(7, u"unknown"_s, {})});
        QTRY_COMPARE(f.model.total(), 4);
        QCOMPARE(f.model.at(0)->counts, (std::array{2, 0, 0}));
        QCOMPARE(f.model.at(0)->names, (QStringList{u"No 1"_s, u"No 2"_s}));
        QCOMPARE(f.model.at(1)->counts, (std::array{0, 1, 0}));
        QCOMPARE(f.model.at(8)->counts, (std::array{0, 0, 1}));
        QCOMPARE(f.model.largest(), 2);
        QCOMPARE(f.model.sentence(0), u"3 Nov – 9 Nov: 2 expire: No 1, No 2"_s);
        QCOMPARE(f.model.sentence(2), u"17 Nov – 23 Nov: nothing expires"_s);
        QCOMPARE(f.accepted(0), 2);
        QCOMPARE(f.accepted(1), 1);
        QCOMPARE(f.accepted(2), 0);
    }

    void theTableSaysTheSameAsTheBars()
    {
        Fixture f;
        f.model.setDays(30);
        f.instances.upsert({expiring(1, Now.addDays(2))});
        QTRY_COMPARE(f.totalAt(2), 1);
        using Model = ExpiryTimelineModel;
        QCOMPARE(f.model.index(2, Model::PeriodColumn).data().toString(), u"Thu 5 Nov"_s);
        QCOMPARE(f.model.index(2, Model::SoonColumn).data().toInt(), 1);
        QCOMPARE(f.model.index(2, Model::LaterColumn).data().toInt(), 0);
        QCOMPARE(f.model.index(2, Model::TotalColumn).data().toInt(), 1);
        QCOMPARE(f.model.index(2, Model::NamesColumn).data().toString(), u"No 1"_s);
        QCOMPARE(f.model.index(2, Model::NamesColumn).data(Qt::AccessibleTextRole).toString(),
                 u"Credentials of: No 1"_s);
    }

    void manyNamesAreCutShort()
    {
        Fixture f;
        QList<InstanceRecord> records;
        for (int i = 0; i < 40; ++i)
            records << expiring(i, Now.addDays(3));
        f.instances.upsert(records);
        QTRY_COMPARE(f.totalAt(0), 40);
        QCOMPARE(f.model.at(0)->names.size(), qsizetype(TimelineBucket::NamesShown));
        QVERIFY2(f.model.sentence(0).endsWith(u"and 28 more"_s), qPrintable(f.model.sentence(0)));
    }

    void aDayIsThatOfTheZone()
    {
        // 22:30 in UTC is tomorrow in Berlin.
        Fixture f(QTimeZone("Europe/Berlin"));
        f.clock.set(QDateTime(QDate(2026, 3, 27), QTime(22, 30), Qt::UTC));
        f.model.setDays(30);
        f.instances.upsert({expiring(1, QDateTime(QDate(2026, 3, 29), QTime(0, 30), Qt::UTC)),
                            expiring(2, QDateTime(QDate(2026, 3, 29), QTime(22, 30), Qt::UTC))});
        QTRY_COMPARE(f.model.total(), 2);
        QCOMPARE(f.model.at(0)->key, QDate(2026, 3, 27));
        // The clock is put forward in the night to the 29th: that day has 23 hours.
        QCOMPARE(f.totalAt(2), 1);
        QCOMPARE(f.totalAt(3), 1);
        f.clock.set(QDateTime(QDate(2026, 3, 27), QTime(23, 0), Qt::UTC));
        f.model.tick();
        QCOMPARE(f.model.at(0)->key, QDate(2026, 3, 28));
        QCOMPARE(f.totalAt(1), 1);
    }

    void aRecordedDayIsShownAsItWasWritten()
    {
        Fixture f(QTimeZone("Pacific/Auckland"));
        f.model.setDays(30);
        const QDate today = Now.toTimeZone(QTimeZone("Pacific/Auckland")).date();
        InstanceRecord recorded = record(1, u"recorded"_s, {});
        recorded.expiry.credentialId = recorded.credential.id;
        recorded.expiry.date = today.addDays(5);
        InstanceRecord labelled = record(2, u"labelled"_s, {});
        labelled.instance.labels.insert(u"credential-expires"_s, today.addDays(6).toString(Qt::ISODate));
        f.instances.upsert({recorded, labelled});
        QTRY_COMPARE(f.model.total(), 2);
        QCOMPARE(f.totalAt(5), 1);
        QCOMPARE(f.totalAt(6), 1);
    }

    void whatWasRecordedForYesterdayAndStillWorksCountsAsToday()
    {
        Fixture f;
        InstanceRecord recorded = record(1, u"recorded"_s, {});
        recorded.expiry.credentialId = recorded.credential.id;
        recorded.expiry.date = Now.date().addDays(-1);
        f.instances.upsert({recorded});
        QTRY_COMPARE(f.totalAt(0), 1);
        QCOMPARE(f.accepted(0), 1);
        QCOMPARE(f.accepted(1), 0);
    }

    void timePassesWithoutAReset()
    {
        Fixture f;
        f.model.setDays(30);
        f.instances.upsert({expiring(1, Now.addDays(2))});
        QTRY_COMPARE(f.totalAt(2), 1);
        QSignalSpy resets(&f.model, &QAbstractItemModel::modelReset);
        f.clock.advance(24 * 3600);
        f.instances.tick();
        f.model.tick();
        QCOMPARE(f.totalAt(1), 1);
        QCOMPARE(f.model.rowCount(), 30);
        // A clock that was put back.
        f.clock.advance(-48 * 3600);
        f.instances.tick();
        f.model.tick();
        QCOMPARE(f.totalAt(3), 1);
        QCOMPARE(resets.size(), 0);
    }

    void strangeDatesAreLeftOut()
    {
        Fixture f;
        f.model.setDays(365);
        f.instances.upsert({expiring(1, QDateTime(QDate(9999, 12, 31), QTime(23, 59), Qt::UTC)),
                            expiring(2, QDateTime(QDate(1, 1, 1), QTime(0, 0), Qt::UTC)),
                            record(3, u"zoneless"_s, Timestamp::parse(u"2026-12-01T00:00:00"_s)),
                            expiring(4, Now.addDays(364))});
        QTRY_COMPARE(f.model.total(), 1);
        QCOMPARE(f.totalAt(52), 1);
        QVERIFY(f.model.period(8).contains(u"2026"_s)); // 29 Dec – 4 Jan
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstExpiryTimelineModel)
#include "tst_expirytimelinemodel.moc"
