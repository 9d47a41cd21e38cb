// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoorganization.h"
#include "app/demo/demoservice.h"
#include "tests/demo/democlient.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

using namespace latchkey;
using namespace Qt::StringLiterals;
using test::DemoAnswer;
using test::DemoClient;

/// Collects every kind of answer that the service gives and lets python3-jsonschema judge them.
class TestSchemas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyAnswerIsWhatKonnectPromises();
    void theSchemasRefuseWhatIsWrong();

private:
    void judge(const QString &title, const QString &schema, const QJsonObject &body, bool valid = true)
    {
        m_lines += QJsonDocument(QJsonObject{{u"title"_s, title},
                                             {u"schema"_s, schema},
                                             {u"body"_s, body},
                                             {u"valid"_s, valid}})
                       .toJson(QJsonDocument::Compact) +
                   '\n';
    }
    /// Sends the request, checks its status and media type, and keeps the answer.
    void ask(DemoClient &client, const QByteArray &verb, const QByteArray &path, const QByteArray &body,
             int status, const QString &schema)
    {
        const DemoAnswer answer = client.send(verb, path, body);
        const QByteArray title = verb + ' ' + path + ' ' + body;
        QVERIFY2(answer.status == status,
                 QByteArray(title + ": " + QByteArray::number(answer.status)).constData());
        const QByteArray media = schema == "problem"_L1 ? "application/problem+json" : "application/json";
        if (status == 204)
            QVERIFY2(answer.body.isEmpty(), title.constData());
        else
            QVERIFY2(answer.header("Content-Type").startsWith(media), title.constData());
        if (!schema.isEmpty())
            judge(QString::fromUtf8(title), schema, answer.json);
    }
    void askReads(DemoService &service, DemoClient &client);
    void askWrites(DemoService &service, DemoClient &client);
    void askRefusals(DemoService &service, DemoClient &client);
    void letPythonJudge();

    test::FakeClock m_clock;
    QByteArray m_lines;
};

void TestSchemas::init()
{
    m_lines.clear();
}

void TestSchemas::askReads(DemoService &service, DemoClient &client)
{
    const auto page = [&](const QByteArray &query, const QString &schema) {
        ask(client, "GET", query, {}, 200, schema);
    };
    page("/integrations?page[size]=100", u"integration-page"_s);
    page("/integrations?filter[name]=nobody", u"integration-page"_s);
    page("/integration-instances?page[size]=100", u"instance-page"_s);
    page("/integration-instances?page[size]=100&page[number]=2", u"instance-page"_s);
    page("/integration-instances?page[number]=99&sort=created_at%20desc", u"instance-page"_s);
    for (const QJsonObject &instance : service.organization().instances()) {
        const QString id = instance.value("id"_L1).toString();
        const QByteArray path = "/integration-instances/" + id.toLatin1();
        ask(client, "GET", path, {}, 200, u"instance"_s);
        const auto credential = service.organization().credential(id);
        if (!credential)
            ask(client, "GET", path + "/auth-credential", {}, 404, u"problem"_s);
        else if (credential->value("type"_L1) == QJsonValue(u"mtls_client_certificate"_s))
            judge(u"a type that Konnect does not document"_s, u"credential"_s, *credential, false);
        else
            ask(client, "GET", path + "/auth-credential", {}, 200, u"credential"_s);
        const bool configured = service.organization().authConfig(id).has_value();
        ask(client, "GET", path + "/auth-config", {}, configured ? 200 : 404,
            configured ? u"auth-config"_s : u"problem"_s);
    }
}

void TestSchemas::askWrites(DemoService &service, DemoClient &client)
{
    const auto path = [&](const QString &name, const QByteArray &rest = {}) {
        return "/integration-instances/" +
               service.organization().instanceByName(name)->value("id"_L1).toString().toLatin1() + rest;
    };
    const auto credential = [&](const QString &name, const QByteArray &body) {
        if (service.organization().credential(
                service.organization().instanceByName(name)->value("id"_L1).toString()))
            ask(client, "DELETE", path(name, "/auth-credential"), {}, 204, {});
        ask(client, "POST", path(name, "/auth-credential"), body, 201, u"credential"_s);
    };
    ask(client, "POST", "/integration-instances",
        R"({"integration_name":"dynatrace","name":"new","display_name":"New","config":{"base_url":"https://x.example"}})",
        201, u"instance"_s);
    ask(client, "PATCH", path(u"new"_s), R"({"labels":{"env":"test"},"description":null})", 200,
        u"instance"_s);
    credential(
        u"new"_s,
        R"({"type":"multi_key_auth","config":{"headers":[{"name":"authorization","key":"demo-noscope"}]}})");
    credential(u"azure-devops-legacy"_s,
               R"({"type":"multi_key_auth","config":{"headers":[{"name":"Authorization","key":"k"}]}})");
    credential(
        u"aws-sandbox"_s,
        R"({"type":"aws_role_delegation","config":{"role_arn":"arn:aws:iam::123456789012:role/Konnect"}})");
    credential(u"github-acme"_s,
               R"({"type":"github_app_installation","config":{"installation_id":"1","code":"c"}})");
    credential(
        u"slack-incidents"_s,
        R"({"type":"oauth","config":{"grant_type":"authorization_code","code":"c","redirect_uri":"https://x.example"}})");
    ask(client, "PUT", path(u"gitlab-cloud"_s, "/auth-config"),
        R"({"type":"oauth","client_id":"me","client_secret":"s","authorization_endpoint":"https://g.example/a","token_endpoint":"https://g.example/t"})",
        200, u"auth-config"_s);
    ask(client, "DELETE", path(u"gitlab-cloud"_s, "/auth-config"), {}, 204, {});
    ask(client, "GET", path(u"new"_s), {}, 200, u"instance"_s);
    ask(client, "DELETE", path(u"new"_s), {}, 204, {});
}

void TestSchemas::askRefusals(DemoService &service, DemoClient &client)
{
    const auto refused = [&](const QByteArray &verb, const QByteArray &path, const QByteArray &body,
                             int status) { ask(client, verb, path, body, status, u"problem"_s); };
    const QByteArray datadog =
        "/integration-instances/" +
        service.organization().instanceByName(u"datadog-staging"_s)->value("id"_L1).toString().toLatin1();
    const QByteArray builtIn =
        "/integration-instances/" +
        service.organization().instanceByName(u"analytics"_s)->value("id"_L1).toString().toLatin1();
    const QByteArray keys =
        R"({"type":"multi_key_auth","config":{"headers":[{"name":"DD-API-KEY","key":"a"},)"
        R"({"name":"DD-APPLICATION-KEY","key":"b"}]}})";
    refused("POST", datadog + "/auth-credential", keys, 409);
    refused("POST", builtIn + "/auth-credential", keys, 400);
    refused("DELETE", builtIn + "/auth-credential", {}, 404);
    refused("DELETE", builtIn, {}, 400);
    for (
        const QByteArray &body :
        {QByteArray("{"), QByteArray("{}"), QByteArray(R"({"type":7,"config":[],"more":1})"),
         QByteArray(R"({"type":"oauth","config":{}})"),
         QByteArray(R"({"type":"multi_key_auth","config":{}})"),
         QByteArray(R"({"type":"multi_key_auth","config":{"headers":{}}})"),
         QByteArray(
             R"({"type":"multi_key_auth","config":{"headers":[1,{},{"name":"x","key":""},{"name":"x","key":"\n"}]}})")})
        refused("POST", datadog + "/auth-credential", body, 400);
    for (
        const QByteArray &body :
        {QByteArray("[]"), QByteArray("{}"),
         QByteArray(R"({"integration_name":"datadog","name":"x","display_name":"X","config":{}})"),
         QByteArray(
             R"({"integration_name":"datadog","name":"x","display_name":"X","config":{"datadog_region":"?","datadog_webhook_name":1}})"),
         QByteArray(
             R"({"integration_name":"traceable","name":"x","display_name":"X","config":{"include_inactive":"no"}})"),
         QByteArray(
             R"({"integration_name":"?","name":"","display_name":7,"config":1,"labels":[],"description":[]})"),
         QByteArray(R"({"integration_name":"slack","name":")" + QByteArray(121, 'a') +
                    R"(","display_name":"X","config":{},"labels":{"kong":"-","":""}})")})
        refused("POST", "/integration-instances", body, 400);
    refused("POST", "/integration-instances",
            R"({"integration_name":"slack","name":"analytics","display_name":"X","config":{}})", 409);
    refused("PATCH", datadog, R"({"name":"analytics"})", 409);
    refused("PUT", datadog + "/auth-config", "{}", 400);
    refused("PUT", datadog, "{}", 405);
    refused("GET", "/nowhere", {}, 404);
    for (const QByteArray &query :
         {QByteArray("page[size]=x"), QByteArray("page[number]=0"), QByteArray("sort=x"),
          QByteArray("sort=name%20up"), QByteArray("filter[x]=y&filter[name][x]=y"),
          QByteArray("filter[authorized]=x&filter[created_at]=x&x=y")})
        refused("GET", "/integration-instances?" + query, {}, 400);
    DemoClient stranger(service.baseUrl(), "");
    ask(stranger, "GET", "/integrations", {}, 401, u"problem"_s);
    DemoClient reader(service.baseUrl(), "kpat_noadmin");
    ask(reader, "GET", "/integrations", {}, 403, u"problem"_s);
    DemoFault fault;
    fault.status = 503;
    service.setFaults({fault});
    ask(client, "GET", "/integrations", {}, 503, u"problem"_s);
    service.setFaults({});
}

void TestSchemas::letPythonJudge()
{
    const QTemporaryDir directory;
    QFile file(directory.filePath(u"answers.jsonl"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_lines);
    file.close();
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    // Debian's package serves the system's python; another one may come first in PATH.
    const QString system = u"/usr/bin/python3"_s;
    python.start(QFileInfo::exists(system) ? system : u"python3"_s,
                 {qEnvironmentVariable("LATCHKEY_SOURCE") + "/tests/schema/validate.py"_L1, file.fileName()});
    QVERIFY2(python.waitForFinished(60'000), "python3 with python3-jsonschema is needed");
    const QByteArray said = python.readAll();
    QVERIFY2(python.exitStatus() == QProcess::NormalExit && python.exitCode() == 0, said.constData());
    qInfo("%s", said.trimmed().constData());
}

void TestSchemas::everyAnswerIsWhatKonnectPromises()
{
    DemoService::Options options;
    options.instances = 120;
    DemoService service(options, m_clock);
    QVERIFY(service.listen());
    DemoClient client(service.baseUrl());
    askReads(service, client);
    askWrites(service, client);
    askRefusals(service, client);
    QVERIFY(!QTest::currentTestFailed());
    letPythonJudge();
}

void TestSchemas::theSchemasRefuseWhatIsWrong()
{
    const DemoOrganization organization(40, m_clock);
    const auto changed = [](QJsonObject object, const QString &member, const QJsonValue &value) {
        object.insert(member, value);
        return object;
    };
    const auto without = [](QJsonObject object, const QString &member) {
        object.remove(member);
        return object;
    };
    const QJsonObject instance = organization.instances().first();
    const QJsonObject credential = *organization.credential(instance.value("id"_L1).toString());
    judge(u"the instance itself"_s, u"instance"_s, instance);
    judge(u"the credential itself"_s, u"credential"_s, credential);
    for (const QString &member : instance.keys())
        if (member != "labels"_L1)
            judge(u"no "_s + member, u"instance"_s, without(instance, member), false);
    for (const QString &member : credential.keys())
        judge(u"no "_s + member, u"credential"_s, without(credential, member), false);
    judge(u"a key"_s, u"credential"_s, changed(credential, u"config"_s, QJsonObject()), false);
    judge(u"a date without a zone"_s, u"credential"_s,
          changed(credential, u"expires_at"_s, u"2026-01-01T00:00:00"_s), false);
    judge(u"an id that is none"_s, u"instance"_s, changed(instance, u"id"_s, u"x"_s), false);
    judge(u"a secret"_s, u"auth-config"_s,
          {{u"type"_s, u"oauth"_s},
           {u"client_id"_s, u"x"_s},
           {u"client_secret"_s, u"x"_s},
           {u"authorization_endpoint"_s, u"https://x"_s},
           {u"token_endpoint"_s, u"https://x"_s}},
          false);
    judge(
        u"a 400 without reasons"_s, u"problem"_s,
        {{u"status"_s, 400}, {u"title"_s, u"x"_s}, {u"instance"_s, u"kong:trace:1"_s}, {u"detail"_s, u"x"_s}},
        false);
    letPythonJudge();
}

LATCHKEY_TEST_MAIN(QCoreApplication, TestSchemas)
#include "tst_schemas.moc"
