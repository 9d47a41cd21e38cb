// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/singleinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QSysInfo>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 1000; // ms

/// Sockets have short paths, so the folder goes in as a digest.
QString socketPathFor(const QString &dataDir)
{
    const QByteArray digest =
        QCryptographicHash::hash(QFileInfo(dataDir).absoluteFilePath().toUtf8(), QCryptographicHash::Sha256);
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u'/' +
           QString::fromLatin1(LATCHKEY_APP_ID) + u'-' + QString::fromLatin1(digest.toHex().first(12));
}

} // namespace

SingleInstance::SingleInstance(const QString &dataDir, QObject *parent)
    : QObject(parent)
    , m_lockPath(dataDir + u"/window.lock"_s)
    , m_socketPath(socketPathFor(dataDir))
    , m_lock(m_lockPath)
{
    // Age says nothing about a window: only a process that is gone leaves a stale lock.
    m_lock.setStaleLockTime(0);
}

SingleInstance::~SingleInstance() = default;

SingleInstance::Start SingleInstance::start(bool raise)
{
    if (m_lock.tryLock(0)) {
        listen();
        return Start::First;
    }
    if (m_lock.error() != QLockFile::LockFailedError) {
        m_explanation =
            tr("The file %1 cannot be made, so Latchkey cannot tell whether it is running already.")
                .arg(m_lockPath);
        return Start::OtherSilent;
    }
    if (!raise || raiseOther())
        return Start::Raised;
    qint64 process = 0;
    QString host;
    QString program;
    const bool known = m_lock.getLockInfo(&process, &host, &program);
    if (known && host == QSysInfo::machineHostName()) {
        m_explanation = tr("Latchkey is running already as process %1 (%2), but does not answer.")
                            .arg(QString::number(process), program);
    } else if (known) {
        m_explanation =
            tr("Latchkey is running on the machine %1 with the same folder. If it is not, remove the "
               "file %2 and start again.")
                .arg(host, m_lockPath);
    } else {
        m_explanation =
            tr("The lock file %1 is damaged. If no Latchkey is running, remove it and start again.")
                .arg(m_lockPath);
    }
    return Start::OtherSilent;
}

void SingleInstance::release()
{
    m_server.reset();
    m_lock.unlock();
}

bool SingleInstance::raiseOther() const
{
    QLocalSocket socket;
    socket.connectToServer(m_socketPath);
    if (!socket.waitForConnected(patience))
        return false;
    socket.write("raise\n");
    // The answer proves that it was a Latchkey that could still act.
    return socket.waitForReadyRead(patience) && socket.readAll().startsWith("ok");
}

void SingleInstance::listen()
{
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(m_socketPath);
    connect(m_server.get(), &QLocalServer::newConnection, this, &SingleInstance::answer);
    if (!m_server->listen(m_socketPath))
        qWarning("A second start will not be able to raise this window: %s",
                 qPrintable(m_server->errorString()));
}

void SingleInstance::answer()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->readAll().startsWith("raise"))
                return;
            socket->write("ok\n");
            Q_EMIT raiseRequested();
        });
    }
}

} // namespace latchkey
