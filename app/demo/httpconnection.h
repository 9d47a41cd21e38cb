// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/httprequestreader.h"

#include <QObject>
#include <QTimer>

#include <functional>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace latchkey {

/// One client. It deletes itself when the client has gone, and with it everything that still waited to be
/// sent.
class HttpConnection : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<HttpResponse(const HttpRequest &)>;

    /// Takes the socket over.
    HttpConnection(QTcpSocket *socket, Handler handler, HttpRequestReader::Limits limits,
                   int requestTimeoutMs, QObject *parent);
    ~HttpConnection() override;

private:
    void readOn();
    void serve();
    void begin(HttpResponse answer, bool keepAlive);
    void deliver();
    void refuse(int status);
    void closeSoftly();
    void reset();
    [[nodiscard]] QByteArray head(bool keepAlive) const;

    QTcpSocket *m_socket;
    Handler m_handler;
    HttpRequestReader m_reader;
    QTimer m_delay;          ///< Runs until the current answer is due.
    QTimer m_requestTimeout; ///< Runs while a request is half there.
    HttpResponse m_answer;
    bool m_keepAlive = true;
    bool m_headOnly = false;
    bool m_busy =
        false; ///< An answer is due: what is pipelined behind it waits, so answers keep their order.
    bool m_closing = false;
};

} // namespace latchkey
