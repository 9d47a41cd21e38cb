// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoorganization.h"
#include "app/demo/demoservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsTheIntegrationsOfTheCatalog();
};

void TestService::listsTheIntegrationsOfTheCatalog()
{
    test::FakeClock clock;
    DemoService service({}, clock);
    QVERIFY(service.listen());
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(service.baseUrl().toString() + u"/integrations?page[size]=100"_s));
    request.setRawHeader("Authorization", "Bearer x");
    std::unique_ptr<QNetworkReply> reply(network.get(request));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    QVERIFY(finished.wait());
    const QJsonObject page = QJsonDocument::fromJson(reply->readAll()).object();
    QCOMPARE(page.value("data"_L1).toArray().size(), 15);
    QCOMPARE(service.copies("GET", u"/integrations"_s), 1);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TestService)
#include "tst_service.moc"
