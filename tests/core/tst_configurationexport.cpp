// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/configurationexport.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Wish = ConfiguredInstance::Wish;

Profile profileOf(const QStringList &geos)
{
    Profile profile;
    profile.id = u"id-of-prod"_s;
    profile.name = u"prod"_s;
    for (const QString &geo : geos)
        profile.endpoints << endpointOfGeo(geo);
    return profile;
}

InstanceRecord recordOf(const QString &name, CredentialType type = CredentialType::MultiKey)
{
    InstanceRecord record;
    record.address = {u"id-of-prod"_s, u"https://eu.api.konghq.com:443"_s, u"id-of-"_s + name};
    record.endpointLabel = u"eu"_s;
    record.instance.name = name;
    record.instance.integrationName = u"datadog"_s;
    record.authorization.headers = {{u"DD-API-KEY"_s, {}, {}}};
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.credential.id = u"credential-1"_s;
    record.credential.type = type;
    return record;
}

ConfigurationExport exportOf(const QList<InstanceRecord> &records, const QStringList &geos = {u"eu"_s})
{
    return configurationOf({profileOf(geos)}, records);
}

ConfiguredInstance only(const ConfigurationExport &exported)
{
    return exported.document.instances() == 1 ? exported.document.profiles.at(0).instances.at(0)
                                              : ConfiguredInstance();
}

} // namespace

class TstConfigurationExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysComeFromWhereTheyAre()
    {
        InstanceRecord record = recordOf(u"metrics"_s);
        const ConfiguredInstance notKept = only(exportOf({record}));
        QCOMPARE(notKept.wish, Wish::Present);
        QCOMPARE(notKept.credential.headers,
                 (QList<ConfiguredHeader>{{u"DD-API-KEY"_s, {KeySource::Kind::Prompt, {}}}}));
        record.keptKeys.current = true;
        record.keptKeys.headers = {u"DD-API-KEY"_s, u"DD-APPLICATION-KEY"_s};
        const ConfiguredInstance kept = only(exportOf({record}));
        QCOMPARE(kept.credential.headers,
                 (QList<ConfiguredHeader>{{u"DD-API-KEY"_s, {}}, {u"DD-APPLICATION-KEY"_s, {}}}));
    }

    void whatIsNotKnownIsNotSaid_data()
    {
        QTest::addColumn<InstanceRecord>("record");
        QTest::addColumn<int>("wish");
        QTest::addColumn<bool>("noted");
        const auto row = [](const char *name, const InstanceRecord &record, Wish wish, bool noted) {
            QTest::newRow(name) << record << static_cast<int>(wish) << noted;
        };
        InstanceRecord absent = recordOf(u"metrics"_s);
        absent.knowledge = InstanceRecord::Knowledge::Absent;
        row("no credential", absent, Wish::None, false);
        InstanceRecord unread = absent;
        unread.knowledge = InstanceRecord::Knowledge::NotChecked;
        row("not read", unread, Wish::NotSaid, true);
        InstanceRecord builtIn = unread;
        builtIn.builtIn = true;
        row("built in", builtIn, Wish::NotSaid, false);
        row("a kind that is not known", recordOf(u"metrics"_s, CredentialType::Unknown), Wish::NotSaid, true);
        row("a consent", recordOf(u"metrics"_s, CredentialType::OAuth), Wish::Present, false);
        row("a role that is not shown", recordOf(u"metrics"_s, CredentialType::AwsRole), Wish::NotSaid, true);
        InstanceRecord role = recordOf(u"metrics"_s, CredentialType::AwsRole);
        role.credential.roleArn = u"arn:aws:iam::123456789012:role/konnect"_s;
        row("a role", role, Wish::Present, false);
        InstanceRecord nameless = recordOf(u"metrics"_s);
        nameless.authorization.headers.clear();
        row("headers that are not known", nameless, Wish::NotSaid, true);
    }

    void whatIsNotKnownIsNotSaid()
    {
        QFETCH(const InstanceRecord, record);
        QFETCH(const int, wish);
        QFETCH(const bool, noted);
        const ConfigurationExport exported = exportOf({record});
        QCOMPARE(exported.document.instances(), 1);
        QCOMPARE(static_cast<int>(only(exported).wish), wish);
        QCOMPARE(!exported.notes.isEmpty(), noted);
    }

    void theDayOfAnotherCredentialIsLeftOut()
    {
        InstanceRecord record = recordOf(u"metrics"_s);
        record.expiry.credentialId = u"credential-1"_s;
        record.expiry.date = QDate(2027, 3, 31);
        record.expiry.owner = u"ops"_s;
        record.isProtected = true;
        const ConfiguredInstance entry = only(exportOf({record}));
        QCOMPARE(entry.expiry, (ConfiguredExpiry{QDate(2027, 3, 31), 0, u"ops"_s, {}}));
        QVERIFY(entry.isProtected);
        record.expiry.credentialId = u"credential-0"_s;
        QCOMPARE(only(exportOf({record})).expiry, (ConfiguredExpiry{{}, 0, u"ops"_s, {}}));
    }

    void endpointsAreNamedWhereThereAreSeveral()
    {
        const InstanceRecord here = recordOf(u"metrics"_s);
        InstanceRecord there = here;
        there.address.origin = u"https://us.api.konghq.com:443"_s;
        there.endpointLabel = u"us"_s;
        QCOMPARE(only(exportOf({here})).endpoint, QString());
        const ConfigurationExport both = exportOf({there, here}, {u"eu"_s, u"us"_s});
        QCOMPARE(both.document.instances(), 2);
        QCOMPARE(both.document.profiles.at(0).instances.at(0).endpoint, u"eu"_s);
        QCOMPARE(both.document.profiles.at(0).instances.at(1).endpoint, u"us"_s);
    }

    void whatCannotBeNamedIsLeftOut()
    {
        const InstanceRecord named = recordOf(u"metrics"_s);
        InstanceRecord twin = named;
        twin.address.instanceId = u"another"_s;
        const InstanceRecord nameless = recordOf(QString());
        InstanceRecord stray = recordOf(u"stray"_s);
        stray.address.profileId = u"gone"_s;
        const ConfigurationExport exported = exportOf({named, twin, nameless, stray, recordOf(u"traces"_s)});
        QCOMPARE(only(exported).name, u"traces"_s);
        QCOMPARE(exported.notes.size(), 3);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstConfigurationExport)
#include "tst_configurationexport.moc"
