// SPDX-License-Identifier: GPL-3.0-or-later
// Runs on a bus of its own: tests/support/with-keyring.sh --bus-only.
#include "app/desktop/platform/notifier.h"
#include "tests/desktop/fakenotifications.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QSignalSpy>

#include <memory>

using namespace Qt::StringLiterals;
using namespace latchkey;
using namespace latchkey::test;

namespace {

ReminderNotice notice(ReminderNotice::Urgency urgency = ReminderNotice::Urgency::Normal)
{
    ReminderNotice notice;
    notice.title = u"3 credentials expire within 7 days"_s;
    notice.body = u"one <two> & three\nfour"_s;
    notice.urgency = urgency;
    notice.reminders = {Reminder()};
    return notice;
}

} // namespace

class TstNotifier : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_service = std::make_unique<FakeNotifications>();
        begin(FakeNotifications::connectAs(u"latchkey"_s));
    }
    void cleanup()
    {
        m_shown.reset();
        m_notShown.reset();
        m_notifier.reset();
        m_service.reset();
        QDBusConnection::disconnectFromBus(u"latchkey"_s);
    }

    void showsWhatItIsTold()
    {
        m_notifier->show(notice());
        QTRY_COMPARE(m_shown->count(), 1);
        QCOMPARE(m_service->all.size(), 1);
        const FakeNotifications::Shown shown = m_service->all.constFirst();
        QCOMPARE(shown.application, u"Latchkey"_s);
        QCOMPARE(shown.title, u"3 credentials expire within 7 days"_s);
        QCOMPARE(shown.body, u"one <two> & three\nfour"_s);
        QCOMPARE(shown.actions, (QStringList{u"default"_s, u"open"_s, u"snooze"_s}));
        QCOMPARE(shown.hints.value(u"desktop-entry"_s).toString(), QStringLiteral(LATCHKEY_APP_ID));
        QVERIFY(m_notifier->isServed());
        QCOMPARE(m_notShown->count(), 0);
    }

    void theUrgencyIsTold_data()
    {
        QTest::addColumn<int>("urgency");
        QTest::addColumn<int>("byte");
        QTest::newRow("low") << int(ReminderNotice::Urgency::Low) << 0;
        QTest::newRow("normal") << int(ReminderNotice::Urgency::Normal) << 1;
        QTest::newRow("critical") << int(ReminderNotice::Urgency::Critical) << 2;
    }
    void theUrgencyIsTold()
    {
        QFETCH(int, urgency);
        QFETCH(int, byte);
        m_notifier->show(notice(ReminderNotice::Urgency(urgency)));
        QTRY_COMPARE(m_service->all.size(), 1);
        const QVariant hint = m_service->all.constFirst().hints.value(u"urgency"_s);
        QCOMPARE(hint.typeId(), int(QMetaType::UChar)); // Services do not take another type.
        QCOMPARE(hint.toInt(), byte);
    }

    void whatTheServiceCannotDoIsLeftOut()
    {
        m_service->capabilities = {u"body-markup"_s};
        m_notifier->show(notice());
        QTRY_COMPARE(m_shown->count(), 1);
        QCOMPARE(m_service->all.constFirst().actions, QStringList());
        QCOMPARE(m_service->all.constFirst().body, u"one &lt;two&gt; &amp; three\nfour"_s);
    }

    void aDigestCannotBeSnoozed()
    {
        ReminderNotice digest = notice();
        digest.reminders.clear();
        m_notifier->show(digest);
        QTRY_COMPARE(m_service->all.size(), 1);
        QVERIFY(!m_service->all.constFirst().actions.contains(u"snooze"_s));
    }

    void tellsWhatTheUserWants()
    {
        QSignalSpy open(m_notifier.get(), &Notifier::openRequested);
        QSignalSpy snooze(m_notifier.get(), &Notifier::snoozeRequested);
        m_notifier->show(notice());
        QTRY_COMPARE(m_shown->count(), 1);
        const uint id = m_service->all.constFirst().id;
        Q_EMIT m_service->ActionInvoked(id, u"default"_s);
        QTRY_COMPARE(open.count(), 1);
        Q_EMIT m_service->ActionInvoked(id, u"open"_s);
        QTRY_COMPARE(open.count(), 2);
        // That of another program.
        Q_EMIT m_service->ActionInvoked(id + 1, u"snooze"_s);
        Q_EMIT m_service->ActionInvoked(id, u"snooze"_s);
        QTRY_COMPARE(snooze.count(), 1);
        QCOMPARE(snooze.constFirst().constFirst().value<ReminderNotice>(), notice());
        Q_EMIT m_service->NotificationClosed(id, 2);
        Q_EMIT m_service->ActionInvoked(id, u"open"_s);
        m_notifier->show(notice());
        QTRY_COMPARE(m_shown->count(), 2); // What was said before has been heard.
        QCOMPARE(open.count(), 2);
        QCOMPARE(snooze.count(), 1);
    }

    void withoutAServiceItFallsBack()
    {
        m_service->vanish();
        QStringList said;
        m_notifier->setFallback([&said](const QString &title, const QString &body) {
            said << title << body;
            return true;
        });
        m_notifier->show(notice());
        QCOMPARE(m_shown->count(), 0); // Never before show() has returned.
        QTRY_COMPARE(m_shown->count(), 1);
        QCOMPARE(said, (QStringList{notice().title, notice().body}));
        QVERIFY(!m_notifier->isServed());
        m_notifier->setFallback([](const QString &, const QString &) { return false; });
        m_notifier->show(notice());
        QTRY_COMPARE(m_notShown->count(), 1);
    }

    void aServiceMayComeAndGo()
    {
        QSignalSpy state(m_notifier.get(), &Notifier::stateChanged);
        m_service->vanish();
        m_notifier->show(notice());
        QTRY_COMPARE(m_notShown->count(), 1);
        QCOMPARE(state.count(), 0);
        m_service->appear();
        m_notifier->probe();
        QTRY_COMPARE(state.count(), 1);
        QVERIFY(m_notifier->isServed());
        m_notifier->show(notice());
        QTRY_COMPARE(m_shown->count(), 1);
        m_service->vanish();
        m_notifier->show(notice());
        QTRY_COMPARE(m_notShown->count(), 2);
        QCOMPARE(state.count(), 2);
    }

    void aServiceThatRefusesHasNotShownIt()
    {
        m_service->refuses = true;
        m_notifier->show(notice());
        QTRY_COMPARE(m_notShown->count(), 1);
        QCOMPARE(m_shown->count(), 0);
    }

    void withoutABusNothingIsShown()
    {
        begin(QDBusConnection::connectToBus(u"unix:path=/nonexistent/bus"_s, u"nowhere"_s));
        m_notifier->probe();
        m_notifier->show(notice());
        QCOMPARE(m_notShown->count(), 0);
        QTRY_COMPARE(m_notShown->count(), 1);
        QVERIFY(!m_notifier->isServed());
        QDBusConnection::disconnectFromBus(u"nowhere"_s);
    }

private:
    void begin(const QDBusConnection &bus)
    {
        m_notifier = std::make_unique<Notifier>(bus);
        m_shown = std::make_unique<QSignalSpy>(m_notifier.get(), &Notifier::shown);
        m_notShown = std::make_unique<QSignalSpy>(m_notifier.get(), &Notifier::notShown);
    }

    std::unique_ptr<FakeNotifications> m_service;
    std::unique_ptr<Notifier> m_notifier;
    std::unique_ptr<QSignalSpy> m_shown;
    std::unique_ptr<QSignalSpy> m_notShown;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstNotifier)
#include "tst_notifier.moc"
