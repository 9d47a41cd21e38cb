// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/httptransfer.h"

#include "models/konnect/oneshotdevice.h"
#include "models/konnect/retryafter.h"

#include <QSslError>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// Errors that only repeat what the status says.
bool isOnlyTheStatus(QNetworkReply::NetworkError error, int status)
{
    if (status == 0 || error == QNetworkReply::ContentReSendError)
        return false;
    if (error == QNetworkReply::NoError || error == QNetworkReply::ProtocolInvalidOperationError)
        return true;
    if (error == QNetworkReply::ProxyAuthenticationRequiredError)
        return false;
    return (error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError) ||
           (error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError);
}

} // namespace

HttpTransfer::HttpTransfer(QNetworkReply *reply, OneShotDevice *body, const TransportLimits &limits,
                           Finished finished, QObject *parent)
    : QObject(parent)
    , m_reply(reply)
    , m_body(body)
    , m_largest(limits.largestAnswer)
    , m_finished(std::move(finished))
{
    reply->setParent(this);
    connect(reply, &QNetworkReply::finished, this, &HttpTransfer::collect);
    connect(reply, &QNetworkReply::readyRead, this, &HttpTransfer::watchSize);
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_tlsErrors.append(error.errorString());
    });
    // A server that drips a byte now and then never runs into Qt's transfer time-out, hence a deadline of our
    // own.
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { end(TransferResult::End::TimedOut); });
    m_deadline.start(limits.timeout);
}

HttpTransfer::~HttpTransfer()
{
    // Destroying a running reply aborts it; nobody is listening any more.
    m_reply->disconnect(this);
}

void HttpTransfer::cancel()
{
    end(TransferResult::End::Canceled);
}

void HttpTransfer::end(TransferResult::End why)
{
    if (m_ended || !m_finished)
        return;
    m_ended = true;
    m_answer.end = why;
    m_reply->abort(); // Emits finished() before it returns.
}

void HttpTransfer::watchSize()
{
    if (m_reply->bytesAvailable() > m_largest)
        end(TransferResult::End::TooLarge);
}

bool HttpTransfer::isWhole() const
{
    bool given = false;
    const qint64 promised = m_reply->rawHeader("Content-Length").toLongLong(&given);
    return !given || m_reply->hasRawHeader("Content-Encoding") || m_answer.status == 204 ||
           m_answer.status == 304 || m_answer.body.size() >= promised;
}

void HttpTransfer::collect()
{
    if (!m_finished)
        return;
    m_deadline.stop();
    TransferResult &answer = m_answer;
    answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.http2 = m_reply->attribute(QNetworkRequest::Http2WasUsedAttribute).toBool();
    answer.contentType = m_reply->rawHeader("Content-Type");
    answer.location = m_reply->rawHeader("Location");
    answer.retryAfter = m_reply->rawHeader("Retry-After");
    answer.date = httpDate(m_reply->rawHeader("Date"));
    answer.error = m_reply->error();
    answer.errorText = m_reply->errorString();
    if (!m_tlsErrors.isEmpty())
        answer.errorText += u" ("_s + m_tlsErrors.join(u"; "_s) + u')';
    if (!m_ended) {
        // read() makes room for all that it may read, however little there is.
        if (m_reply->isOpen())
            answer.body = m_reply->read(std::min(m_reply->bytesAvailable(), m_largest + 1));
        if (isOnlyTheStatus(answer.error, answer.status)) {
            answer.end = TransferResult::End::Answered;
            if (answer.body.size() > m_largest)
                answer.end = TransferResult::End::TooLarge;
            else if (!isWhole())
                answer.end = TransferResult::End::Failed;
        } else if (answer.error == QNetworkReply::OperationCanceledError ||
                   answer.error == QNetworkReply::TimeoutError) {
            // Not our abort: Qt's own time-out.
            answer.end = TransferResult::End::TimedOut;
        }
    }
    // An empty body leaves no trace of whether it was read, so that a DELETE always may have arrived.
    answer.mayHaveArrived = m_body && (m_body->length() == 0 || m_body->wasRead() || answer.status != 0);
    const Finished finished = std::exchange(m_finished, nullptr);
    finished(std::move(m_answer));
}

} // namespace latchkey
