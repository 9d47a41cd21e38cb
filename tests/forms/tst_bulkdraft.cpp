// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/bulkdraft.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Knowledge = InstanceRecord::Knowledge;
using Strategy = Authorization::Strategy;

InstanceRecord record(int number, const QString &integration = u"Datadog"_s,
                      const QStringList &headers = {u"DD-API-KEY"_s, u"DD-APPLICATION-KEY"_s})
{
    InstanceRecord made;
    made.address = {u"p"_s, u"https://eu.api.konghq.com:443"_s, u"id-%1"_s.arg(number)};
    made.profileName = u"Acme"_s;
    made.instance.id = made.address.instanceId;
    made.instance.name = u"name-%1"_s.arg(number);
    made.instance.displayName = u"Title %1"_s.arg(number);
    made.instance.integrationName = integration.toLower();
    made.instance.integrationDisplayName = integration;
    made.authorization.strategy = Strategy::MultiKey;
    for (const QString &header : headers)
        made.authorization.headers << HeaderDefinition{header, {}, {}};
    made.knowledge = Knowledge::Present;
    made.credential.id = u"cred-%1"_s.arg(number);
    made.credential.type = CredentialType::MultiKey;
    return made;
}

InstanceRecord role(int number)
{
    InstanceRecord made = record(number, u"AWS"_s, {});
    made.authorization.strategy = Strategy::AwsRole;
    made.credential.type = CredentialType::AwsRole;
    made.credential.roleArn = u"arn:aws:iam::123456789012:role/present-%1"_s.arg(number);
    return made;
}

BulkPreview previewOf(ChangeKind kind, const QList<InstanceRecord> &records)
{
    BulkPreview preview;
    for (const InstanceRecord &each : records) {
        ChangePreview row;
        row.kind = kind;
        row.record = each;
        if (kind != ChangeKind::Create)
            row.oldCredentialId = each.credential.id;
        row.needsTypedName = each.production && kind != ChangeKind::Create;
        preview.rows.append(row);
    }
    return preview;
}

QStringList keysOf(const BulkRequest &request, size_t header)
{
    QStringList keys;
    for (const ChangeRequest &row : request.rows)
        keys << QString::fromUtf8(row.credential.headers.at(header).key.reveal());
    return keys;
}

QStringList idsOf(const BulkRequest &request)
{
    QStringList ids;
    for (const ChangeRequest &row : request.rows)
        ids << row.address.instanceId;
    return ids;
}

} // namespace

class TstBulkDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneSetServesAllOfAnIntegration()
    {
        BulkDraft draft(ChangeKind::Replace,
                        previewOf(ChangeKind::Replace, {record(1), record(2), record(3)}));
        QCOMPARE(draft.taking(), 3);
        QCOMPARE(draft.groupCount(), 1);
        QVERIFY(!draft.missing().isEmpty());
        QVERIFY(!draft.isTouched());
        QSignalSpy changed(&draft, &BulkDraft::changed);
        draft.group(0).forAll().setKey(0, Secret("api"));
        QVERIFY(draft.isTouched());
        QVERIFY(!draft.missing().isEmpty());
        draft.group(0).forAll().setKey(1, Secret("app"));
        QCOMPARE(draft.missing(), QString());
        QVERIFY(changed.count() >= 2);
        const BulkRequest request = draft.request();
        QCOMPARE(idsOf(request), (QStringList{u"id-1"_s, u"id-2"_s, u"id-3"_s}));
        QCOMPARE(keysOf(request, 0), (QStringList{u"api"_s, u"api"_s, u"api"_s}));
        QCOMPARE(keysOf(request, 1), (QStringList{u"app"_s, u"app"_s, u"app"_s}));
        QCOMPARE(request.rows.at(1).kind, ChangeKind::Replace);
        QCOMPARE(request.rows.at(1).expectedCredentialId, u"cred-2"_s);
        QCOMPARE(request.rows.at(1).keep, KeepKeys::InKeychain);
        QCOMPARE(request.rows.at(1).typedName, QString());
    }

    void theLastDayIsThatOfItsIntegration()
    {
        BulkDraft draft(ChangeKind::Replace,
                        previewOf(ChangeKind::Replace,
                                  {record(1), record(2), record(3, u"SwaggerHub"_s, {u"authorization"_s})}));
        for (int header : {0, 1})
            draft.group(0).forAll().setKey(header, Secret("key"));
        draft.group(1).setKeys(BulkGroup::Keys::OneForAll);
        draft.group(1).forAll().setKey(0, Secret("key"));
        QSignalSpy changed(&draft, &BulkDraft::changed);
        ExpiryDate day = draft.group(0).expiry();
        day.setText(u"2027-02-30"_s);
        draft.group(0).setExpiry(day);
        QCOMPARE(changed.size(), 1);
        QVERIFY(draft.missing().contains(u"no date"_s));
        day.setText(u"2027-02-28"_s);
        draft.group(0).setExpiry(day);
        QCOMPARE(draft.missing(), QString());
        const BulkRequest request = draft.request();
        QCOMPARE(request.rows.at(0).expires, QDate(2027, 2, 28));
        QCOMPARE(request.rows.at(1).expires, QDate(2027, 2, 28));
        QVERIFY(!request.rows.at(2).expires.isValid());
    }

    void integrationsAreGivenTheirOwnKeys()
    {
        // Another organization's Datadog may want other headers.
        InstanceRecord other = record(3);
        other.authorization.headers = {{u"DD-API-KEY"_s, {}, {}}};
        BulkDraft draft(
            ChangeKind::Replace,
            previewOf(ChangeKind::Replace,
                      {record(1), record(2, u"SwaggerHub"_s, {u"Authorization"_s}), other, record(4)}));
        QCOMPARE(draft.groupCount(), 3);
        QCOMPARE(draft.group(0).integration(), u"Datadog"_s);
        QCOMPARE(draft.group(0).records().size(), 2);
        QCOMPARE(draft.group(1).integration(), u"SwaggerHub"_s);
        draft.group(0).forAll().setKey(0, Secret("a"));
        draft.group(0).forAll().setKey(1, Secret("b"));
        QVERIFY(draft.missing().contains(u"SwaggerHub"_s));
        draft.group(1).forAll().setKey(0, Secret("swagger"));
        draft.group(2).forAll().setKey(0, Secret("c"));
        QCOMPARE(draft.missing(), QString());
        const BulkRequest request = draft.request();
        // In the order of the list, not of the integrations.
        QCOMPARE(idsOf(request), (QStringList{u"id-1"_s, u"id-2"_s, u"id-3"_s, u"id-4"_s}));
        QCOMPARE(keysOf(request, 0), (QStringList{u"a"_s, u"swagger"_s, u"c"_s, u"a"_s}));
    }

    void aColumnGivesEachItsOwn()
    {
        BulkDraft draft(ChangeKind::Replace,
                        previewOf(ChangeKind::Replace, {record(1), record(2), record(3)}));
        BulkGroup &group = draft.group(0);
        QVERIFY(group.canBeEach());
        group.setKeys(BulkGroup::Keys::OneForEach);
        QCOMPARE(group.columnCount(), 2);
        QCOMPARE(group.column(1).name, u"DD-APPLICATION-KEY"_s);
        group.setColumn(0, Secret("a1\na2\na3\n"));
        QCOMPARE(group.lineCount(0), 3);
        QVERIFY(draft.missing().contains(u"DD-APPLICATION-KEY"_s));
        group.setColumn(1, Secret("b1\r\nb2\r\nb3"));
        QCOMPARE(draft.missing(), QString());
        const BulkRequest request = draft.request();
        QCOMPARE(keysOf(request, 0), (QStringList{u"a1"_s, u"a2"_s, u"a3"_s}));
        QCOMPARE(keysOf(request, 1), (QStringList{u"b1"_s, u"b2"_s, u"b3"_s}));
        // The other way keeps what was entered for it.
        group.setKeys(BulkGroup::Keys::OneForAll);
        QVERIFY(!draft.missing().isEmpty());
    }

    void aColumnOfAnotherLengthIsNotUsed_data()
    {
        QTest::addColumn<QByteArray>("column");
        QTest::addColumn<int>("lines");
        QTest::newRow("short") << QByteArray("a1\na2") << 2;
        QTest::newRow("long") << QByteArray("a1\na2\na3\na4") << 4;
        QTest::newRow("empty line at the end") << QByteArray("a1\na2\na3\n\n") << 4;
        QTest::newRow("nothing") << QByteArray() << 0;
    }
    void aColumnOfAnotherLengthIsNotUsed()
    {
        QFETCH(QByteArray, column);
        QFETCH(int, lines);
        BulkDraft draft(ChangeKind::Create, previewOf(ChangeKind::Create, {record(1, u"S"_s, {u"K"_s}),
                                                                           record(2, u"S"_s, {u"K"_s}),
                                                                           record(3, u"S"_s, {u"K"_s})}));
        BulkGroup &group = draft.group(0);
        group.setKeys(BulkGroup::Keys::OneForEach);
        group.setColumn(0, Secret("x1\nx2\nx3"));
        QCOMPARE(draft.missing(), QString());
        group.setColumn(0, Secret(column));
        QCOMPARE(group.lineCount(0), lines);
        QVERIFY(!group.isColumnFull(0));
        QVERIFY(!draft.missing().isEmpty());
        for (int row = 0; row < 3; ++row)
            QVERIFY(group.copy(row).headers.front().key.isEmpty());
    }

    void eachLineIsCheckedAsAKey()
    {
        BulkDraft draft(ChangeKind::Create, previewOf(ChangeKind::Create, {record(1, u"S"_s, {u"K"_s}),
                                                                           record(2, u"S"_s, {u"K"_s})}));
        BulkGroup &group = draft.group(0);
        group.setKeys(BulkGroup::Keys::OneForEach);
        group.setColumn(0, Secret("good\n\x01"));
        QVERIFY(draft.missing().contains(u"Title 2"_s));
        QCOMPARE(group.findings(0).size(), 0);
        QCOMPARE(group.findings(1).first().kind, HeaderFinding::Kind::KeyInvalid);
        group.setColumn(0, Secret("\ngood"));
        QVERIFY(draft.missing().contains(u"Title 1"_s));
        // Odd, but allowed.
        group.setColumn(0, Secret("good \ngood"));
        QCOMPARE(draft.missing(), QString());
        QCOMPARE(group.findings(0).first().severity, HeaderFinding::Severity::Warning);
    }

    void rolesAreNotGuessed()
    {
        BulkDraft draft(ChangeKind::Replace, previewOf(ChangeKind::Replace, {role(1), role(2)}));
        QVERIFY(!draft.hasKeys());
        BulkGroup &group = draft.group(0);
        // The role of the first must not go to all.
        QCOMPARE(group.forAll().roleArn(), QString());
        QVERIFY(!draft.isTouched());
        QVERIFY(!draft.missing().isEmpty());
        const QString arn = u"arn:aws:iam::123456789012:role/new"_s;
        group.forAll().setRoleArn(arn);
        QCOMPARE(draft.missing(), QString());
        BulkRequest request = draft.request();
        QCOMPARE(request.rows.at(1).credential.roleArn, arn);
        QCOMPARE(request.rows.at(1).keep, KeepKeys::Nowhere);
        group.setKeys(BulkGroup::Keys::OneForEach);
        group.setColumn(0, Secret("arn:aws:iam::123456789012:role/a\nrole/b\n"));
        QVERIFY(draft.missing().contains(u"Title 2"_s));
        group.setColumn(0, Secret("arn:aws:iam::123456789012:role/a\narn:aws:iam::123456789012:role/b"));
        request = draft.request();
        QCOMPARE(request.rows.at(1).credential.roleArn, u"arn:aws:iam::123456789012:role/b"_s);
    }

    void columnsNeedNames()
    {
        InstanceRecord unread = record(1, u"X"_s, {});
        unread.authorization.strategy = Strategy::NotRead;
        InstanceRecord second = unread;
        second.address.instanceId = u"id-2"_s;
        BulkDraft draft(ChangeKind::Replace, previewOf(ChangeKind::Replace, {unread, second}));
        BulkGroup &group = draft.group(0);
        QVERIFY(!group.canBeEach());
        group.setKeys(BulkGroup::Keys::OneForEach);
        QCOMPARE(group.keys(), BulkGroup::Keys::OneForAll);
        group.forAll().setName(0, u"X-Key"_s);
        group.forAll().setKey(0, Secret("k"));
        QCOMPARE(draft.missing(), QString());
        QCOMPARE(draft.request().rows.at(1).credential.headers.front().name, u"X-Key"_s);
        // One alone has nothing to choose.
        BulkDraft single(ChangeKind::Replace, previewOf(ChangeKind::Replace, {record(1)}));
        QVERIFY(!single.group(0).canBeEach());
    }

    void whatCannotTakePartIsLeftOutWithItsReason()
    {
        BulkPreview preview = previewOf(ChangeKind::Replace, {record(1), record(2), record(3)});
        preview.rows[0].obstacle = Problem::of(Problem::Category::Refused, u"It has no credential."_s);
        preview.rows[2].record.authorization.strategy = Strategy::Unknown;
        BulkDraft draft(ChangeKind::Replace, preview);
        QCOMPARE(draft.taking(), 1);
        QCOMPARE(draft.rows().at(0).whyNot, u"It has no credential."_s);
        QVERIFY(draft.rows().at(1).whyNot.isEmpty());
        QVERIFY(!draft.rows().at(2).whyNot.isEmpty());
        draft.group(0).forAll().setKey(0, Secret("a"));
        draft.group(0).forAll().setKey(1, Secret("b"));
        QCOMPARE(idsOf(draft.request()), QStringList{u"id-2"_s});

        preview.rows[1].obstacle = preview.rows[0].obstacle;
        const BulkDraft none(ChangeKind::Replace, preview);
        QCOMPARE(none.taking(), 0);
        QVERIFY(!none.missing().isEmpty());
    }

    void aDeletionAsksForNoKeys()
    {
        InstanceRecord consent = record(2);
        consent.authorization.strategy = Strategy::OAuth;
        consent.credential.type = CredentialType::OAuth;
        const BulkDraft draft(ChangeKind::Delete, previewOf(ChangeKind::Delete, {record(1), consent}));
        QCOMPARE(draft.groupCount(), 0);
        QCOMPARE(draft.taking(), 2);
        QVERIFY(!draft.hasKeys());
        QCOMPARE(draft.missing(), QString());
        const BulkRequest request = draft.request();
        QCOMPARE(request.rows.at(1).kind, ChangeKind::Delete);
        QCOMPARE(request.rows.at(1).expectedCredentialId, u"cred-2"_s);
        QCOMPARE(request.rows.at(1).keep, KeepKeys::Nowhere);
    }

    void productionIsConfirmedOnceForEachProfile()
    {
        QList<InstanceRecord> records{record(1), record(2), record(3), record(4)};
        records[1].production = true;
        records[1].profileName = u"Live"_s;
        records[2].production = true;
        records[2].profileName = u"Live"_s;
        records[3].production = true;
        records[3].profileName = u"Bank"_s;
        BulkDraft draft(ChangeKind::Delete, previewOf(ChangeKind::Delete, records));
        QCOMPARE(draft.confirmations().size(), 2);
        QCOMPARE(draft.confirmations().at(0).name, u"Live"_s);
        QCOMPARE(draft.confirmations().at(1).name, u"Bank"_s);
        QVERIFY(!draft.missing().isEmpty());
        QCOMPARE(draft.request().rows.at(1).typedName, QString());
        draft.setTyped(0, u" Live "_s);
        QVERIFY(!draft.isConfirmed());
        draft.setTyped(1, u"bank"_s);
        QVERIFY(!draft.isConfirmed());
        draft.setTyped(1, u"Bank"_s);
        QCOMPARE(draft.missing(), QString());
        const BulkRequest request = draft.request();
        QCOMPARE(request.rows.at(0).typedName, QString());
        QCOMPARE(request.rows.at(1).typedName, u"name-2"_s);
        QCOMPARE(request.rows.at(3).typedName, u"name-4"_s);
    }

    void aProtectedInstanceIsConfirmedByItsOwnName()
    {
        QList<InstanceRecord> records{record(1), record(2), record(3)};
        records[1].isProtected = true;
        records[2].isProtected = true;
        records[2].production = true;
        BulkPreview preview = previewOf(ChangeKind::Delete, records);
        preview.rows[1].needsTypedName = true;
        BulkDraft draft(ChangeKind::Delete, preview);
        QCOMPARE(draft.confirmations().size(), 2);
        QCOMPARE(draft.confirmations().at(0).name, u"name-2"_s);
        QVERIFY(draft.confirmations().at(0).reason.contains(u"Title 2"_s));
        QVERIFY(!draft.confirmations().at(0).reason.contains(u"production"_s));
        QCOMPARE(draft.confirmations().at(1).name, u"name-3"_s);
        draft.setTyped(0, u"Acme"_s);
        draft.setTyped(1, u"name-3"_s);
        QVERIFY(!draft.isConfirmed());
        QCOMPARE(draft.request().rows.at(1).typedName, QString());
        draft.setTyped(0, u"name-2"_s);
        QCOMPARE(draft.missing(), QString());
        QCOMPARE(draft.request().rows.at(0).typedName, QString());
        QCOMPARE(draft.request().rows.at(1).typedName, u"name-2"_s);
        QCOMPARE(draft.request().rows.at(2).typedName, u"name-3"_s);
    }

    void whatTakesNoPartNeedsNoConfirmation()
    {
        InstanceRecord live = record(2);
        live.production = true;
        BulkPreview preview = previewOf(ChangeKind::Delete, {record(1), live});
        preview.rows[1].obstacle = Problem::of(Problem::Category::Refused, u"No."_s);
        const BulkDraft draft(ChangeKind::Delete, preview);
        QVERIFY(draft.confirmations().isEmpty());
        QCOMPARE(draft.missing(), QString());
    }

    void optionsAndThePlaceOfTheKeysGoAlong()
    {
        BulkDraft draft(ChangeKind::Create,
                        previewOf(ChangeKind::Create, {record(1, u"S"_s, {u"K"_s}), role(2)}));
        draft.setKeep(KeepKeys::InMemory);
        draft.setOptions({3, true});
        QVERIFY(draft.hasKeys());
        const BulkRequest request = draft.request();
        QCOMPARE(request.options.atOnce, 3);
        QVERIFY(request.options.keepGoing);
        QCOMPARE(request.rows.at(0).keep, KeepKeys::InMemory);
        QCOMPARE(request.rows.at(1).keep, KeepKeys::Nowhere);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstBulkDraft)
#include "tst_bulkdraft.moc"
