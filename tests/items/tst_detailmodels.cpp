// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/credentialdetailsmodel.h"
#include "models/items/missingpermissionsmodel.h"
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
    CredentialDetailsModel model{clock, QTimeZone::utc()};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] QString value(const QString &field, int role = Qt::DisplayRole) const
    {
        return model.indexOfField(field).data(role).toString();
    }
};

} // namespace

class TstDetailModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void showsEveryFieldThatKonnectReturns()
    {
        Fixture f;
        InstanceRecord full = record(1, u"Datadog EU"_s, Timestamp::fromUtc(Now.addDays(6)));
        full.instance.labels = {{u"env"_s, u"prod"_s}};
        full.instance.config = {
            {u"datadog_region"_s, u"US_1"_s}, {u"nested"_s, QJsonObject{{u"a"_s, 1}}}, {u"on"_s, true}};
        f.model.setRecord(full);
        QStringList lines;
        for (int row = 0; row < f.model.rowCount(); ++row)
            lines << f.model.index(row, 0).data().toString() + u": "_s +
                         f.model.index(row, 1).data().toString();
        const QStringList expected{u"Credential id: cred-1"_s,
                                   u"Type: Header keys"_s,
                                   u"Created: 24 Oct 2026 09:00:00 UTC (10 days ago)"_s,
                                   u"Expires (Konnect): 9 Nov 2026 09:00:00 UTC (in 6 days)"_s,
                                   u"Expires (recorded): nothing recorded"_s,
                                   u"Tainted: not given"_s,
                                   u"Instance id: id-1"_s,
                                   u"Machine name: datadog-eu"_s,
                                   u"Display name: Datadog EU"_s,
                                   u"Integration: Datadog"_s,
                                   u"Integration name: datadog"_s,
                                   u"Authorized: not given"_s,
                                   u"Profile: Acme"_s,
                                   u"Geo: eu"_s,
                                   u"Description: not given"_s,
                                   u"Labels: env=prod"_s,
                                   u"Instance created: not given"_s,
                                   u"Instance changed: not given"_s,
                                   u"Configuration: datadog_region: US_1"_s,
                                   u"Configuration: nested: {\"a\":1}"_s,
                                   u"Configuration: on: true"_s,
                                   u"Last answer: Checked 3 minutes ago"_s};
        QCOMPARE(lines, expected);
        QCOMPARE(f.value(u"expires_at"_s, CredentialDetailsModel::CopyRole), u"2026-11-09T09:00:00Z"_s);
        QCOMPARE(f.value(u"description"_s, CredentialDetailsModel::CopyRole), QString());
        QVERIFY(!f.model.indexOfField(u"description"_s).data(CredentialDetailsModel::GivenRole).toBool());
    }

    void showsWhatATypeBrings()
    {
        Fixture f;
        InstanceRecord shown = record(1, u"A"_s, Timestamp::parse(u"2026-11-09T10:00:00"_s));
        shown.credential.type = CredentialType::AwsRole;
        shown.credential.roleArn = u"arn:aws:iam::123456789012:role/x"_s;
        shown.credential.tainted = true;
        f.model.setRecord(shown);
        QCOMPARE(f.value(u"role_arn"_s), shown.credential.roleArn);
        QCOMPARE(f.value(u"expires_at"_s), u"2026-11-09T10:00:00 (time zone missing)"_s);
        QVERIFY(f.value(u"tainted"_s).startsWith(u"Yes"_s));
        shown.credential.type = CredentialType::GitHubApp;
        shown.credential.installationId = u"4711"_s;
        shown.credential.expiresAt = {};
        f.model.setRecord(shown);
        QCOMPARE(f.value(u"installation_id"_s), u"4711"_s);
        QCOMPARE(f.value(u"app_installed_by"_s), u"not given"_s);
        QCOMPARE(f.value(u"expires_at"_s), u"not given: no known expiry"_s);
        QVERIFY(!f.model.indexOfField(u"role_arn"_s).isValid());
        shown.knowledge = InstanceRecord::Knowledge::Absent;
        f.model.setRecord(shown);
        QVERIFY(!f.model.indexOfField(u"credential_id"_s).isValid());
        f.model.clear();
        QCOMPARE(f.model.rowCount(), 0);
    }

    void saysWhoKnowsWhatOfTheExpiry()
    {
        Fixture f;
        InstanceRecord shown = record(1, u"A"_s, {});
        shown.expiry.credentialId = shown.credential.id;
        shown.expiry.date = QDate(2026, 11, 20);
        shown.expiry.owner = u"Platform team"_s;
        shown.expiry.note = u"Made by Ada"_s;
        shown.instance.labels = {{u"credential-expires"_s, u"2026-12-01"_s}};
        f.model.setRecord(shown);
        QCOMPARE(f.value(u"expires_at"_s), u"not given: no known expiry"_s);
        QCOMPARE(f.value(u"recorded_expiry"_s), u"20 Nov 2026, in 18 days"_s);
        QCOMPARE(f.value(u"recorded_expiry"_s, CredentialDetailsModel::CopyRole), u"2026-11-20"_s);
        QCOMPARE(f.value(u"recorded_owner"_s), u"Platform team"_s);
        QCOMPARE(f.value(u"recorded_note"_s), u"Made by Ada"_s);
        QCOMPARE(f.value(u"labelled_expiry"_s), u"1 Dec 2026, in 29 days"_s);
        // The same record says nothing of the credential that comes next.
        shown.credential.id = u"cred-2"_s;
        f.model.setRecord(shown);
        QCOMPARE(f.value(u"recorded_expiry"_s), u"20 Nov 2026, of an earlier credential"_s);
        shown.expiry.date = {};
        shown.expiry.livesDays = 90;
        f.model.setRecord(shown);
        QCOMPARE(f.value(u"recorded_expiry"_s), u"90 days from its creation: 22 Jan 2027, in 80 days"_s);
        shown.credential.createdAt = {};
        f.model.setRecord(shown);
        QCOMPARE(f.value(u"recorded_expiry"_s), u"90 days from its creation, which is not known"_s);
    }

    void aLabelThatIsNoDateIsShownAsItIs_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("shown");
        QTest::newRow("a word") << u"soon"_s << u"soon (not a date)"_s;
        QTest::newRow("another spelling") << u"01.12.2026"_s << u"01.12.2026 (not a date)"_s;
        QTest::newRow("no such day") << u"2026-02-30"_s << u"2026-02-30 (not a date)"_s;
        QTest::newRow("leap day") << u"2028-02-29"_s << u"29 Feb 2028, in 484 days"_s;
        QTest::newRow("earlier credential") << u"2026-01-01"_s << u"1 Jan 2026, from before the credential"_s;
        QTest::newRow("huge") << QString(300, u'x') << QString(60, u'x') + u"… (not a date)"_s;
    }

    void aLabelThatIsNoDateIsShownAsItIs()
    {
        QFETCH(const QString, label);
        QFETCH(const QString, shown);
        Fixture f;
        InstanceRecord some = record(1, u"A"_s);
        some.instance.labels = {{u"credential-expires"_s, label}};
        f.model.setRecord(some);
        QCOMPARE(f.value(u"labelled_expiry"_s), shown);
        QCOMPARE(f.value(u"labelled_expiry"_s, CredentialDetailsModel::CopyRole), label);
    }

    void aRefreshOfTheSameFieldsKeepsTheSelection()
    {
        Fixture f;
        f.model.setRecord(record(1, u"A"_s));
        QSignalSpy resets(&f.model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        f.model.setRecord(record(1, u"A"_s));
        QCOMPARE(changed.size(), 0);
        f.model.setRecord(record(1, u"B"_s));
        QCOMPARE(changed.size(), 2);
        f.clock.advance(3600);
        f.model.tick();
        QCOMPARE(f.value(u"checked_at"_s), u"Checked 1 hour ago"_s);
        QCOMPARE(resets.size(), 0);
    }

    void listsMissingPermissions()
    {
        MissingPermissionsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setPermissions({{{u"monitors_read"_s, u"dashboards_read"_s}, u"Cannot read"_s}, {{}, {}}});
        QCOMPARE(column(model, 0), (QStringList{u"Cannot read"_s, u"not given"_s}));
        QCOMPARE(column(model, 1), (QStringList{u"monitors_read, dashboards_read"_s, u"not given"_s}));
        QCOMPARE(model.index(0, 1).data(MissingPermissionsModel::CopyRole).toString(),
                 u"Cannot read (monitors_read, dashboards_read)"_s);
        model.setPermissions({});
        QCOMPARE(model.rowCount(), 0);
    }

    void theTypeIsCopiedInKonnectsWord()
    {
        Fixture f;
        InstanceRecord some = record(1, u"Datadog EU"_s);
        f.model.setRecord(some);
        QCOMPARE(f.value(u"type"_s), u"Header keys"_s);
        QCOMPARE(f.value(u"type"_s, CredentialDetailsModel::CopyRole), u"multi_key_auth"_s);
        some.credential.type = CredentialType::Unknown;
        some.credential.rawType = u"new_kind"_s;
        f.model.setRecord(some);
        QCOMPARE(f.value(u"type"_s, CredentialDetailsModel::CopyRole), u"new_kind"_s);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstDetailModels)
#include "tst_detailmodels.moc"
