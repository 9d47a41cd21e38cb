// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/instancefinder.h"
#include "app/demo/demoorganization.h"
#include "app/demo/demoservice.h"
#include "app/session/session.h"
#include "models/core/redactor.h"
#include "models/services/profiles.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

QCoro::Task<bool> closed(Session *session)
{
    co_await session->close();
    co_return true;
}

} // namespace

/// A profile whose geo `eu` answers and whose geo `us` does not.
class TstInstanceFinder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void anIdIsFoundWhereOneGeoFails();
    void aNameIsNotTakenWhereOneGeoFails();
    void aNameIsTakenInTheGeoThatIsNamed();
    void whatIsNowhereNamesTheGeoThatFailed();
    void aGeoThatNoProfileHasIsSaid();
    void aNameThatIsThereTwiceNeedsADecision();

private:
    void save(const QUrl &eu, const QUrl &us);
    [[nodiscard]] Outcome<InstanceRecord> find(const QString &nameOrId, const QStringList &geos = {})
    {
        InstanceFinder finder(*m_session);
        auto found = await(finder.find({}, geos, nameOrId, {}));
        return found ? std::move(*found) : Outcome<InstanceRecord>(Problem());
    }
    [[nodiscard]] QString first(const QString &field) const
    {
        return m_service->organization().instances().first().value(field).toString();
    }

    FakeClock m_clock;
    Redactor m_redactor;
    QUrl m_deadUrl;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DemoService> m_service;
    std::unique_ptr<Session> m_session;
};

void TstInstanceFinder::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_service = std::make_unique<DemoService>(DemoService::Options(), m_clock);
    QVERIFY(m_service->listen());
    QTcpServer port;
    QVERIFY(port.listen(QHostAddress::LocalHost));
    m_deadUrl = QUrl(u"http://127.0.0.1:%1/v1"_s.arg(port.serverPort()));
    Session::Options options;
    options.dataDir = m_dir->path();
    options.keychain = false;
    m_session = std::make_unique<Session>(options, m_redactor, m_clock);
    QVERIFY(await(m_session->open())->ok());
}

void TstInstanceFinder::cleanup()
{
    QVERIFY(await(closed(m_session.get())));
    m_session.reset();
    m_service.reset();
}

void TstInstanceFinder::save(const QUrl &eu, const QUrl &us)
{
    Profile profile;
    profile.name = u"Acme"_s;
    profile.endpoints = {{u"us"_s, us}, {u"eu"_s, eu}};
    auto saved = await(m_session->profiles().save(profile, Secret(QByteArray("kpat_of-the-finder")), true));
    QVERIFY(saved && saved->ok());
}

void TstInstanceFinder::anIdIsFoundWhereOneGeoFails()
{
    save(m_service->baseUrl(), m_deadUrl);
    const Outcome<InstanceRecord> found = find(first(u"id"_s));
    QVERIFY2(found.ok(), qPrintable(found ? QString() : found.problem().toText()));
    QCOMPARE(found.value().instance.name, first(u"name"_s));
}

void TstInstanceFinder::aNameIsNotTakenWhereOneGeoFails()
{
    save(m_service->baseUrl(), m_deadUrl);
    const Outcome<InstanceRecord> found = find(first(u"name"_s));
    QVERIFY(!found);
    QCOMPARE(found.problem().category, Problem::Category::Network);
    const QString said = found.problem().detail;
    QVERIFY2(said.contains(u"there: us."), qPrintable(said));
    QVERIFY2(said.contains(u"--geo"), qPrintable(said));
    QVERIFY2(said.contains(first(u"id"_s)), qPrintable(said));
}

void TstInstanceFinder::aNameIsTakenInTheGeoThatIsNamed()
{
    save(m_service->baseUrl(), m_deadUrl);
    const Outcome<InstanceRecord> found = find(first(u"name"_s), {u"eu"_s});
    QVERIFY2(found.ok(), qPrintable(found ? QString() : found.problem().toText()));
    QCOMPARE(found.value().address.instanceId, first(u"id"_s));
}

void TstInstanceFinder::whatIsNowhereNamesTheGeoThatFailed()
{
    save(m_service->baseUrl(), m_deadUrl);
    for (const QString &missing : {u"no-such-instance"_s, u"00000000-0000-4000-8000-000000000000"_s}) {
        const Outcome<InstanceRecord> found = find(missing);
        QVERIFY(!found);
        QCOMPARE(found.problem().category, Problem::Category::Network);
        QVERIFY2(found.problem().detail.contains(u"not asked: us."), qPrintable(found.problem().detail));
    }
}

void TstInstanceFinder::aGeoThatNoProfileHasIsSaid()
{
    save(m_service->baseUrl(), m_deadUrl);
    const Outcome<InstanceRecord> found = find(first(u"name"_s), {u"sg"_s});
    QVERIFY(!found);
    QCOMPARE(found.problem().category, Problem::Category::NotFound);
    QVERIFY(found.problem().caption.contains(u"sg"));
}

void TstInstanceFinder::aNameThatIsThereTwiceNeedsADecision()
{
    DemoService other(DemoService::Options(), m_clock);
    QVERIFY(other.listen());
    save(m_service->baseUrl(), other.baseUrl());
    const Outcome<InstanceRecord> found = find(first(u"name"_s));
    QVERIFY(!found);
    QCOMPARE(found.problem().category, Problem::Category::NeedsDecision);
    const Outcome<InstanceRecord> narrowed = find(first(u"name"_s), {u"us"_s});
    QVERIFY(narrowed.ok());
    QCOMPARE(narrowed.value().address.origin, other.baseUrl().adjusted(QUrl::RemovePath).toString());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstInstanceFinder)
#include "tst_instancefinder.moc"
