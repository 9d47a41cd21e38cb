// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/secretservice.h"

#ifdef Q_OS_LINUX
#include <QCoroSignal>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>

#include <memory>
#endif

using namespace Qt::StringLiterals;

namespace latchkey {

#ifdef Q_OS_LINUX
namespace {

Problem unavailable(const QString &said)
{
    const QString next =
        SecretService::tr("Install and start one (GNOME Keyring or KWallet), then try again.");
    return Problem::of(Problem::Category::KeychainUnavailable,
                       SecretService::tr("There is no keychain in this session."),
                       said.isEmpty() ? next : next + u" ("_s + said + u')');
}

Problem problemOf(const QDBusMessage &reply)
{
    switch (QDBusError(reply).type()) {
    case QDBusError::NoReply:
    case QDBusError::Timeout:
    case QDBusError::TimedOut:
        return Problem::of(Problem::Category::KeychainHung,
                           SecretService::tr("The keychain does not answer."),
                           SecretService::tr("Restart it or log in again, then try again."));
    default:
        return unavailable(reply.errorMessage());
    }
}

/// By value: a call goes on after the caller's locals.
QCoro::Task<QDBusMessage> ask(QDBusMessage question, std::chrono::milliseconds deadline)
{
    const QDBusPendingCall call =
        QDBusConnection::sessionBus().asyncCall(question, static_cast<int>(deadline.count()));
    const auto watcher = std::make_unique<QDBusPendingCallWatcher>(call);
    // A call that failed at once never tells.
    if (!watcher->isFinished())
        co_await qCoro(watcher.get(), &QDBusPendingCallWatcher::finished);
    co_return watcher->reply();
}

QDBusMessage toBus(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, method);
    message.setArguments(arguments);
    return message;
}

QDBusMessage toService(const QString &path, const QString &interface, const QString &method,
                       const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, path, interface, method);
    message.setArguments(arguments);
    return message;
}

bool isReply(const QDBusMessage &message)
{
    return message.type() == QDBusMessage::ReplyMessage && !message.arguments().isEmpty();
}

} // namespace

QCoro::Task<Done> SecretService::state(std::chrono::milliseconds deadline)
{
    if (!QDBusConnection::sessionBus().isConnected())
        co_return unavailable(tr("no session bus"));
    const QString service = u"org.freedesktop.secrets"_s;
    const QDBusMessage owned = co_await ask(toBus(u"NameHasOwner"_s, QVariantList(1, service)), deadline);
    if (!isReply(owned))
        co_return problemOf(owned);
    if (!owned.arguments().constFirst().toBool()) {
        const QDBusMessage startable =
            co_await ask(toBus(u"ListActivatableNames"_s, QVariantList()), deadline);
        if (!isReply(startable))
            co_return problemOf(startable);
        if (!startable.arguments().constFirst().toStringList().contains(service))
            co_return unavailable(QString());
    }
    // Starts the service where it can be started.
    const QDBusMessage alias =
        co_await ask(toService(u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s,
                               u"ReadAlias"_s, QVariantList(1, u"default"_s)),
                     deadline);
    if (!isReply(alias))
        co_return problemOf(alias);
    const QString keyring = alias.arguments().constFirst().value<QDBusObjectPath>().path();
    if (keyring.size() < 2) {
        co_return Problem::of(
            Problem::Category::KeychainUnavailable, tr("The keychain has no default keyring yet."),
            tr("Create one in your keychain manager (e.g. Passwords and Keys), then try again."));
    }
    QVariantList arguments(1, u"org.freedesktop.Secret.Collection"_s);
    arguments.append(u"Locked"_s);
    const QDBusMessage locked =
        co_await ask(toService(keyring, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, arguments), deadline);
    if (!isReply(locked))
        co_return problemOf(locked);
    if (locked.arguments().constFirst().value<QDBusVariant>().variant().toBool()) {
        co_return Problem::of(Problem::Category::KeychainLocked, tr("The keychain is locked."),
                              tr("Unlock it and try again."));
    }
    co_return Done();
}
#else
QCoro::Task<Done> SecretService::state(std::chrono::milliseconds)
{
    co_return Done();
}
#endif

} // namespace latchkey
