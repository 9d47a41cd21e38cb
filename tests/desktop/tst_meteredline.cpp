// SPDX-License-Identifier: GPL-3.0-or-later
// Runs on a bus of its own, which stands for the system bus: tests/support/with-keyring.sh --bus-only.
#include "app/desktop/platform/meteredline.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace latchkey;

namespace {

const QString Name = u"org.freedesktop.NetworkManager"_s;
const QString Path = u"/org/freedesktop/NetworkManager"_s;

/// Says what its line is, or nothing at all. It lives in the thread of who asks: one that waited would get no
/// answer.
class FakeNetworkManager : public QDBusVirtualObject
{
    Q_OBJECT
public:
    QVariant metered = QVariant::fromValue(uint(0));
    bool silent = false;
    int asked = 0;

    [[nodiscard]] QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        if (message.interface() != "org.freedesktop.DBus.Properties"_L1 ||
            message.arguments() != QVariantList{Name, u"Metered"_s})
            return false;
        ++asked;
        return silent || connection.send(message.createReply(QVariant::fromValue(QDBusVariant(metered))));
    }
};

QDBusConnection connectAs(const QString &name)
{
    return QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), name);
}

} // namespace

class TstMeteredLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QDBusConnection bus = connectAs(u"manager"_s);
        QVERIFY(bus.isConnected());
        m_manager = std::make_unique<FakeNetworkManager>();
        QVERIFY(bus.registerVirtualObject(Path, m_manager.get()));
        QVERIFY(bus.registerService(Name));
    }
    void cleanup()
    {
        QDBusConnection bus = connectAs(u"manager"_s);
        bus.unregisterService(Name);
        bus.unregisterObject(Path);
        m_manager.reset();
    }
    void cleanupTestCase()
    {
        QDBusConnection::disconnectFromBus(u"manager"_s);
        QDBusConnection::disconnectFromBus(u"asker"_s);
    }

    void saysWhatTheNetworkManagerSays_data()
    {
        QTest::addColumn<QVariant>("said");
        QTest::addColumn<bool>("metered");
        const auto row = [](const char *name, const QVariant &said, bool metered) {
            QTest::newRow(name) << said << metered;
        };
        row("unknown", QVariant::fromValue(uint(0)), false);
        row("yes", QVariant::fromValue(uint(1)), true);
        row("no", QVariant::fromValue(uint(2)), false);
        row("as it seems", QVariant::fromValue(uint(3)), true);
        row("not as it seems", QVariant::fromValue(uint(4)), false);
        row("what nobody knows yet", QVariant::fromValue(uint(5)), false);
        row("nonsense", u"often"_s, false);
    }
    void saysWhatTheNetworkManagerSays()
    {
        QFETCH(const QVariant, said);
        QFETCH(const bool, metered);
        m_manager->metered = said;
        MeteredLine line(connectAs(u"asker"_s));
        QVERIFY(!line.isMetered());
        QVERIFY(isAnswered(line));
        QCOMPARE(line.isMetered(), metered);
    }

    void followsTheLine()
    {
        MeteredLine line(connectAs(u"asker"_s));
        for (const uint said : {2U, 1U, 2U}) {
            m_manager->metered = QVariant::fromValue(said);
            QVERIFY(isAnswered(line));
            QCOMPARE(line.isMetered(), said == 1);
        }
    }

    void questionsAtOnceAreOne()
    {
        MeteredLine line(connectAs(u"asker"_s));
        QSignalSpy answered(&line, &MeteredLine::answered);
        line.ask();
        line.ask();
        QTRY_COMPARE(answered.count(), 1);
        QVERIFY(isAnswered(line));
        QCOMPARE(m_manager->asked, 2);
    }

    void aServiceThatGoesTakesItsWordWithIt()
    {
        m_manager->metered = QVariant::fromValue(uint(1));
        MeteredLine line(connectAs(u"asker"_s));
        QVERIFY(isAnswered(line));
        QVERIFY(line.isMetered());
        QVERIFY(connectAs(u"manager"_s).unregisterService(Name));
        QVERIFY(isAnswered(line));
        QVERIFY(!line.isMetered());
    }

    void oneThatNeverAnswersHoldsUpNothing()
    {
        m_manager->silent = true;
        MeteredLine line(connectAs(u"asker"_s), std::chrono::milliseconds(50));
        QVERIFY(isAnswered(line));
        QVERIFY(!line.isMetered());
    }

    void withoutABusNobodyKnows()
    {
        MeteredLine line(QDBusConnection(u"nothing"_s));
        QVERIFY(isAnswered(line));
        QVERIFY(!line.isMetered());
    }

private:
    /// Later, and once.
    static bool isAnswered(MeteredLine &line)
    {
        QSignalSpy answered(&line, &MeteredLine::answered);
        line.ask();
        return answered.isEmpty() && answered.wait() && answered.count() == 1;
    }

    std::unique_ptr<FakeNetworkManager> m_manager;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstMeteredLine)
#include "tst_meteredline.moc"
