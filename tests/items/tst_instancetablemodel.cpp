// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/instancetablemodel.h"
#include "tests/items/records.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QLocale>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

struct Fixture
{
    FakeClock clock{Now};
    InstanceTableModel model{clock, QTimeZone("Europe/Berlin"), {}};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] QVariant cell(int row, InstanceColumn column, int role = Qt::DisplayRole) const
    {
        return model.index(row, static_cast<int>(column)).data(role);
    }
    [[nodiscard]] QString dump(int row) const
    {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(row, column).data().toString();
        return cells.join(u" | "_s);
    }
};

} // namespace

class TstInstanceTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void showsEveryColumn()
    {
        Fixture f;
        InstanceRecord tainted = record(1, u"Datadog EU"_s, Timestamp::fromUtc(Now.addDays(6).addSecs(60)));
        tainted.credential.tainted = true;
        tainted.credential.missingPermissions = {{{u"monitors_read"_s}, u"Cannot read monitors"_s}};
        tainted.instance.labels = {{u"env"_s, u"prod"_s}, {u"team"_s, u"a"_s}};
        InstanceRecord absent = record(2, u"No Key"_s);
        absent.knowledge = InstanceRecord::Knowledge::Absent;
        absent.credential = {};
        InstanceRecord builtIn = absent;
        builtIn.address.instanceId = u"id-3"_s;
        builtIn.builtIn = true;
        f.model.upsert({tainted, absent, builtIn});
        QCOMPARE(f.dump(0),
                 u"Must be replaced | Datadog EU | Datadog | Acme · eu | Header keys | in 6 days | "
                 "1 missing permission | 24 Oct 2026 | env=prod, team=a"_s);
        QCOMPARE(f.dump(1), u"No credential | No Key | Datadog | Acme · eu |  |  |  |  | "_s);
        QCOMPARE(f.dump(2), u"Not needed | No Key | Datadog | Acme · eu | None needed |  |  |  | "_s);
    }

    void tellsExactTimesAndReasonsInToolTips()
    {
        Fixture f;
        InstanceRecord expired = record(1, u"A"_s, Timestamp::fromUtc(Now.addDays(-1)));
        expired.credential.missingPermissions = {{{u"a"_s, u"b"_s}, u"Cannot read"_s}};
        expired.lastProblem =
            Problem{Problem::Category::Network, u"Konnect is not reachable."_s, {}, {}, 0, {}, {}};
        f.model.upsert({expired});
        const QString expiry = f.cell(0, InstanceColumn::Expiry, Qt::ToolTipRole).toString();
        QVERIFY2(expiry.contains(u"2 Nov 2026 10:00:00"_s) && expiry.contains(u"2 Nov 2026 09:00:00 UTC"_s),
                 qPrintable(expiry));
        const QString state = f.cell(0, InstanceColumn::State, Qt::ToolTipRole).toString();
        QVERIFY(state.contains(u"Expired"_s) && state.contains(u"Missing permissions"_s));
        QVERIFY(state.contains(u"Checked 3 minutes ago"_s) && state.contains(u"Konnect is not reachable."_s));
        QCOMPARE(f.cell(0, InstanceColumn::Permissions, Qt::ToolTipRole).toString(), u"Cannot read (a, b)"_s);
        QCOMPARE(f.cell(0, InstanceColumn::State, Qt::AccessibleTextRole).toString(),
                 u"State: Expired, Missing permissions, not up to date"_s);
        QCOMPARE(f.cell(0, InstanceColumn::Labels, Qt::AccessibleTextRole).toString(), u"Labels: none"_s);
        QVERIFY(f.cell(0, InstanceColumn::State, StaleRole).toBool());
    }

    void saysWhatIsProtected()
    {
        Fixture f;
        InstanceRecord some = record(1, u"A"_s);
        f.model.upsert({some});
        QVERIFY(!f.cell(0, InstanceColumn::Instance, ProtectedRole).toBool());
        QVERIFY(!f.model.haystack(0).contains(u"protected"_s));
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        some.isProtected = true;
        f.model.upsert({some});
        QCOMPARE(changed.size(), 1);
        QVERIFY(f.cell(0, InstanceColumn::Instance, ProtectedRole).toBool());
        QCOMPARE(f.cell(0, InstanceColumn::Instance).toString(), u"A"_s);
        QCOMPARE(f.cell(0, InstanceColumn::Instance, Qt::AccessibleTextRole).toString(),
                 u"Instance: A, protected"_s);
        QVERIFY(f.cell(0, InstanceColumn::Instance, Qt::ToolTipRole).toString().contains(u"Protected"_s));
        QVERIFY(f.model.haystack(0).contains(u"protected"_s));
    }

    void aRefreshThatBringsTheSameSaysNothing()
    {
        Fixture f;
        f.model.upsert({record(1, u"A"_s), record(2, u"B"_s)});
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&f.model, &QAbstractItemModel::rowsInserted);
        f.model.upsert({record(2, u"B"_s), record(1, u"A"_s)});
        QCOMPARE(changed.size(), 0);
        QCOMPARE(inserted.size(), 0);
    }

    void mergesByAddressWithExactSignals()
    {
        Fixture f;
        f.model.upsert({record(1, u"A"_s), record(2, u"B"_s), record(3, u"C"_s), record(4, u"D"_s)});
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&f.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
        f.model.upsert({record(4, u"D2"_s), record(5, u"E"_s), record(2, u"B2"_s), record(1, u"A2"_s),
                        record(5, u"E2"_s)});
        QCOMPARE(column(f.model, 1), (QStringList{u"A2"_s, u"B2"_s, u"C"_s, u"D2"_s, u"E2"_s}));
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 0);
        QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 1);
        QCOMPARE(changed.at(1).at(0).toModelIndex().row(), 3);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(reset.size(), 0);
    }

    void theSameInstanceInTwoProfilesIsTwoRows()
    {
        Fixture f;
        InstanceRecord other = record(1, u"A"_s);
        other.address.profileId = u"p2"_s;
        f.model.upsert({record(1, u"A"_s), other});
        QCOMPARE(f.model.rowCount(), 2);
        QCOMPARE(f.model.indexOf(other.address).row(), 1);
    }

    void removesByAddress()
    {
        Fixture f;
        QList<InstanceRecord> all;
        for (int number = 0; number < 6; ++number)
            all << record(number, QString::number(number));
        f.model.upsert(all);
        const QPersistentModelIndex last = f.model.indexOf(all.at(5).address);
        QSignalSpy removed(&f.model, &QAbstractItemModel::rowsRemoved);
        f.model.remove({all.at(1).address, all.at(2).address, all.at(4).address, all.at(1).address, {}});
        QCOMPARE(column(f.model, 1), (QStringList{u"0"_s, u"3"_s, u"5"_s}));
        QCOMPARE(removed.size(), 2);
        QCOMPARE(last.row(), 2);
        QCOMPARE(f.model.indexOf(all.at(5).address).row(), 2);
        QVERIFY(!f.model.indexOf(all.at(4).address).isValid());
        f.model.upsert({record(9, u"9"_s)});
        QCOMPARE(f.model.indexOf(record(9, {}).address).row(), 3);
    }

    void timeChangesWordsAndStates()
    {
        Fixture f;
        f.model.upsert({record(1, u"A"_s, Timestamp::fromUtc(Now.addDays(7).addSecs(3600))),
                        record(2, u"B"_s, Timestamp::fromUtc(Now.addSecs(30))), record(3, u"C"_s, {})});
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        f.clock.advance(20);
        f.model.tick();
        QCOMPARE(changed.size(), 0);
        f.clock.advance(10);
        f.model.tick();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(f.cell(1, InstanceColumn::State).toString(), u"Expired"_s);
        QCOMPARE(f.cell(0, InstanceColumn::State).toString(), u"Expiring"_s);
        f.clock.set(Now.addSecs(3600));
        f.model.tick();
        QCOMPARE(f.cell(0, InstanceColumn::State).toString(), u"Expiring soon"_s);
        QCOMPARE(f.cell(0, InstanceColumn::Expiry).toString(), u"in 7 days"_s);
        f.clock.advance(1);
        f.model.tick();
        QCOMPARE(f.cell(0, InstanceColumn::Expiry).toString(), u"in 6 days"_s);
        f.clock.set(Now);
        f.model.tick();
        QCOMPARE(f.cell(1, InstanceColumn::State).toString(), u"Expiring soon"_s);
    }

    void isFoundByWhateverItShows()
    {
        Fixture f;
        InstanceRecord found = record(1, u"Datadog EU"_s);
        found.instance.labels = {{u"Env"_s, u"Prod"_s}};
        found.credential.roleArn = u"arn:aws:iam::123456789012:role/Konnect"_s;
        f.model.upsert({found});
        const QString haystack = f.cell(0, InstanceColumn::State, HaystackRole).toString();
        QCOMPARE(haystack, haystack.toLower());
        for (const char *needle : {"id-1", "cred-1", "datadog eu", "datadog-eu", "acme", "eu", "env=prod",
                                   "healthy", "multi_key_auth", "header keys", "role/konnect"})
            QVERIFY2(haystack.contains(QString::fromUtf8(needle)), needle);
    }

    void answersNothingForForeignIndexes()
    {
        Fixture f;
        QVERIFY(!f.model.data({}).isValid());
        QCOMPARE(f.model.record(0), nullptr);
        QCOMPARE(f.model.record(-1), nullptr);
        QVERIFY(!f.model.headerData(99, Qt::Horizontal, Qt::DisplayRole).isValid());
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstInstanceTableModel)
#include "tst_instancetablemodel.moc"
