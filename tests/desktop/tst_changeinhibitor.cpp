// SPDX-License-Identifier: GPL-3.0-or-later
// Runs on a bus of its own, which stands for the system bus: tests/support/with-keyring.sh --bus-only.
#include "app/desktop/platform/changeinhibitor.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QSignalSpy>
#include <QSocketNotifier>

#include <array>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace latchkey;
using namespace latchkey::test;

namespace {

/// As logind does it: hands out the one end of a pipe, and sees at the other when it is closed.
class FakeLogind : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")
public:
    QList<QStringList> calls;
    int held = 0;

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &why,
                                    const QString &mode)
    {
        calls.append({what, who, why, mode});
        std::array<int, 2> ends{-1, -1};
        if (::pipe(ends.data()) != 0)
            return {};
        ++held;
        auto *closed = new QSocketNotifier(ends[0], QSocketNotifier::Read, this);
        connect(closed, &QSocketNotifier::activated, this, [this, closed, end = ends[0]] {
            closed->setEnabled(false);
            closed->deleteLater();
            ::close(end);
            --held;
        });
        QDBusUnixFileDescriptor given;
        given.giveFileDescriptor(ends[1]);
        return given;
    }

Q_SIGNALS:
    void PrepareForSleep(bool begins);
    void PrepareForShutdown(bool begins);
};

const QString Name = u"org.freedesktop.login1"_s;
const QString Path = u"/org/freedesktop/login1"_s;
const QString Staging = u"datadog-staging"_s;
const QString Production = u"datadog-eu-production"_s;

QDBusConnection connectAs(const QString &name)
{
    return QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), name);
}

} // namespace

class TstChangeInhibitor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_logind = std::make_unique<FakeLogind>();
        QDBusConnection bus = connectAs(u"logind"_s);
        QVERIFY(bus.isConnected());
        QVERIFY(bus.registerObject(Path, m_logind.get(), QDBusConnection::ExportAllContents));
        QVERIFY(bus.registerService(Name));
        m_world = std::make_unique<World>();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->start());
        m_inhibitor = std::make_unique<ChangeInhibitor>(m_stack->changes, connectAs(u"latchkey"_s));
    }
    void cleanup()
    {
        m_inhibitor.reset();
        m_stack.reset();
        m_world.reset();
        QDBusConnection::disconnectFromBus(u"logind"_s);
        QDBusConnection::disconnectFromBus(u"latchkey"_s);
        m_logind.reset();
    }

    void asksToWaitForAsLongAsAChangeRuns()
    {
        QCOMPARE(m_logind->calls.size(), 0);
        {
            const auto change = m_stack->changes.reserve(m_stack->address(Staging));
            QVERIFY(change);
            QTRY_VERIFY(m_inhibitor->isHolding());
            QCOMPARE(m_logind->held, 1);
            const QStringList call = m_logind->calls.constFirst();
            QCOMPARE(call.at(0), u"shutdown:sleep"_s);
            QCOMPARE(call.at(1), u"Latchkey"_s);
            QVERIFY(!call.at(2).isEmpty());
            QCOMPARE(call.at(3), u"delay"_s);
            // Every user of the machine can list them.
            QVERIFY(!call.join(u' ').contains(u"datadog"_s, Qt::CaseInsensitive));
        }
        QVERIFY(!m_inhibitor->isHolding());
        QTRY_COMPARE(m_logind->held, 0);
    }

    void oneIsEnoughForSeveral()
    {
        auto first = m_stack->changes.reserve(m_stack->address(Staging));
        QTRY_VERIFY(m_inhibitor->isHolding());
        auto second = m_stack->changes.reserve(m_stack->address(Production));
        first = Problem();
        QVERIFY(m_inhibitor->isHolding());
        second = Problem();
        QVERIFY(!m_inhibitor->isHolding());
        QTRY_COMPARE(m_logind->held, 0);
        QCOMPARE(m_logind->calls.size(), 1);
    }

    void anAnswerThatComesTooLateIsClosed()
    {
        {
            const auto change = m_stack->changes.reserve(m_stack->address(Staging));
            QVERIFY(change);
        }
        QTRY_COMPARE(m_logind->calls.size(), 1);
        QTRY_COMPARE(m_logind->held, 0);
        QVERIFY(!m_inhibitor->isHolding());
    }

    void everyRealChangeIsCovered()
    {
        int changes = 0;
        for (const ChangeKind kind : {ChangeKind::Replace, ChangeKind::Delete}) {
            const auto result = m_stack->run(m_stack->request(kind, Staging));
            QVERIFY(result && result->ok());
            ++changes;
            QTRY_COMPARE(m_logind->calls.size(), changes);
            QTRY_COMPARE(m_logind->held, 0);
        }
    }

    void tellsThatTheMachineStops()
    {
        QSignalSpy told(m_inhibitor.get(), &ChangeInhibitor::machineStops);
        Q_EMIT m_logind->PrepareForSleep(true);
        QTRY_COMPARE(told.size(), 1);
        Q_EMIT m_logind->PrepareForSleep(false);
        Q_EMIT m_logind->PrepareForShutdown(true);
        QTRY_COMPARE(told.size(), 2);
    }

    void withoutLogindNothingIsMissed()
    {
        QVERIFY(connectAs(u"logind"_s).unregisterService(Name));
        const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
        QVERIFY(result && result->ok());
        QVERIFY(!m_inhibitor->isHolding());

        m_inhibitor = std::make_unique<ChangeInhibitor>(
            m_stack->changes, QDBusConnection::connectToBus(u"unix:path=/nonexistent/bus"_s, u"nowhere"_s));
        const auto again = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
        QVERIFY(again && again->ok());
        QVERIFY(!m_inhibitor->isHolding());
        QDBusConnection::disconnectFromBus(u"nowhere"_s);
    }

private:
    std::unique_ptr<FakeLogind> m_logind;
    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
    std::unique_ptr<ChangeInhibitor> m_inhibitor;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstChangeInhibitor)
#include "tst_changeinhibitor.moc"
