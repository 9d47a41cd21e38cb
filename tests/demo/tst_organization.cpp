// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoorganization.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestOrganization : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheSameEachTime();
    void hasEveryIntegrationAndEveryState();
    void namesAndIdsAreUniqueAndWellFormed();
    void knowsTheKeysOfSomeInstances();
    void keysAreClearlyDemoData();
    void datesFollowTheClock();
    void takesWhatSomebodyElseDoes();
    void isAsLargeAsAskedFor();

private:
    test::FakeClock m_clock;
};

void TestOrganization::isTheSameEachTime()
{
    DemoOrganization one(200, m_clock);
    DemoOrganization two(200, m_clock);
    QCOMPARE(one.instances(), two.instances());
    QCOMPARE(one.integrations(), two.integrations());
    for (const QJsonObject &instance : one.instances()) {
        const QString id = instance.value("id"_L1).toString();
        QCOMPARE(one.credential(id), two.credential(id));
        QCOMPARE(one.keys(id), two.keys(id));
    }
    QCOMPARE(one.newId(), two.newId());
    // A larger organization begins with the smaller one.
    DemoOrganization small(40, m_clock);
    QCOMPARE(small.instances(), one.instances().mid(0, 40));
    QCOMPARE(DemoOrganization(0, m_clock).instances().size(), 0);
}

void TestOrganization::hasEveryIntegrationAndEveryState()
{
    const DemoOrganization organization(40, m_clock);
    QCOMPARE(organization.instances().size(), 40);
    QSet<QString> integrations;
    QHash<QString, int> found;
    for (const QJsonObject &instance : organization.instances()) {
        const QString name = instance.value("integration"_L1).toObject().value("name"_L1).toString();
        integrations.insert(name);
        const bool builtIn = organization.integration(name)->value("built_in"_L1).toBool();
        const auto credential = organization.credential(instance.value("id"_L1).toString());
        QCOMPARE(instance.value("authorized"_L1).toBool(), builtIn || credential.has_value());
        if (builtIn)
            ++found["built in"_L1];
        else if (!credential)
            ++found["none"_L1];
        if (!credential)
            continue;
        const bool tainted = credential->value("tainted"_L1).toBool();
        const bool missing = !credential->value("missing_permissions"_L1).toArray().isEmpty();
        const QDateTime expiry =
            QDateTime::fromString(credential->value("expires_at"_L1).toString(), Qt::ISODate);
        const qint64 days = expiry.isValid() ? m_clock.now().secsTo(expiry) / 86'400 : 0;
        const bool expired = expiry.isValid() && expiry < m_clock.now();
        ++found[credential->value("type"_L1).toString()];
        found["tainted"_L1] += tainted;
        found["missing"_L1] += missing;
        found["expired"_L1] += expired;
        found["soon"_L1] += !expired && expiry.isValid() && days >= 2 && days <= 6;
        found["month"_L1] += days >= 8 && days <= 29;
        found["later"_L1] += days >= 30;
        found["no expiry"_L1] += !expiry.isValid() && !tainted && !missing;
        found["several"_L1] +=
            int(tainted) + int(missing) + int(expired) > 1 || (missing && expiry.isValid());
    }
    QCOMPARE(integrations.size(), 15);
    for (const QString &state :
         {u"built in"_s, u"none"_s, u"tainted"_s, u"missing"_s, u"expired"_s, u"soon"_s, u"month"_s,
          u"later"_s, u"no expiry"_s, u"several"_s, u"multi_key_auth"_s, u"oauth"_s,
          u"github_app_installation"_s, u"aws_role_delegation"_s})
        QVERIFY2(found.value(state) >= 2, qPrintable(state));
    QCOMPARE(found.value(u"mtls_client_certificate"_s), 1);
}

void TestOrganization::namesAndIdsAreUniqueAndWellFormed()
{
    const DemoOrganization organization(3000, m_clock);
    static const QRegularExpression uuid(
        u"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
    static const QRegularExpression machineName(u"^[0-9a-z.-]{1,120}$"_s);
    QSet<QString> ids;
    QSet<QString> names;
    QSet<QString> titles;
    for (const QJsonObject &instance : organization.instances()) {
        const QString id = instance.value("id"_L1).toString();
        QVERIFY2(uuid.match(id).hasMatch(), qPrintable(id));
        QVERIFY(machineName.match(instance.value("name"_L1).toString()).hasMatch());
        ids.insert(id);
        names.insert(instance.value("name"_L1).toString());
        titles.insert(instance.value("display_name"_L1).toString());
        QCOMPARE(organization.instance(id), instance);
        QCOMPARE(organization.instanceByName(instance.value("name"_L1).toString()), instance);
        if (const auto credential = organization.credential(id))
            ids.insert(credential->value("id"_L1).toString());
    }
    QCOMPARE(names.size(), 3000);
    QCOMPARE(titles.size(), 3000);
    QVERIFY(ids.size() > 3000);
}

void TestOrganization::knowsTheKeysOfSomeInstances()
{
    const DemoOrganization organization(40, m_clock);
    QVERIFY(organization.knownKeys().size() >= 6);
    for (const DemoOrganization::KnownKeys &known : organization.knownKeys()) {
        QCOMPARE(organization.instance(known.instanceId)->value("name"_L1).toString(), known.instanceName);
        QCOMPARE(organization.credential(known.instanceId)->value("id"_L1).toString(), known.credentialId);
        const QHash<QString, QByteArray> keys = organization.keys(known.instanceId);
        QCOMPARE(known.current.size(), keys.size());
        QCOMPARE(known.previous.size(), known.current.size());
        for (qsizetype i = 0; i < known.current.size(); ++i) {
            QCOMPARE(known.current.at(i).second, keys.value(known.current.at(i).first));
            QCOMPARE(known.previous.at(i).first, known.current.at(i).first);
            QVERIFY(known.previous.at(i).second != known.current.at(i).second);
        }
    }
}

void TestOrganization::keysAreClearlyDemoData()
{
    const DemoOrganization organization(40, m_clock);
    int keys = 0;
    for (const QJsonObject &instance : organization.instances()) {
        for (const QByteArray &key : organization.keys(instance.value("id"_L1).toString())) {
            QVERIFY(key.startsWith("demo-"));
            ++keys;
        }
    }
    QVERIFY(keys > 20);
}

void TestOrganization::datesFollowTheClock()
{
    const DemoOrganization before(40, m_clock);
    test::FakeClock later(m_clock.now().addYears(1));
    const DemoOrganization after(40, later);
    const QString id = before.instances().first().value("id"_L1).toString();
    const auto expiry = [&id](const DemoOrganization &organization) {
        return QDateTime::fromString(organization.credential(id)->value("expires_at"_L1).toString(),
                                     Qt::ISODate);
    };
    QCOMPARE(expiry(before).addYears(1), expiry(after));
    for (const QJsonObject &instance : before.instances())
        QVERIFY(QDateTime::fromString(instance.value("created_at"_L1).toString(), Qt::ISODateWithMs) <
                m_clock.now());
}

void TestOrganization::takesWhatSomebodyElseDoes()
{
    DemoOrganization organization(40, m_clock);
    const QString id = organization.instanceByName(u"datadog-eu-production"_s)->value("id"_L1).toString();
    organization.removeCredential(id);
    QVERIFY(!organization.credential(id));
    QVERIFY(organization.keys(id).isEmpty());
    QCOMPARE(organization.instance(id)->value("authorized"_L1), QJsonValue(false));
    organization.putCredential(id, {{u"id"_s, u"theirs"_s}});
    QCOMPARE(organization.credential(id)->value("id"_L1).toString(), u"theirs"_s);
    QVERIFY(organization.keys(id).isEmpty());
    QCOMPARE(organization.instance(id)->value("authorized"_L1), QJsonValue(true));

    const QString last = organization.instances().last().value("id"_L1).toString();
    organization.removeInstance(id);
    QVERIFY(!organization.instance(id));
    QVERIFY(!organization.credential(id));
    QVERIFY(organization.instance(last).has_value());
    organization.putInstance({{u"name"_s, u"no-id"_s}});
    organization.putInstance({{u"name"_s, u"no-id"_s}});
    QCOMPARE(organization.instances().size(), 41);
    QJsonObject changed = *organization.instance(last);
    changed.insert("display_name"_L1, u"Changed"_s);
    organization.putInstance(changed);
    QCOMPARE(organization.instances().size(), 41);
    QCOMPARE(organization.instance(last), changed);
    organization.putIntegration({{u"name"_s, u"datadog"_s}});
    QCOMPARE(organization.integrations().size(), 15);
    organization.putIntegration({{u"name"_s, u"new"_s}});
    QCOMPARE(organization.integrations().size(), 16);
}

void TestOrganization::isAsLargeAsAskedFor()
{
    const DemoOrganization organization(5000, m_clock);
    QCOMPARE(organization.instances().size(), 5000);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TestOrganization)
#include "tst_organization.moc"
