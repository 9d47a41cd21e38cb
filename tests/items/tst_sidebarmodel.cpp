// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/sidebarmodel.h"
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
    FakeClock clock{Now};
    InstanceTableModel instances{clock, QTimeZone::utc(), {}};
    SidebarModel model{instances};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] QString dump(const QModelIndex &parent = {}, int depth = 0) const
    {
        QString lines;
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            const int count = index.data(SidebarModel::CountRole).toInt();
            lines += QString(depth * 2, u' ') + index.data().toString();
            lines += count < 0 ? u"\n"_s : u' ' + QString::number(count) + u'\n';
            lines += dump(index, depth + 1);
        }
        return lines;
    }
    [[nodiscard]] QString profiles() const { return dump(model.index(2, 0)); }
};

Profile profile(const QString &id, const QString &name, const QStringList &geos)
{
    Profile made;
    made.id = id;
    made.name = name;
    for (const QString &geo : geos)
        made.endpoints << endpointOfGeo(geo);
    return made;
}

} // namespace

class TstSidebarModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsViewsAndProfiles()
    {
        Fixture f;
        f.model.setProfiles(
            {profile(u"p1"_s, u"Acme"_s, {u"eu"_s, u"us"_s}), profile(u"p2"_s, u"Beta"_s, {u"us"_s})});
        InstanceRecord expired = record(1, u"A"_s, Timestamp::fromUtc(Now.addDays(-1)));
        expired.credential.tainted = true;
        InstanceRecord us = record(2, u"B"_s, Timestamp::fromUtc(Now.addDays(20)));
        us.address.origin = endpointOfGeo(u"us"_s).origin();
        InstanceRecord beta = record(3, u"C"_s);
        beta.address.profileId = u"p2"_s;
        beta.knowledge = InstanceRecord::Knowledge::NotChecked;
        f.instances.upsert({expired, us, beta, record(4, u"D"_s, {})});
        const QString expected =
            u"Dashboard\nViews\n  All 4\n  Needs attention 2\n  Expired 1\n  Expiring 1\n  Tainted 1\n"
            "  Missing permissions 0\n  No credential 0\n  No known expiry 1\n  Not checked 1\n"
            "Profiles\n  Acme 3\n    eu 2\n    us 1\n  Beta 1\n"_s;
        QTRY_COMPARE(f.dump(), expected);
    }

    void aRefreshIsCountedOnceAndOnlySaidWhenItMatters()
    {
        Fixture f;
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        for (int number = 0; number < 50; ++number)
            f.instances.upsert({record(number, QString::number(number))});
        QCOMPARE(changed.size(), 0);
        QTRY_COMPARE(changed.size(), 1);
        InstanceRecord renamed = record(1, u"renamed"_s);
        f.instances.upsert({renamed});
        f.instances.remove({record(2, {}).address});
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(f.model.indexOfView(InstanceView::All).data(SidebarModel::CountRole).toInt(), 49);
    }

    void profilesAreMergedAndKeepTheirPlace()
    {
        Fixture f;
        const Profile a = profile(u"a"_s, u"A"_s, {u"eu"_s, u"us"_s});
        const Profile b = profile(u"b"_s, u"B"_s, {u"eu"_s, u"us"_s});
        const Profile c = profile(u"c"_s, u"C"_s, {u"eu"_s});
        f.model.setProfiles({a, b});
        QSignalSpy resets(&f.model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex geo = f.model.indexOfScope(u"b"_s, endpointOfGeo(u"us"_s).origin());
        QVERIFY(geo.isValid());
        f.model.setProfiles({c, b, a});
        QCOMPARE(f.profiles(), u"C 0\nB 0\n  eu 0\n  us 0\nA 0\n  eu 0\n  us 0\n"_s);
        QCOMPARE(geo.parent().data().toString(), u"B"_s);
        QCOMPARE(geo.data().toString(), u"us"_s);
        f.model.setProfiles({b});
        QCOMPARE(f.profiles(), u"B 0\n  eu 0\n  us 0\n"_s);
        QVERIFY(geo.isValid());
        QCOMPARE(geo.parent().row(), 0);
        Profile fewer = b;
        fewer.endpoints.removeLast();
        f.model.setProfiles({fewer});
        QCOMPARE(f.profiles(), u"B 0\n"_s);
        QVERIFY(!geo.isValid());
        f.model.setProfiles({b});
        QCOMPARE(f.profiles(), u"B 0\n  eu 0\n  us 0\n"_s);
        QCOMPARE(resets.size(), 0);
    }

    void saysWhatADirectLookShows()
    {
        Fixture f;
        Profile acme = profile(u"p1"_s, u"Acme"_s, {u"eu"_s, u"us"_s});
        acme.production = true;
        acme.colour = u"#c01c28"_s;
        f.model.setProfiles({acme});
        f.instances.upsert({record(1, u"A"_s, Timestamp::fromUtc(Now.addDays(-1)))});
        const QModelIndex expired = f.model.indexOfView(InstanceView::Expired);
        QTRY_COMPARE(expired.data(Qt::AccessibleTextRole).toString(), u"Expired, 1"_s);
        EndpointState failed;
        failed.profileId = u"p1"_s;
        failed.origin = endpointOfGeo(u"us"_s).origin();
        failed.endpointLabel = u"us"_s;
        failed.problem = Problem();
        failed.problem->caption = u"us is not reachable."_s;
        f.model.setEndpoints({failed});
        const QModelIndex us = f.model.indexOfScope(u"p1"_s, failed.origin);
        QCOMPARE(us.data(Qt::AccessibleTextRole).toString(), u"us, 0, us is not reachable."_s);
        QCOMPARE(us.data(SidebarModel::OriginRole).toString(), failed.origin);
        QCOMPARE(us.siblingAtRow(0).data(SidebarModel::ProblemRole).toString(), QString());
        QCOMPARE(us.parent().data(Qt::AccessibleTextRole).toString(),
                 u"Acme, 1, production, us is not reachable."_s);
        QCOMPARE(us.parent().data(SidebarModel::ColourRole).toString(), u"#c01c28"_s);
        QVERIFY(!f.model.flags(f.model.index(1, 0)).testFlag(Qt::ItemIsSelectable));
        const QModelIndex dashboard = f.model.indexOfDashboard();
        QCOMPARE(dashboard, f.model.index(0, 0));
        QCOMPARE(dashboard.data(Qt::AccessibleTextRole).toString(), u"Dashboard"_s);
        QVERIFY(f.model.flags(dashboard).testFlag(Qt::ItemIsSelectable));
        // A single geo has no row of its own.
        f.model.setProfiles({profile(u"p1"_s, u"Acme"_s, {u"us"_s})});
        const QModelIndex single = f.model.indexOfScope(u"p1"_s);
        QCOMPARE(single.data(Qt::ToolTipRole).toString(), u"us\nus is not reachable."_s);
        QCOMPARE(single.data(SidebarModel::ProblemRole).toString(), u"us is not reachable."_s);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstSidebarModel)
#include "tst_sidebarmodel.moc"
