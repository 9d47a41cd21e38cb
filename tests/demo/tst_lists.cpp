// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoorganization.h"
#include "app/demo/demoservice.h"
#include "tests/demo/democlient.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QSet>

#include <algorithm>
#include <memory>

using namespace latchkey;
using namespace Qt::StringLiterals;
using test::DemoAnswer;
using test::DemoClient;

class TestLists : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void pagesHoldTenUnlessAsked();
    void allPagesTogetherAreTheWholeList();
    void bracketsMayBeEncoded();
    void aPageBehindTheEndIsEmpty();
    void refusesWrongQueries_data();
    void refusesWrongQueries();
    void filters_data();
    void filters();
    void filtersDates();
    void sorts();
    void listsFollowWhatChanges();
    void manyPagesDoNotMeanManySorts();

private:
    [[nodiscard]] DemoAnswer list(const QByteArray &query)
    {
        return m_client->get("/integration-instances?page[size]=100&" + query);
    }

    test::FakeClock m_clock;
    std::unique_ptr<DemoService> m_service;
    std::unique_ptr<DemoClient> m_client;
};

void TestLists::init()
{
    m_service = std::make_unique<DemoService>(DemoService::Options(), m_clock);
    QVERIFY(m_service->listen());
    m_client = std::make_unique<DemoClient>(m_service->baseUrl());
}

void TestLists::cleanup()
{
    m_client.reset();
    m_service.reset();
}

void TestLists::pagesHoldTenUnlessAsked()
{
    const auto page = [this](const QByteArray &path) {
        return m_client->get(path).json.value("meta"_L1).toObject().value("page"_L1).toObject();
    };
    QCOMPARE(page("/integration-instances"),
             (QJsonObject{{u"number"_s, 1}, {u"size"_s, 10}, {u"total"_s, 40}}));
    QCOMPARE(page("/integrations?page[size]=4&page[number]=4"),
             (QJsonObject{{u"number"_s, 4}, {u"size"_s, 4}, {u"total"_s, 15}}));
    QCOMPARE(page("/integrations?page[size]=5000").value("size"_L1).toInt(), 100);
    QCOMPARE(page("/integrations?page[size]=&page[number]=").value("size"_L1).toInt(), 10);
    QCOMPARE(m_client->get("/integrations?page[size]=4&page[number]=4").names().size(), 3);
    QCOMPARE(m_client->get("/integration-instances").names().size(), 10);
}

void TestLists::allPagesTogetherAreTheWholeList()
{
    QSet<QString> names;
    for (int number = 1; number <= 6; ++number) {
        const QStringList page =
            m_client->get("/integration-instances?page[size]=7&page[number]=" + QByteArray::number(number))
                .names();
        for (const QString &name : page)
            names.insert(name);
    }
    QCOMPARE(names.size(), 40);
}

void TestLists::bracketsMayBeEncoded()
{
    const DemoAnswer plain =
        m_client->get("/integration-instances?page[size]=3&filter[integration.name][eq]=datadog");
    QVERIFY(m_service->received().last().target.contains("page[size]="));
    const DemoAnswer encoded =
        m_client->get("/integration-instances?page%5Bsize%5D=3&filter%5Bintegration.name%5D%5beq%5d=datadog");
    QVERIFY(m_service->received().last().target.contains("page%5Bsize%5D="));
    QCOMPARE(plain.names().size(), 3);
    QCOMPARE(encoded.json, plain.json);
}

void TestLists::aPageBehindTheEndIsEmpty()
{
    const DemoAnswer answer = m_client->get("/integration-instances?page[number]=2000000000");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.names(), QStringList());
}

void TestLists::refusesWrongQueries_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *query, const QString &field) {
        QTest::newRow(query) << QByteArray(query) << field;
    };
    row("page[size]=ten", u"page[size]"_s);
    row("page[size]=0", u"page[size]"_s);
    row("page[number]=-1", u"page[number]"_s);
    row("page[number]=1.5", u"page[number]"_s);
    row("filter[colour]=red", u"filter[colour]"_s);
    row("filter[description]=x", u"filter[description]"_s);
    row("filter[name][like]=x", u"filter[name][like]"_s);
    row("filter[name][eq][eq]=x", u"filter[name][eq][eq]"_s);
    row("filter[authorized]=yes", u"filter[authorized]"_s);
    row("filter[created_at][gt]=yesterday", u"filter[created_at][gt]"_s);
    row("filter[created_at][gt]=2026-01-01T00:00:00", u"filter[created_at][gt]"_s);
    row("filter[created_at][contains]=2026", u"filter[created_at][contains]"_s);
    row("filter[labels]=x", u"filter[labels]"_s);
    row("sort=colour", u"sort"_s);
    row("sort=name%20sideways", u"sort"_s);
    row("sort=name,,display_name", u"sort"_s);
    row("size=10", u"size"_s);
}

void TestLists::refusesWrongQueries()
{
    QFETCH(const QByteArray, query);
    QFETCH(const QString, field);
    const DemoAnswer answer = m_client->get("/integration-instances?" + query);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.invalidFields(), QStringList{field});
    const QJsonObject invalid = answer.json.value("invalid_parameters"_L1).toArray().first().toObject();
    QCOMPARE(invalid.value("source"_L1).toString(), u"query"_s);
    QVERIFY(!invalid.value("reason"_L1).toString().isEmpty());
}

void TestLists::filters_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("count");
    const auto row = [](const char *query, int count) { QTest::newRow(query) << QByteArray(query) << count; };
    row("filter[name]=datadog-staging", 1);
    row("filter[name][eq]=datadog-staging", 1);
    row("filter[name][eq]=Datadog-staging", 0);
    row("filter[name][oeq]=datadog-staging,slack-incidents,nobody", 2);
    row("filter[name][neq]=datadog-staging", 39);
    row("filter[name][contains]=datadog", 6);
    row("filter[display_name][contains]=(self-managed)", 1);
    row("filter[display_name][contains]=eu+production", 1);
    row("filter[name][ocontains]=slack,pagerduty", 4);
    row("filter[integration.name][eq]=sonarqube", 3);
    row("filter[integration.display_name][contains]=azure", 6);
    row("filter[authorized]=false", 3);
    row("filter[authorized]=true", 37);
    row("filter[labels.env][eq]=staging", 2);
    row("filter[labels.env]=staging", 2);
    row("filter[labels.env][ocontains]=stag,test", 4);
    row("filter[labels.cost-center][oeq]=4711,4712", 4);
    row("filter[labels.env]", 37);
    row("filter[labels.env][neq]=prod", 10);
    row("filter[labels.nobody]=x", 0);
    row("filter[integration.name]=datadog&filter[labels.env]=prod", 5);
}

void TestLists::filters()
{
    QFETCH(const QByteArray, query);
    QFETCH(const int, count);
    const DemoAnswer answer = list(query);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.names().size(), count);
    QCOMPARE(answer.json.value("meta"_L1).toObject().value("page"_L1).toObject().value("total"_L1).toInt(),
             count);
}

void TestLists::filtersDates()
{
    const QString text = list("filter[name]=datadog-staging")
                             .json.value("data"_L1)
                             .toArray()
                             .first()
                             .toObject()
                             .value("created_at"_L1)
                             .toString();
    const auto count = [this](const QByteArray &op, const QByteArray &date) {
        return list("filter[created_at]" + op + "=" + date).names().size();
    };
    const QByteArray date = text.toLatin1();
    const auto before = count("[lt]", date);
    QVERIFY(before > 0 && before < 39);
    QCOMPARE(count("", date), 1);
    QCOMPARE(count("[eq]", date), 1);
    QCOMPARE(count("[lte]", date), before + 1);
    QCOMPARE(count("[gt]", date), 39 - before);
    QCOMPARE(count("[gte]", date), 40 - before);
    // The same moment in another zone.
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs).toOffsetFromUtc(3600 * 2);
    QCOMPARE(count("[eq]", moment.toString(Qt::ISODateWithMs).toLatin1().toPercentEncoding()), 1);
}

void TestLists::sorts()
{
    const auto sorted = [](QStringList names, bool descending = false) {
        std::sort(names.begin(), names.end(),
                  [](const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) < 0; });
        if (descending)
            std::reverse(names.begin(), names.end());
        return names;
    };
    QStringList names = list("sort=name").names();
    QCOMPARE(names, sorted(names));
    names = list("sort=display_name%20desc").names(u"display_name"_s);
    QCOMPARE(names, sorted(names, true));
    names = list("sort=created_at+desc").names(u"created_at"_s);
    QCOMPARE(names, sorted(names, true));
    QVERIFY(names.first() != names.last());
    names = list("sort=updated_at%20asc").names(u"updated_at"_s);
    QCOMPARE(names, sorted(names));

    // By default the integration decides; several attributes count one after the other.
    QStringList titles;
    QStringList datadogs;
    for (const QJsonValue &item : list("").json.value("data"_L1).toArray())
        titles.append(item.toObject().value("integration"_L1).toObject().value("display_name"_L1).toString());
    QCOMPARE(titles, sorted(titles));
    for (const QJsonValue &item :
         list("sort=integration.display_name,name%20desc").json.value("data"_L1).toArray())
        if (item.toObject().value("integration"_L1).toObject().value("name"_L1) == QJsonValue(u"datadog"_s))
            datadogs.append(item.toObject().value("name"_L1).toString());
    QCOMPARE(datadogs.size(), 6);
    QCOMPARE(datadogs, sorted(datadogs, true));
    names = m_client->get("/integrations?page[size]=100").names(u"display_name"_s);
    QCOMPARE(names, sorted(names));
    QCOMPARE(names.first(), u"AWS API Gateway"_s);
}

void TestLists::listsFollowWhatChanges()
{
    QCOMPARE(list("filter[authorized]=false").names().size(), 3);
    const QString id =
        m_service->organization().instanceByName(u"datadog-staging"_s)->value("id"_L1).toString();
    m_client->send("DELETE", "/integration-instances/" + id.toLatin1() + "/auth-credential");
    QCOMPARE(list("filter[authorized]=false").names().size(), 4);
    m_service->organization().removeInstance(id);
    QCOMPARE(list("filter[authorized]=false").names().size(), 3);
}

void TestLists::manyPagesDoNotMeanManySorts()
{
    DemoService::Options options;
    options.instances = 5000;
    DemoService service(options, m_clock);
    QVERIFY(service.listen());
    DemoClient client(service.baseUrl());
    QElapsedTimer timer;
    timer.start();
    QSet<QString> names;
    for (int number = 1; number <= 50; ++number)
        for (const QString &name :
             client.get("/integration-instances?page[size]=100&page[number]=" + QByteArray::number(number))
                 .names())
            names.insert(name);
    const qint64 pages = timer.restart();
    QCOMPARE(names.size(), 5000);
    for (int number = 1; number <= 50; ++number)
        QCOMPARE(
            client
                .get("/integration-instances?page[size]=100&filter[name][neq]=" + QByteArray::number(number))
                .names()
                .size(),
            100);
    const qint64 listings = timer.elapsed();
    qInfo("50 pages of one listing in %lld ms, of 50 listings in %lld ms", static_cast<long long>(pages),
          static_cast<long long>(listings));
    QVERIFY2(pages * 3 < listings * 2, "each page seems to sort the whole list again");
}

LATCHKEY_TEST_MAIN(QCoreApplication, TestLists)
#include "tst_lists.moc"
