// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/platform/notifier.h"

#include <QDBusPendingCallWatcher>
#include <QVariantMap>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString Service = u"org.freedesktop.Notifications"_s;
const QString Path = u"/org/freedesktop/Notifications"_s;

uchar urgencyByte(ReminderNotice::Urgency urgency)
{
    switch (urgency) {
    case ReminderNotice::Urgency::Low:
        return 0;
    case ReminderNotice::Urgency::Normal:
        return 1;
    case ReminderNotice::Urgency::Critical:
        return 2;
    }
    Q_UNREACHABLE();
}

} // namespace

Notifier::Notifier(const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
    , m_bus(bus)
{
    // Signatures are compared as they stand, without a space.
    // clang-format off
    m_bus.connect(Service, Path, Service, u"ActionInvoked"_s, this, SLOT(onAction(uint,QString)));
    // clang-format on
    m_bus.connect(Service, Path, Service, u"NotificationClosed"_s, this, SLOT(onClosed(uint)));
}

void Notifier::probe()
{
    call(u"GetCapabilities"_s, {}, [](const QDBusMessage &) {});
}

void Notifier::show(const ReminderNotice &notice)
{
    // Asked each time: the service may be another one by now.
    call(u"GetCapabilities"_s, {}, [this, notice](const QDBusMessage &reply) {
        if (reply.type() == QDBusMessage::ReplyMessage)
            notify(notice, reply.arguments().value(0).toStringList());
        else
            fallBack(notice);
    });
}

void Notifier::notify(const ReminderNotice &notice, const QStringList &capabilities)
{
    const bool isMarkup = capabilities.contains(u"body-markup"_s);
    const QString body = isMarkup ? notice.body.toHtmlEscaped() : notice.body;
    QStringList actions;
    if (capabilities.contains(u"actions"_s)) {
        // "default" is a click on the notification itself.
        actions << u"default"_s << tr("Open") << u"open"_s << tr("Open");
        if (!notice.reminders.isEmpty())
            actions << u"snooze"_s << tr("Snooze a day");
    }
    const QVariantMap hints{{u"urgency"_s, QVariant::fromValue(urgencyByte(notice.urgency))},
                            {u"desktop-entry"_s, QString::fromLatin1(LATCHKEY_APP_ID)}};
    const QVariantList arguments{
        u"Latchkey"_s, uint(0), QString::fromLatin1(LATCHKEY_APP_ID), notice.title, body, actions, hints, -1};
    call(u"Notify"_s, arguments, [this, notice](const QDBusMessage &reply) {
        if (reply.type() != QDBusMessage::ReplyMessage) {
            fallBack(notice);
            return;
        }
        m_open.insert(reply.arguments().value(0).toUInt(), notice);
        Q_EMIT shown();
    });
}

void Notifier::call(const QString &method, const QVariantList &arguments, const Answered &answered)
{
    QDBusMessage message = QDBusMessage::createMethodCall(Service, Path, Service, method);
    message.setArguments(arguments);
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
    const auto take = [this, watcher, answered] {
        watcher->deleteLater();
        const QDBusMessage reply = watcher->reply();
        setServed(reply.type() == QDBusMessage::ReplyMessage);
        answered(reply);
    };
    // A call that failed at once never tells.
    if (watcher->isFinished())
        QMetaObject::invokeMethod(watcher, take, Qt::QueuedConnection);
    else
        connect(watcher, &QDBusPendingCallWatcher::finished, this, take);
}

void Notifier::fallBack(const ReminderNotice &notice)
{
    if (m_fallback && m_fallback(notice.title, notice.body))
        Q_EMIT shown();
    else
        Q_EMIT notShown();
}

void Notifier::setServed(bool served)
{
    if (std::exchange(m_served, served) != served)
        Q_EMIT stateChanged();
}

void Notifier::onAction(uint id, const QString &action)
{
    if (!m_open.contains(id))
        return;
    // A copy: whoever listens may close it.
    const ReminderNotice about = m_open.value(id);
    if (action == "snooze"_L1)
        Q_EMIT snoozeRequested(about);
    else
        Q_EMIT openRequested();
}

void Notifier::onClosed(uint id)
{
    m_open.remove(id);
}

} // namespace latchkey
