// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QNetworkReply>
#include <QString>

namespace latchkey {

/// How one exchange with a server ended, before anybody asks what it means.
struct TransferResult
{
    enum class End {
        Answered, ///< A whole answer, whatever its status.
        Canceled, ///< By us, at the user's wish.
        TimedOut,
        TooLarge, ///< Cut off by us: longer than TransportLimits::largestAnswer.
        Failed,   ///< See `error`. `status` is set where the answer broke off in its body.
    };

    End end = End::Failed;
    int status = 0; ///< 0: no status line came.
    QByteArray body;
    QByteArray contentType; ///< As sent.
    QByteArray location;    ///< As sent.
    QByteArray retryAfter;  ///< As sent.
    QDateTime date;         ///< UTC, of the `Date` header; invalid where there was none.
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QString errorText; ///< Qt's words for `error`, with those of each TLS error.
    bool http2 = false;
    /// A write: the server may have seen it. Always false for what was certainly never sent.
    bool mayHaveArrived = false;

    [[nodiscard]] bool isAnswered() const { return end == End::Answered; }
    [[nodiscard]] bool isSuccess() const { return isAnswered() && status >= 200 && status < 300; }
};

} // namespace latchkey
