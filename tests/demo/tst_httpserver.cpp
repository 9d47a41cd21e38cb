// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/httpserver.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

/// A client that says exactly the bytes it is given.
struct Wire
{
    explicit Wire(quint16 port)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { got += socket.readAll(); });
        socket.connectToHost(QHostAddress::LocalHost, port);
        connected = socket.waitForConnected(5000);
    }
    [[nodiscard]] bool isClosed() const { return socket.state() == QAbstractSocket::UnconnectedState; }

    QTcpSocket socket;
    QByteArray got;
    bool connected = false;
};

/// Answers with what was asked; the path may ask for something special.
HttpResponse echo(const HttpRequest &request)
{
    HttpResponse answer;
    answer.body = request.method + ' ' + request.target + ' ' + request.body;
    if (request.target.startsWith("/delay/"))
        answer.delayMs = request.target.mid(7).toInt();
    if (request.target == "/never")
        answer.wire = HttpResponse::Wire::Nothing;
    return answer;
}

} // namespace

class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsBodiesByLength();
    void readsChunkedBodies();
    void readsARequestThatArrivesByteByByte();
    void saysContinueToAClientThatWaitsForIt();
    void answersPipelinedRequestsInOrder();
    void keepsTheConnectionUnlessAskedToCloseIt();
    void answersHeadWithoutABody();
    void refusesWhatIsNotHttp_data();
    void refusesWhatIsNotHttp();
    void givesUpOnASlowRequest();
    void anIdleConnectionIsNotASlowRequest();
    void survivesClientsThatVanish();
    void goesCleanlyWithOpenConnections();
    void listensOnOneLoopbackAddressOnly();
    void saysWhenThePortIsTaken();

private:
    std::unique_ptr<HttpServer> m_server;
};

void TestHttpServer::init()
{
    m_server = std::make_unique<HttpServer>(echo);
    m_server->setLimits({2048, 1000});
    QVERIFY(m_server->listen(0));
}

void TestHttpServer::readsBodiesByLength()
{
    Wire wire(m_server->port());
    wire.socket.write("POST /a HTTP/1.1\r\nHost: x\r\ncontent-length: 5\r\n\r\nhello");
    QTRY_VERIFY(wire.got.endsWith("POST /a hello"));
    QVERIFY(wire.got.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(wire.got.contains("\r\nContent-Length: 13\r\n"));
}

void TestHttpServer::readsChunkedBodies()
{
    Wire wire(m_server->port());
    wire.socket.write("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "3;name=value\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: x\r\n\r\n"
                      "GET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(wire.got.endsWith("GET /b "));
    QVERIFY(wire.got.contains("POST /a hello"));
}

void TestHttpServer::readsARequestThatArrivesByteByByte()
{
    Wire wire(m_server->port());
    const QByteArray request(
        "PUT /slow HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbyte\r\n0\r\n\r\n");
    for (const char c : request) {
        wire.socket.write(&c, 1);
        wire.socket.flush();
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(wire.got.endsWith("PUT /slow byte"));
}

void TestHttpServer::saysContinueToAClientThatWaitsForIt()
{
    Wire wire(m_server->port());
    wire.socket.write("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    QTRY_COMPARE(wire.got, QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    wire.socket.write("hello");
    QTRY_VERIFY(wire.got.endsWith("POST /a hello"));
}

void TestHttpServer::answersPipelinedRequestsInOrder()
{
    Wire wire(m_server->port());
    wire.socket.write("GET /delay/150 HTTP/1.1\r\nHost: x\r\n\r\nGET /delay/1 HTTP/1.1\r\nHost: x\r\n\r\n"
                      "GET /last HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(wire.got.contains("/last"));
    QVERIFY(wire.got.indexOf("/delay/150") < wire.got.indexOf("/delay/1 "));
    QVERIFY(wire.got.indexOf("/delay/1 ") < wire.got.indexOf("/last"));
    QCOMPARE(wire.got.count("HTTP/1.1 200"), 3);
}

void TestHttpServer::keepsTheConnectionUnlessAskedToCloseIt()
{
    Wire wire(m_server->port());
    wire.socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(wire.got.endsWith("GET /a "));
    QVERIFY(wire.got.contains("Connection: keep-alive"));
    QVERIFY(!wire.isClosed());
    wire.socket.write("GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QTRY_VERIFY(wire.isClosed());
    QVERIFY(wire.got.endsWith("GET /b "));

    Wire old(m_server->port());
    old.socket.write("GET /a HTTP/1.0\r\n\r\n");
    QTRY_VERIFY(old.isClosed());
    QVERIFY(old.got.endsWith("GET /a "));
}

void TestHttpServer::answersHeadWithoutABody()
{
    Wire wire(m_server->port());
    wire.socket.write("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(wire.got.endsWith("GET /b "));
    QVERIFY(wire.got.contains("Content-Length: 8\r\n"));
    QVERIFY(!wire.got.contains("HEAD /a"));
}

void TestHttpServer::refusesWhatIsNotHttp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("status");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &status) {
        QTest::newRow(name) << bytes << status;
    };
    row("nonsense", "hello there\r\n\r\n", "400");
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505");
    row("header without a colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", "400");
    row("folded header", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", "400");
    row("negative length", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "400");
    row("two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400");
    row("length and chunks",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400");
    row("unknown coding", "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "400");
    row("chunk size of words", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400");
    row("chunk of another size", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabcd\r\n", "400");
    row("body too large", "POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n", "413");
    row("chunks too large", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n", "413");
    row("length beyond numbers", "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", "413");
    row("head too large", "GET / HTTP/1.1\r\nA: " + QByteArray(3000, 'a'), "431");
    row("complete head too large", "GET / HTTP/1.1\r\nA: " + QByteArray(3000, 'a') + "\r\n\r\n", "431");
}

void TestHttpServer::refusesWhatIsNotHttp()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, status);
    Wire wire(m_server->port());
    wire.socket.write(bytes);
    QTRY_VERIFY(wire.got.startsWith("HTTP/1.1 " + status));
    QTRY_VERIFY(wire.isClosed());
}

void TestHttpServer::givesUpOnASlowRequest()
{
    m_server->setRequestTimeout(50);
    Wire wire(m_server->port());
    wire.socket.write("GET /a HTT");
    QTRY_VERIFY(wire.got.startsWith("HTTP/1.1 408"));
    QTRY_VERIFY(wire.isClosed());
}

void TestHttpServer::anIdleConnectionIsNotASlowRequest()
{
    m_server->setRequestTimeout(20);
    Wire idle(m_server->port());
    Wire busy(m_server->port());
    busy.socket.write("GET /delay/200 HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(busy.got.endsWith("GET /delay/200 "));
    QVERIFY(!idle.isClosed());
    idle.socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(idle.got.endsWith("GET /a "));
}

void TestHttpServer::survivesClientsThatVanish()
{
    for (int round = 0; round < 20; ++round) {
        auto wire = std::make_unique<Wire>(m_server->port());
        QVERIFY(wire->connected);
        wire->socket.write("GET /delay/20 HTTP/1.1\r\nHost: x\r\n\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n");
        if (round % 2 == 0)
            wire->socket.write("POST /half HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
        QVERIFY(wire->socket.waitForBytesWritten(5000));
        if (round % 3 == 0)
            QTRY_VERIFY(m_server->findChildren<HttpConnection *>().size() > 0);
        wire->socket.abort();
    }
    QTRY_COMPARE(m_server->findChildren<HttpConnection *>().size(), 0);
    Wire wire(m_server->port());
    wire.socket.write("GET /still-here HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(wire.got.endsWith("/still-here "));
}

void TestHttpServer::goesCleanlyWithOpenConnections()
{
    Wire delayed(m_server->port());
    Wire never(m_server->port());
    Wire half(m_server->port());
    delayed.socket.write("GET /delay/50 HTTP/1.1\r\nHost: x\r\n\r\n");
    never.socket.write("GET /never HTTP/1.1\r\nHost: x\r\n\r\n");
    half.socket.write("POST /half HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
    QTRY_COMPARE(m_server->findChildren<HttpConnection *>().size(), 3);
    m_server.reset();
    QTRY_VERIFY(delayed.isClosed());
    QTRY_VERIFY(never.isClosed());
    QTRY_VERIFY(half.isClosed());
    QVERIFY(delayed.got.isEmpty());
}

void TestHttpServer::listensOnOneLoopbackAddressOnly()
{
    // The whole of 127/8 is this machine: an address beside ours shows that we do not listen on all of them.
    QTcpSocket neighbour;
    neighbour.connectToHost(QHostAddress(u"127.0.0.2"_s), m_server->port());
    QVERIFY(!neighbour.waitForConnected(2000));
    QCOMPARE(neighbour.error(), QAbstractSocket::ConnectionRefusedError);
}

void TestHttpServer::saysWhenThePortIsTaken()
{
    HttpServer second(echo);
    QVERIFY(!second.listen(m_server->port()));
    QVERIFY(!second.errorText().isEmpty());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TestHttpServer)
#include "tst_httpserver.moc"
