// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/integrationinstance.h"
#include "models/core/playbook.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

Playbooks shipped()
{
    QFile file(qEnvironmentVariable("LATCHKEY_SOURCE") + u"/resources/playbooks.json"_s);
    return file.open(QIODevice::ReadOnly) ? Playbooks::fromJson(file.readAll()) : Playbooks();
}

IntegrationInstance with(const QString &field, const QString &value)
{
    IntegrationInstance made;
    made.config.insert(field, value);
    return made;
}

Playbook withPage(const QString &page, const QString &otherwise = {})
{
    Playbook made;
    made.page = page;
    made.otherwise = otherwise;
    return made;
}

} // namespace

class TstPlaybook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachDocumentedIntegrationHasOne()
    {
        const Playbooks books = shipped();
        QCOMPARE(books.integrations(),
                 (QStringList{u"aws-api-gateway"_s, u"azure-api-management"_s, u"azure-devops"_s,
                              u"datadog"_s, u"dynatrace"_s, u"github"_s, u"gitlab"_s, u"pagerduty"_s,
                              u"slack"_s, u"sonarqube"_s, u"swaggerhub"_s, u"traceable"_s}));
        for (const QString &name : books.integrations()) {
            const Playbook &book = *books.find(name);
            const QStringList steps = book.steps();
            QVERIFY2(steps.size() >= 2, qPrintable(name));
            if (!book.consent) {
                QVERIFY2(book.pageFor({}).isValid() && !book.pageFor({}).isEmpty(), qPrintable(name));
                QVERIFY(steps.at(steps.size() - 2).contains(u"until the new one is verified"_s));
                QVERIFY(steps.last().contains(u"revoke"_s));
            }
            QCOMPARE(book.stepsToRevoke().isEmpty(), book.consent);
        }
        QVERIFY(books.find(u"datadog"_s)->steps().at(1).contains(u"monitors_read, dashboards_read"_s));
        QVERIFY(books.find(u"azure-devops"_s)->steps().join(u' ').contains(u"365 days at most"_s));
        QCOMPARE(books.find(u"azure-devops"_s)->stepsToRevoke().first(),
                 u"Find the old personal access token at the service."_s);
        QVERIFY(books.find(u"gateway-manager"_s) == nullptr);
    }

    void theConfigurationFillsInThePathOnly()
    {
        const Playbook devops = *shipped().find(u"azure-devops"_s);
        QCOMPARE(devops.pageFor(with(u"organization"_s, u"acme"_s)).toString(),
                 u"https://dev.azure.com/acme/_usersSettings/tokens"_s);
        QCOMPARE(devops.pageFor(with(u"organization"_s, u"evil.example/x?y#z"_s)).host(), u"dev.azure.com"_s);
        QCOMPARE(devops.pageFor(with(u"organization"_s, u"@evil.example"_s)).host(), u"dev.azure.com"_s);
        QCOMPARE(devops.pageFor({}).host(), u"learn.microsoft.com"_s);
        const IntegrationInstance hostile = with(u"base_url"_s, u"evil.example"_s);
        QVERIFY(withPage(u"https://{base_url}/tokens"_s).pageFor(hostile).isEmpty());
        QVERIFY(withPage(u"https://good{base_url}"_s).pageFor(hostile).isEmpty());
        QVERIFY(withPage(u"http://plain.example/"_s).pageFor({}).isEmpty());
        QVERIFY(withPage(u"file:///etc/passwd"_s).pageFor({}).isEmpty());
        QVERIFY(withPage({}).pageFor({}).isEmpty());
    }

    void whatCannotBeReadIsLeftOut()
    {
        QVERIFY(Playbooks::fromJson("nonsense").integrations().isEmpty());
        QVERIFY(Playbooks::fromJson(R"({"playbooks":[1,{"key":"k"},{"integration":"x"}]})")
                    .integrations()
                    .isEmpty());
        const Playbooks one = Playbooks::fromJson(
            R"({"playbooks":[{"integration":"x","key":"k","scopes":"no list","livesDays":-3}]})");
        QCOMPARE(one.integrations(), QStringList{u"x"_s});
        QVERIFY(one.find(u"x"_s)->scopes.isEmpty());
        QCOMPARE(one.find(u"x"_s)->livesDays, 0);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstPlaybook)
#include "tst_playbook.moc"
