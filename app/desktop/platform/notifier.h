// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/reminder.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QHash>
#include <QObject>

#include <functional>

namespace latchkey {

/// Shows notices through the notification service of the desktop (`org.freedesktop.Notifications`), else by a
/// fallback. Nothing waits for an answer here: each `show()` is answered by `shown()` or `notShown()`, later.
class Notifier : public QObject
{
    Q_OBJECT
public:
    /// `bus` is the session bus; one that is not connected is no problem.
    explicit Notifier(const QDBusConnection &bus, QObject *parent = nullptr);

    /// Shows a title and a text, and answers whether it could.
    using Fallback = std::function<bool(const QString &title, const QString &body)>;
    void setFallback(Fallback show) { m_fallback = std::move(show); }

    /// Asks the service what it can do: `stateChanged()` tells.
    void probe();
    void show(const ReminderNotice &notice);
    /// As far as is known: the service answered last time.
    [[nodiscard]] bool isServed() const { return m_served; }

Q_SIGNALS:
    void stateChanged();
    void shown();
    void notShown();
    /// The user wants to see what the notice is about.
    void openRequested();
    void snoozeRequested(const latchkey::ReminderNotice &notice);

private Q_SLOTS:
    void onAction(uint id, const QString &action);
    void onClosed(uint id);

private:
    using Answered = std::function<void(const QDBusMessage &reply)>;
    void call(const QString &method, const QVariantList &arguments, const Answered &answered);
    void notify(const ReminderNotice &notice, const QStringList &capabilities);
    void fallBack(const ReminderNotice &notice);
    void setServed(bool served);

    QDBusConnection m_bus;
    Fallback m_fallback;
    QHash<uint, ReminderNotice> m_open; ///< By the service's number, until it is closed.
    bool m_served = false;
};

} // namespace latchkey
