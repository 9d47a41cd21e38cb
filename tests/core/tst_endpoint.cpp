// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/profile.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TstEndpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsHttpsAndLoopback_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("origin");
        const auto row = [](const char *url, const char *base, const char *origin) {
            QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(base)
                               << QString::fromUtf8(origin);
        };
        row("https://eu.api.konghq.com/v1", "https://eu.api.konghq.com/v1", "https://eu.api.konghq.com:443");
        row("HTTPS://EU.Api.KongHQ.com/v1/", "https://eu.api.konghq.com/v1", "https://eu.api.konghq.com:443");
        row("https://proxy.example:443/v1//", "https://proxy.example/v1", "https://proxy.example:443");
        row("https://proxy.example:8443", "https://proxy.example:8443", "https://proxy.example:8443");
        row(" https://proxy.example/ ", "https://proxy.example", "https://proxy.example:443");
        row("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1", "http://127.0.0.1:8080");
        row("http://127.8.9.1/v1", "http://127.8.9.1/v1", "http://127.8.9.1:80");
        row("http://localhost:9", "http://localhost:9", "http://localhost:9");
        row("http://[::1]:8080/v1", "http://[::1]:8080/v1", "http://[::1]:8080");
    }
    void acceptsHttpsAndLoopback()
    {
        QFETCH(QString, url);
        QFETCH(QString, base);
        QFETCH(QString, origin);
        const auto endpoint = endpointOfUrl(url);
        QVERIFY(endpoint);
        QCOMPARE(endpoint->baseUrl.toString(), base);
        QCOMPARE(endpoint->origin(), origin);
        QVERIFY(endpoint->geo.isEmpty());
    }

    void refusesTheRest_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url : {"",
                                "eu.api.konghq.com",
                                "http://eu.api.konghq.com/v1",
                                "ftp://127.0.0.1",
                                "file:///etc/passwd",
                                "https://",
                                "https:///v1",
                                "https://user@host/v1",
                                "https://user:secret@host/v1",
                                "https://@host/v1",
                                "https://host/v1?x=1",
                                "https://host/v1?",
                                "https://host/v1#top",
                                "http://127.0.0.1.example.com",
                                "http://localhost.example.com",
                                "http://128.0.0.1",
                                "http://0.0.0.0",
                                "http://[::2]",
                                "https://host:99999/v1",
                                "https://ho st/v1"})
            QTest::newRow(url) << QString::fromUtf8(url);
    }
    void refusesTheRest()
    {
        QFETCH(QString, url);
        QVERIFY(!endpointOfUrl(url));
    }

    void geosAreKongs()
    {
        QCOMPARE(konnectGeos(), (QStringList{u"us"_s, u"eu"_s, u"au"_s, u"me"_s, u"in"_s, u"sg"_s}));
        const Endpoint endpoint = endpointOfGeo(u"sg"_s);
        QCOMPARE(endpoint.baseUrl.toString(), u"https://sg.api.konghq.com/v1"_s);
        QCOMPARE(endpoint.label(), u"sg"_s);
    }

    void aCustomUrlIsCalledByItsHost()
    {
        QCOMPARE(endpointOfUrl(u"https://proxy.example:8443/v1"_s)->label(), u"proxy.example:8443"_s);
        QCOMPARE(endpointOfUrl(u"https://proxy.example/v1"_s)->label(), u"proxy.example"_s);
        QCOMPARE(endpointOfUrl(u"http://[::1]:80/"_s)->label(), u"[::1]"_s);
    }

    void aTestPassesWhenItsLastStepDoes()
    {
        using Step = ConnectionStep;
        EndpointTest test;
        QVERIFY(!test.passed());
        test.steps = {{Step::Kind::Connect, Step::Result::Passed, {}, {}},
                      {Step::Kind::ReadCatalog, Step::Result::Passed, {}, {}}};
        QVERIFY(test.passed());
        test.steps.first().result = Step::Result::Failed;
        QVERIFY(!test.passed());
        test.steps = {{Step::Kind::Connect, Step::Result::Passed, {}, {}},
                      {Step::Kind::Tls, Step::Result::NotReached, {}, {}}};
        QVERIFY(!test.passed());
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstEndpoint)
#include "tst_endpoint.moc"
