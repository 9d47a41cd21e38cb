// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/expirybreakdownmodel.h"
#include "models/items/permissionscopesmodel.h"
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
    ExpiryBreakdownModel integrations{ExpiryBreakdownModel::By::Integration, instances};
    ExpiryBreakdownModel profiles{ExpiryBreakdownModel::By::Profile, instances};
    PermissionScopesModel scopes{instances};
    QAbstractItemModelTester first{&integrations, QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester second{&profiles, QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester third{&scopes, QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] QStringList accepted(const InstanceNarrowing &narrowing) const
    {
        QStringList titles;
        for (int row = 0; row < instances.rowCount(); ++row) {
            if (narrowing.accepts(*instances.record(row), instances.health(row)))
                titles << instances.record(row)->instance.title();
        }
        return titles;
    }
};

InstanceRecord of(const QString &integration, InstanceRecord made)
{
    made.instance.integrationName = integration.toLower();
    made.instance.integrationDisplayName = integration;
    return made;
}

InstanceRecord lacking(int number, const QString &title, const QList<MissingPermission> &missing)
{
    InstanceRecord made = record(number, title);
    made.credential.missingPermissions = missing;
    return made;
}

QStringList row(const QAbstractItemModel &model, int number)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << model.index(number, column).data().toString();
    return cells;
}

} // namespace

/// The breakdowns and the groups of missing permissions.
class TstDashboardCounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachInstanceIsCountedOnceByItsWorst()
    {
        Fixture f;
        InstanceRecord tainted = of(u"Slack"_s, record(1, u"tainted"_s, Timestamp::fromUtc(Now.addDays(2))));
        tainted.credential.tainted = true;
        InstanceRecord unchecked = of(u"GitLab"_s, record(2, u"unchecked"_s));
        unchecked.knowledge = InstanceRecord::Knowledge::NotChecked;
        InstanceRecord other = of(u"GitLab"_s, lacking(3, u"lacking"_s, {{{u"api"_s}, {}}}));
        other.address.profileId = u"p2"_s;
        other.profileName = u"Beta"_s;
        f.instances.upsert({unchecked, other, tainted, of(u"Slack"_s, record(4, u"fine"_s)),
                            of(u"GitLab"_s, record(5, u"unknown"_s, {}))});
        QTRY_COMPARE(f.integrations.rowCount(), 2);
        QCOMPARE(row(f.integrations, 0),
                 (QStringList{u"Slack"_s, u"1"_s, u"0"_s, u"0"_s, u"0"_s, u"1"_s, u"2"_s}));
        QCOMPARE(row(f.integrations, 1),
                 (QStringList{u"GitLab"_s, u"0"_s, u"0"_s, u"1"_s, u"2"_s, u"0"_s, u"3"_s}));
        QCOMPARE(column(f.profiles, ExpiryBreakdownModel::NameColumn), (QStringList{u"Acme"_s, u"Beta"_s}));
        QCOMPARE(f.profiles.at(1)->key, u"p2"_s);
        QCOMPARE(f.accepted(f.integrations.narrowingOf(0)), (QStringList{u"tainted"_s, u"fine"_s}));
        QCOMPARE(f.accepted(f.profiles.narrowingOf(1)), QStringList{u"lacking"_s});
        QCOMPARE(f.integrations.narrowingOf(0).caption, u"Slack"_s);
        QVERIFY(!f.integrations.narrowingOf(7).isActive());
    }

    void whatIsNotKnownIsNeverInOrder()
    {
        for (const HealthState state : {HealthState::NotChecked, HealthState::NoKnownExpiry})
            QCOMPARE(ExpiryBreakdownModel::partOf(state), BreakdownRow::Unknown);
        const Fixture f;
        QCOMPARE(
            f.integrations.headerData(ExpiryBreakdownModel::UnknownColumn, Qt::Horizontal, Qt::ToolTipRole)
                .toString(),
            u"Not checked, No known expiry"_s);
    }

    void anIntegrationThatGetsWorseMovesUp()
    {
        Fixture f;
        f.instances.upsert({of(u"A"_s, record(1, u"a"_s)), of(u"B"_s, record(2, u"b"_s))});
        QTRY_COMPARE(column(f.integrations, 0), (QStringList{u"A"_s, u"B"_s}));
        QSignalSpy resets(&f.integrations, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex a = f.integrations.index(0, 0);
        f.instances.upsert({of(u"B"_s, record(2, u"b"_s, Timestamp::fromUtc(Now.addDays(-1))))});
        QTRY_COMPARE(column(f.integrations, 0), (QStringList{u"B"_s, u"A"_s}));
        QCOMPARE(a.row(), 1);
        f.instances.remove({record(1, {}).address});
        QTRY_COMPARE(column(f.integrations, 0), QStringList{u"B"_s});
        QCOMPARE(resets.size(), 0);
    }

    void missingPermissionsAreGroupedByScope()
    {
        Fixture f;
        f.instances.upsert(
            {lacking(1, u"a"_s, {{{u"read"_s, u"write"_s}, u"first"_s}, {{u"read"_s}, u"again"_s}}),
             lacking(2, u"b"_s, {{{u"read"_s}, u"second"_s}}), lacking(3, u"c"_s, {{{}, u"no access"_s}}),
             record(4, u"fine"_s)});
        QTRY_COMPARE(f.scopes.rowCount(), 3);
        QCOMPARE(f.scopes.at(0)->scope, u"read"_s);
        QCOMPARE(f.scopes.at(0)->names, (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(f.scopes.at(0)->messages, (QStringList{u"first"_s, u"again"_s, u"second"_s}));
        QCOMPARE(f.scopes.at(0)->addresses, (QList{record(1, {}).address, record(2, {}).address}));
        const QStringList scopes = column(f.scopes, PermissionScopesModel::ScopeColumn);
        QVERIFY(scopes.contains(u"write"_s) && scopes.contains(u"No scope named"_s));
        const int nameless = int(scopes.indexOf(u"No scope named"_s));
        QCOMPARE(f.scopes.at(nameless)->messages, QStringList{u"no access"_s});
        QCOMPARE(f.accepted(f.scopes.narrowingOf(nameless)), QStringList{u"c"_s});
        QCOMPARE(f.accepted(f.scopes.narrowingOf(0)), (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(f.scopes.affected().size(), 3);

        f.instances.upsert({record(2, u"b"_s), record(3, u"c"_s)});
        QTRY_COMPARE(f.scopes.rowCount(), 2);
        QCOMPARE(f.scopes.affected(), QList{record(1, {}).address});
    }

    void aServerThatSaysALotIsCutShort()
    {
        Fixture f;
        QList<InstanceRecord> records;
        for (int i = 0; i < 300; ++i)
            records << lacking(i, u"%1"_s.arg(i), {{{u"read"_s}, u"message %1"_s.arg(i)}});
        f.instances.upsert(records);
        QTRY_COMPARE(f.scopes.rowCount(), 1);
        QCOMPARE(f.scopes.at(0)->addresses.size(), 300);
        QVERIFY(f.scopes.at(0)->messages.size() <= 5);
        QVERIFY(f.scopes.index(0, PermissionScopesModel::NamesColumn)
                    .data()
                    .toString()
                    .endsWith(u"and 288 more"_s));
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstDashboardCounts)
#include "tst_dashboardcounts.moc"
