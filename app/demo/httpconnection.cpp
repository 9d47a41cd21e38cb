// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/httpconnection.h"

#include <QTcpSocket>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace latchkey {

namespace {

constexpr qint64 socketBuffer = qint64(256) * 1024;
constexpr int drainMs = 1000;

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 307:
        return "Temporary Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

#ifdef Q_OS_WIN
void stopSending(qintptr descriptor)
{
    ::shutdown(SOCKET(descriptor), SD_SEND);
}

void resetOnClose(qintptr descriptor)
{
    const struct linger atOnce = {1, 0};
    ::setsockopt(SOCKET(descriptor), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char *>(&atOnce),
                 sizeof atOnce);
}
#else
void stopSending(qintptr descriptor)
{
    ::shutdown(static_cast<int>(descriptor), SHUT_WR);
}

void resetOnClose(qintptr descriptor)
{
    const struct linger atOnce = {1, 0};
    ::setsockopt(static_cast<int>(descriptor), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}
#endif

bool hasNoBody(int status)
{
    return status < 200 || status == 204 || status == 304;
}

} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, Handler handler, HttpRequestReader::Limits limits,
                               int requestTimeoutMs, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_handler(std::move(handler))
    , m_reader(limits)
    , m_delay(this)
    , m_requestTimeout(this)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(socketBuffer);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_delay.setSingleShot(true);
    m_delay.setTimerType(Qt::PreciseTimer); // never early, as the coarse ones are
    m_requestTimeout.setSingleShot(true);
    m_requestTimeout.setInterval(requestTimeoutMs);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        deliver();
        serve();
    });
    connect(&m_requestTimeout, &QTimer::timeout, this, [this] { refuse(408); });
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::readOn);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        deleteLater();
    else if (m_socket->bytesAvailable() > 0)
        QTimer::singleShot(0, this, &HttpConnection::readOn);
}

HttpConnection::~HttpConnection()
{
    m_socket->disconnect(this);
    m_socket->abort();
}

void HttpConnection::readOn()
{
    if (m_closing) {
        m_socket->readAll(); // unread bytes would turn our close into a reset, and the answer would be lost
        return;
    }
    serve();
}

void HttpConnection::serve()
{
    while (!m_busy && !m_closing) {
        if (m_socket->bytesAvailable() > 0)
            m_reader.feed(m_socket->readAll());
        switch (m_reader.advance()) {
        case HttpRequestReader::State::NeedMore:
            if (m_reader.takeExpectation())
                m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
            if (!m_reader.isInside())
                m_requestTimeout.stop();
            else if (!m_requestTimeout.isActive())
                m_requestTimeout.start();
            return;
        case HttpRequestReader::State::Bad:
            refuse(m_reader.errorStatus());
            return;
        case HttpRequestReader::State::Complete: {
            m_requestTimeout.stop();
            const HttpRequest request = m_reader.take();
            m_headOnly = request.method == "HEAD";
            begin(m_handler(request), request.keepAlive);
            break;
        }
        }
    }
}

void HttpConnection::begin(HttpResponse answer, bool keepAlive)
{
    m_busy = true;
    m_answer = std::move(answer);
    m_keepAlive = keepAlive;
    if (m_answer.delayMs > 0)
        m_delay.start(m_answer.delayMs);
    else
        deliver();
}

void HttpConnection::deliver()
{
    using Wire = HttpResponse::Wire;
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return;
    switch (m_answer.wire) {
    case Wire::Nothing:
        return; // stays busy until the client gives up
    case Wire::Close:
        closeSoftly();
        return;
    case Wire::Reset:
        reset();
        return;
    case Wire::HalfBody:
        if (!m_answer.body.isEmpty())
            m_socket->write(head(false) + m_answer.body.left(m_answer.body.size() / 2));
        closeSoftly();
        return;
    case Wire::Whole:
        break;
    }
    QByteArray bytes = head(m_keepAlive);
    if (!m_headOnly && !hasNoBody(m_answer.status))
        bytes += m_answer.body;
    m_socket->write(bytes);
    m_answer = {};
    m_busy = false;
    if (!m_keepAlive)
        closeSoftly();
}

QByteArray HttpConnection::head(bool keepAlive) const
{
    QByteArray bytes =
        "HTTP/1.1 " + QByteArray::number(m_answer.status) + ' ' + reasonPhrase(m_answer.status) + "\r\n";
    for (const auto &[name, value] : m_answer.headers)
        bytes += name + ": " + value + "\r\n";
    if (!hasNoBody(m_answer.status))
        bytes += "Content-Length: " + QByteArray::number(m_answer.body.size()) + "\r\n";
    bytes += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return bytes;
}

void HttpConnection::refuse(int status)
{
    if (m_closing)
        return;
    m_requestTimeout.stop();
    m_answer = {};
    m_answer.status = status;
    m_answer.headers = {{"Content-Type", "text/plain"}};
    m_answer.body = reasonPhrase(status) + '\n';
    m_socket->write(head(false) + m_answer.body);
    // The client may still be sending: say that nothing more follows and let it hang up first.
    m_closing = true;
    m_socket->readAll();
    m_socket->flush();
    if (m_socket->bytesToWrite() == 0)
        stopSending(m_socket->socketDescriptor());
    QTimer::singleShot(drainMs, this, &HttpConnection::closeSoftly);
}

void HttpConnection::closeSoftly()
{
    m_closing = true;
    m_socket->disconnectFromHost();
}

void HttpConnection::reset()
{
    m_closing = true;
    resetOnClose(m_socket->socketDescriptor());
    m_socket->abort();
}

} // namespace latchkey
