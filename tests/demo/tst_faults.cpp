// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demofault.h"
#include "app/demo/demoorganization.h"
#include "app/demo/demoservice.h"
#include "tests/demo/democlient.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QTcpSocket>

#include <cerrno>
#include <memory>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;
using test::DemoAnswer;
using test::DemoClient;
using Action = DemoFault::Action;

class TestFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void readsEveryMember();
    void namesWhatItCannotRead_data();
    void namesWhatItCannotRead();
    void answersWithAStatusAndRetryAfter();
    void onlyTheNthMatchingRequest();
    void matchesMethodPathAndQuery();
    void closesBeforeOrAfterTheWork_data();
    void closesBeforeOrAfterTheWork();
    void aResetIsNotAClose();
    void sendsHalfABody();
    void sendsAPageInsteadOfJson();
    void neverAnswers();
    void delaysAnAnswer();
    void sendsTheGivenBody();
    void redirects();

private:
    void put(const QByteArray &json)
    {
        Outcome<QList<DemoFault>> faults = parseFaults(json);
        if (!faults)
            QFAIL(qPrintable(faults.problem().caption));
        m_service->setFaults(faults.value());
    }
    [[nodiscard]] QByteArray credentialPath() const
    {
        return "/integration-instances/" +
               m_service->organization().instances().first().value("id"_L1).toString().toLatin1() +
               "/auth-credential";
    }
    /// Sends a DELETE with a client that never repeats it; what came back until the server closed.
    [[nodiscard]] QByteArray rawDelete(QAbstractSocket::SocketError *error = nullptr)
    {
        QTcpSocket socket;
        QByteArray got;
        connect(&socket, &QTcpSocket::readyRead, &socket, [&] { got += socket.readAll(); });
        socket.connectToHost(QHostAddress::LocalHost, quint16(m_service->baseUrl().port()));
        socket.write("DELETE /v1" + credentialPath() +
                     " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n");
        const bool closed =
            QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, 5000);
        if (error)
            *error = closed ? socket.error() : QAbstractSocket::UnknownSocketError;
        return got;
    }
    [[nodiscard]] bool credentialIsThere() const
    {
        const QString id = m_service->organization().instances().first().value("id"_L1).toString();
        return m_service->organization().credential(id).has_value();
    }

    test::FakeClock m_clock;
    std::unique_ptr<DemoService> m_service;
    std::unique_ptr<DemoClient> m_client;
};

void TestFaults::init()
{
    m_service = std::make_unique<DemoService>(DemoService::Options(), m_clock);
    QVERIFY(m_service->listen());
    m_client = std::make_unique<DemoClient>(m_service->baseUrl());
}

void TestFaults::cleanup()
{
    m_client.reset();
    m_service.reset();
}

void TestFaults::readsEveryMember()
{
    const QByteArray json = R"([
        {"method": "GET", "path": "/integrations*", "nth": 3, "action": "status", "status": 429, "retry_after": 7,
         "delay_ms": 20},
        {"action": "status", "retry_after": "Tue, 03 Nov 2026 09:00:10 GMT"},
        {"action": "close_before"}, {"action": "close_after"}, {"action": "reset_before"}, {"action": "reset_after"},
        {"action": "half_body"}, {"action": "wrong_type"}, {"action": "never"}, {"action": "delay", "delay_ms": 5},
        {"action": "body", "body": {"data": []}}, {"action": "body", "body": [], "status": 201},
        {"action": "body", "body": "plain"}, {"action": "redirect", "location": "https://elsewhere.example/"}
    ])";
    const Outcome<QList<DemoFault>> outcome = parseFaults(json);
    QVERIFY(outcome);
    const QList<DemoFault> &faults = outcome.value();
    QCOMPARE(faults.size(), 14);
    QCOMPARE(faults.at(0).method, QByteArray("GET"));
    QCOMPARE(faults.at(0).path, u"/integrations*"_s);
    QCOMPARE(faults.at(0).nth, 3);
    QCOMPARE(faults.at(0).status, 429);
    QCOMPARE(faults.at(0).retryAfter, QByteArray("7"));
    QCOMPARE(faults.at(0).delayMs, 20);
    QCOMPARE(faults.at(1).status, 500);
    QCOMPARE(faults.at(1).nth, 0);
    QCOMPARE(faults.at(1).retryAfter, QByteArray("Tue, 03 Nov 2026 09:00:10 GMT"));
    const QList<Action> actions{
        Action::Status,     Action::Status,   Action::CloseBefore, Action::CloseAfter, Action::ResetBefore,
        Action::ResetAfter, Action::HalfBody, Action::WrongType,   Action::Never,      Action::Delay,
        Action::Body,       Action::Body,     Action::Body,        Action::Redirect};
    for (qsizetype i = 0; i < actions.size(); ++i)
        QCOMPARE(faults.at(i).action, actions.at(i));
    QCOMPARE(faults.at(10).body, QByteArray("{\"data\":[]}"));
    QCOMPARE(faults.at(10).status, 200);
    QCOMPARE(faults.at(11).body, QByteArray("[]"));
    QCOMPARE(faults.at(11).status, 201);
    QCOMPARE(faults.at(12).body, QByteArray("plain"));
    QCOMPARE(faults.at(13).location, QByteArray("https://elsewhere.example/"));
    QCOMPARE(parseFaults("[]").value().size(), 0);
}

void TestFaults::namesWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("named");
    const auto row = [](const char *name, const QByteArray &json, const QStringList &named) {
        QTest::newRow(name) << json << named;
    };
    row("not JSON", "[{]", {u"JSON"_s});
    row("empty", "", {u"JSON"_s});
    row("not a list", "{}", {u"array"_s});
    row("not an object", R"([{"action":"never"}, 5])", {u"Entry 2"_s});
    row("no action", R"([{"path":"/x"}])", {u"Entry 1"_s, u"action"_s, u"close_before"_s});
    row("unknown action", R"([{"action":"never"},{"action":"explode"}])", {u"Entry 2"_s, u"action"_s});
    row("unknown member", R"([{"action":"never","times":2}])", {u"Entry 1"_s, u"times"_s, u"retry_after"_s});
    row("status as text", R"([{"action":"status","status":"500"}])", {u"status"_s});
    row("status out of range", R"([{"action":"status","status":99}])", {u"status"_s});
    row("nth zero", R"([{"action":"never","nth":0}])", {u"nth"_s});
    row("nth broken", R"([{"action":"never","nth":1.5}])", {u"nth"_s});
    row("negative delay", R"([{"action":"delay","delay_ms":-1}])", {u"delay_ms"_s});
    row("delay without time", R"([{"action":"delay"}])", {u"delay_ms"_s});
    row("endless delay", R"([{"action":"delay","delay_ms":1e9}])", {u"delay_ms"_s});
    row("small method", R"([{"action":"never","method":"get"}])", {u"method"_s});
    row("method is a number", R"([{"action":"never","method":1}])", {u"method"_s});
    row("path without slash", R"([{"action":"never","path":"integrations"}])", {u"path"_s});
    row("header injection", R"([{"action":"status","retry_after":"1\r\nX: y"}])", {u"retry_after"_s});
    row("retry in a list", R"([{"action":"status","retry_after":[1]}])", {u"retry_after"_s});
    row("redirect to nowhere", R"([{"action":"redirect"}])", {u"location"_s});
    row("body without body", R"([{"action":"body"}])", {u"body"_s});
    row("body is a number", R"([{"action":"body","body":1}])", {u"body"_s});
}

void TestFaults::namesWhatItCannotRead()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QStringList, named);
    const Outcome<QList<DemoFault>> faults = parseFaults(json);
    QVERIFY(!faults);
    QCOMPARE(faults.problem().category, Problem::Category::InvalidInput);
    const QString text = faults.problem().caption + u' ' + faults.problem().detail;
    for (const QString &word : named)
        QVERIFY2(text.contains(word), qPrintable(text));
}

void TestFaults::answersWithAStatusAndRetryAfter()
{
    put(R"([{"action":"status","status":429,"retry_after":3}])");
    const DemoAnswer answer = m_client->send("DELETE", credentialPath());
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.header("Retry-After"), QByteArray("3"));
    QCOMPARE(answer.json.value("status"_L1).toInt(), 429);
    QVERIFY(credentialIsThere());
    m_service->setFaults({});
    QCOMPARE(m_client->get(credentialPath()).status, 200);
}

void TestFaults::onlyTheNthMatchingRequest()
{
    put(R"([{"path":"/integrations","nth":2,"action":"status","status":503},
            {"path":"/integrations","nth":3,"action":"status","status":502}])");
    QCOMPARE(m_client->get("/integrations").status, 200);
    QCOMPARE(m_client->get("/integration-instances").status, 200);
    QCOMPARE(m_client->get("/integrations").status, 503);
    QCOMPARE(m_client->get("/integrations").status, 502);
    QCOMPARE(m_client->get("/integrations").status, 200);
}

void TestFaults::matchesMethodPathAndQuery()
{
    put(R"([{"method":"POST","action":"status","status":501},
            {"path":"/integration-instances/*/auth-credential","action":"status","status":502},
            {"path":"/integration-instances?*page[number]=2*","action":"status","status":503}])");
    QCOMPARE(m_client->send("POST", "/integration-instances", QByteArray("{}")).status, 501);
    QCOMPARE(m_client->get(credentialPath()).status, 502);
    QCOMPARE(m_client->get(credentialPath().chopped(16)).status, 200);
    QCOMPARE(m_client->get("/integration-instances?page%5Bnumber%5D=2&page[size]=5").status, 503);
    QCOMPARE(m_client->get("/integration-instances?page[number]=1").status, 200);
}

void TestFaults::closesBeforeOrAfterTheWork_data()
{
    QTest::addColumn<QByteArray>("action");
    QTest::addColumn<bool>("done");
    QTest::newRow("close before") << QByteArray("close_before") << false;
    QTest::newRow("close after") << QByteArray("close_after") << true;
    QTest::newRow("reset before") << QByteArray("reset_before") << false;
    QTest::newRow("reset after") << QByteArray("reset_after") << true;
}

void TestFaults::closesBeforeOrAfterTheWork()
{
    QFETCH(const QByteArray, action);
    QFETCH(const bool, done);
    put("[{\"action\":\"" + action + "\",\"delay_ms\":30}]");
    QElapsedTimer timer;
    timer.start();
    QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError;
    QCOMPARE(rawDelete(&error), QByteArray());
    QCOMPARE(error, QAbstractSocket::RemoteHostClosedError);
    QVERIFY(timer.elapsed() >= 30);
    QCOMPARE(credentialIsThere(), !done);
    QCOMPARE(m_service->copies("DELETE", QString::fromLatin1(credentialPath())), 1);
}

void TestFaults::aResetIsNotAClose()
{
    // QTcpSocket calls both "closed by the remote host", so this asks the system.
    const auto endOf = [this](const QByteArray &action) {
        put("[{\"action\":\"" + action + "\"}]");
        const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(quint16(m_service->baseUrl().port()));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const QByteArray request("GET /v1/integrations HTTP/1.1\r\nHost: x\r\n\r\n");
        if (::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 ||
            ::send(descriptor, request.constData(), size_t(request.size()), 0) < 0)
            return -1;
        int end = -1;
        char byte = 0;
        const bool ended = QTest::qWaitFor([&] {
            const ssize_t got = ::recv(descriptor, &byte, 1, MSG_DONTWAIT);
            end = got == 0 ? 0 : errno;
            return got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
        });
        ::close(descriptor);
        return ended ? end : -1;
    };
    QCOMPARE(endOf("close_before"), 0);
    QCOMPARE(endOf("reset_before"), ECONNRESET);
    QCOMPARE(endOf("reset_after"), ECONNRESET);
}

void TestFaults::sendsHalfABody()
{
    put(R"([{"action":"half_body"}])");
    QTcpSocket socket;
    QByteArray got;
    connect(&socket, &QTcpSocket::readyRead, &socket, [&] { got += socket.readAll(); });
    socket.connectToHost(QHostAddress::LocalHost, quint16(m_service->baseUrl().port()));
    socket.write("GET /v1" + credentialPath() + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n");
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    const qsizetype body = got.size() - got.indexOf("\r\n\r\n") - 4;
    const qsizetype length = got.mid(got.indexOf("Content-Length: ") + 16).split('\r').first().toLongLong();
    QVERIFY(length > 100);
    QCOMPARE(body, length / 2);
    QCOMPARE(m_client->get(credentialPath()).error, QNetworkReply::RemoteHostClosedError);
}

void TestFaults::sendsAPageInsteadOfJson()
{
    put(R"([{"action":"wrong_type"}])");
    const DemoAnswer answer = m_client->get("/integrations");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("Content-Type").startsWith("text/html"));
    QVERIFY(answer.body.contains("<html>"));
}

void TestFaults::neverAnswers()
{
    put(R"([{"action":"never","nth":1}])");
    QCOMPARE(m_client->send("DELETE", credentialPath(), {}, 150).status, 0);
    QVERIFY(credentialIsThere());
    QCOMPARE(m_client->get(credentialPath()).status, 200);
}

void TestFaults::delaysAnAnswer()
{
    put(R"([{"action":"delay","delay_ms":120,"nth":1}])");
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(m_client->send("DELETE", credentialPath()).status, 204);
    QVERIFY(timer.elapsed() >= 120);
    QVERIFY(!credentialIsThere());
}

void TestFaults::sendsTheGivenBody()
{
    put(R"([{"action":"body","status":201,"body":{"id":5}}])");
    const DemoAnswer answer = m_client->send("DELETE", credentialPath());
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.body, QByteArray("{\"id\":5}"));
    QVERIFY(answer.header("Content-Type").startsWith("application/json"));
    QVERIFY(credentialIsThere());
}

void TestFaults::redirects()
{
    put(R"([{"action":"redirect","location":"http://127.0.0.1:1/v1/elsewhere"}])");
    const DemoAnswer answer = m_client->send("DELETE", credentialPath());
    QCOMPARE(answer.status, 307);
    QCOMPARE(answer.header("Location"), QByteArray("http://127.0.0.1:1/v1/elsewhere"));
    QVERIFY(credentialIsThere());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TestFaults)
#include "tst_faults.moc"
