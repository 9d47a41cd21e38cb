// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace latchkey::test {

/// A notification service on the bus of the test, which shows nobody anything.
class FakeNotifications : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown
    {
        uint id = 0;
        QString application;
        QString title;
        QString body;
        QStringList actions; ///< Without their words.
        QVariantMap hints;
    };
    QStringList capabilities{QStringLiteral("actions"), QStringLiteral("body")};
    QList<Shown> all;
    bool refuses = false;

    FakeNotifications()
        : m_bus(connectAs(QStringLiteral("notifications")))
    {
        appear();
    }
    ~FakeNotifications() override
    {
        vanish();
        m_bus.unregisterObject(path());
        QDBusConnection::disconnectFromBus(QStringLiteral("notifications"));
    }

    bool appear()
    {
        return m_bus.registerObject(path(), this, QDBusConnection::ExportAllContents) &&
               m_bus.registerService(name());
    }
    bool vanish()
    {
        m_bus.unregisterObject(path());
        return m_bus.unregisterService(name());
    }

    [[nodiscard]] static QDBusConnection connectAs(const QString &connection)
    {
        return QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), connection);
    }

public Q_SLOTS:
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString &application, uint, const QString &, const QString &title, const QString &body,
                const QStringList &actions, const QVariantMap &hints, int)
    {
        if (refuses) {
            sendErrorReply(QDBusError::Failed, QStringLiteral("no"));
            return 0;
        }
        Shown shown;
        shown.id = ++m_last;
        shown.application = application;
        shown.title = title;
        shown.body = body;
        for (qsizetype i = 0; i < actions.size(); i += 2)
            shown.actions << actions.at(i);
        shown.hints = hints;
        all << shown;
        return shown.id;
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);

private:
    [[nodiscard]] static QString name() { return QStringLiteral("org.freedesktop.Notifications"); }
    [[nodiscard]] static QString path() { return QStringLiteral("/org/freedesktop/Notifications"); }

    QDBusConnection m_bus;
    uint m_last = 40;
};

} // namespace latchkey::test
