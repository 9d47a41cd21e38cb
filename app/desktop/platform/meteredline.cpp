// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/platform/meteredline.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString Service = u"org.freedesktop.NetworkManager"_s;
const QString Path = u"/org/freedesktop/NetworkManager"_s;
const QString Properties = u"org.freedesktop.DBus.Properties"_s;

/// NMMetered: told by somebody, or guessed from the kind of the line.
constexpr uint Yes = 1;
constexpr uint GuessYes = 3;

} // namespace

MeteredLine::MeteredLine(const QDBusConnection &bus, std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_bus(bus)
    , m_patience(patience)
{
}

void MeteredLine::ask()
{
    if (m_asking)
        return;
    m_asking = true;
    QDBusMessage call = QDBusMessage::createMethodCall(Service, Path, Properties, u"Get"_s);
    call.setArguments({Service, u"Metered"_s});
    call.setAutoStartService(false);
    auto *watcher =
        new QDBusPendingCallWatcher(m_bus.asyncCall(call, static_cast<int>(m_patience.count())), this);
    const auto take = [this, watcher] {
        watcher->deleteLater();
        m_asking = false;
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        const uint said = reply.isValid() ? reply.value().variant().toUInt() : 0;
        m_metered = said == Yes || said == GuessYes;
        Q_EMIT answered();
    };
    // A call that failed at once never tells.
    if (watcher->isFinished())
        QMetaObject::invokeMethod(watcher, take, Qt::QueuedConnection);
    else
        connect(watcher, &QDBusPendingCallWatcher::finished, this, take);
}

} // namespace latchkey
