// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/httpconnection.h"
#include "app/demo/httprequestreader.h"

#include <QObject>
#include <QTcpServer>

namespace latchkey {

/// A small HTTP/1.1 server on loopback: keep-alive, pipelining in order, Content-Length and chunked bodies,
/// limits. The handler answers at once with what to send and when. Deleting the server drops its connections.
class HttpServer : public QObject
{
    Q_OBJECT
public:
    explicit HttpServer(HttpConnection::Handler handler, QObject *parent = nullptr);
    ~HttpServer() override;

    void setLimits(HttpRequestReader::Limits limits) { m_limits = limits; }
    /// How long a request may take to arrive from its first byte on.
    void setRequestTimeout(int ms) { m_requestTimeoutMs = ms; }

    /// On 127.0.0.1; port 0 lets the system pick one.
    [[nodiscard]] bool listen(quint16 port);
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QString errorText() const { return m_server.errorString(); }

private:
    void accept();

    QTcpServer m_server;
    HttpConnection::Handler m_handler;
    HttpRequestReader::Limits m_limits;
    int m_requestTimeoutMs = 30'000;
};

} // namespace latchkey
