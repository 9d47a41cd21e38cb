// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

namespace latchkey {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// One request as it came over the wire, its body put together.
struct HttpRequest
{
    QByteArray method;
    QByteArray target; ///< Raw path and query.
    HttpHeaders headers;
    QByteArray body;
    bool keepAlive = true;

    /// The first value of a header (names are compared without case); empty where there is none.
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers)
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        return {};
    }
};

/// What the connection does about a request.
struct HttpResponse
{
    /// How the answer reaches the wire; all but Whole are faults on purpose.
    enum class Wire {
        Whole,
        Close,    ///< Close without a byte.
        Reset,    ///< TCP reset without a byte.
        HalfBody, ///< Head and half of the body, then close; closes at once where there is no body.
        Nothing,  ///< Leave the connection open and silent.
    };
    int status = 200;
    HttpHeaders headers; ///< Content-Length and Connection are the connection's affair.
    QByteArray body;
    int delayMs = 0;
    Wire wire = Wire::Whole;

    void addHeader(const QByteArray &name, const QByteArray &value) { headers.emplaceBack(name, value); }
};

} // namespace latchkey
