// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/instancefiltermodel.h"
#include "tests/items/records.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int TitleColumn = static_cast<int>(InstanceColumn::Instance);
constexpr int ExpiryColumn = static_cast<int>(InstanceColumn::Expiry);

struct Fixture
{
    FakeClock clock{Now};
    InstanceTableModel source{clock, QTimeZone::utc(), {}};
    InstanceFilterModel model{source};
    QAbstractItemModelTester sourceTester{&source, QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    QSignalSpy resets{&model, &QAbstractItemModel::modelReset};

    Fixture() { model.sort(TitleColumn); }
    [[nodiscard]] QString titles() const { return column(model, TitleColumn).join(u' '); }
};

Timestamp inDays(int days)
{
    return Timestamp::fromUtc(Now.addDays(days));
}

/// The mapping is one to one, and the rows are the ones that a model made anew would show.
void verifyLikeNew(Fixture &f, const QString &needle, InstanceView view, int column, Qt::SortOrder order)
{
    InstanceFilterModel fresh(f.source);
    fresh.setView(view);
    fresh.setNeedle(needle);
    fresh.sort(column, order);
    QCOMPARE(f.model.rowCount(), fresh.rowCount());
    for (int row = 0; row < fresh.rowCount(); ++row) {
        const QModelIndex source = f.model.mapToSource(f.model.index(row, 0));
        QCOMPARE(source.row(), fresh.mapToSource(fresh.index(row, 0)).row());
        QCOMPARE(f.model.mapFromSource(source).row(), row);
    }
}

} // namespace

class TstInstanceFilterModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNarrowingFollowsTheRows()
    {
        Fixture f;
        f.source.upsert(
            {record(1, u"Alpha"_s, inDays(3)), record(2, u"Beta"_s), record(3, u"Gamma"_s, inDays(4))});
        InstanceNarrowing soon;
        soon.accepts = [](const InstanceRecord &, const Health &health) {
            return health.has(HealthState::ExpiringSoon);
        };
        f.model.setNarrowing(soon);
        QCOMPARE(f.titles(), u"Alpha Gamma"_s);
        f.source.upsert(
            {record(2, u"Beta"_s, inDays(2)), record(3, u"Gamma"_s), record(4, u"Delta"_s, inDays(1))});
        QCOMPARE(f.titles(), u"Alpha Beta Delta"_s);
        f.model.setNeedle(u"alpha"_s);
        QCOMPARE(f.titles(), u"Alpha"_s);
        f.model.setNarrowing({});
        QCOMPARE(f.titles(), u"Alpha"_s);
        f.model.setNeedle({});
        QCOMPARE(f.titles(), u"Alpha Beta Delta Gamma"_s);
    }

    void allWordsMustOccurInAnyColumn()
    {
        Fixture f;
        InstanceRecord other = record(3, u"Gamma"_s);
        other.profileName = u"Beta Corp"_s;
        f.source.upsert({record(1, u"Alpha"_s), record(2, u"Beta"_s), other});
        f.model.setNeedle(u"  BETA "_s);
        QCOMPARE(f.titles(), u"Beta Gamma"_s);
        f.model.setNeedle(u"beta gam"_s);
        QCOMPARE(f.titles(), u"Gamma"_s);
        f.model.setNeedle(u"cred-2"_s);
        QCOMPARE(f.titles(), u"Beta"_s);
        f.model.setNeedle(u"nowhere"_s);
        QCOMPARE(f.titles(), QString());
        QVERIFY(!f.model.hasChildren());
        QCOMPARE(f.model.headerData(TitleColumn, Qt::Horizontal, Qt::DisplayRole).toString(), u"Instance"_s);
        f.model.setNeedle({});
        QCOMPARE(f.titles(), u"Alpha Beta Gamma"_s);
    }

    void aKeystrokeResetsAtMostOnce()
    {
        Fixture f;
        f.source.upsert({record(1, u"Alpha"_s), record(2, u"Beta"_s)});
        f.model.setNeedle(u"a"_s);
        QCOMPARE(f.resets.size(), 0);
        f.model.setNeedle(u"alpha"_s);
        QCOMPARE(f.resets.size(), 1);
        f.model.setNeedle(u"alpha "_s);
        QCOMPARE(f.resets.size(), 1);
    }

    void viewsAndScopesNarrow()
    {
        Fixture f;
        InstanceRecord us = record(3, u"Us"_s);
        us.address.origin = u"https://us.api.konghq.com:443"_s;
        InstanceRecord foreign = record(4, u"Foreign"_s);
        foreign.address.profileId = u"p2"_s;
        InstanceRecord tainted = record(5, u"Tainted"_s, inDays(-2));
        tainted.credential.tainted = true;
        f.source.upsert({record(1, u"Soon"_s, inDays(3)), record(2, u"Later"_s, inDays(20)), us, foreign,
                         tainted, record(6, u"Unknown"_s, {})});
        f.model.setView(InstanceView::Expiring);
        QCOMPARE(f.titles(), u"Later Soon"_s);
        f.model.setView(InstanceView::Expired);
        QCOMPARE(f.titles(), u"Tainted"_s);
        f.model.setView(InstanceView::NoKnownExpiry);
        QCOMPARE(f.titles(), u"Unknown"_s);
        f.model.setView(InstanceView::NeedsAttention);
        QCOMPARE(f.titles(), u"Later Soon Tainted"_s);
        f.model.setView(InstanceView::All);
        f.model.setScope(u"p1"_s);
        QCOMPARE(f.titles(), u"Later Soon Tainted Unknown Us"_s);
        f.model.setScope(u"p1"_s, us.address.origin);
        QCOMPARE(f.titles(), u"Us"_s);
        f.model.setScope({});
        QCOMPARE(f.model.rowCount(), 6);
    }

    void unknownDatesAreLastInBothDirectionsAndTitlesBreakTies()
    {
        Fixture f;
        f.source.upsert({record(1, u"D"_s, {}), record(2, u"C"_s, inDays(5)),
                         record(3, u"B"_s, Timestamp::parse(u"soon"_s)), record(4, u"A"_s, inDays(9)),
                         record(5, u"a2"_s, inDays(5))});
        f.model.sort(ExpiryColumn, Qt::AscendingOrder);
        QCOMPARE(f.titles(), u"a2 C A B D"_s);
        f.model.sort(ExpiryColumn, Qt::DescendingOrder);
        QCOMPARE(f.titles(), u"A a2 C B D"_s);
        f.model.sort(-1);
        QCOMPARE(f.titles(), u"D C B A a2"_s);
    }

    void sortingKeepsTheSelection()
    {
        Fixture f;
        f.source.upsert({record(1, u"B"_s, inDays(1)), record(2, u"A"_s, inDays(2))});
        const QPersistentModelIndex selected = f.model.indexOf(record(1, {}).address);
        QCOMPARE(selected.row(), 1);
        f.model.sort(ExpiryColumn);
        QCOMPARE(selected.row(), 0);
        QCOMPARE(selected.sibling(selected.row(), TitleColumn).data().toString(), u"B"_s);
        QCOMPARE(f.resets.size(), 0);
    }

    void aRefreshMovesRowsWithoutAReset()
    {
        Fixture f;
        f.source.upsert({record(1, u"B"_s), record(2, u"D"_s), record(3, u"F"_s)});
        const QPersistentModelIndex selected = f.model.indexOf(record(2, {}).address);
        QSignalSpy inserted(&f.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&f.model, &QAbstractItemModel::rowsRemoved);
        f.source.upsert({record(4, u"A"_s), record(5, u"E"_s)});
        QCOMPARE(f.titles(), u"A B D E F"_s);
        QCOMPARE(inserted.size(), 2);
        f.source.upsert({record(2, u"Z"_s)});
        QCOMPARE(f.titles(), u"A B E F Z"_s);
        f.source.remove({record(1, {}).address, record(5, {}).address});
        QCOMPARE(f.titles(), u"A F Z"_s);
        QCOMPARE(removed.size(), 2);
        QCOMPARE(selected.row(), 2);
        QCOMPARE(f.resets.size(), 0);
    }

    void aRowLeavesItsViewWhenItsStateChanges()
    {
        Fixture f;
        f.model.setView(InstanceView::Expired);
        f.source.upsert(
            {record(1, u"A"_s, inDays(-1)), record(2, u"B"_s, inDays(1)), record(3, u"C"_s, inDays(-1))});
        const QPersistentModelIndex selected = f.model.indexOf(record(3, {}).address);
        f.source.upsert({record(1, u"A"_s)});
        QCOMPARE(f.titles(), u"C"_s);
        f.clock.advance(2 * 86400);
        f.source.tick();
        QCOMPARE(f.titles(), u"B C"_s);
        QCOMPARE(selected.row(), 1);
        QCOMPARE(f.resets.size(), 0);
    }

    void announcesOnlyTheRowsItShows()
    {
        Fixture f;
        f.source.upsert({record(1, u"A"_s), record(2, u"B"_s)});
        f.model.setNeedle(u"id-2"_s);
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        InstanceRecord hidden = record(1, u"A"_s);
        hidden.changing = true;
        f.source.upsert({hidden});
        QCOMPARE(changed.size(), 0);
        InstanceRecord shown = record(2, u"B"_s);
        shown.changing = true;
        f.source.upsert({shown});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().row(), 0);
    }

    void anyRefreshEndsLikeAModelMadeAnew()
    {
        QRandomGenerator random(7);
        Fixture f;
        f.model.setNeedle(u"a"_s);
        for (int step = 0; step < 150; ++step) {
            QList<InstanceRecord> batch;
            QList<InstanceAddress> gone;
            for (int i = 0; i < random.bounded(1, 40); ++i) {
                const QString title =
                    QString(QChar(u'A' + random.bounded(26))) + QChar(u'a' + random.bounded(3));
                batch << record(random.bounded(200), title, inDays(random.bounded(-40, 60)));
                gone << record(random.bounded(200), {}).address;
            }
            f.source.upsert(batch);
            if (step % 3 == 0)
                f.source.remove(gone);
            const auto view = static_cast<InstanceView>(step / 20 % 4);
            const int sorted = step / 30 % f.model.columnCount();
            const auto order = step / 10 % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
            verifyLikeNew(f, f.model.needle(), f.model.view(), m_column, m_order);
            if (QTest::currentTestFailed())
                return;
            f.model.setView(view);
            f.model.sort(m_column = sorted, m_order = order);
        }
    }

    void aHundredThousandRowsAreFoundAndSorted()
    {
        FakeClock clock(Now);
        InstanceTableModel source(clock, QTimeZone::utc(), {});
        InstanceFilterModel model(source);
        constexpr int Count = 100'000;
        QElapsedTimer timer;
        timer.start();
        for (int begin = 0; begin < Count; begin += 1000) {
            QList<InstanceRecord> batch;
            for (int number = begin; number < begin + 1000; ++number)
                batch << record(number, u"Instance %1"_s.arg(number, 6, 10, QChar(u'0')),
                                inDays(number % 500 - 20));
            source.upsert(batch);
        }
        const qint64 load = timer.restart();
        model.setNeedle(u"4"_s);
        const qint64 first = timer.restart();
        model.setNeedle(u"42"_s);
        const qint64 second = timer.restart();
        model.setNeedle({});
        const qint64 cleared = timer.restart();
        model.sort(ExpiryColumn, Qt::DescendingOrder);
        const qint64 sorted = timer.restart();
        source.tick();
        qInfo("load %lld ms, first letter %lld, second %lld, cleared %lld, sort by date %lld, tick %lld",
              load, first, second, cleared, sorted, timer.elapsed());
        QCOMPARE(model.rowCount(), Count);
        QCOMPARE(model.index(0, ExpiryColumn).data().toString(), u"in 479 days"_s);
        model.setNeedle(u"instance 099999"_s);
        QCOMPARE(model.rowCount(), 1);
    }

private:
    int m_column = TitleColumn;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstInstanceFilterModel)
#include "tst_instancefiltermodel.moc"
