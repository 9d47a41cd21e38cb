// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/httpserver.h"

#include <QTcpSocket>

namespace latchkey {

HttpServer::HttpServer(HttpConnection::Handler handler, QObject *parent)
    : QObject(parent)
    , m_server(this)
    , m_handler(std::move(handler))
{
    m_server.setMaxPendingConnections(10'000);
    m_server.setListenBacklogSize(1024);
    connect(&m_server, &QTcpServer::pendingConnectionAvailable, this, &HttpServer::accept);
}

HttpServer::~HttpServer()
{
    m_server.close();
    // The connections' handler belongs to our owner: they go before anything else does.
    qDeleteAll(findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly));
}

bool HttpServer::listen(quint16 port)
{
    return m_server.listen(QHostAddress::LocalHost, port);
}

void HttpServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection())
        new HttpConnection(socket, m_handler, m_limits, m_requestTimeoutMs, this);
}

} // namespace latchkey
