// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/configurationimport.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Knowledge = InstanceRecord::Knowledge;
using Wish = ConfiguredInstance::Wish;

const QString Origin = u"https://eu.api.konghq.com:443"_s;
const QString ApiKey = u"DD-API-KEY"_s;
const QString AppKey = u"DD-APPLICATION-KEY"_s;
const QDateTime Now(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);

Profile profileOf(const QString &name, const QStringList &geos = {u"eu"_s})
{
    Profile profile;
    profile.id = u"id-of-"_s + name;
    profile.name = name;
    for (const QString &geo : geos)
        profile.endpoints << endpointOfGeo(geo);
    return profile;
}

/// Of the profile `prod`, with the credential `credential-1`.
InstanceRecord recordOf(const QString &name, const QString &integration = u"datadog"_s)
{
    InstanceRecord record;
    record.address = {u"id-of-prod"_s, Origin, u"id-of-"_s + name};
    record.profileName = u"prod"_s;
    record.endpointLabel = u"eu"_s;
    record.instance.id = record.address.instanceId;
    record.instance.name = name;
    record.instance.integrationName = integration;
    record.authorization.strategy = Authorization::Strategy::MultiKey;
    record.authorization.headers = {{ApiKey, {}, {}}};
    record.knowledge = Knowledge::Present;
    record.credential.id = u"credential-1"_s;
    record.credential.type = CredentialType::MultiKey;
    return record;
}

ForeignCredential credentialOf(const QString &instanceId, const QStringList &inClear = {ApiKey})
{
    ForeignCredential credential;
    credential.place = u"resource.of-"_s + instanceId;
    credential.instanceId = instanceId;
    credential.headers = inClear;
    for (const QString &header : inClear)
        credential.keys.push_back({header, Secret("key-of-" + header.toUtf8())});
    return credential;
}

ForeignCredential namedOf(const QString &name, const QString &integration)
{
    ForeignCredential credential = credentialOf({});
    credential.place = u"resource.of-"_s + name;
    credential.instanceName = name;
    credential.integration = integration;
    return credential;
}

/// Where nothing else is said: with the profile `prod`.
struct Around
{
    QList<InstanceRecord> records;
    QList<Profile> profiles{profileOf(u"prod"_s)};
    ImportOptions options{{}, {}, false, Now};
};

ConfigurationImport made(std::vector<ForeignCredential> credentials, const Around &around)
{
    ForeignConfiguration foreign;
    foreign.credentials = std::move(credentials);
    return importOf(std::move(foreign), around.profiles, around.records, around.options);
}

ConfigurationImport made(ForeignCredential credential, const Around &around)
{
    std::vector<ForeignCredential> credentials;
    credentials.push_back(std::move(credential));
    return made(std::move(credentials), around);
}

ConfiguredInstance only(const ConfigurationImport &imported)
{
    return imported.document.instances() == 1 ? imported.document.profiles.at(0).instances.at(0)
                                              : ConfiguredInstance();
}

QByteArray keyFor(const ConfigurationImport &imported, const InstanceRecord &record,
                  const QString &header = ApiKey)
{
    const Secret *key = imported.keys.find(record.address, header, {KeySource::Kind::Prompt, {}});
    return key == nullptr ? QByteArray() : key->reveal().toByteArray();
}

QString told(const ConfigurationImport &imported)
{
    QStringList texts;
    for (const DocumentFinding &finding : imported.findings)
        texts << finding.toText();
    return texts.join(u'\n');
}

} // namespace

class TstConfigurationImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneWithoutSomeOfItsHeadersIsLeftOut()
    {
        Around around;
        around.records << recordOf(u"metrics"_s);
        ForeignCredential known = credentialOf(u"id-of-metrics"_s);
        known.lacksHeaders = true;
        known.note = u"A name is missing."_s;
        const ConfigurationImport imported = made(std::move(known), around);
        QCOMPARE(imported.document.instances(), 0);
        QCOMPARE(keyFor(imported, around.records.constFirst()), QByteArray());
        QCOMPARE(imported.leftOut, 1);
        QVERIFY2(told(imported).contains(u"A name is missing."_s), qPrintable(told(imported)));

        ForeignCredential unknown = namedOf(u"traces"_s, u"datadog"_s);
        unknown.lacksHeaders = true;
        QCOMPARE(made(std::move(unknown), around).document.instances(), 0);

        // Where it has none at all, they are those of the integration.
        ForeignCredential bare = credentialOf(u"id-of-metrics"_s, {});
        bare.lacksHeaders = true;
        QCOMPARE(only(made(std::move(bare), around)).credential.headers.size(), 1);
    }

    void anInstanceIsFoundByItsId()
    {
        const InstanceRecord metrics = recordOf(u"metrics"_s);
        const InstanceRecord other = recordOf(u"other"_s);
        ForeignCredential credential = credentialOf(metrics.address.instanceId);
        // Whatever it is called there.
        credential.instanceName = u"other"_s;
        credential.credentialId = u"credential-1"_s;
        const ConfigurationImport imported = made(std::move(credential), {{metrics, other}});
        const ConfiguredInstance entry = only(imported);
        QCOMPARE(imported.document.profiles.at(0).name, u"prod"_s);
        QCOMPARE(entry.integration, u"datadog"_s);
        QCOMPARE(entry.name, u"metrics"_s);
        QVERIFY(entry.endpoint.isEmpty());
        QCOMPARE(entry.wish, Wish::Present);
        QCOMPARE(entry.credential.headers,
                 (QList<ConfiguredHeader>{{ApiKey, {KeySource::Kind::Prompt, {}}}}));
        QCOMPARE(keyFor(imported, metrics), QByteArray("key-of-DD-API-KEY"));
        QVERIFY(keyFor(imported, other).isEmpty());
        QCOMPARE(imported.keys.credentialOf(metrics.address), u"credential-1"_s);
        QCOMPARE(imported.leftOut, 0);
        QVERIFY(imported.findings.isEmpty());
    }

    void anInstanceIsFoundByItsNames()
    {
        const InstanceRecord datadog = recordOf(u"metrics"_s);
        const InstanceRecord sonar = [] {
            InstanceRecord record = recordOf(u"metrics"_s, u"sonarqube"_s);
            record.address.instanceId = u"another-id"_s;
            return record;
        }();
        QCOMPARE(only(made(namedOf(u"metrics"_s, u"sonarqube"_s), {{datadog, sonar}})).integration,
                 u"sonarqube"_s);
        // The integration is not said, and there are two.
        const ConfigurationImport unclear = made(namedOf(u"metrics"_s, {}), {{datadog, sonar}});
        QCOMPARE(unclear.leftOut, 1);
        QCOMPARE(unclear.document.instances(), 0);
        QVERIFY2(told(unclear).contains(u"resource.of-metrics: It is left out"), qPrintable(told(unclear)));
        QCOMPARE(only(made(namedOf(u"metrics"_s, {}), {{datadog}})).integration, u"datadog"_s);
    }

    void oneThatHasAnotherIdHereIsSaid()
    {
        ForeignCredential credential = namedOf(u"metrics"_s, u"datadog"_s);
        credential.instanceId = u"id-in-another-organization"_s;
        credential.credentialId = u"credential-there"_s;
        const InstanceRecord metrics = recordOf(u"metrics"_s);
        const ConfigurationImport imported = made(std::move(credential), {{metrics}});
        QCOMPARE(only(imported).name, u"metrics"_s);
        QVERIFY2(told(imported).contains(u"has another id here"), qPrintable(told(imported)));
        // They are of no credential that this instance has or had.
        QCOMPARE(imported.keys.credentialOf(metrics.address), QString());
        QCOMPARE(imported.leftOut, 0);
    }

    void whatIsMissingIsInThePlanOrSaid()
    {
        // The plan says that the profile has no such instance.
        const ConfigurationImport named = made(namedOf(u"metrics"_s, u"datadog"_s), {});
        QCOMPARE(only(named).name, u"metrics"_s);
        QCOMPARE(only(named).wish, Wish::Present);
        QCOMPARE(named.leftOut, 0);

        Around two;
        two.profiles << profileOf(u"test"_s);
        const ConfigurationImport nowhere = made(namedOf(u"metrics"_s, u"datadog"_s), two);
        QCOMPARE(nowhere.leftOut, 1);
        QVERIFY2(told(nowhere).contains(u"metrics is not known here"), qPrintable(told(nowhere)));
        two.options.profileId = u"id-of-test"_s;
        const ConfigurationImport inTest = made(namedOf(u"metrics"_s, u"datadog"_s), two);
        QCOMPARE(inTest.document.profiles.at(0).name, u"test"_s);

        const ConfigurationImport byId = made(credentialOf(u"no-such-id"_s), {});
        QCOMPARE(byId.leftOut, 1);
        QVERIFY2(told(byId).contains(u"resource.of-no-such-id"), qPrintable(told(byId)));
        QVERIFY(!told(byId).contains(u"key-of-"));
    }

    void theInstanceCanBeSaidForOne()
    {
        const InstanceRecord metrics = recordOf(u"metrics"_s);
        Around around{{metrics, recordOf(u"other"_s)}};
        QCOMPARE(made(credentialOf({}), around).leftOut, 1);
        for (const QString &meant : {u"metrics"_s, metrics.address.instanceId}) {
            around.options.instance = meant;
            const ConfigurationImport imported = made(credentialOf({}), around);
            QCOMPARE(only(imported).name, u"metrics"_s);
            QCOMPARE(keyFor(imported, metrics), QByteArray("key-of-DD-API-KEY"));
        }
        // It is not for one that says so itself.
        QCOMPARE(only(made(credentialOf(u"id-of-other"_s), around)).name, u"other"_s);
    }

    void profilesThatSeeTheSameAreNotInTheWay()
    {
        InstanceRecord again = recordOf(u"metrics"_s);
        again.address.profileId = u"id-of-test"_s;
        Around around{{recordOf(u"metrics"_s), again}};
        around.profiles << profileOf(u"test"_s);
        QCOMPARE(made(credentialOf(u"id-of-metrics"_s), around).document.profiles.at(0).name, u"prod"_s);
        around.options.profileId = u"id-of-test"_s;
        QCOMPARE(made(credentialOf(u"id-of-metrics"_s), around).document.profiles.at(0).name, u"test"_s);
        // The same id somewhere else is another instance.
        around.records[1].address.origin = u"https://us.api.konghq.com:443"_s;
        around.options.profileId.clear();
        QCOMPARE(made(credentialOf(u"id-of-metrics"_s), around).leftOut, 1);
    }

    void theEndpointIsSaidWhereThereAreSeveral()
    {
        Around around{{recordOf(u"metrics"_s)}};
        around.profiles = {profileOf(u"prod"_s, {u"eu"_s, u"us"_s})};
        QCOMPARE(only(made(credentialOf(u"id-of-metrics"_s), around)).endpoint, u"eu"_s);
    }

    void ofTwoForOneInstanceTheFirstIsTaken()
    {
        const InstanceRecord metrics = recordOf(u"metrics"_s);
        std::vector<ForeignCredential> credentials;
        credentials.push_back(credentialOf(metrics.address.instanceId));
        ForeignCredential second = namedOf(u"metrics"_s, u"datadog"_s);
        second.keys.front().key = Secret("another-key");
        credentials.push_back(std::move(second));
        const ConfigurationImport imported = made(std::move(credentials), {{metrics}});
        QCOMPARE(imported.document.instances(), 1);
        QCOMPARE(imported.leftOut, 1);
        QCOMPARE(keyFor(imported, metrics), QByteArray("key-of-DD-API-KEY"));
    }

    void keysThatAreNotInTheFileComeFromWhereTheyAre()
    {
        InstanceRecord metrics = recordOf(u"metrics"_s);
        ForeignCredential credential = credentialOf(metrics.address.instanceId);
        credential.headers << AppKey;
        credential.note = u"DD-APPLICATION-KEY: it is encrypted."_s;
        const ConfigurationImport asked = made(std::move(credential), {{metrics}});
        QCOMPARE(only(asked).credential.headers,
                 (QList<ConfiguredHeader>{{ApiKey, {KeySource::Kind::Prompt, {}}},
                                          {AppKey, {KeySource::Kind::Prompt, {}}}}));
        QVERIFY2(told(asked).contains(u"it is encrypted"), qPrintable(told(asked)));
        QVERIFY(keyFor(asked, metrics, AppKey).isEmpty());

        metrics.keptKeys.current = true;
        metrics.keptKeys.headers = {ApiKey, AppKey};
        ForeignCredential again = credentialOf(metrics.address.instanceId);
        again.headers << AppKey;
        // One that is in both is compared.
        QCOMPARE(only(made(std::move(again), {{metrics}})).credential.headers,
                 (QList<ConfiguredHeader>{{ApiKey, {KeySource::Kind::Prompt, {}}},
                                          {AppKey, {KeySource::Kind::Keychain, {}}}}));
        // Where the file names none, the integration does.
        QCOMPARE(only(made(credentialOf(metrics.address.instanceId, {}), {{metrics}})).credential.headers,
                 (QList<ConfiguredHeader>{{ApiKey, {KeySource::Kind::Keychain, {}}}}));
        metrics.authorization.headers.clear();
        QCOMPARE(only(made(credentialOf(metrics.address.instanceId, {}), {{metrics}})).wish, Wish::NotSaid);
    }

    void theUserMaySayWhoseTheKeysAre()
    {
        const InstanceRecord metrics = recordOf(u"metrics"_s);
        Around around{{metrics}};
        QVERIFY(made(credentialOf(metrics.address.instanceId), around)
                    .keys.credentialOf(metrics.address)
                    .isEmpty());
        around.options.areOfPresent = true;
        QCOMPARE(made(credentialOf(metrics.address.instanceId), around).keys.credentialOf(metrics.address),
                 u"credential-1"_s);
        // Not against what the file says.
        ForeignCredential other = credentialOf(metrics.address.instanceId);
        other.credentialId = u"credential-0"_s;
        QCOMPARE(made(std::move(other), around).keys.credentialOf(metrics.address), u"credential-0"_s);
    }

    void anExpiryIsTakenWhereNobodyKnowsIt_data()
    {
        QTest::addColumn<QString>("credentialId");
        QTest::addColumn<bool>("withKeys");
        QTest::addColumn<bool>("konnectKnows");
        QTest::addColumn<bool>("isRecorded");
        QTest::addColumn<bool>("isTaken");
        const QString present = u"credential-1"_s;
        const QString other = u"credential-0"_s;
        QTest::newRow("of the present one") << present << false << false << false << true;
        QTest::newRow("Konnect says it") << present << true << true << false << false;
        QTest::newRow("it is recorded") << present << true << false << true << false;
        QTest::newRow("of other keys") << other << true << true << true << true;
        QTest::newRow("of others without keys") << other << false << false << false << false;
    }

    void anExpiryIsTakenWhereNobodyKnowsIt()
    {
        QFETCH(const QString, credentialId);
        QFETCH(const bool, withKeys);
        QFETCH(const bool, konnectKnows);
        QFETCH(const bool, isRecorded);
        QFETCH(const bool, isTaken);
        InstanceRecord metrics = recordOf(u"metrics"_s);
        if (konnectKnows)
            metrics.credential.expiresAt = Timestamp::parse(u"2027-01-01T00:00:00Z"_s);
        if (isRecorded) {
            metrics.expiry.credentialId = metrics.credential.id;
            metrics.expiry.date = QDate(2027, 2, 1);
        }
        ForeignCredential credential =
            credentialOf(metrics.address.instanceId, withKeys ? QStringList{ApiKey} : QStringList());
        credential.credentialId = credentialId;
        credential.expiresAt = QDateTime(QDate(2027, 3, 31), QTime(0, 0), Qt::UTC);
        // At midnight it is over.
        QCOMPARE(only(made(std::move(credential), {{metrics}})).expiry.date,
                 isTaken ? QDate(2027, 3, 30) : QDate());
    }

    void keysThatHaveEndedAreSaid()
    {
        const InstanceRecord metrics = recordOf(u"metrics"_s);
        ForeignCredential credential = credentialOf(metrics.address.instanceId);
        credential.expiresAt = Now.addSecs(-1);
        const ConfigurationImport imported = made(std::move(credential), {{metrics}});
        QVERIFY2(told(imported).contains(u"its keys ended on"), qPrintable(told(imported)));
        QCOMPARE(only(imported).expiry.date, QDate(2026, 11, 28));
    }

    void aRoleIsTaken()
    {
        const InstanceRecord gateway = recordOf(u"gateway"_s, u"aws-api-gateway"_s);
        ForeignCredential credential = credentialOf(gateway.address.instanceId, {});
        credential.type = CredentialType::AwsRole;
        credential.roleArn = u"arn:aws:iam::123456789012:role/konnect"_s;
        const ConfiguredInstance entry = only(made(std::move(credential), {{gateway}}));
        QCOMPARE(entry.wish, Wish::Present);
        QCOMPARE(entry.credential.type, CredentialType::AwsRole);
        QCOMPARE(entry.credential.roleArn, u"arn:aws:iam::123456789012:role/konnect"_s);
        QVERIFY(entry.credential.headers.isEmpty());
    }

    void findingsOfTheFileComeFirst()
    {
        ForeignConfiguration foreign;
        foreign.findings << DocumentFinding{u"$.resources[3]"_s, 12, 5, u"It cannot be read."_s};
        foreign.credentials.push_back(credentialOf(u"no-such-id"_s));
        const Around around{};
        const ConfigurationImport imported =
            importOf(std::move(foreign), around.profiles, around.records, around.options);
        QCOMPARE(imported.findings.size(), 2);
        QCOMPARE(imported.findings.at(0).line, 12);
        QCOMPARE(imported.leftOut, 2);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstConfigurationImport)
#include "tst_configurationimport.moc"
