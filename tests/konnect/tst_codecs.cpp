// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/redactor.h"
#include "models/konnect/credentialcodec.h"
#include "models/konnect/instancecodec.h"
#include "models/konnect/integrationcodec.h"
#include "models/konnect/pagecodec.h"
#include "models/konnect/problemcodec.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

QJsonObject object(const char *json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("bad JSON in the test: %s", qPrintable(error.errorString()));
    return document.object();
}

TransferResult answered(int status, const QByteArray &body,
                        const QByteArray &type = "application/problem+json")
{
    TransferResult result;
    result.end = TransferResult::End::Answered;
    result.status = status;
    result.body = body;
    result.contentType = type;
    return result;
}

} // namespace

class TstCodecs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAWholeInstance();
    void readsAnInstanceOfNullsOnly();
    void dropsAnInstanceWithoutAUsableId_data();
    void dropsAnInstanceWithoutAUsableId();
    void readsNumbersWrittenAsStringsAndStringsWrittenAsNumbers();
    void cutsHugeText();
    void readsEachAuthorizationStrategy_data();
    void readsEachAuthorizationStrategy();
    void doesNotTakeAScriptForALink();
    void readsEachCredentialType_data();
    void readsEachCredentialType();
    void keepsADateWithoutZoneAsText();
    void doesNotReadACredentialWithoutId();
    void survivesEveryFieldOfEveryWrongType();
    void writesKeysThatNeedEscaping();
    void refusesAKeyThatIsNoText();
    void writesAnAwsRole();
    void doesNotWriteATypeThatNeedsABrowser();
    void readsKonnectsProblem();
    void readsWhatGatewaysAnswer_data();
    void readsWhatGatewaysAnswer();
    void namesTheTargetOfARedirectWithoutItsSecrets();
    void repeatsNothingThatWasSent_data();
    void repeatsNothingThatWasSent();
    void tellsWhyAnAnswerIsNotJson_data();
    void tellsWhyAnAnswerIsNotJson();
    void readsPageNumbersInEachSpelling();
};

void TstCodecs::readsAWholeInstance()
{
    const auto instance =
        instanceFromJson(object(R"({"id":"3f51fa25","name":"dd","display_name":"DD","description":null,
        "integration":{"name":"datadog","display_name":"Datadog"},"authorized":true,"labels":{"env":"prod","n":null},
        "config":{"datadog_region":"US_1"},"created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:05.5+02:00"})"));
    QVERIFY(instance);
    QCOMPARE(instance->id, u"3f51fa25"_s);
    QCOMPARE(instance->title(), u"DD"_s);
    QVERIFY(instance->description.isEmpty());
    QCOMPARE(instance->integrationName, u"datadog"_s);
    QCOMPARE(instance->integrationDisplayName, u"Datadog"_s);
    QCOMPARE(instance->authorized, std::optional(true));
    QCOMPARE(instance->labels, (QMap<QString, QString>{{u"env"_s, u"prod"_s}}));
    QCOMPARE(instance->config.value(u"datadog_region").toString(), u"US_1"_s);
    QCOMPARE(instance->createdAt.utc, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC));
    QCOMPARE(instance->updatedAt.utc, QDateTime(QDate(2026, 1, 2), QTime(1, 4, 5, 500), Qt::UTC));
}

void TstCodecs::readsAnInstanceOfNullsOnly()
{
    const auto instance =
        instanceFromJson(object(R"({"id":"a","name":null,"display_name":null,"integration":null,
        "authorized":null,"labels":null,"config":null,"created_at":null,"updated_at":null})"));
    QVERIFY(instance);
    IntegrationInstance bare;
    bare.id = u"a"_s;
    QCOMPARE(*instance, bare);
}

void TstCodecs::dropsAnInstanceWithoutAUsableId_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("missing") << QByteArray(R"([{"name":"x"}])");
    QTest::newRow("null") << QByteArray(R"([{"id":null}])");
    QTest::newRow("blank") << QByteArray(R"([{"id":"  "}])");
    QTest::newRow("an object") << QByteArray(R"([{"id":{}}])");
    QTest::newRow("a way up") << QByteArray(R"([{"id":".."}])");
    QTest::newRow("huge") << QByteArray("[{\"id\":\"" + QByteArray(5000, 'x') + "\"}]");
    QTest::newRow("not an object") << QByteArray(R"(["x"])");
    QTest::newRow("null item") << QByteArray("[null]");
}

void TstCodecs::dropsAnInstanceWithoutAUsableId()
{
    QFETCH(QByteArray, json);
    QVERIFY(!instanceFromJson(QJsonDocument::fromJson(json).array().first()));
}

void TstCodecs::readsNumbersWrittenAsStringsAndStringsWrittenAsNumbers()
{
    const auto instance =
        instanceFromJson(object(R"({"id":12345678901,"name":1.5,"authorized":"true","labels":{"n":3}})"));
    QVERIFY(instance);
    QCOMPARE(instance->id, u"12345678901"_s);
    QCOMPARE(instance->name, u"1.5"_s);
    QCOMPARE(instance->authorized, std::optional(true));
    QCOMPARE(instance->labels.value(u"n"_s), u"3"_s);
    const auto credential = credentialFromJson(
        object(
            R"({"id":7,"type":"github_app_installation","tainted":"false","config":{"installation_id":55123456}})"),
        Redactor());
    QVERIFY(credential);
    QCOMPARE(credential->installationId, u"55123456"_s);
    QCOMPARE(credential->tainted, std::optional(false));
}

void TstCodecs::cutsHugeText()
{
    QJsonObject json{{u"id"_s, u"a"_s}, {u"display_name"_s, QString(5'000'000, u'x')}};
    const auto instance = instanceFromJson(json);
    QVERIFY(instance);
    QVERIFY(instance->displayName.size() < 10'000);
}

void TstCodecs::readsEachAuthorizationStrategy_data()
{
    using enum Authorization::Strategy;
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<Authorization::Strategy>("strategy");
    QTest::newRow("keys")
        << QByteArray(R"({"authorization":{"type":"multi_key_auth","config":{"headers":[{"name":"A"}]}}})")
        << MultiKey;
    QTest::newRow("oauth") << QByteArray(R"({"authorization":{"type":"oauth"}})") << OAuth;
    QTest::newRow("github") << QByteArray(R"({"authorization":{"type":"github_app_installation"}})")
                            << GitHubApp;
    QTest::newRow("aws") << QByteArray(R"({"authorization":{"type":"aws_role_delegation"}})") << AwsRole;
    QTest::newRow("new one") << QByteArray(R"({"authorization":{"type":"passkey"}})") << Unknown;
    QTest::newRow("no type") << QByteArray(R"({"authorization":{}})") << Unknown;
    QTest::newRow("null") << QByteArray(R"({"authorization":null})") << None;
    QTest::newRow("missing") << QByteArray(R"({})") << NotRead;
    QTest::newRow("nonsense") << QByteArray(R"({"authorization":[1,2]})") << NotRead;
}

void TstCodecs::readsEachAuthorizationStrategy()
{
    QFETCH(QByteArray, json);
    QFETCH(Authorization::Strategy, strategy);
    QJsonObject integration = object(json.constData());
    integration.insert(u"name"_s, u"x"_s);
    const auto read = integrationFromJson(integration);
    QVERIFY(read);
    QCOMPARE(read->authorization.strategy, strategy);
    QCOMPARE(read->authorization.headers.size(), strategy == Authorization::Strategy::MultiKey ? 1 : 0);
}

void TstCodecs::doesNotTakeAScriptForALink()
{
    const auto read =
        integrationFromJson(object(R"({"name":"github","authorization":{"type":"github_app_installation",
        "config":{"app_install_url":{"url":"javascript:alert"},"app_manage_url":{"url":"https://github.com/x"}}}})"));
    QVERIFY(read);
    QVERIFY(read->authorization.appInstallUrl.isEmpty());
    QCOMPARE(read->authorization.appManageUrl, QUrl(u"https://github.com/x"_s));
}

void TstCodecs::readsEachCredentialType_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<CredentialType>("type");
    QTest::newRow("keys") << u"multi_key_auth"_s << CredentialType::MultiKey;
    QTest::newRow("oauth") << u"oauth"_s << CredentialType::OAuth;
    QTest::newRow("github") << u"github_app_installation"_s << CredentialType::GitHubApp;
    QTest::newRow("aws") << u"aws_role_delegation"_s << CredentialType::AwsRole;
    QTest::newRow("unknown") << u"quantum_handshake"_s << CredentialType::Unknown;
}

void TstCodecs::readsEachCredentialType()
{
    QFETCH(QString, word);
    QFETCH(CredentialType, type);
    QJsonObject json =
        object(R"({"id":"c","tainted":true,"expires_at":"2026-12-01T00:00:00Z","created_at":null,
        "config":{"role_arn":"arn:aws:iam::1:role/x"},
        "missing_permissions":[{"scopes":["a",null,"b"],"message":"m"},{"scopes":null},null,"x"]})");
    json.insert(u"type"_s, word);
    const auto credential = credentialFromJson(json, Redactor());
    QVERIFY(credential);
    QCOMPARE(credential->type, type);
    QCOMPARE(credential->rawType, word);
    QCOMPARE(credential->tainted, std::optional(true));
    QVERIFY(credential->expiresAt.isKnown());
    QVERIFY(!credential->createdAt.isGiven());
    QCOMPARE(credential->roleArn, u"arn:aws:iam::1:role/x"_s);
    QCOMPARE(credential->missingPermissions.size(), 2);
    QCOMPARE(credential->missingPermissions.first().scopes, (QStringList{u"a"_s, u"b"_s}));
}

void TstCodecs::keepsADateWithoutZoneAsText()
{
    const auto credential =
        credentialFromJson(object(R"({"id":"c","expires_at":"2026-12-01T00:00:00"})"), Redactor());
    QVERIFY(credential);
    QVERIFY(credential->expiresAt.isGiven());
    QVERIFY(!credential->expiresAt.isKnown());
    QCOMPARE(credential->expiresAt.raw, u"2026-12-01T00:00:00"_s);
}

void TstCodecs::doesNotReadACredentialWithoutId()
{
    QVERIFY(!credentialFromJson(object(R"({"id":null,"type":null,"tainted":null})"), Redactor()));
    QVERIFY(!credentialFromJson(QJsonValue(), Redactor()));
}

void TstCodecs::survivesEveryFieldOfEveryWrongType()
{
    const QList<QJsonValue> values{
        QJsonValue(), true, 1e300, -3.5, u"x"_s, QJsonArray{1, QJsonValue()}, QJsonObject{{u"a"_s, 1}}};
    const QStringList fields{
        u"name"_s,    u"display_name"_s, u"description"_s,         u"integration"_s,   u"authorized"_s,
        u"labels"_s,  u"config"_s,       u"created_at"_s,          u"updated_at"_s,    u"type"_s,
        u"tainted"_s, u"expires_at"_s,   u"missing_permissions"_s, u"authorization"_s, u"built_in"_s};
    for (const QJsonValue &value : values) {
        QJsonObject json{{u"id"_s, u"a"_s}};
        for (const QString &field : fields)
            json.insert(field, value);
        QVERIFY(instanceFromJson(json));
        QVERIFY(credentialFromJson(json, Redactor()));
        json.insert(u"name"_s, u"n"_s);
        QVERIFY(integrationFromJson(json));
    }
}

void TstCodecs::writesKeysThatNeedEscaping()
{
    const QByteArray nasty("q\"b\\s\x01\x1f\t\n/\xc3\xa4\xf0\x9f\x94\x91");
    NewCredential credential;
    credential.headers.push_back({u"DD-API-KEY"_s, Secret(nasty)});
    credential.headers.push_back({u"x\"y"_s, Secret(QByteArray("plain"))});
    const Outcome<Secret> body = credentialToJson(credential);
    QVERIFY(body);
    const QJsonObject json = QJsonDocument::fromJson(body.value().reveal().toByteArray()).object();
    QCOMPARE(json.keys(), (QStringList{u"config"_s, u"type"_s}));
    QCOMPARE(json.value(u"type").toString(), u"multi_key_auth"_s);
    const QJsonArray headers = json.value(u"config").toObject().value(u"headers").toArray();
    QCOMPARE(headers.size(), 2);
    QCOMPARE(headers.at(0).toObject().value(u"name").toString(), u"DD-API-KEY"_s);
    QCOMPARE(headers.at(0).toObject().value(u"key").toString().toUtf8(), nasty);
    QCOMPARE(headers.at(1).toObject().value(u"name").toString(), u"x\"y"_s);
    QCOMPARE(headers.at(1).toObject().keys(), (QStringList{u"key"_s, u"name"_s}));
}

void TstCodecs::refusesAKeyThatIsNoText()
{
    NewCredential credential;
    credential.headers.push_back({u"DD-API-KEY"_s, Secret(QByteArray("abc\xff\xfe"))});
    const Outcome<Secret> body = credentialToJson(credential);
    QVERIFY(!body);
    QCOMPARE(body.problem().category, Problem::Category::InvalidInput);
    QVERIFY(body.problem().caption.contains(u"DD-API-KEY"));
}

void TstCodecs::writesAnAwsRole()
{
    NewCredential credential;
    credential.type = CredentialType::AwsRole;
    credential.roleArn = u"arn:aws:iam::123456789012:role/kong"_s;
    const Outcome<Secret> body = credentialToJson(credential);
    QVERIFY(body);
    QCOMPARE(
        QJsonDocument::fromJson(body.value().reveal().toByteArray()).object(),
        object(
            R"({"type":"aws_role_delegation","config":{"role_arn":"arn:aws:iam::123456789012:role/kong"}})"));
}

void TstCodecs::doesNotWriteATypeThatNeedsABrowser()
{
    NewCredential credential;
    credential.type = CredentialType::OAuth;
    const Outcome<Secret> body = credentialToJson(credential);
    QVERIFY(!body);
    QCOMPARE(body.problem().category, Problem::Category::NotSupported);
}

void TstCodecs::readsKonnectsProblem()
{
    const Problem problem = problemFromAnswer(
        answered(400,
                 R"({"status":400,"title":"Invalid","instance":"kong:trace:123","detail":"Look\u0000 here",
            "invalid_parameters":[{"field":"config.headers[0].name","rule":"enum","reason":"unknown","source":"body"},
            {"field":null,"reason":null},7]})"),
        u"eu.api"_s, Redactor());
    QCOMPARE(problem.category, Problem::Category::InvalidInput);
    QCOMPARE(problem.traceId, u"kong:trace:123"_s);
    QCOMPARE(problem.detail, u"Look here"_s);
    QCOMPARE(problem.httpStatus, 400);
    QVERIFY(problem.caption.contains(u"eu.api"));
    const InvalidParameter expected{u"config.headers[0].name"_s, u"enum"_s, u"unknown"_s, u"body"_s};
    QCOMPARE(problem.invalidParameters, QList{expected});
}

void TstCodecs::readsWhatGatewaysAnswer_data()
{
    using enum Problem::Category;
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Problem::Category>("category");
    QTest::addColumn<QString>("says");
    QTest::newRow("401 empty") << 401 << QByteArray() << QByteArray() << Unauthorized
                               << u"expired or revoked"_s;
    QTest::newRow("403 HTML") << 403 << QByteArray("text/html") << QByteArray("<html>secret page</html>")
                              << Forbidden << u"Integration Admin"_s;
    QTest::newRow("404 text") << 404 << QByteArray("text/plain") << QByteArray("no route\n") << NotFound
                              << u"no route"_s;
    QTest::newRow("409") << 409 << QByteArray("application/problem+json")
                         << QByteArray(R"({"title":"Taken"})") << Conflict << u"Taken"_s;
    QTest::newRow("429") << 429 << QByteArray() << QByteArray() << RateLimited << u"too many"_s;
    QTest::newRow("502 HTML") << 502 << QByteArray("text/html") << QByteArray("<html>bad gateway</html>")
                              << ServerError << u"web page"_s;
    QTest::newRow("500 of other JSON") << 500 << QByteArray("application/json")
                                       << QByteArray(R"({"message":"oh"})") << ServerError << u"oh"_s;
    QTest::newRow("an array") << 503 << QByteArray("application/json") << QByteArray("[1]") << ServerError
                              << u"503"_s;
    QTest::newRow("a teapot") << 418 << QByteArray("application/json") << QByteArray("nonsense")
                              << ServerError << u"418"_s;
}

void TstCodecs::readsWhatGatewaysAnswer()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(Problem::Category, category);
    QFETCH(QString, says);
    const Problem problem = problemFromAnswer(answered(status, body, type), u"the.host"_s, Redactor());
    QCOMPARE(problem.category, category);
    QVERIFY2(problem.toText().contains(says), qPrintable(problem.toText()));
    QVERIFY(!problem.toText().contains(u'<'));
}

void TstCodecs::namesTheTargetOfARedirectWithoutItsSecrets()
{
    TransferResult result = answered(307, {});
    result.location = "https://user:pass@elsewhere.example/login?token=abc#frag";
    const Problem problem = problemFromAnswer(result, u"the.host"_s, Redactor());
    QCOMPARE(problem.category, Problem::Category::Redirected);
    QVERIFY2(problem.caption.contains(u"https://elsewhere.example/login"), qPrintable(problem.caption));
    QVERIFY(!problem.toText().contains(u"pass"));
    QVERIFY(!problem.toText().contains(u"abc"));
}

void TstCodecs::repeatsNothingThatWasSent_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("location");
    const QByteArray key = "what#was?sent  \tto/it";
    const QByteArray json = R"(what#was?sent  \tto\/it)";
    const QByteArray before(990, '.');
    QTest::newRow("text") << 500 << QByteArray("text/plain") << before + key << QByteArray();
    QTest::newRow("text, far behind")
        << 500 << QByteArray("text/plain") << QByteArray(3990, ' ') + key << QByteArray();
    QTest::newRow("title") << 500 << QByteArray() << R"({"title":")" + before + json + R"("})"
                           << QByteArray();
    QTest::newRow("message") << 500 << QByteArray() << R"({"message":")" + json + R"("})" << QByteArray();
    QTest::newRow("trace") << 500 << QByteArray() << R"({"instance":"kong:trace:)" + json + R"("})"
                           << QByteArray();
    QTest::newRow("host") << 302 << QByteArray() << QByteArray() << "https://" + key;
    QTest::newRow("path") << 302 << QByteArray() << QByteArray() << "https://else.where/" + key;
    QTest::newRow("path, encoded") << 302 << QByteArray() << QByteArray()
                                   << "https://else.where/" + key.toPercentEncoding();
    QTest::newRow("path, base64") << 302 << QByteArray() << QByteArray()
                                  << "https://else.where/" + key.toBase64();
    QTest::newRow("path, cut") << 302 << QByteArray() << QByteArray()
                               << "https://else.where/" + before + "/what#was?sent  \tto/it";
}

void TstCodecs::repeatsNothingThatWasSent()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, location);
    Redactor sent;
    sent.learn(Secret("what#was?sent  \tto/it"));
    TransferResult result = answered(status, body, type);
    result.location = location;
    const Problem problem = problemFromAnswer(result, u"the.host"_s, sent);
    const QString shown = problem.toText();
    QVERIFY2(!shown.contains(u"what"_s) && !shown.contains(u"was?"_s), qPrintable(shown));
    QVERIFY2(!shown.contains(u"d2hhd"_s), qPrintable(shown));
}

void TstCodecs::tellsWhyAnAnswerIsNotJson_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("says");
    QTest::newRow("web page") << QByteArray("text/html; charset=utf-8")
                              << QByteArray("<!doctype html><p>hello") << u"web page, not"_s;
    QTest::newRow("web page that claims to be JSON")
        << QByteArray("application/json") << QByteArray("\n<html></html>") << u"web page, not"_s;
    QTest::newRow("text") << QByteArray("text/plain") << QByteArray("{}") << u"text/plain"_s;
    QTest::newRow("empty") << QByteArray("application/json") << QByteArray() << u"empty"_s;
    QTest::newRow("5 MB of nonsense")
        << QByteArray("application/json") << QByteArray(5'000'000, 'x') << u"not JSON"_s;
    QTest::newRow("5 MB of brackets")
        << QByteArray("application/json") << QByteArray(5'000'000, '[') << u"not JSON"_s;
    QTest::newRow("half") << QByteArray("application/json") << QByteArray(R"({"data":[)") << u"not JSON"_s;
    QTest::newRow("an array") << QByteArray("application/json") << QByteArray("[]") << u"not an object"_s;
}

void TstCodecs::tellsWhyAnAnswerIsNotJson()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, says);
    const JsonAnswer json = jsonOf(answered(200, body, type), u"the.host"_s);
    QVERIFY(json.problem);
    QCOMPARE(json.problem->category, Problem::Category::BadAnswer);
    QVERIFY2(json.problem->toText().contains(says), qPrintable(json.problem->toText()));
    QVERIFY(json.problem->caption.contains(u"the.host"));
    QVERIFY(json.problem->toText().size() < 1000);
}

void TstCodecs::readsPageNumbersInEachSpelling()
{
    const auto page =
        pageFromJson(object(R"({"meta":{"page":{"number":1.0,"size":"10","total":"37.0"}},"data":[{}]})"));
    QVERIFY(page);
    QCOMPARE(page->number, std::optional(1));
    QCOMPARE(page->size, std::optional(10));
    QCOMPARE(page->total, std::optional(37));
    const auto odd =
        pageFromJson(object(R"({"meta":{"page":{"number":-1,"size":2.5,"total":1e30}},"data":[]})"));
    QVERIFY(odd);
    QVERIFY(!odd->number && !odd->size);
    QCOMPARE(odd->total, std::optional(std::numeric_limits<int>::max()));
    QVERIFY(!pageFromJson(object(R"({"meta":null,"data":null})")));
    QVERIFY(!pageFromJson(object(R"({})")));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstCodecs)
#include "tst_codecs.moc"
