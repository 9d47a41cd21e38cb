// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TstProfiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void areThereAgainAfterARestart();
    void refuseATakenName();
    void refuseWhatIsNoUrl();
    void askForTheTokenWhereAUrlChanged();
    void forgetTheOldTokenOnlyAfterTheNewOneIsSaved();
    void keepTheOldTokenWhereTheKeychainRefuses();
    void doNotStoreATokenForThisRun();
    void useATokenInsteadOfTheStoredOne();
    void removeTheTokenWithTheProfile();
    void removeATokenAtALaterStartWhereTheKeychainRefuses();
    void forgetTokensThatNoProfileNames();
    void areNotBroughtBackByAnotherWindow();
    void keepTheTokenThatAnotherWindowEntered();
    void areFoundByIdAndByName();

    void testPassesEveryStep();
    void testNamesTheStepThatFails_data();
    void testNamesTheStepThatFails();
    void testLetsOneEndpointFailByItself();
    void testCanBeStopped();

private:
    void restart();
    [[nodiscard]] QList<EndpointTest> test(const Profile &profile, const QByteArray &token);
    [[nodiscard]] static std::optional<ConnectionStep> failing(const EndpointTest &test);

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstProfiles::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    QVERIFY(m_stack->addProfile());
}

void TstProfiles::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

void TstProfiles::restart()
{
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
}

QList<EndpointTest> TstProfiles::test(const Profile &profile, const QByteArray &token)
{
    const std::stop_token never;
    return await(m_stack->profiles.test(profile, Secret(token), never)).value_or(QList<EndpointTest>());
}

std::optional<ConnectionStep> TstProfiles::failing(const EndpointTest &test)
{
    for (const ConnectionStep &step : test.steps) {
        if (step.result == ConnectionStep::Result::Failed)
            return step;
    }
    return std::nullopt;
}

void TstProfiles::areThereAgainAfterARestart()
{
    const Profile before = m_stack->profile();
    QVERIFY(!before.id.isEmpty());
    QVERIFY(!before.tokenVersion.isEmpty());
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    QCOMPARE(m_stack->profiles.all(), QList{before});
    const auto token = await(m_stack->vault.token(before.tokenVersion, m_world->endpoint().origin()));
    QVERIFY(token && token->ok());
    QCOMPARE(token->value().reveal(), QByteArrayView(World::token));
}

void TstProfiles::refuseATakenName()
{
    Profile other;
    other.name = u" test ORGANIZATION "_s;
    other.endpoints = {m_world->endpoint()};
    const auto saved = await(m_stack->profiles.save(other, Secret("kpat_other-token"), false));
    QVERIFY(saved && !saved->ok());
    QCOMPARE(saved->problem().category, Problem::Category::InvalidInput);
    QCOMPARE(saved->problem().invalidParameters.constFirst().field, u"name"_s);
    QCOMPARE(m_stack->profiles.all().size(), 1);
}

void TstProfiles::refuseWhatIsNoUrl()
{
    Profile other;
    other.name = u"Other"_s;
    Endpoint endpoint;
    endpoint.baseUrl = QUrl(u"http://konnect.example/v1"_s);
    other.endpoints = {endpoint};
    const auto saved = await(m_stack->profiles.save(other, Secret("kpat_other-token"), false));
    QVERIFY(saved && !saved->ok());
    QCOMPARE(saved->problem().invalidParameters.constFirst().field, u"url"_s);
}

void TstProfiles::askForTheTokenWhereAUrlChanged()
{
    Profile profile = m_stack->profile();
    profile.endpoints = {endpointOfGeo(u"eu"_s)};
    const auto refused = await(m_stack->profiles.save(profile, Secret(), false));
    QVERIFY(refused && !refused->ok());
    QCOMPARE(refused->problem().invalidParameters.constFirst().field, u"token"_s);
    QCOMPARE(m_stack->profile().endpoints.constFirst(), m_world->endpoint());
    const auto saved = await(m_stack->profiles.save(profile, Secret("kpat_for-the-new-url"), false));
    QVERIFY(saved && saved->ok());
    const auto token =
        await(m_stack->vault.token(m_stack->profile().tokenVersion, endpointOfGeo(u"eu"_s).origin()));
    QVERIFY(token && token->ok());
}

void TstProfiles::forgetTheOldTokenOnlyAfterTheNewOneIsSaved()
{
    const Profile before = m_stack->profile();
    const auto saved = await(m_stack->profiles.save(before, Secret("kpat_the-second-token"), false));
    QVERIFY(saved && saved->ok());
    QVERIFY(saved->value().tokenVersion != before.tokenVersion);
    QVERIFY(!m_world->keychain.names().contains(before.tokenVersion));
    QVERIFY(m_world->keychain.names().contains(saved->value().tokenVersion));
}

void TstProfiles::keepTheOldTokenWhereTheKeychainRefuses()
{
    const Profile before = m_stack->profile();
    m_world->keychain.fail(FailingSecretStore::Operation::Write, Problem::Category::KeychainRefused);
    Profile renamed = before;
    renamed.name = u"Renamed"_s;
    const auto saved = await(m_stack->profiles.save(renamed, Secret("kpat_the-second-token"), false));
    QVERIFY(saved && !saved->ok());
    QCOMPARE(saved->problem().category, Problem::Category::KeychainRefused);
    QCOMPARE(m_stack->profiles.all(), QList{before});
    const auto token = await(m_stack->vault.token(before.tokenVersion, m_world->endpoint().origin()));
    QVERIFY(token && token->ok());
}

void TstProfiles::doNotStoreATokenForThisRun()
{
    Profile other;
    other.name = u"For this run"_s;
    other.endpoints = {m_world->endpoint()};
    const QStringList entries = m_world->keychain.names();
    const auto saved = await(m_stack->profiles.save(other, Secret(World::token), true));
    QVERIFY(saved && saved->ok());
    QVERIFY(await(m_stack->inventory.refresh(saved->value().id))->ok());
    QCOMPARE(m_stack->inventory.records().size(), 40);
    QCOMPARE(m_world->keychain.names(), entries);
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    QCOMPARE(m_stack->profiles.findByName(u"for this run"_s)->tokenVersion, QString());
}

void TstProfiles::useATokenInsteadOfTheStoredOne()
{
    const Profile before = m_stack->profile();
    QVERIFY(await(m_stack->profiles.useToken(before.id, Secret("kpat_wrong-token")))->ok());
    QVERIFY(await(m_stack->inventory.refresh())->ok());
    QCOMPARE(m_stack->inventory.endpoints().constFirst().problem->category, Problem::Category::Unauthorized);
    Profile renamed = m_stack->profile();
    renamed.name = u"Renamed"_s;
    const auto saved = await(m_stack->profiles.save(renamed, Secret(), false));
    QVERIFY(saved && saved->ok());
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    QCOMPARE(m_stack->profile().name, u"Renamed"_s);
    QCOMPARE(m_stack->profile().tokenVersion, before.tokenVersion);
}

void TstProfiles::removeTheTokenWithTheProfile()
{
    const QString version = m_stack->profile().tokenVersion;
    QVERIFY(m_world->keychain.names().contains(version));
    const std::optional<Done> removed = await(m_stack->profiles.remove(m_stack->profile().id));
    QVERIFY(removed && removed->ok());
    QVERIFY(m_stack->profiles.all().isEmpty());
    QVERIFY(!m_world->keychain.names().contains(version));
}

void TstProfiles::removeATokenAtALaterStartWhereTheKeychainRefuses()
{
    const QString version = m_stack->profile().tokenVersion;
    m_world->keychain.failAll(Problem::Category::KeychainLocked);
    const std::optional<Done> removed = await(m_stack->profiles.remove(m_stack->profile().id));
    QVERIFY(removed && !removed->ok());
    QVERIFY(m_stack->profiles.all().isEmpty());
    m_world->keychain.recover();
    QVERIFY(m_world->keychain.names().contains(version));
    restart();
    QVERIFY(!m_world->keychain.names().contains(version));
}

void TstProfiles::forgetTokensThatNoProfileNames()
{
    const QString kept = m_stack->profile().tokenVersion;
    // A crash after the token was kept and before its profile was, and one after a profile was removed and
    // before its token was.
    const auto entered =
        await(m_stack->vault.storeToken(u"never-saved"_s, {u"https://x:443"_s}, Secret("kpat_one"), false));
    const auto removed =
        await(m_stack->vault.storeToken(u"removed"_s, {u"https://x:443"_s}, Secret("kpat_two"), false));
    QVERIFY(entered && entered->ok() && removed && removed->ok());
    restart(); // Another Latchkey may be about to save the profile.
    QVERIFY(m_world->keychain.names().contains(entered->value()));

    m_world->clock.advance(3600);
    m_world->keychain.failAll(Problem::Category::KeychainLocked);
    restart();
    m_world->keychain.recover();
    QVERIFY(m_world->keychain.names().contains(entered->value()));
    restart();
    QVERIFY(!m_world->keychain.names().contains(entered->value()));
    QVERIFY(!m_world->keychain.names().contains(removed->value()));
    QVERIFY(m_world->keychain.names().contains(kept));
}

void TstProfiles::areNotBroughtBackByAnotherWindow()
{
    Stack other(*m_world);
    QVERIFY(other.open());
    QVERIFY(await(other.profiles.remove(other.profile().id))->ok());
    Profile renamed = m_stack->profile();
    renamed.name = u"Renamed"_s;
    const auto saved = await(m_stack->profiles.save(renamed, Secret(), false));
    QVERIFY(saved && !saved->ok());
    QCOMPARE(saved->problem().category, Problem::Category::NotFound);
    QVERIFY(await(m_stack->profiles.doubtOrganization(renamed.id))->ok());
    QVERIFY(await(m_stack->profiles.answerOrganizationQuestion(renamed.id, true))->ok());
    restart();
    QVERIFY(m_stack->profiles.all().isEmpty());
}

void TstProfiles::keepTheTokenThatAnotherWindowEntered()
{
    Stack other(*m_world);
    QVERIFY(other.open());
    const auto changed = await(other.profiles.save(other.profile(), Secret("kpat_the-second-token"), false));
    QVERIFY(changed && changed->ok());
    Profile renamed = m_stack->profile();
    renamed.name = u"Renamed"_s;
    QVERIFY(await(m_stack->profiles.save(renamed, Secret(), false))->ok());
    restart();
    QCOMPARE(m_stack->profile().name, u"Renamed"_s);
    QCOMPARE(m_stack->profile().tokenVersion, changed->value().tokenVersion);
}

void TstProfiles::areFoundByIdAndByName()
{
    const Profile profile = m_stack->profile();
    QCOMPARE(m_stack->profiles.findByName(profile.id), std::optional(profile));
    QCOMPARE(m_stack->profiles.findByName(u"TEST organization"_s), std::optional(profile));
    QVERIFY(!m_stack->profiles.findByName(u"other"_s));
}

void TstProfiles::testPassesEveryStep()
{
    const QList<EndpointTest> results = test(m_stack->profile(), {});
    QCOMPARE(results.size(), 1);
    QVERIFY2(results.constFirst().passed(),
             qPrintable(failing(results.constFirst()).value_or(ConnectionStep()).detail));
    QCOMPARE(results.constFirst().instances, 40);
    QCOMPARE(results.constFirst().steps.size(), 7);
}

void TstProfiles::testNamesTheStepThatFails_data()
{
    using Kind = ConnectionStep::Kind;
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("caContent");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("faultyPath");
    QTest::addColumn<int>("status"); // 0: the action.
    QTest::addColumn<DemoFault::Action>("action");
    QTest::addColumn<ConnectionStep::Kind>("step");
    constexpr auto byStatus = DemoFault::Action::Status;
    const QByteArray token = World::token;
    const QString list = u"/integration-instances"_s;
    QTest::newRow("CA file is not PEM")
        << QString() << u"nonsense"_s << token << QString() << 0 << byStatus << Kind::ReadCa;
    QTest::newRow("CA file is missing")
        << QString() << u"-"_s << token << QString() << 0 << byStatus << Kind::ReadCa;
    QTest::newRow("unknown host") << u"https://no-such-host.invalid/v1"_s << QString() << token << QString()
                                  << 0 << byStatus << Kind::ResolveHost;
    QTest::newRow("nobody listens") << u"http://127.0.0.1:1/v1"_s << QString() << token << QString() << 0
                                    << byStatus << Kind::Connect;
    QTest::newRow("no TLS there") << u"https"_s << QString() << token << QString() << 0 << byStatus
                                  << Kind::Tls;
    QTest::newRow("wrong token") << QString() << QString() << QByteArray("kpat_wrong") << QString() << 0
                                 << byStatus << Kind::Authenticate;
    QTest::newRow("role missing") << QString() << QString() << token << list << 403 << byStatus
                                  << Kind::Authenticate;
    for (const int status : {404, 429, 500})
        QTest::addRow("list answers %d", status)
            << QString() << QString() << token << list << status << byStatus << Kind::ListInstances;
    QTest::newRow("a web page") << QString() << QString() << token << list << 0
                                << DemoFault::Action::WrongType << Kind::ListInstances;
    QTest::newRow("a redirect") << QString() << QString() << token << list << 0 << DemoFault::Action::Redirect
                                << Kind::ListInstances;
    QTest::newRow("no list") << QString() << QString() << token << list << 0 << DemoFault::Action::Body
                             << Kind::ListInstances;
    QTest::newRow("catalog fails") << QString() << QString() << token << u"/integrations"_s << 500 << byStatus
                                   << Kind::ReadCatalog;
}

void TstProfiles::testNamesTheStepThatFails()
{
    QFETCH(QString, url);
    QFETCH(QString, caContent);
    QFETCH(QByteArray, token);
    QFETCH(QString, faultyPath);
    QFETCH(int, status);
    QFETCH(DemoFault::Action, action);
    QFETCH(ConnectionStep::Kind, step);
    Profile profile = m_stack->profile();
    QTcpServer plain;
    if (url == u"https"_s) {
        // Answers a TLS greeting in plain text.
        QVERIFY(plain.listen(QHostAddress::LocalHost));
        connect(&plain, &QTcpServer::newConnection, &plain, [&plain] {
            QTcpSocket *socket = plain.nextPendingConnection();
            socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
        profile.endpoints.front().baseUrl = QUrl(u"https://127.0.0.1:%1/v1"_s.arg(plain.serverPort()));
    } else if (!url.isEmpty()) {
        profile.endpoints.front().baseUrl = QUrl(url);
    }
    if (!caContent.isEmpty())
        profile.caFile = m_world->dir.filePath(u"ca.pem"_s);
    if (caContent == u"nonsense"_s) {
        QFile file(profile.caFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("nonsense");
    }
    if (!faultyPath.isEmpty())
        m_world->addFault("GET", faultyPath, action, 0, status > 0 ? status : 200);

    const QList<EndpointTest> results = test(profile, token);
    QCOMPARE(results.size(), 1);
    const std::optional<ConnectionStep> failed = failing(results.constFirst());
    QVERIFY(failed);
    QVERIFY2(failed->kind == step, qPrintable(failed->detail));
    QVERIFY(!failed->detail.isEmpty());
    QVERIFY(!results.constFirst().passed());
    for (const ConnectionStep &each : results.constFirst().steps) {
        // An answer that is not Konnect's does not say whether the token is right.
        const bool unknown =
            step == ConnectionStep::Kind::ListInstances && each.kind == ConnectionStep::Kind::Authenticate;
        if (each.kind < step)
            QCOMPARE(each.result,
                     unknown ? ConnectionStep::Result::NotReached : ConnectionStep::Result::Passed);
        if (each.kind > step)
            QCOMPARE(each.result, ConnectionStep::Result::NotReached);
    }
}

void TstProfiles::testLetsOneEndpointFailByItself()
{
    Profile profile = m_stack->profile();
    Endpoint nobody;
    nobody.baseUrl = QUrl(u"http://127.0.0.1:1/v1"_s);
    profile.endpoints.prepend(nobody);
    const QList<EndpointTest> results = test(profile, World::token);
    QCOMPARE(results.size(), 2);
    QVERIFY(!results.constFirst().passed());
    QVERIFY(results.constLast().passed());
}

void TstProfiles::testCanBeStopped()
{
    m_world->addFault("GET", u"/integration-instances"_s, DemoFault::Action::Never, 0);
    std::stop_source stop;
    m_world->service.forgetReceived();
    QCoro::Task<QList<EndpointTest>> task =
        m_stack->profiles.test(m_stack->profile(), Secret(World::token), stop.get_token());
    QTRY_COMPARE(m_world->service.received().size(), 1);
    stop.request_stop();
    const auto results = await(std::move(task), 1000);
    QVERIFY(results);
    QVERIFY(!results->constFirst().passed());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstProfiles)
#include "tst_profiles.moc"
