// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoorganization.h"
#include "app/demo/demoservice.h"
#include "models/core/redactor.h"
#include "models/konnect/konnectclient.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <chrono>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Category = Problem::Category;
using Action = DemoFault::Action;

namespace {

const QByteArray theToken = "kpat_the-token-of-this-test";
const QByteArray theKey = "key-that-nobody-may-see";

Connection connectionTo(const QUrl &url, const QByteArray &token = theToken)
{
    Connection connection;
    connection.baseUrl = url;
    connection.token = Secret(token);
    connection.limits.timeout = 500ms;
    connection.limits.backoffFirst = 10ms;
    connection.limits.backoffMost = 40ms;
    return connection;
}

NewCredential datadogKeys()
{
    NewCredential credential;
    credential.headers.push_back({u"DD-API-KEY"_s, Secret(theKey)});
    credential.headers.push_back({u"DD-APPLICATION-KEY"_s, Secret(QByteArray("another-key"))});
    return credential;
}

QByteArray httpDateOf(const QDateTime &moment)
{
    return QLocale::c().toString(moment, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

DemoFault fault(const QByteArray &method, const QString &path, Action action, int nth = 0, int status = 500)
{
    DemoFault made;
    made.method = method;
    made.path = path;
    made.action = action;
    made.nth = nth;
    made.status = status;
    return made;
}

} // namespace

class TstClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void listsEveryInstanceOverSeveralPages();
    void listsTheCatalog();
    void filtersOnTheServer();
    void readsAnInstanceAndItsCredential();
    void tellsAGoneInstanceFromAnInstanceWithoutCredential();
    void createsAndDeletesACredential();
    void warmsTheConnectionBeforeAWrite();
    void tellsACredentialThatIsThereAlready();
    void showsInvalidParameters();
    void doesNotRepeatAKeyThatTheServerEchoes();
    void doesNotRepeatAPartOfAKeyThatTheServerEchoes_data();
    void doesNotRepeatAPartOfAKeyThatTheServerEchoes();
    void doesNotTakeAKeyInThatTheServerComplainsOf();
    void tellsAWrongTokenFromAMissingRole();
    void sendsAWriteOnceWhenTheServerCloses_data();
    void sendsAWriteOnceWhenTheServerCloses();
    void doesNotSendAWriteWhereTheWarmUpFails();
    void deletesOnlyTheCredentialThatIsExpected();
    void doesNotDeleteWhatCameWhileItHadToWait();
    void readsAgainAfterALostConnection_data();
    void readsAgainAfterALostConnection();
    void givesUpReadingAfterTheLastAttempt();
    void tellsATimeoutFromACancel();
    void waitsAsLongAsAskedAndCountsDown_data();
    void waitsAsLongAsAskedAndCountsDown();
    void backsOffWhereItIsAskedNotToWait_data();
    void backsOffWhereItIsAskedNotToWait();
    void doesNotWaitForEverAtTheServersWish();
    void getsAllThroughARateLimitThatMoves();
    void cancelsAtAnyTime_data();
    void cancelsAtAnyTime();
    void answersEverythingWhenTheClientGoes();
    void followsNoRedirect();
    void refusesAWebPage();
    void refusesAnAnswerThatIsTooLarge();
    void namesAHostThatIsNotKnown();
    void namesAPortWhereNothingListens();
    void sendsNoTokenInTheClear();
    void refusesIdsThatWouldNameSomethingElse();
    void refusesACaFileWithoutCertificate();
    void keepsToItsWindow();

private:
    [[nodiscard]] QString idOf(const QString &name) const
    {
        const auto instance = m_service->organization().instanceByName(name);
        return instance ? instance->value(u"id").toString() : QString();
    }
    [[nodiscard]] QString credentialPath(const QString &id) const
    {
        return u"/integration-instances/"_s + id + u"/auth-credential"_s;
    }
    /// At the service now.
    [[nodiscard]] QString credentialOf(const QString &id) const
    {
        const auto found = m_service->organization().credential(id);
        return found ? found->value(u"id").toString() : QString();
    }
    /// An instance of Datadog with (or without) a credential.
    [[nodiscard]] QString datadog(bool withCredential) const
    {
        for (const QJsonObject &each : m_service->organization().instances()) {
            const QString id = each.value(u"id").toString();
            if (each.value(u"integration").toObject().value(u"name").toString() == u"datadog" &&
                m_service->organization().credential(id).has_value() == withCredential)
                return id;
        }
        return {};
    }
    /// An empty Datadog instance, whatever the seed has.
    [[nodiscard]] QString emptyDatadog() const
    {
        const QString id = datadog(true);
        m_service->organization().removeCredential(id);
        return id;
    }

    FakeClock m_clock;
    Redactor m_redactor;
    std::unique_ptr<DemoService> m_service;
    std::unique_ptr<KonnectClient> m_client;
};

void TstClient::init()
{
    DemoService::Options options;
    options.token = theToken;
    m_service = std::make_unique<DemoService>(options, m_clock);
    QVERIFY(m_service->listen());
    m_client = std::make_unique<KonnectClient>(connectionTo(m_service->baseUrl()), m_redactor, m_clock);
}

void TstClient::cleanup()
{
    m_client.reset();
    m_service.reset();
}

void TstClient::listsEveryInstanceOverSeveralPages()
{
    // 250 do not fit on a page of 100, the most that the service gives.
    DemoService::Options options;
    options.instances = 250;
    DemoService large(options, m_clock);
    QVERIFY(large.listen());
    KonnectClient client(connectionTo(large.baseUrl()), m_redactor, m_clock);
    QList<int> soFar;
    qsizetype arrived = 0;
    int total = 0;
    auto listing =
        await(client.instances({}, [&](const QList<IntegrationInstance> &fresh, int seen, int all) {
            arrived += fresh.size();
            soFar.append(seen);
            total = all;
        }));
    QVERIFY(listing && listing->ok());
    QCOMPARE(listing->value().items.size(), 250);
    QCOMPARE(listing->value().dropped, 0);
    QCOMPARE(total, 250);
    QCOMPARE(arrived, 250);
    QCOMPARE(soFar, (QList<int>{100, 200, 250}));
    QCOMPARE(large.received().size(), 3);
}

void TstClient::listsTheCatalog()
{
    auto listing = await(m_client->integrations());
    QVERIFY(listing && listing->ok());
    QCOMPARE(listing->value().items.size(), 15);
    const auto &items = listing->value().items;
    const auto named = [&items](const QString &name) {
        const auto found = std::ranges::find(items, name, &Integration::name);
        return found == items.end() ? Integration() : *found;
    };
    Integration datadog;
    datadog.name = u"datadog"_s;
    datadog.displayName = u"Datadog"_s;
    datadog.description = u"Monitors and dashboards beside the services that they watch."_s;
    datadog.version = u"v1"_s;
    datadog.visibility = u"public"_s;
    datadog.authorization.strategy = Authorization::Strategy::MultiKey;
    datadog.authorization.rawType = u"multi_key_auth"_s;
    datadog.authorization.headers = {
        {u"DD-API-KEY"_s, u"API key"_s, u"Identifies your Datadog organization."_s},
        {u"DD-APPLICATION-KEY"_s, u"Application key"_s,
         u"Without scopes, or with monitors_read, dashboards_read, create_webhooks, integrations_read and "
         "manage_integrations."_s}};
    QCOMPARE(named(u"datadog"_s), datadog);

    Authorization gitlab;
    gitlab.strategy = Authorization::Strategy::OAuth;
    gitlab.rawType = u"oauth"_s;
    gitlab.overridableConfig = {u"client_id"_s, u"client_secret"_s, u"authorization_endpoint"_s,
                                u"token_endpoint"_s};
    gitlab.scopes = {u"api"_s};
    gitlab.authorizationEndpoint = QUrl(u"https://gitlab.com/oauth/authorize"_s);
    QCOMPARE(named(u"gitlab"_s).authorization, gitlab);
    QCOMPARE(named(u"slack"_s).authorization.scopes, (QStringList{u"channels:read"_s, u"team:read"_s}));

    const QString app = u"https://global.api.konghq.com/service-catalog-integrations/github/app/"_s;
    Authorization github;
    github.strategy = Authorization::Strategy::GitHubApp;
    github.rawType = u"github_app_installation"_s;
    github.appInstallUrl = QUrl(app + "install"_L1);
    github.appManageUrl = QUrl(app + "manage"_L1);
    QCOMPARE(named(u"github"_s).authorization, github);

    Authorization aws;
    aws.strategy = Authorization::Strategy::AwsRole;
    aws.rawType = u"aws_role_delegation"_s;
    QCOMPARE(named(u"aws-api-gateway"_s).authorization, aws);

    Authorization none;
    none.strategy = Authorization::Strategy::None;
    QCOMPARE(named(u"gateway-manager"_s).authorization, none);
    QVERIFY(named(u"gateway-manager"_s).builtIn);
}

void TstClient::filtersOnTheServer()
{
    InstanceQuery query;
    query.integrationName = u"datadog"_s;
    query.sort = u"created_at desc"_s;
    auto listing = await(m_client->instances(query));
    QVERIFY(listing && listing->ok());
    QVERIFY(!listing->value().items.isEmpty());
    for (const IntegrationInstance &each : listing->value().items)
        QCOMPARE(each.integrationName, u"datadog"_s);

    InstanceQuery odd;
    odd.nameContains = u"a&b=c#d/?%41[ü"_s;
    odd.authorized = true;
    odd.labels.insert(u"env&x"_s, u"prod+1"_s);
    m_service->forgetReceived();
    auto nothing = await(m_client->instances(odd));
    QVERIFY(nothing);
    const QByteArray target = m_service->received().first().target;
    QVERIFY2(target.contains("filter%5Bname%5D%5Bcontains%5D=a%26b%3Dc%23d%2F%3F%2541%5B%C3%BC"),
             target.constData());
    QVERIFY2(target.contains("filter%5Bauthorized%5D=true"), target.constData());
    QVERIFY2(target.contains("filter%5Blabels.env%26x%5D%5Beq%5D=prod%2B1"), target.constData());
    QVERIFY2(nothing->ok(), qPrintable(nothing->ok() ? QString() : nothing->problem().toText()));
    QVERIFY(nothing->value().items.isEmpty());
}

void TstClient::readsAnInstanceAndItsCredential()
{
    const QString id = datadog(true);
    auto instance = await(m_client->instance(id));
    QVERIFY(instance && instance->ok());
    QCOMPARE(instance->value().id, id);
    QCOMPARE(instance->value().integrationName, u"datadog"_s);
    auto credential = await(m_client->credential(id));
    QVERIFY(credential && credential->ok() && credential->value());
    QCOMPARE(credential->value()->type, CredentialType::MultiKey);
    QVERIFY(m_client->lastServerDate().isValid());
}

void TstClient::tellsAGoneInstanceFromAnInstanceWithoutCredential()
{
    const QString id = emptyDatadog();
    auto credential = await(m_client->credential(id));
    QVERIFY(credential && credential->ok());
    QVERIFY(!credential->value());
    m_service->organization().removeInstance(id);
    auto instance = await(m_client->instance(id));
    QVERIFY(instance && !instance->ok());
    QCOMPARE(instance->problem().category, Category::NotFound);
    QVERIFY(instance->problem().caption.contains(u"instance"));
    QVERIFY(instance->problem().traceId.startsWith(u"kong:trace:"));
}

void TstClient::createsAndDeletesACredential()
{
    const QString id = emptyDatadog();
    auto created = await(m_client->createCredential(id, datadogKeys()));
    QVERIFY(created);
    QVERIFY2(created->ok(), qPrintable(created->ok() ? QString() : created->problem().toText()));
    QVERIFY(!created->value().credential.id.isEmpty());
    QVERIFY(created->value().serverDate.isValid());
    QCOMPARE(m_service->organization().keys(id).value(u"DD-API-KEY"_s), theKey);
    QCOMPARE(m_service->copies("POST", credentialPath(id)), 1);

    const QString credentialId = created->value().credential.id;
    auto deleted = await(m_client->deleteCredential(id, credentialId));
    QVERIFY(deleted && deleted->ok());
    QCOMPARE(deleted->value(), DeleteAnswer::Deleted);
    QVERIFY(!m_service->organization().credential(id));
    auto again = await(m_client->deleteCredential(id, credentialId));
    QVERIFY(again && again->ok());
    QCOMPARE(again->value(), DeleteAnswer::WasNotThere);
    // There was nothing to send the second one for.
    QCOMPARE(m_service->copies("DELETE", credentialPath(id)), 1);
}

void TstClient::warmsTheConnectionBeforeAWrite()
{
    const QString id = emptyDatadog();
    QVERIFY(await(m_client->createCredential(id, datadogKeys()))->ok());
    QCOMPARE(m_service->received().size(), 2);
    QCOMPARE(m_service->received().at(0).method, "GET");
    QCOMPARE(m_service->received().at(1).method, "POST");
}

void TstClient::tellsACredentialThatIsThereAlready()
{
    auto created = await(m_client->createCredential(datadog(true), datadogKeys()));
    QVERIFY(created && !created->ok());
    QCOMPARE(created->problem().category, Category::Conflict);
}

void TstClient::showsInvalidParameters()
{
    NewCredential wrong;
    wrong.headers.push_back({u"X-Wrong"_s, Secret(theKey)});
    auto created = await(m_client->createCredential(emptyDatadog(), std::move(wrong)));
    QVERIFY(created && !created->ok());
    QCOMPARE(created->problem().category, Category::InvalidInput);
    QVERIFY(!created->problem().invalidParameters.isEmpty());
    QVERIFY(created->problem().invalidParameters.first().field.startsWith(u"config.headers"));
}

void TstClient::doesNotRepeatAKeyThatTheServerEchoes()
{
    const QString id = emptyDatadog();
    DemoFault echo = fault("POST", credentialPath(id), Action::Body, 0, 400);
    echo.body = "{\"detail\":\"cannot use " + theKey + " with " + theToken +
                "\",\"invalid_parameters\":[{\"field\":\"x\",\"reason\":\"bad " + theKey + "\"}]}";
    m_service->setFaults({echo});
    auto created = await(m_client->createCredential(id, datadogKeys()));
    QVERIFY(created && !created->ok());
    QVERIFY(!created->problem().toText().contains(QString::fromLatin1(theKey)));
    QVERIFY(!created->problem().toText().contains(QString::fromLatin1(theToken)));
    QVERIFY(created->problem().detail.contains(u"cannot use"));
}

void TstClient::doesNotRepeatAPartOfAKeyThatTheServerEchoes_data()
{
    // Texts of a server are cut at 1000 characters, and were read up to 4000 and 8192.
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("status");
    for (const int cut : {1000, 4000, 8192}) {
        QTest::addRow("400, cut at %d", cut) << cut - 12 << 400;
        QTest::addRow("500, cut at %d", cut) << cut - 12 << 500;
    }
}

void TstClient::doesNotRepeatAPartOfAKeyThatTheServerEchoes()
{
    QFETCH(int, before);
    QFETCH(int, status);
    // Spaces are drawn together, so that all the rest of a long text is shown.
    for (const char filling : {'.', ' '}) {
        const QByteArray text = 'A' + QByteArray(before - 1, filling) + theKey + ' ' + theToken;
        DemoFault echo = fault("POST", u"*"_s, Action::Body, 0, status);
        echo.body = R"({"instance":"kong:trace:)" + text + R"(","detail":")" + text +
                    R"(","invalid_parameters":[{"field":")" + text + R"(","rule":")" + text +
                    R"(","reason":")" + text + R"(","source":")" + text + R"("}]})";
        m_service->setFaults({echo});
        auto created = await(m_client->createCredential(emptyDatadog(), datadogKeys()));
        QVERIFY(created && !created->ok());
        const Problem &problem = created->problem();
        QStringList texts{problem.detail, problem.caption, problem.traceId};
        for (const InvalidParameter &each : problem.invalidParameters)
            texts += {each.field, each.rule, each.reason, each.source};
        const QString shown = texts.join(u'\n');
        QVERIFY2(shown.contains(u'A'), qPrintable(shown));
        QVERIFY2(!shown.contains(QString::fromLatin1(theKey.first(5))), qPrintable(shown));
        QVERIFY2(!shown.contains(u"the-token"_s), qPrintable(shown));
    }
}

void TstClient::doesNotTakeAKeyInThatTheServerComplainsOf()
{
    const QString id = emptyDatadog();
    DemoFault made = fault("POST", u"*"_s, Action::Body, 0, 201);
    made.body = R"({"id":"c","type":")" + theKey + R"(","missing_permissions":[{"message":")" +
                QByteArray(8180, ' ') + theKey + R"(","scopes":["of )" + theKey + R"("]}]})";
    DemoFault seen = made;
    seen.method = "GET";
    seen.path = credentialPath(id);
    seen.nth = 2; // The first one is asked just before the POST.
    seen.status = 200;
    m_service->setFaults({made, seen});
    const auto created = await(m_client->createCredential(id, datadogKeys()));
    QVERIFY(created && created->ok());
    const auto read = await(m_client->credential(id));
    QVERIFY(read && read->ok() && read->value());
    for (const AuthCredential &credential : {created->value().credential, *read->value()}) {
        QCOMPARE(credential.missingPermissions.size(), 1);
        const MissingPermission &missing = credential.missingPermissions.first();
        QCOMPARE(missing.scopes, QStringList{u"of [redacted]"_s});
        QVERIFY(!missing.message.contains(u"key-"_s));
        QCOMPARE(credential.rawType, u"[redacted]"_s);
    }
}

void TstClient::tellsAWrongTokenFromAMissingRole()
{
    KonnectClient stranger(connectionTo(m_service->baseUrl(), "kpat_wrong-token"), m_redactor, m_clock);
    auto listing = await(stranger.instances());
    QVERIFY(listing && !listing->ok());
    QCOMPARE(listing->problem().category, Category::Unauthorized);
    const QString id = datadog(true);
    auto deleted = await(stranger.deleteCredential(id, credentialOf(id)));
    QVERIFY(deleted && !deleted->ok());
    QCOMPARE(deleted->problem().category, Category::Unauthorized);
    QCOMPARE(m_service->copies("DELETE", credentialPath(id)), 0);

    m_service->setFaults({fault("DELETE", u"*"_s, Action::Status, 0, 403)});
    auto forbidden = await(m_client->deleteCredential(id, credentialOf(id)));
    QVERIFY(forbidden && !forbidden->ok());
    QCOMPARE(forbidden->problem().category, Category::Forbidden);
    QVERIFY(forbidden->problem().caption.contains(u"Integration Admin"));
}

void TstClient::sendsAWriteOnceWhenTheServerCloses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<Action>("action");
    QTest::addColumn<int>("status");
    for (const QByteArray &method : {QByteArray("POST"), QByteArray("DELETE")}) {
        const auto row = [&](const char *name, Action action, int status = 0) {
            QTest::addRow("%s %s", method.constData(), name) << method << action << status;
        };
        row("close before", Action::CloseBefore);
        row("close after", Action::CloseAfter);
        row("reset before", Action::ResetBefore);
        row("reset after", Action::ResetAfter);
        row("never", Action::Never);
        row("500", Action::Status, 500);
        row("502", Action::Status, 502);
        row("503", Action::Status, 503);
        row("504", Action::Status, 504);
    }
    QTest::addRow("POST half a body") << QByteArray("POST") << Action::HalfBody << 0;
    QTest::addRow("POST a web page") << QByteArray("POST") << Action::WrongType << 0;
    QTest::addRow("DELETE a web page") << QByteArray("DELETE") << Action::WrongType << 0;
    QTest::addRow("POST 201 of nulls") << QByteArray("POST") << Action::Body << 201;
}

void TstClient::sendsAWriteOnceWhenTheServerCloses()
{
    QFETCH(QByteArray, method);
    QFETCH(Action, action);
    QFETCH(int, status);
    const QString id = method == "POST" ? emptyDatadog() : datadog(true);
    DemoFault wrong = fault(method, credentialPath(id), action, 0, status);
    wrong.body = R"({"id":null,"type":null})";
    m_service->setFaults({wrong});
    Problem problem;
    if (method == "POST") {
        auto created = await(m_client->createCredential(id, datadogKeys()));
        QVERIFY(created && !created->ok());
        problem = created->problem();
    } else {
        auto deleted = await(m_client->deleteCredential(id, credentialOf(id)));
        QVERIFY(deleted && !deleted->ok());
        problem = deleted->problem();
    }
    QVERIFY2(problem.category == Category::OutcomeUnknown, qPrintable(problem.toText()));
    // A late second copy would come on the next connection: reads make some.
    for (int i = 0; i < 5; ++i)
        QVERIFY(await(m_client->instance(id))->ok());
    QCOMPARE(m_service->copies(method, credentialPath(id)), 1);
}

void TstClient::doesNotSendAWriteWhereTheWarmUpFails()
{
    const QString id = datadog(true);
    m_service->setFaults({fault("GET", credentialPath(id), Action::Status, 0, 503)});
    auto deleted = await(m_client->deleteCredential(id, credentialOf(id)));
    QVERIFY(deleted && !deleted->ok());
    QCOMPARE(deleted->problem().category, Category::ServerError);
    QCOMPARE(m_service->copies("DELETE", credentialPath(id)), 0);
    QVERIFY(m_service->organization().credential(id));
}

void TstClient::deletesOnlyTheCredentialThatIsExpected()
{
    const QString id = datadog(true);
    auto deleted = await(m_client->deleteCredential(id, u"the-one-that-somebody-saw"_s));
    QVERIFY(deleted && !deleted->ok());
    QCOMPARE(deleted->problem().category, Category::Refused);
    QVERIFY(deleted->problem().detail.contains(credentialOf(id)));
    QCOMPARE(m_service->copies("DELETE", credentialPath(id)), 0);
    QVERIFY(m_service->organization().credential(id));
}

void TstClient::doesNotDeleteWhatCameWhileItHadToWait()
{
    // Konnect asks to wait just before the DELETE, and meanwhile somebody replaces the credential.
    const QString id = datadog(true);
    const QString seen = credentialOf(id);
    DemoFault busy = fault("GET", credentialPath(id), Action::Status, 1, 429);
    busy.retryAfter = "1";
    m_service->setFaults({busy});
    auto deleting = m_client->deleteCredential(id, seen);
    QTRY_VERIFY(m_client->heldBackSeconds() > 0);
    QJsonObject theirs = *m_service->organization().credential(id);
    theirs.insert(u"id"_s, u"somebody-elses"_s);
    m_service->organization().putCredential(id, theirs);
    auto deleted = await(std::move(deleting));
    QVERIFY(deleted && !deleted->ok());
    QCOMPARE(deleted->problem().category, Category::Refused);
    QCOMPARE(m_service->copies("DELETE", credentialPath(id)), 0);
    QCOMPARE(credentialOf(id), u"somebody-elses"_s);
}

void TstClient::readsAgainAfterALostConnection_data()
{
    QTest::addColumn<Action>("action");
    QTest::addColumn<int>("status");
    QTest::newRow("closed") << Action::CloseBefore << 0;
    QTest::newRow("reset") << Action::ResetBefore << 0;
    QTest::newRow("half a body") << Action::HalfBody << 0;
    QTest::newRow("never answered") << Action::Never << 0;
    QTest::newRow("502") << Action::Status << 502;
    QTest::newRow("503") << Action::Status << 503;
    QTest::newRow("504") << Action::Status << 504;
    QTest::newRow("429 without a word") << Action::Status << 429;
}

void TstClient::readsAgainAfterALostConnection()
{
    QFETCH(Action, action);
    QFETCH(int, status);
    const QString id = datadog(true);
    m_service->setFaults({fault("GET", u"*"_s, action, 1, status)});
    auto instance = await(m_client->instance(id));
    QVERIFY(instance);
    QVERIFY2(instance->ok(), qPrintable(instance->ok() ? QString() : instance->problem().toText()));
    QVERIFY(m_service->received().size() >= 2);
}

void TstClient::givesUpReadingAfterTheLastAttempt()
{
    m_service->setFaults({fault("GET", u"*"_s, Action::Status, 0, 502)});
    auto instance = await(m_client->instance(u"x"_s));
    QVERIFY(instance && !instance->ok());
    QCOMPARE(instance->problem().category, Category::ServerError);
    QCOMPARE(instance->problem().httpStatus, 502);
    QCOMPARE(m_service->received().size(), TransportLimits().readAttempts);
    m_service->forgetReceived();
    m_service->setFaults({fault("GET", u"*"_s, Action::Status, 0, 500)});
    QCOMPARE(await(m_client->instance(u"x"_s))->problem().httpStatus, 500);
    QCOMPARE(m_service->received().size(), 1);
}

void TstClient::tellsATimeoutFromACancel()
{
    m_service->setFaults({fault("GET", u"*"_s, Action::Never)});
    auto timedOut = await(m_client->instance(u"x"_s));
    QVERIFY(timedOut && !timedOut->ok());
    QCOMPARE(timedOut->problem().category, Category::TimedOut);
    QVERIFY(timedOut->problem().caption.contains(u"127.0.0.1"));
}

void TstClient::waitsAsLongAsAskedAndCountsDown_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("asDate");
    QTest::newRow("429, seconds") << 429 << false;
    QTest::newRow("429, a date") << 429 << true;
    QTest::newRow("503, seconds") << 503 << false;
}

void TstClient::waitsAsLongAsAskedAndCountsDown()
{
    QFETCH(int, status);
    QFETCH(bool, asDate);
    DemoFault busy = fault("GET", u"*"_s, Action::Status, 1, status);
    busy.retryAfter = "2";
    if (asDate)
        busy.retryAfter = httpDateOf(m_clock.now().addSecs(2));
    m_service->setFaults({busy});
    QSignalSpy waiting(m_client.get(), &KonnectClient::waiting);
    QElapsedTimer timer;
    timer.start();
    auto first = m_client->instance(datadog(true));
    QTRY_VERIFY(m_client->heldBackSeconds() > 0);
    // What comes meanwhile waits too, a write among it.
    const QString id = datadog(true);
    auto second = m_client->deleteCredential(id, credentialOf(id));
    QVERIFY(await(std::move(first))->ok());
    QVERIFY(await(std::move(second))->ok());
    QVERIFY2(timer.elapsed() >= 1900, qPrintable(QString::number(timer.elapsed())));
    QList<int> told;
    for (const QList<QVariant> &each : waiting)
        told.append(each.first().toInt());
    QCOMPARE(told, (QList<int>{2, 1, 0}));
    QCOMPARE(m_client->heldBackSeconds(), 0);
    QCOMPARE(m_service->copies("DELETE", credentialPath(id)), 1);
    QVERIFY(!m_service->organization().credential(id));
}

void TstClient::backsOffWhereItIsAskedNotToWait_data()
{
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::newRow("0") << QByteArray("0");
    QTest::newRow("a date that has passed") << httpDateOf(m_clock.now().addSecs(-3600));
}

void TstClient::backsOffWhereItIsAskedNotToWait()
{
    QFETCH(const QByteArray, retryAfter);
    Connection connection = connectionTo(m_service->baseUrl());
    connection.limits.backoffFirst = connection.limits.backoffMost = 200ms;
    KonnectClient client(std::move(connection), m_redactor, m_clock);
    DemoFault busy = fault("GET", u"*"_s, Action::Status, 0, 429);
    busy.retryAfter = retryAfter;
    m_service->setFaults({busy});
    QElapsedTimer timer;
    timer.start();
    auto instance = await(client.instance(u"x"_s));
    QVERIFY(instance && !instance->ok());
    QCOMPARE(instance->problem().category, Category::RateLimited);
    QCOMPARE(m_service->received().size(), TransportLimits().readAttempts);
    // Four waits of at least the half of 200 ms.
    QVERIFY2(timer.elapsed() >= 390, qPrintable(QString::number(timer.elapsed())));
}

void TstClient::doesNotWaitForEverAtTheServersWish()
{
    Connection connection = connectionTo(m_service->baseUrl());
    connection.limits.longestHold = 1s;
    connection.limits.readAttempts = 2;
    KonnectClient client(std::move(connection), m_redactor, m_clock);
    DemoFault busy = fault("GET", u"*"_s, Action::Status, 0, 429);
    busy.retryAfter = "99999999999999999999";
    m_service->setFaults({busy});
    auto instance = await(client.instance(u"x"_s));
    QVERIFY(instance && !instance->ok());
    QCOMPARE(instance->problem().category, Category::RateLimited);
    QVERIFY(*instance->problem().retryAfterSeconds > 1'000'000);
    QVERIFY(instance->problem().detail.contains(u"wait"));
}

void TstClient::getsAllThroughARateLimitThatMoves()
{
    Connection connection = connectionTo(m_service->baseUrl());
    connection.limits.timeout = 15s; // A hundred answers come from this one thread, however slow it is.
    KonnectClient client(std::move(connection), m_redactor, m_clock);
    // Every second request is refused: more refusals than attempts for some, but the line moves.
    QList<DemoFault> faults;
    for (int nth = 1; nth < 400; nth += 2)
        faults.append(fault("GET", u"*/auth-credential"_s, Action::Status, nth, 429));
    m_service->setFaults(faults);
    std::vector<QCoro::Task<Outcome<std::optional<AuthCredential>>>> reads;
    const QString id = datadog(true);
    for (int i = 0; i < 100; ++i)
        reads.push_back(client.credential(id));
    for (auto &read : reads) {
        auto answer = await(std::move(read));
        QVERIFY(answer);
        QVERIFY2(answer->ok(), qPrintable(answer->ok() ? QString() : answer->problem().toText()));
    }
}

void TstClient::cancelsAtAnyTime_data()
{
    QTest::addColumn<QString>("when");
    for (const char *when : {"before", "queued", "in flight", "backing off", "held back"})
        QTest::newRow(when) << QString::fromLatin1(when);
}

void TstClient::cancelsAtAnyTime()
{
    QFETCH(QString, when);
    Connection connection = connectionTo(m_service->baseUrl());
    connection.limits.timeout = 15s;
    connection.limits.backoffFirst = connection.limits.backoffMost = 15s;
    KonnectClient client(std::move(connection), m_redactor, m_clock);
    std::stop_source stop;
    if (when == u"before")
        stop.request_stop();
    DemoFault busy = fault("GET", u"*"_s, Action::Status, 0, when == u"held back" ? 429 : 502);
    busy.retryAfter = when == u"held back" ? "15" : "";
    m_service->setFaults(
        {when == u"in flight" || when == u"queued" ? fault("GET", u"*"_s, Action::Never) : busy});
    std::vector<QCoro::Task<Outcome<IntegrationInstance>>> tasks;
    for (int i = 0; i < (when == u"queued" ? 500 : 1); ++i)
        tasks.push_back(client.instance(u"x"_s, stop.get_token()));
    if (when != u"before")
        QTRY_VERIFY(!m_service->received().isEmpty());
    if (when == u"held back")
        QTRY_VERIFY(client.heldBackSeconds() > 10);
    QElapsedTimer timer;
    timer.start();
    stop.request_stop();
    for (auto &task : tasks) {
        auto answer = await(std::move(task));
        QVERIFY(answer && !answer->ok());
        QCOMPARE(answer->problem().category, Category::Canceled);
    }
    QVERIFY(timer.elapsed() < 3000);
    // It is not left in a bad state.
    m_service->setFaults({});
    if (when != u"held back")
        QVERIFY(await(client.instance(datadog(true)))->ok());
}

void TstClient::answersEverythingWhenTheClientGoes()
{
    const QString id = emptyDatadog();
    m_service->setFaults({fault("GET", u"/integration-instances/"_s + id, Action::Never),
                          fault("POST", u"*"_s, Action::Never)});
    auto read = m_client->instance(id);
    auto write = m_client->createCredential(id, datadogKeys());
    QTRY_COMPARE(m_service->copies("POST", credentialPath(id)), 1);
    auto queued = m_client->deleteCredential(id, credentialOf(id));
    m_client.reset();
    QCOMPARE(await(std::move(read))->problem().category, Category::Canceled);
    QCOMPARE(await(std::move(write))->problem().category, Category::OutcomeUnknown);
    QCOMPARE(await(std::move(queued))->problem().category, Category::Canceled);
}

void TstClient::followsNoRedirect()
{
    QTcpServer elsewhere;
    QVERIFY(elsewhere.listen(QHostAddress::LocalHost));
    DemoFault redirect = fault("", u"*"_s, Action::Redirect);
    redirect.location =
        "http://127.0.0.1:" + QByteArray::number(elsewhere.serverPort()) + "/v1/integrations?token=x";
    m_service->setFaults({redirect});
    auto listing = await(m_client->instances());
    QVERIFY(listing && !listing->ok());
    QCOMPARE(listing->problem().category, Category::Redirected);
    QVERIFY(listing->problem().caption.contains(QString::number(elsewhere.serverPort())));
    auto created = await(m_client->createCredential(datadog(true), datadogKeys()));
    QVERIFY(created && !created->ok());
    QCOMPARE(created->problem().category, Category::Redirected);
    QVERIFY(!elsewhere.hasPendingConnections());
}

void TstClient::refusesAWebPage()
{
    m_service->setFaults({fault("GET", u"*"_s, Action::WrongType)});
    auto listing = await(m_client->instances());
    QVERIFY(listing && !listing->ok());
    QCOMPARE(listing->problem().category, Category::BadAnswer);
    QVERIFY2(listing->problem().caption.contains(u"web page"), qPrintable(listing->problem().caption));
    QVERIFY(listing->problem().caption.contains(u"127.0.0.1"));
}

void TstClient::refusesAnAnswerThatIsTooLarge()
{
    Connection connection = connectionTo(m_service->baseUrl());
    connection.limits.largestAnswer = 1'000'000;
    connection.limits.timeout = 5s;
    KonnectClient client(std::move(connection), m_redactor, m_clock);
    DemoFault huge = fault("GET", u"*"_s, Action::Body, 0, 200);
    huge.body = QByteArray(5'000'000, 'x');
    m_service->setFaults({huge});
    auto listing = await(client.instances());
    QVERIFY(listing && !listing->ok());
    QCOMPARE(listing->problem().category, Category::BadAnswer);
    QCOMPARE(m_service->received().size(), 1);
    // Below the bound it is read, and found to be nonsense.
    auto read = await(m_client->instances());
    QVERIFY(read && !read->ok());
    QCOMPARE(read->problem().category, Category::BadAnswer);
    QVERIFY(read->problem().detail.contains(u"not JSON"));
}

void TstClient::namesAHostThatIsNotKnown()
{
    KonnectClient client(connectionTo(QUrl(u"https://no-such-host.invalid/v1"_s)), m_redactor, m_clock);
    auto listing = await(client.instances());
    QVERIFY(listing && !listing->ok());
    QVERIFY2(listing->problem().category == Category::HostNotFound, qPrintable(listing->problem().toText()));
    QVERIFY(listing->problem().caption.contains(u"no-such-host.invalid"));
}

void TstClient::namesAPortWhereNothingListens()
{
    const QUrl url = m_service->baseUrl();
    m_service = std::make_unique<DemoService>(DemoService::Options(), m_clock);
    auto listing = await(m_client->instances());
    QVERIFY(listing && !listing->ok());
    QCOMPARE(listing->problem().category, Category::Network);
    QVERIFY(listing->problem().caption.contains(u"127.0.0.1:%1"_s.arg(url.port())));
    auto deleted = await(m_client->deleteCredential(u"x"_s, u"y"_s));
    QVERIFY(deleted && !deleted->ok());
    QCOMPARE(deleted->problem().category, Category::Network);
}

void TstClient::sendsNoTokenInTheClear()
{
    for (const QString &url :
         {u"http://example.com/v1"_s, u"ftp://127.0.0.1/"_s, u""_s, u"http://127.0.0.1.example.com/"_s}) {
        KonnectClient client(connectionTo(QUrl(url)), m_redactor, m_clock);
        auto listing = await(client.instances());
        QVERIFY(listing && !listing->ok());
        QCOMPARE(listing->problem().category, Category::Refused);
    }
}

void TstClient::refusesIdsThatWouldNameSomethingElse()
{
    for (const QString &id : {u""_s, u"."_s, u".."_s}) {
        QCOMPARE(await(m_client->deleteCredential(id, u"x"_s))->problem().category, Category::Refused);
        QCOMPARE(await(m_client->instance(id))->problem().category, Category::Refused);
    }
    QVERIFY(m_service->received().isEmpty());
    QVERIFY(!await(m_client->instance(u"../integrations?x#y"_s))->ok());
    QCOMPARE(m_service->received().first().target, "/v1/integration-instances/..%2Fintegrations%3Fx%23y");
}

void TstClient::refusesACaFileWithoutCertificate()
{
    Connection connection = connectionTo(m_service->baseUrl());
    connection.extraCaPem = "hello";
    KonnectClient client(std::move(connection), m_redactor, m_clock);
    auto listing = await(client.instances());
    QVERIFY(listing && !listing->ok());
    QCOMPARE(listing->problem().category, Category::Tls);
    QVERIFY(listing->problem().caption.contains(u"CA file"));
    QVERIFY(m_service->received().isEmpty());
}

void TstClient::keepsToItsWindow()
{
    Connection connection = connectionTo(m_service->baseUrl());
    connection.limits.managers = 2;
    connection.limits.inFlightPerManager = 3;
    connection.limits.timeout = 10s;
    KonnectClient client(std::move(connection), m_redactor, m_clock);
    m_service->setFaults({fault("GET", u"*"_s, Action::Never)});
    std::stop_source stop;
    std::vector<QCoro::Task<Outcome<IntegrationInstance>>> tasks;
    for (int i = 0; i < 50; ++i)
        tasks.push_back(client.instance(u"x"_s, stop.get_token()));
    QTRY_VERIFY(m_service->received().size() >= 3);
    stop.request_stop();
    for (auto &task : tasks)
        QCOMPARE(await(std::move(task))->problem().category, Category::Canceled);
    QVERIFY2(m_service->received().size() <= 6, qPrintable(QString::number(m_service->received().size())));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstClient)
#include "tst_client.moc"
