// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/secretservice.h"

#ifdef Q_OS_LINUX
#include <QCoroSignal>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QMap>

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

QDBusMessage propertyOf(const QString &path, const QString &interface, const QString &property)
{
    return toService(path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {interface, property});
}

/// What the service finds entries by.
using Attributes = QMap<QString, QString>;

bool isGone(const QDBusMessage &reply)
{
    switch (QDBusError(reply).type()) {
    case QDBusError::UnknownObject:
    case QDBusError::UnknownMethod:
    case QDBusError::UnknownInterface:
        return true;
    default:
        return reply.errorName() == u"org.freedesktop.Secret.Error.NoSuchObject"_s;
    }
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
    const QDBusMessage locked =
        co_await ask(propertyOf(keyring, u"org.freedesktop.Secret.Collection"_s, u"Locked"_s), deadline);
    if (!isReply(locked))
        co_return problemOf(locked);
    if (locked.arguments().constFirst().value<QDBusVariant>().variant().toBool()) {
        co_return Problem::of(Problem::Category::KeychainLocked, tr("The keychain is locked."),
                              tr("Unlock it and try again."));
    }
    co_return Done();
}

QCoro::Task<Outcome<QStringList>> SecretService::names(QString service, std::chrono::milliseconds deadline)
{
    const Done usable = co_await state(deadline);
    if (!usable)
        co_return usable.problem();
    qDBusRegisterMetaType<Attributes>();
    const QVariant wanted = QVariant::fromValue(Attributes{{u"server"_s, service}});
    const QDBusMessage found =
        co_await ask(toService(u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s,
                               u"SearchItems"_s, QVariantList(1, wanted)),
                     deadline);
    if (!isReply(found))
        co_return problemOf(found);
    QList<QDBusObjectPath> items;
    for (const QVariant &list : found.arguments()) // The unlocked ones, then those in other keyrings.
        items += qdbus_cast<QList<QDBusObjectPath>>(list);
    QStringList names;
    for (const QDBusObjectPath &item : std::as_const(items)) {
        const QDBusMessage answer = co_await ask(
            propertyOf(item.path(), u"org.freedesktop.Secret.Item"_s, u"Attributes"_s), deadline);
        if (!isReply(answer) && isGone(answer)) // Since the search.
            continue;
        if (!isReply(answer))
            co_return problemOf(answer);
        const QVariant attributes = answer.arguments().constFirst().value<QDBusVariant>().variant();
        const QString name = qdbus_cast<Attributes>(attributes).value(u"user"_s);
        if (!name.isEmpty())
            names.append(name);
    }
    names.sort();
    names.removeDuplicates();
    co_return names;
}
#else
QCoro::Task<Done> SecretService::state(std::chrono::milliseconds)
{
    co_return Done();
}

QCoro::Task<Outcome<QStringList>> SecretService::names(QString, std::chrono::milliseconds)
{
    co_return Problem::of(
        Problem::Category::NotSupported, tr("The keychain of this system cannot be asked for its entries."),
        tr("Only the Secret Service of Linux can. Entries can be looked up by their name in "
           "the keychain manager."));
}
#endif

} // namespace latchkey
