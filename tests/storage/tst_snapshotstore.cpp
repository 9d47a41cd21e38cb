// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/snapshotstore.h"
#include "tests/support/temporarydatabase.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace latchkey;
using latchkey::test::await;
using latchkey::test::TemporaryDatabase;

namespace {

QDateTime moment(int second)
{
    return QDateTime(QDate(2026, 11, 3), QTime(9, 0, second, 123), Qt::UTC);
}

InstanceRecord fullRecord(const QString &id)
{
    InstanceRecord record;
    record.address = {u"profile-1"_s, u"https://eu.api.konghq.com:443"_s, id};
    record.profileName = u"Müller & Söhne"_s;
    record.profileColour = u"#aa3377"_s;
    record.production = true;
    record.endpointLabel = u"eu"_s;
    record.instance.id = id;
    record.instance.name = u"datadog-prod"_s;
    record.instance.displayName = u"Datadog \"prod\" \u2028 日本"_s;
    record.instance.description = u"line\nbreak"_s;
    record.instance.integrationName = u"datadog"_s;
    record.instance.integrationDisplayName = u"Datadog"_s;
    record.instance.authorized = false;
    record.instance.labels = {{u"env"_s, u"prod"_s}, {u"team"_s, u""_s}};
    record.instance.config = {
        {u"datadog_region"_s, u"US_1"_s},
        {u"nested"_s, QJsonObject{{u"a"_s, QJsonArray{1, 2.5, QJsonValue::Null, true}}}}};
    record.instance.createdAt = {moment(1), u"2026-11-03T09:00:01.123456Z"_s};
    record.instance.updatedAt = {QDateTime(), u"yesterday"_s};
    record.authorization.strategy = Authorization::Strategy::MultiKey;
    record.authorization.rawType = u"multi_key_auth"_s;
    record.authorization.headers = {{u"DD-API-KEY"_s, u"API key"_s, {}},
                                    {u"DD-APPLICATION-KEY"_s, {}, u"The other"_s}};
    record.authorization.overridableConfig = QStringList{u"client_id"_s};
    record.authorization.scopes = QStringList{u"read"_s, u"write"_s};
    record.authorization.authorizationEndpoint = QUrl(u"https://example.com/a?b=c%20d"_s);
    record.authorization.appInstallUrl = QUrl(u"https://github.com/apps/kong"_s);
    record.authorization.appManageUrl = QUrl(u"https://github.com/settings"_s);
    record.builtIn = true;
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.credential.id = u"credential-1"_s;
    record.credential.type = CredentialType::AwsRole;
    record.credential.rawType = u"aws_role_delegation"_s;
    record.credential.missingPermissions = {{QStringList{u"monitors_read"_s}, u"Cannot read monitors"_s},
                                            {{}, u"x"_s}};
    record.credential.tainted = true;
    record.credential.expiresAt = {moment(5), u"2026-11-03T10:00:05.123+01:00"_s};
    record.credential.createdAt = {moment(6), u"2026-11-03T09:00:06.123Z"_s};
    record.credential.roleArn = u"arn:aws:iam::123456789012:role/kong"_s;
    record.credential.installationId = u"42"_s;
    record.credential.appInstalledBy = u"someone"_s;
    record.checkedAt = moment(7);
    Problem problem;
    problem.category = Problem::Category::RateLimited;
    problem.caption = u"Konnect asks to wait."_s;
    problem.detail = u"Too many requests"_s;
    problem.traceId = u"kong:trace:1"_s;
    problem.httpStatus = 429;
    problem.invalidParameters = {{u"config.headers[0].name"_s, u"required"_s, u"is missing"_s, u"body"_s}};
    problem.retryAfterSeconds = 0;
    record.lastProblem = problem;
    return record;
}

InstanceRecord emptyRecord(const QString &id)
{
    InstanceRecord record;
    record.address = {u"profile-1"_s, u"https://us.api.konghq.com:443"_s, id};
    record.instance.id = id;
    record.knowledge = InstanceRecord::Knowledge::Absent;
    record.credential.rawType = u"quantum_auth"_s; // a type that this version does not know
    return record;
}

SnapshotStore::Snapshot loaded(Database &database)
{
    SnapshotStore store(database);
    auto answer = await(store.load());
    return answer && *answer ? answer->value() : SnapshotStore::Snapshot();
}

} // namespace

class TstSnapshotStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesBackEveryFieldAfterARestart()
    {
        TemporaryDatabase database;
        const InstanceRecord full = fullRecord(u"a"_s);
        const InstanceRecord empty = emptyRecord(u"b"_s);
        QVERIFY(await(SnapshotStore(*database).saveRecords({full, empty}))->ok());
        database.reopen();
        const QList<InstanceRecord> records = loaded(*database).records;
        QCOMPARE(records.size(), 2);
        for (const InstanceRecord &record : records)
            QVERIFY(record == (record.address.instanceId == u"a"_s ? full : empty));
    }

    void givesBackEveryEnumValue()
    {
        TemporaryDatabase database;
        QList<InstanceRecord> saved;
        for (int i = 0; i < 7; ++i) {
            InstanceRecord record = emptyRecord(QString::number(i));
            record.authorization.strategy = static_cast<Authorization::Strategy>(i);
            record.knowledge = static_cast<InstanceRecord::Knowledge>(i % 3);
            record.credential.type = static_cast<CredentialType>(i % 5);
            saved.append(record);
        }
        QVERIFY(await(SnapshotStore(*database).saveRecords(saved))->ok());
        QList<InstanceRecord> records = loaded(*database).records;
        std::sort(records.begin(), records.end(), [](const InstanceRecord &a, const InstanceRecord &b) {
            return a.address.instanceId < b.address.instanceId;
        });
        QVERIFY(records == saved);
    }

    void doesNotRememberWhatIsNotItsToSay()
    {
        TemporaryDatabase database;
        InstanceRecord record = fullRecord(u"a"_s);
        record.keptKeys.current = true;
        record.changing = true;
        QVERIFY(await(SnapshotStore(*database).saveRecords({record}))->ok());
        const QList<InstanceRecord> records = loaded(*database).records;
        QVERIFY(!records.constFirst().keptKeys.current);
        QVERIFY(!records.constFirst().changing);
    }

    void replacesAndRemovesByAddress()
    {
        TemporaryDatabase database;
        SnapshotStore store(*database);
        InstanceRecord record = emptyRecord(u"a"_s);
        QVERIFY(await(store.saveRecords({record, emptyRecord(u"b"_s)}))->ok());
        record.instance.displayName = u"New name"_s;
        QVERIFY(await(store.saveRecords({record}))->ok());
        QVERIFY(await(store.removeRecords({emptyRecord(u"b"_s).address}))->ok());
        const QList<InstanceRecord> records = loaded(*database).records;
        QCOMPARE(records.size(), 1);
        QCOMPARE(records.constFirst().instance.displayName, u"New name"_s);
    }

    void keepsCatalogsAndEndpoints()
    {
        TemporaryDatabase database;
        SnapshotStore store(*database);
        Integration integration;
        integration.name = u"datadog"_s;
        integration.displayName = u"Datadog"_s;
        integration.description = u"Monitoring"_s;
        integration.version = u"1.2"_s;
        integration.visibility = u"public"_s;
        integration.builtIn = true;
        integration.authorization = fullRecord(u"a"_s).authorization;
        const SnapshotStore::Catalog catalog{
            u"profile-1"_s, u"https://x:443"_s, {integration, Integration()}};
        QVERIFY(await(store.saveCatalog(catalog))->ok());
        const std::optional<Problem> problem = fullRecord(u"a"_s).lastProblem;
        const EndpointState good{u"profile-1"_s, u"https://x:443"_s, u"eu"_s, moment(1), u"token-1"_s, 3,
                                 problem,        std::nullopt};
        const EndpointState bad{u"profile-1"_s, u"https://y:443"_s, u"us"_s, {}, {}, 0, std::nullopt,
                                problem};
        QVERIFY(await(store.saveEndpoint(bad))->ok());
        QVERIFY(await(store.saveEndpoint(good))->ok());
        database.reopen();
        const SnapshotStore::Snapshot snapshot = loaded(*database);
        QCOMPARE(snapshot.catalogs.size(), 1);
        QCOMPARE(snapshot.catalogs.constFirst().origin, catalog.origin);
        QVERIFY(snapshot.catalogs.constFirst().integrations == catalog.integrations);
        QCOMPARE(snapshot.endpoints.size(), 2);
        QVERIFY(snapshot.endpoints.contains(good));
        QVERIFY(snapshot.endpoints.contains(bad));
    }

    void forgetsAProfileAndOnlyThat()
    {
        TemporaryDatabase database;
        SnapshotStore store(*database);
        InstanceRecord other = emptyRecord(u"b"_s);
        other.address.profileId = u"profile-2"_s;
        QVERIFY(await(store.saveRecords({emptyRecord(u"a"_s), other}))->ok());
        QVERIFY(await(store.saveCatalog({u"profile-1"_s, u"o"_s, {}}))->ok());
        QVERIFY(await(store.saveEndpoint({u"profile-1"_s, u"o"_s, u"eu"_s, {}, {}, 0, {}, {}}))->ok());
        QVERIFY(await(store.forgetProfile(u"profile-1"_s))->ok());
        const SnapshotStore::Snapshot snapshot = loaded(*database);
        QCOMPARE(snapshot.records.size(), 1);
        QCOMPARE(snapshot.records.constFirst().address.profileId, u"profile-2"_s);
        QVERIFY(snapshot.catalogs.isEmpty());
        QVERIFY(snapshot.endpoints.isEmpty());
    }

    void savesFiveThousandRecords()
    {
        TemporaryDatabase database;
        QList<InstanceRecord> records;
        for (int i = 0; i < 5000; ++i)
            records.append(fullRecord(QString::number(i)));
        SnapshotStore store(*database);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(await(store.saveRecords(records))->ok());
        const qint64 saved = timer.restart();
        QCOMPARE(loaded(*database).records.size(), 5000);
        qInfo() << "5,000 full records: saved in" << saved << "ms, loaded in" << timer.elapsed() << "ms";
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstSnapshotStore)
#include "tst_snapshotstore.moc"
