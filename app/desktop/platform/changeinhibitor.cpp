// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/platform/changeinhibitor.h"

#include "models/services/credentialchanges.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString Service = u"org.freedesktop.login1"_s;
const QString Path = u"/org/freedesktop/login1"_s;
const QString Manager = u"org.freedesktop.login1.Manager"_s;

} // namespace

ChangeInhibitor::ChangeInhibitor(const CredentialChanges &changes, const QDBusConnection &bus,
                                 QObject *parent)
    : QObject(parent)
    , m_changes(changes)
    , m_bus(bus)
{
    connect(&changes, &CredentialChanges::runningChanged, this, &ChangeInhibitor::follow);
    for (const QString &signal : {u"PrepareForSleep"_s, u"PrepareForShutdown"_s})
        m_bus.connect(Service, Path, Manager, signal, this, SLOT(onPrepare(bool)));
    follow();
}

void ChangeInhibitor::onPrepare(bool begins)
{
    if (begins)
        Q_EMIT machineStops();
}

void ChangeInhibitor::follow()
{
    if (!m_changes.isRunning())
        m_hold = {};
    else if (!isHolding() && !m_asking && m_bus.isConnected())
        ask();
}

void ChangeInhibitor::ask()
{
    QDBusMessage call = QDBusMessage::createMethodCall(Service, Path, Manager, u"Inhibit"_s);
    // Every user of the machine can read this: no names.
    call.setArguments({u"shutdown:sleep"_s, u"Latchkey"_s, tr("A credential is being changed."), u"delay"_s});
    call.setAutoStartService(false);
    m_asking = true;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    const auto take = [this, watcher] {
        m_asking = false;
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        // One that comes too late is closed with the reply.
        if (reply.isValid() && m_changes.isRunning())
            m_hold = reply.value();
        watcher->deleteLater();
    };
    // A call that failed at once never tells.
    if (watcher->isFinished())
        take();
    else
        connect(watcher, &QDBusPendingCallWatcher::finished, this, take);
}

} // namespace latchkey
