// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoorganization.h"
#include "app/demo/demoservice.h"
#include "tests/demo/democlient.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QSet>
#include <QTemporaryDir>

#include <memory>

using namespace latchkey;
using namespace Qt::StringLiterals;
using test::DemoAnswer;
using test::DemoClient;

class TestService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void asksForTheRightToken();
    void everyAnswerHasTheClocksDate();
    void refusalsLookLikeKonnects();
    void getsInstances();
    void showsCredentialsWithoutKeys();
    void createsACredential();
    void aSecondCredentialIsAConflict();
    void deletesACredentialOnce();
    void refusesWrongCredentials_data();
    void refusesWrongCredentials();
    void headerNamesAreComparedWithoutCase();
    void createsRoleConsentAndAppCredentials();
    void builtInIntegrationsTakeNoCredential();
    void someKeysRehearseAnUnhappyEnd();
    void anAuthConfigRemovesTheCredential();
    void createsUpdatesAndDeletesAnInstance();
    void refusesWrongInstances();
    void anEncodedSlashBelongsToTheId();
    void unknownPathsAndVerbs();
    void countsEveryCopy();
    void recordsRequestsForItsOwnerOnly();
    void saysWhenItCannotStart();
    void latencyDelaysEachAnswer();

private:
    [[nodiscard]] QString idOf(const QString &name) const
    {
        return m_service->organization().instanceByName(name)->value("id"_L1).toString();
    }
    [[nodiscard]] QByteArray pathOf(const QString &name, const QByteArray &rest = {}) const
    {
        return "/integration-instances/" + idOf(name).toLatin1() + rest;
    }

    test::FakeClock m_clock;
    std::unique_ptr<DemoService> m_service;
    std::unique_ptr<DemoClient> m_client;
};

void TestService::init()
{
    m_clock.set(test::FakeClock().now());
    m_service = std::make_unique<DemoService>(DemoService::Options(), m_clock);
    QVERIFY(m_service->listen());
    m_client = std::make_unique<DemoClient>(m_service->baseUrl());
}

void TestService::cleanup()
{
    m_client.reset();
    m_service.reset();
}

void TestService::asksForTheRightToken()
{
    DemoService::Options options;
    options.token = "kpat_right";
    DemoService service(options, m_clock);
    QVERIFY(service.listen());
    QCOMPARE(DemoClient(service.baseUrl(), "kpat_right").get("/integrations").status, 200);
    for (const QByteArray &token : {QByteArray("kpat_wrong"), QByteArray()}) {
        const DemoAnswer answer = DemoClient(service.baseUrl(), token).get("/integrations");
        QCOMPARE(answer.status, 401);
        QVERIFY(answer.header("WWW-Authenticate").startsWith("Bearer"));
        QCOMPARE(answer.json.value("status"_L1).toInt(), 401);
    }
    QCOMPARE(DemoClient(service.baseUrl(), "kpat_noadmin1").get("/integrations").status, 403);
    QCOMPARE(DemoClient(m_service->baseUrl(), "spat_any").get("/integrations").status, 200);
    QCOMPARE(DemoClient(m_service->baseUrl(), "").get("/integrations").status, 401);
}

void TestService::everyAnswerHasTheClocksDate()
{
    for (const QByteArray &path : {QByteArray("/integrations"), QByteArray("/nowhere")})
        QCOMPARE(m_client->get(path).header("Date"), QByteArray("Tue, 03 Nov 2026 09:00:00 GMT"));
    m_clock.advance(3600);
    QCOMPARE(m_client->send("DELETE", pathOf(u"datadog-staging"_s, "/auth-credential")).header("Date"),
             QByteArray("Tue, 03 Nov 2026 10:00:00 GMT"));
}

void TestService::refusalsLookLikeKonnects()
{
    const DemoAnswer first = m_client->get("/integration-instances/00000000-0000-0000-0000-000000000000");
    QCOMPARE(first.status, 404);
    QVERIFY(first.header("Content-Type").startsWith("application/problem+json"));
    QCOMPARE(first.json.value("title"_L1).toString(), u"Not Found"_s);
    const QString trace = first.json.value("instance"_L1).toString();
    QVERIFY(trace.startsWith("kong:trace:"_L1) && trace.size() > 20);
    const DemoAnswer second = m_client->get("/integration-instances/nobody");
    QVERIFY(second.json.value("instance"_L1).toString() != trace);
    QVERIFY(!second.json.contains("invalid_parameters"_L1));
}

void TestService::getsInstances()
{
    const DemoAnswer answer = m_client->get(pathOf(u"datadog-eu-production"_s));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("Content-Type").startsWith("application/json"));
    QCOMPARE(answer.json.value("display_name"_L1).toString(), u"Datadog EU production"_s);
    QCOMPARE(answer.json.value("labels"_L1).toObject().value("env"_L1).toString(), u"prod"_s);
}

void TestService::showsCredentialsWithoutKeys()
{
    const DemoAnswer answer = m_client->get(pathOf(u"datadog-eu-production"_s, "/auth-credential"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json.value("type"_L1).toString(), u"multi_key_auth"_s);
    QVERIFY(!answer.json.contains("config"_L1));
    for (const QByteArray &key : m_service->organization().keys(idOf(u"datadog-eu-production"_s)))
        QVERIFY(!answer.body.contains(key));
    QCOMPARE(m_client->get(pathOf(u"swaggerhub-sandbox"_s, "/auth-credential")).status, 404);
    const QJsonObject role = m_client->get(pathOf(u"aws-us-east-1"_s, "/auth-credential")).json;
    QVERIFY(
        role.value("config"_L1).toObject().value("role_arn"_L1).toString().startsWith("arn:aws:iam::"_L1));
    const QJsonObject app = m_client->get(pathOf(u"github-acme-labs"_s, "/auth-credential")).json;
    QVERIFY(app.value("config"_L1).toObject().value("app_installed_by"_L1).isNull());
    QVERIFY(!app.value("missing_permissions"_L1).toArray().isEmpty());
}

void TestService::createsACredential()
{
    const QByteArray path = pathOf(u"swaggerhub-sandbox"_s, "/auth-credential");
    const DemoAnswer answer =
        m_client->send("POST", path, DemoClient::multiKey({{u"authorization"_s, u"s3cret"_s}}));
    QCOMPARE(answer.status, 201);
    QVERIFY(!answer.body.contains("s3cret"));
    QCOMPARE(answer.json.value("tainted"_L1), QJsonValue(false));
    QCOMPARE(answer.json.value("created_at"_L1).toString(), u"2026-11-03T09:00:00.000Z"_s);
    QCOMPARE(m_client->get(path).json, answer.json);
    QCOMPARE(m_service->organization().keys(idOf(u"swaggerhub-sandbox"_s)),
             (QHash<QString, QByteArray>{{u"authorization"_s, "s3cret"}}));
    QCOMPARE(m_client->get(pathOf(u"swaggerhub-sandbox"_s)).json.value("authorized"_L1), QJsonValue(true));
}

void TestService::aSecondCredentialIsAConflict()
{
    const QByteArray path = pathOf(u"swaggerhub-internal"_s, "/auth-credential");
    const QJsonObject before = m_client->get(path).json;
    const DemoAnswer answer =
        m_client->send("POST", path, DemoClient::multiKey({{u"authorization"_s, u"other"_s}}));
    QCOMPARE(answer.status, 409);
    QCOMPARE(m_client->get(path).json, before);
    QVERIFY(!m_service->organization().keys(idOf(u"swaggerhub-internal"_s)).values().contains("other"));
}

void TestService::deletesACredentialOnce()
{
    const QByteArray path = pathOf(u"swaggerhub-internal"_s, "/auth-credential");
    const DemoAnswer gone = m_client->send("DELETE", path);
    QCOMPARE(gone.status, 204);
    QVERIFY(gone.body.isEmpty());
    QCOMPARE(m_client->send("DELETE", path).status, 404);
    QCOMPARE(m_client->get(path).status, 404);
    QCOMPARE(m_client->get(pathOf(u"swaggerhub-internal"_s)).json.value("authorized"_L1), QJsonValue(false));
    QVERIFY(m_service->organization().keys(idOf(u"swaggerhub-internal"_s)).isEmpty());
}

void TestService::refusesWrongCredentials_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("fields");
    const auto row = [](const char *name, const QByteArray &body, const QStringList &fields) {
        QTest::newRow(name) << body << fields;
    };
    const QByteArray api = R"({"name":"DD-API-KEY","key":"a"})";
    const QByteArray app = R"({"name":"DD-APPLICATION-KEY","key":"b"})";
    const auto with = [](const QByteArray &headers) {
        return R"({"type":"multi_key_auth","config":{"headers":[)" + headers + "]}}";
    };
    row("not JSON", "{", {u"body"_s});
    row("a list", "[]", {u"body"_s});
    row("empty object", "{}", {u"type"_s, u"config"_s});
    row("other type", R"({"type":"aws_role_delegation","config":{"role_arn":"x"}})", {u"type"_s});
    row("unknown type", R"({"type":"magic","config":{}})", {u"type"_s});
    row("extra member",
        R"({"type":"multi_key_auth","note":1,"config":{"headers":[)" + api + ',' + app + "]}}", {u"note"_s});
    row("extra in config",
        R"({"type":"multi_key_auth","config":{"note":1,"headers":[)" + api + ',' + app + "]}}",
        {u"config.note"_s});
    row("extra in a header", with(R"({"name":"DD-API-KEY","key":"a","value":"x"},)" + app),
        {u"config.headers[0].value"_s});
    row("no headers", R"({"type":"multi_key_auth","config":{}})", {u"config.headers"_s});
    row("headers of another kind", R"({"type":"multi_key_auth","config":{"headers":{}}})",
        {u"config.headers"_s});
    row("missing header", with(api), {u"config.headers"_s});
    row("unknown header", with(api + ',' + app + R"(,{"name":"X-Key","key":"c"})"),
        {u"config.headers[2].name"_s});
    row("header twice", with(api + ',' + app + R"(,{"name":"dd-api-key","key":"c"})"),
        {u"config.headers[2].name"_s});
    row("no name", with(R"({"key":"a"},)" + api + ',' + app), {u"config.headers[0].name"_s});
    row("empty key", with(api + R"(,{"name":"DD-APPLICATION-KEY","key":""})"), {u"config.headers[1].key"_s});
    row("key is a number", with(api + R"(,{"name":"DD-APPLICATION-KEY","key":1})"),
        {u"config.headers[1].key"_s});
    row("line break in a key", with(api + R"(,{"name":"DD-APPLICATION-KEY","key":"a\nb"})"),
        {u"config.headers[1].key"_s});
    row("header is text", with(api + ',' + app + R"(,"x")"), {u"config.headers[2]"_s});
}

void TestService::refusesWrongCredentials()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QStringList, fields);
    const QByteArray path = pathOf(u"datadog-staging"_s, "/auth-credential");
    QCOMPARE(m_client->send("DELETE", path).status, 204);
    const DemoAnswer answer = m_client->send("POST", path, body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.invalidFields(), fields);
    QCOMPARE(m_client->get(path).status, 404);
}

void TestService::headerNamesAreComparedWithoutCase()
{
    const QByteArray path = pathOf(u"datadog-staging"_s, "/auth-credential");
    m_client->send("DELETE", path);
    const auto body = DemoClient::multiKey({{u"dd-application-key"_s, u"b"_s}, {u"dd-api-key"_s, u"a"_s}});
    QCOMPARE(m_client->send("POST", path, body).status, 201);
}

void TestService::createsRoleConsentAndAppCredentials()
{
    const auto post = [this](const QString &name, const QByteArray &body) {
        const QByteArray path = pathOf(name, "/auth-credential");
        m_client->send("DELETE", path);
        return m_client->send("POST", path, body);
    };
    const DemoAnswer role = post(
        u"aws-sandbox"_s,
        R"({"type":"aws_role_delegation","config":{"role_arn":"arn:aws:iam::123456789012:role/path/Konnect"}})");
    QCOMPARE(role.status, 201);
    QCOMPARE(role.json.value("config"_L1).toObject().value("role_arn"_L1).toString(),
             u"arn:aws:iam::123456789012:role/path/Konnect"_s);
    // Raw strings stay out of the macros: moc of Qt 6.4 stumbles over them there.
    for (const QByteArray &arn : {QByteArray("arn:aws:iam::12345:role/x"), QByteArray("arn:aws:s3:::bucket"),
                                  QByteArray("arn:aws:iam::123456789012:user/x"), QByteArray("x")}) {
        const QByteArray body = R"({"type":"aws_role_delegation","config":{"role_arn":")" + arn + "\"}}";
        QCOMPARE(post(u"aws-sandbox"_s, body).invalidFields(), QStringList{u"config.role_arn"_s});
    }

    const QByteArray consent = R"({"type":"oauth","config":{"grant_type":"authorization_code","code":"c",)"
                               R"("redirect_uri":"https://cloud.konghq.com/x"}})";
    QCOMPARE(post(u"slack-incidents"_s, consent).status, 201);
    const QByteArray wrong =
        R"({"type":"oauth","config":{"grant_type":"password","redirect_uri":"nowhere"}})";
    QCOMPARE(post(u"slack-incidents"_s, wrong).invalidFields(),
             (QStringList{u"config.grant_type"_s, u"config.code"_s, u"config.redirect_uri"_s}));

    const DemoAnswer app =
        post(u"github-acme"_s,
             R"({"type":"github_app_installation","config":{"installation_id":"1","code":"c"}})");
    QCOMPARE(app.status, 201);
    QVERIFY(app.json.value("config"_L1).toObject().value("app_installed_by"_L1).isNull());
    QVERIFY(!app.json.value("config"_L1).toObject().contains("code"_L1));
}

void TestService::builtInIntegrationsTakeNoCredential()
{
    const QByteArray path = pathOf(u"gateway-manager"_s, "/auth-credential");
    const DemoAnswer answer =
        m_client->send("POST", path, DemoClient::multiKey({{u"authorization"_s, u"x"_s}}));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.invalidFields(), QStringList{u"type"_s});
    QCOMPARE(m_client->send("DELETE", pathOf(u"gateway-manager"_s)).status, 400);
}

void TestService::someKeysRehearseAnUnhappyEnd()
{
    const QByteArray path = pathOf(u"swaggerhub-sandbox"_s, "/auth-credential");
    DemoAnswer answer =
        m_client->send("POST", path, DemoClient::multiKey({{u"authorization"_s, u"demo-tainted-1"_s}}));
    QCOMPARE(answer.json.value("tainted"_L1), QJsonValue(true));
    m_client->send("DELETE", path);
    answer = m_client->send("POST", path, DemoClient::multiKey({{u"authorization"_s, u"demo-noscope"_s}}));
    QCOMPARE(answer.json.value("tainted"_L1), QJsonValue(false));
    QCOMPARE(answer.json.value("missing_permissions"_L1).toArray().size(), 1);
}

void TestService::anAuthConfigRemovesTheCredential()
{
    const QByteArray path = pathOf(u"gitlab-cloud"_s, "/auth-config");
    QCOMPARE(m_client->get(path).status, 404);
    QCOMPARE(m_client->get(pathOf(u"gitlab-cloud"_s, "/auth-credential")).status, 200);
    const QByteArray body =
        R"({"type":"oauth","client_id":"me","client_secret":"hush","authorization_endpoint":)"
        R"("https://git.example/a","token_endpoint":"https://git.example/t"})";
    const DemoAnswer answer = m_client->send("PUT", path, body);
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.body.contains("hush"));
    QCOMPARE(m_client->get(path).json, answer.json);
    QCOMPARE(m_client->get(pathOf(u"gitlab-cloud"_s, "/auth-credential")).status, 404);
    QCOMPARE(m_client->get(pathOf(u"gitlab-cloud"_s)).json.value("authorized"_L1), QJsonValue(false));

    const QByteArray wrong = R"({"type":"oauth","client_id":"","extra":1,"token_endpoint":"x"})";
    QCOMPARE(m_client->send("PUT", path, wrong).invalidFields(),
             (QStringList{u"extra"_s, u"client_id"_s, u"client_secret"_s, u"authorization_endpoint"_s,
                          u"token_endpoint"_s}));
    QCOMPARE(m_client->send("PUT", pathOf(u"slack-engineering"_s, "/auth-config"), body).status, 400);
    QCOMPARE(m_client->get(pathOf(u"slack-engineering"_s, "/auth-credential")).status, 200);
    QCOMPARE(m_client->send("DELETE", path).status, 204);
    QCOMPARE(m_client->send("DELETE", path).status, 404);
}

void TestService::createsUpdatesAndDeletesAnInstance()
{
    const DemoAnswer made = m_client->send(
        "POST", "/integration-instances",
        R"({"integration_name":"swaggerhub","name":"mine","display_name":"Mine","config":{},"labels":{"a":"1","b":"2"}})");
    QCOMPARE(made.status, 201);
    QCOMPARE(made.json.value("authorized"_L1), QJsonValue(false));
    QVERIFY(made.json.value("description"_L1).isNull());
    QCOMPARE(m_client->get("/integration-instances?filter[name]=mine").names(), QStringList{u"mine"_s});
    const QByteArray again =
        R"({"integration_name":"swaggerhub","name":"mine","display_name":"Mine","config":{}})";
    QCOMPARE(m_client->send("POST", "/integration-instances", again).status, 409);

    m_clock.advance(60);
    const DemoAnswer changed =
        m_client->send("PATCH", pathOf(u"mine"_s), R"({"display_name":"Ours","labels":{"a":null,"c":"3"}})");
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.json.value("display_name"_L1).toString(), u"Ours"_s);
    QCOMPARE(changed.json.value("labels"_L1).toObject(), (QJsonObject{{u"b"_s, u"2"_s}, {u"c"_s, u"3"_s}}));
    QCOMPARE(changed.json.value("updated_at"_L1).toString(), u"2026-11-03T09:01:00.000Z"_s);
    QCOMPARE(changed.json.value("created_at"_L1), made.json.value("created_at"_L1));
    const QByteArray taken = R"({"name":"analytics"})";
    QCOMPARE(m_client->send("PATCH", pathOf(u"mine"_s), taken).status, 409);
    const QByteArray noLabels = R"({"labels":null})";
    QCOMPARE(m_client->send("PATCH", pathOf(u"mine"_s), noLabels).json.value("labels"_L1),
             QJsonValue(QJsonObject()));

    QJsonObject fifty;
    for (int number = 1; number <= 50; ++number)
        fifty.insert(u"n%1"_s.arg(number), u"x"_s);
    const auto labelled = [this](const QJsonObject &labels) {
        const QByteArray body = QJsonDocument(QJsonObject{{u"labels"_s, labels}}).toJson();
        return m_client->send("PATCH", pathOf(u"mine"_s), body);
    };
    QCOMPARE(labelled(fifty).status, 200);
    QCOMPARE(labelled({{u"one-more"_s, u"x"_s}}).invalidFields(), QStringList{u"labels"_s});
    QCOMPARE(labelled({{u"one-more"_s, u"x"_s}, {u"n1"_s, QJsonValue::Null}}).status, 200);

    const QByteArray path = pathOf(u"mine"_s);
    m_client->send("POST", path + "/auth-credential", DemoClient::multiKey({{u"authorization"_s, u"k"_s}}));
    QCOMPARE(m_client->send("DELETE", path).status, 204);
    QCOMPARE(m_client->get(path).status, 404);
    QCOMPARE(m_client->get(path + "/auth-credential").status, 404);
    QCOMPARE(m_client->send("DELETE", path).status, 404);
}

void TestService::refusesWrongInstances()
{
    const auto fields = [this](const QByteArray &body) {
        const DemoAnswer answer = m_client->send("POST", "/integration-instances", body);
        return answer.status == 400 ? answer.invalidFields() : QStringList{QString::number(answer.status)};
    };
    QCOMPARE(fields("{}"), (QStringList{u"integration_name"_s, u"name"_s, u"display_name"_s, u"config"_s}));
    const QByteArray unknown = R"({"integration_name":"nope","name":"x","display_name":"X","config":{}})";
    QCOMPARE(fields(unknown), QStringList{u"integration_name"_s});
    const QByteArray builtIn =
        R"({"integration_name":"analytics","name":"x","display_name":"X","config":{}})";
    QCOMPARE(fields(builtIn), QStringList{u"integration_name"_s});
    const QByteArray config =
        R"({"integration_name":"datadog","name":"x","display_name":"X","config":{"datadog_region":"MOON"}})";
    QCOMPARE(fields(config), (QStringList{u"config.datadog_region"_s, u"config.datadog_webhook_name"_s}));
    const QByteArray allWrong =
        R"({"integration_name":"slack","name":"No Caps","display_name":"","config":[],)"
        R"("labels":{"kong":"x","ok":"-"},"description":5,"id":"mine"})";
    QCOMPARE(fields(allWrong), (QStringList{u"id"_s, u"name"_s, u"display_name"_s, u"description"_s,
                                            u"labels.kong"_s, u"labels.ok"_s, u"config"_s}));
    // Some of the configuration is fixed while a credential depends on it.
    const QByteArray moved =
        R"({"config":{"datadog_region":"AP_1","datadog_webhook_name":"konnect-service-catalog"}})";
    QCOMPARE(m_client->send("PATCH", pathOf(u"datadog-staging"_s), moved).invalidFields(),
             QStringList{u"config.datadog_region"_s});
    m_client->send("DELETE", pathOf(u"datadog-staging"_s, "/auth-credential"));
    QCOMPARE(m_client->send("PATCH", pathOf(u"datadog-staging"_s), moved).status, 200);
}

void TestService::anEncodedSlashBelongsToTheId()
{
    const QByteArray id = idOf(u"datadog-staging"_s).toLatin1();
    QCOMPARE(m_client->get("/integration-instances/" + id + "%2Fauth-credential").status, 404);
    QCOMPARE(m_client->get("/integration-instances/" + id.left(35) + '%' + id.right(1).toHex()).status, 200);
}

void TestService::unknownPathsAndVerbs()
{
    for (const QByteArray &path :
         {QByteArray("/"), QByteArray("/nothing"), QByteArray("/integrations/datadog"),
          QByteArray("/integrations/"), QByteArray(pathOf(u"datadog-staging"_s, "/other")),
          QByteArray(pathOf(u"datadog-staging"_s, "/auth-config/x"))})
        QVERIFY2(m_client->get(path).status == 404, path.constData());
    QCOMPARE(DemoClient(m_service->baseUrl().resolved(QUrl(u"/v2"_s))).get("/integrations").status, 404);
    const DemoAnswer wrong = m_client->send("DELETE", "/integrations");
    QCOMPARE(wrong.status, 405);
    QCOMPARE(wrong.header("Allow"), QByteArray("GET"));
    QCOMPARE(m_client->send("PUT", pathOf(u"datadog-staging"_s, "/auth-credential"), "{}").status, 405);
}

void TestService::countsEveryCopy()
{
    const QByteArray path = pathOf(u"datadog-staging"_s, "/auth-credential");
    m_client->get(path + "?");
    m_client->get(path);
    m_client->send("DELETE", path);
    QCOMPARE(m_service->copies("GET", QString::fromLatin1(path)), 2);
    QCOMPARE(m_service->copies("DELETE", QString::fromLatin1(path)), 1);
    QCOMPARE(m_service->copies("POST", QString::fromLatin1(path)), 0);
    QCOMPARE(m_service->received().size(), 3);
    QCOMPARE(m_service->received().first().authorization, QByteArray("Bearer kpat_demo"));
    m_service->forgetReceived();
    QCOMPARE(m_service->copies("GET", QString::fromLatin1(path)), 0);
}

void TestService::recordsRequestsForItsOwnerOnly()
{
    const QTemporaryDir directory;
    DemoService::Options options;
    options.recordFile = directory.filePath(u"record.jsonl"_s);
    DemoService service(options, m_clock);
    QVERIFY(service.listen());
    const QFile::Permissions others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFileInfo(options.recordFile).permissions() & others));
    DemoClient client(service.baseUrl());
    client.get("/integrations?page%5Bsize%5D=1");
    client.send("POST", "/integration-instances", QByteArray(R"({"name":"ä"})"));
    client.send("POST", "/integration-instances", QByteArray("\xff\x00z", 3));
    QFile file(options.recordFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QCOMPARE(lines.size(), 4);
    const auto line = [&lines](int index) { return QJsonDocument::fromJson(lines.at(index)).object(); };
    QCOMPARE(line(0).value("method"_L1).toString(), u"GET"_s);
    QCOMPARE(line(0).value("target"_L1).toString(), u"/v1/integrations?page%5Bsize%5D=1"_s);
    QVERIFY(lines.at(0).contains("Bearer kpat_demo"));
    QCOMPARE(line(1).value("body"_L1).toString(), u"{\"name\":\"ä\"}"_s);
    QCOMPARE(line(2).value("body_base64"_L1).toString(), u"/wB6"_s);
    QVERIFY(!line(2).contains("body"_L1));
}

void TestService::saysWhenItCannotStart()
{
    DemoService::Options options;
    options.port = quint16(m_service->baseUrl().port());
    const Done taken = DemoService(options, m_clock).listen();
    QVERIFY(!taken);
    QCOMPARE(taken.problem().category, Problem::Category::Network);
    QVERIFY(taken.problem().caption.contains(QString::number(options.port)));
    options = {};
    options.recordFile = u"/nonexistent/record"_s;
    const Done unwritable = DemoService(options, m_clock).listen();
    QVERIFY(!unwritable);
    QCOMPARE(unwritable.problem().category, Problem::Category::StorageFailed);
    QVERIFY(unwritable.problem().caption.contains(options.recordFile));
}

void TestService::latencyDelaysEachAnswer()
{
    DemoService::Options options;
    options.latencyMs = 80;
    DemoService service(options, m_clock);
    QVERIFY(service.listen());
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(DemoClient(service.baseUrl()).get("/integrations").status, 200);
    QVERIFY(timer.elapsed() >= 80);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TestService)
#include "tst_service.moc"
