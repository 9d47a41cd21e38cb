// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoorganization.h"
#include "app/demo/demoservice.h"
#include "models/core/redactor.h"
#include "models/konnect/konnectclient.h"
#include "models/konnect/systemproxy.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/nginxfixture.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QNetworkProxyQuery>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <vector>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Category = Problem::Category;

namespace {

NewCredential datadogKeys()
{
    NewCredential keys;
    keys.headers.push_back({u"DD-API-KEY"_s, Secret(QByteArray("first-key-of-it"))});
    keys.headers.push_back({u"DD-APPLICATION-KEY"_s, Secret(QByteArray("second-key-of-it"))});
    return keys;
}

/// Tunnels to a port of this machine, whatever host is asked for, once it knows who asks.
class AskingProxy : public QTcpServer
{
public:
    explicit AskingProxy(quint16 target)
        : m_target(target)
    {
        connect(this, &QTcpServer::newConnection, this, [this] { serve(nextPendingConnection()); });
    }
    int refused = 0;
    QByteArrayList asked; ///< First lines.

private:
    void serve(QTcpSocket *client)
    {
        auto *upstream = new QTcpSocket(client);
        connect(client, &QTcpSocket::readyRead, this, [this, client, upstream] {
            if (upstream->state() == QTcpSocket::ConnectedState) {
                upstream->write(client->readAll());
                return;
            }
            if (upstream->state() != QTcpSocket::UnconnectedState ||
                !client->peek(64 * 1024).contains("\r\n\r\n"))
                return;
            const QByteArray head = client->readAll();
            asked += head.left(head.indexOf('\r'));
            if (!head.contains("Proxy-Authorization: Basic " +
                               QByteArray("admin:let-me-through").toBase64())) {
                ++refused;
                client->write("HTTP/1.1 407 Proxy Authentication Required\r\n"
                              "Proxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            upstream->connectToHost(QHostAddress::LocalHost, m_target);
        });
        connect(upstream, &QTcpSocket::connected, client,
                [client] { client->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
        connect(upstream, &QTcpSocket::readyRead, client,
                [client, upstream] { client->write(upstream->readAll()); });
        connect(upstream, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }

    quint16 m_target;
};

} // namespace

/// The client through TLS and HTTP/2, as Konnect is reached.
class TstTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void refusesAnUnknownAuthority();
    void trustsAnAuthorityOfTheProfileOverHttp2();
    void survivesGoaways();
    void sendsAWriteOnceOverHttp2();
    void sendsAWriteOnceWhenTlsIsClosed_data();
    void sendsAWriteOnceWhenTlsIsClosed();
    void writesThroughAProxyThatAsksWhoItIs();
    void doesManyReadsAtOnce();
    void tellsAServiceThatSpeaksNoTls();
    void asksNoProxyForLoopback();

private:
    [[nodiscard]] Connection connection(std::chrono::milliseconds timeout = 2s) const
    {
        Connection made;
        made.baseUrl = m_nginx->baseUrl();
        made.token = Secret(QByteArray("kpat_through-tls"));
        made.extraCaPem = m_nginx->caPem();
        made.limits.timeout = timeout;
        made.limits.backoffFirst = 10ms;
        made.limits.backoffMost = 40ms;
        return made;
    }
    [[nodiscard]] QString firstId() const
    {
        return m_service->organization().instances().first().value(u"id").toString();
    }
    /// An instance of Datadog with a credential.
    [[nodiscard]] QString datadog() const
    {
        for (const QJsonObject &each : m_service->organization().instances()) {
            const QString id = each.value(u"id").toString();
            if (m_service->organization().credential(id) &&
                each.value(u"integration").toObject().value(u"name").toString() == u"datadog")
                return id;
        }
        return {};
    }
    [[nodiscard]] QString credentialOf(const QString &id) const
    {
        return m_service->organization().credential(id)->value(u"id"_s).toString();
    }
    [[nodiscard]] QHash<QByteArray, int> requestsByConnection() const
    {
        QHash<QByteArray, int> requests;
        for (const QByteArray &line : m_nginx->accessLog())
            ++requests[line.split(' ').value(1)];
        return requests;
    }
    [[nodiscard]] int connectionsUsed() const { return static_cast<int>(requestsByConnection().size()); }

    FakeClock m_clock;
    Redactor m_redactor;
    std::unique_ptr<DemoService> m_service;
    std::unique_ptr<NginxFixture> m_nginx;
};

void TstTls::init()
{
    m_service = std::make_unique<DemoService>(DemoService::Options(), m_clock);
    QVERIFY(m_service->listen());
    m_nginx = std::make_unique<NginxFixture>();
}

void TstTls::refusesAnUnknownAuthority()
{
    QVERIFY2(m_nginx->start(m_service->baseUrl()), qPrintable(m_nginx->error()));
    Connection unknown = connection();
    unknown.extraCaPem.clear();
    KonnectClient client(std::move(unknown), m_redactor, m_clock);
    auto listing = await(client.instances());
    QVERIFY(listing && !listing->ok());
    QVERIFY2(listing->problem().category == Category::Tls, qPrintable(listing->problem().toText()));
    QVERIFY(listing->problem().caption.contains(u"localhost"));
    QVERIFY2(listing->problem().detail.contains(u"certificate"), qPrintable(listing->problem().detail));
    auto deleted = await(client.deleteCredential(firstId(), u"x"_s));
    QVERIFY(deleted && !deleted->ok());
    QCOMPARE(deleted->problem().category, Category::Tls);
    QVERIFY(m_service->received().isEmpty());
}

void TstTls::trustsAnAuthorityOfTheProfileOverHttp2()
{
    QVERIFY2(m_nginx->start(m_service->baseUrl()), qPrintable(m_nginx->error()));
    KonnectClient client(connection(), m_redactor, m_clock);
    auto listing = await(client.instances());
    QVERIFY(listing);
    QVERIFY2(listing->ok(), qPrintable(listing->ok() ? QString() : listing->problem().toText()));
    QCOMPARE(listing->value().items.size(), 40);
    QTRY_VERIFY(!m_nginx->accessLog().isEmpty());
    QVERIFY2(m_nginx->accessLog().first().startsWith("HTTP/2"), m_nginx->accessLog().first().constData());
}

void TstTls::survivesGoaways()
{
    QVERIFY2(m_nginx->start(m_service->baseUrl(), 50), qPrintable(m_nginx->error()));
    KonnectClient client(connection(700ms), m_redactor, m_clock);
    std::vector<QCoro::Task<Outcome<IntegrationInstance>>> reads;
    const QString id = firstId();
    for (int i = 0; i < 350; ++i)
        reads.push_back(client.instance(id));
    for (auto &read : reads) {
        auto answer = await(std::move(read), 60'000);
        QVERIFY(answer);
        QVERIFY2(answer->ok(), qPrintable(answer->ok() ? QString() : answer->problem().toText()));
    }
    QVERIFY(connectionsUsed() >= 7);
}

void TstTls::sendsAWriteOnceOverHttp2()
{
    QVERIFY2(m_nginx->start(m_service->baseUrl()), qPrintable(m_nginx->error()));
    const QString id = datadog();
    const QString path = u"/integration-instances/"_s + id + u"/auth-credential"_s;
    KonnectClient client(connection(), m_redactor, m_clock);
    auto deleted = await(client.deleteCredential(id, credentialOf(id)));
    QVERIFY(deleted && deleted->ok());
    QCOMPARE(deleted->value(), DeleteAnswer::Deleted);
    DemoFault lost;
    lost.method = "POST";
    lost.path = path;
    lost.action = DemoFault::Action::CloseAfter;
    m_service->setFaults({lost});
    auto created = await(client.createCredential(id, datadogKeys()));
    QVERIFY(created && !created->ok());
    QCOMPARE(created->problem().category, Category::OutcomeUnknown);
    QCOMPARE(created->problem().httpStatus, 502);
    QCOMPARE(m_service->copies("POST", path), 1);
    QCOMPARE(m_service->copies("DELETE", path), 1);
    QCOMPARE(m_service->organization().keys(id).value(u"DD-API-KEY"_s), "first-key-of-it");
    // The GET that warms goes over the connection of the write.
    QTRY_COMPARE(m_nginx->accessLog().size(), 4);
    QCOMPARE(connectionsUsed(), 1);
}

void TstTls::sendsAWriteOnceWhenTlsIsClosed_data()
{
    QTest::addColumn<bool>("http2");
    QTest::newRow("HTTP/1.1") << false;
    QTest::newRow("HTTP/2") << true;
}

void TstTls::sendsAWriteOnceWhenTlsIsClosed()
{
    QFETCH(const bool, http2);
    if (!http2)
        m_nginx->speakHttp1();
    m_nginx->closeOnWrites();
    QVERIFY2(m_nginx->start(m_service->baseUrl()), qPrintable(m_nginx->error()));
    const QString id = datadog();
    KonnectClient client(connection(), m_redactor, m_clock);
    auto deleted = await(client.deleteCredential(id, credentialOf(id)));
    QVERIFY(deleted && !deleted->ok());
    QVERIFY2(deleted->problem().category == Category::OutcomeUnknown,
             qPrintable(deleted->problem().toText()));
    m_service->organization().removeCredential(id);
    auto created = await(client.createCredential(id, datadogKeys()));
    QVERIFY(created && !created->ok());
    QVERIFY2(created->problem().category == Category::OutcomeUnknown,
             qPrintable(created->problem().toText()));
    // A late second copy would come on the next connection: reads make some.
    for (int i = 0; i < 5; ++i)
        QVERIFY(await(client.instance(id))->ok());
    const auto logged = [this](const QByteArray &verb) {
        const QByteArrayList lines = m_nginx->accessLog();
        return std::ranges::count_if(
            lines, [&verb](const QByteArray &line) { return line.split(' ').value(2) == verb; });
    };
    QTRY_COMPARE(logged("GET"), 7);
    QCOMPARE(logged("DELETE"), 1);
    QCOMPARE(logged("POST"), 1);
    QVERIFY(m_nginx->accessLog().first().startsWith(http2 ? "HTTP/2" : "HTTP/1.1"));
}

void TstTls::writesThroughAProxyThatAsksWhoItIs()
{
    QVERIFY2(m_nginx->start(m_service->baseUrl()), qPrintable(m_nginx->error()));
    AskingProxy proxy(m_nginx->port());
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    qputenv("https_proxy", "http://admin:let-me-through@127.0.0.1:" + QByteArray::number(proxy.serverPort()));
    Connection far = connection();
    far.baseUrl.setHost(NginxFixture::farName());
    KonnectClient client(std::move(far), m_redactor, m_clock);
    const QString id = datadog();
    const QString path = u"/integration-instances/"_s + id + u"/auth-credential"_s;
    auto deleted = await(client.deleteCredential(id, credentialOf(id)));
    auto created = await(client.createCredential(id, datadogKeys()));
    qunsetenv("https_proxy");
    QVERIFY(deleted && created);
    QVERIFY2(deleted->ok(), qPrintable(deleted->ok() ? QString() : deleted->problem().toText()));
    QVERIFY2(created->ok(), qPrintable(created->ok() ? QString() : created->problem().toText()));
    QCOMPARE(proxy.refused, 1);
    QVERIFY(proxy.asked.first().startsWith("CONNECT " + NginxFixture::farName().toLatin1()));
    // What the proxy refused, the GET had to say again: the writes went out once.
    QCOMPARE(m_service->copies("DELETE", path), 1);
    QCOMPARE(m_service->copies("POST", path), 1);
}

void TstTls::doesManyReadsAtOnce()
{
    QVERIFY2(m_nginx->start(m_service->baseUrl()), qPrintable(m_nginx->error()));
    KonnectClient client(connection(10s), m_redactor, m_clock);
    std::vector<QCoro::Task<Outcome<IntegrationInstance>>> reads;
    const QString id = firstId();
    for (int i = 0; i < 4500; ++i)
        reads.push_back(client.instance(id));
    for (auto &read : reads) {
        auto answer = await(std::move(read), 60'000);
        QVERIFY(answer);
        QVERIFY2(answer->ok(), qPrintable(answer->ok() ? QString() : answer->problem().toText()));
    }
    QCOMPARE(m_service->copies("GET", u"/integration-instances/"_s + id), 4500);
    // Each connection was left long before nginx would have ended it, after 1,000 requests.
    QTRY_COMPARE(m_nginx->accessLog().size(), 4500);
    const QHash<QByteArray, int> requests = requestsByConnection();
    QVERIFY(!requests.isEmpty());
    for (const int count : requests)
        QVERIFY2(count <= 900, qPrintable(QString::number(count)));
}

void TstTls::tellsAServiceThatSpeaksNoTls()
{
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    connect(&plain, &QTcpServer::newConnection, &plain, [&plain] {
        QTcpSocket *socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    Connection wrong;
    wrong.baseUrl = QUrl(u"https://127.0.0.1:%1/v1"_s.arg(plain.serverPort()));
    wrong.token = Secret(QByteArray("kpat_through-tls"));
    wrong.limits.timeout = 2s;
    KonnectClient client(std::move(wrong), m_redactor, m_clock);
    auto listing = await(client.instances());
    QVERIFY(listing && !listing->ok());
    QVERIFY2(listing->problem().category == Category::Tls, qPrintable(listing->problem().toText()));
}

void TstTls::asksNoProxyForLoopback()
{
    // A proxy that nobody runs: whatever asks it fails.
    qputenv("http_proxy", "http://127.0.0.1:9");
    qputenv("https_proxy", "http://127.0.0.1:9");
    SystemProxy system(true);
    for (const QString &host : {u"127.0.0.1"_s, u"localhost"_s, u"::1"_s, u"127.8.8.8"_s})
        QCOMPARE(system.queryProxy(QNetworkProxyQuery(host, 443)).first().type(), QNetworkProxy::NoProxy);
    const QNetworkProxyQuery outside(QUrl(u"https://eu.api.konghq.com/v1"_s));
    QCOMPARE(system.queryProxy(outside).first().port(), 9);
    QCOMPARE(SystemProxy(false).queryProxy(outside).first().type(), QNetworkProxy::NoProxy);
    qunsetenv("http_proxy");
    qunsetenv("https_proxy");
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstTls)
#include "tst_tls.moc"
