// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/httprequest.h"

#include <QByteArray>

namespace latchkey {

/// Cuts a stream of bytes into HTTP/1.x requests; bodies by Content-Length or chunked.
class HttpRequestReader
{
public:
    struct Limits
    {
        qsizetype head = qsizetype(64) * 1024;
        qsizetype body = qsizetype(4) * 1024 * 1024;
    };
    enum class State {
        NeedMore,
        Complete, ///< `take()` has the request.
        Bad,      ///< `errorStatus()` says which answer fits; nothing after it can be read.
    };

    explicit HttpRequestReader(Limits limits)
        : m_limits(limits)
    {
    }

    void feed(const QByteArray &bytes) { m_buffer += bytes; }
    /// Reads on in what was fed, at most to the end of one request.
    [[nodiscard]] State advance();
    /// Only after Complete; the next `advance()` begins the next request.
    [[nodiscard]] HttpRequest take();
    [[nodiscard]] int errorStatus() const { return m_errorStatus; }
    /// Some bytes of a request are there, but not all.
    [[nodiscard]] bool isInside() const { return m_step != Step::Head || !m_buffer.isEmpty(); }
    /// The client waits for "100 Continue" before it sends the body. True once a request.
    [[nodiscard]] bool takeExpectation();

private:
    enum class Step { Head, Body, ChunkSize, ChunkData, Trailer, Whole, Failed };

    State fail(int status);
    bool readHead(const QByteArray &head);
    bool readHeaderLines(const QList<QByteArray> &lines);
    bool chooseBody();
    bool readChunkSize();
    bool readChunkData();
    bool readTrailer();

    Limits m_limits;
    Step m_step = Step::Head;
    QByteArray m_buffer;
    HttpRequest m_request;
    qsizetype m_wanted = 0; ///< Bytes of the body, or of the chunk, still to come.
    bool m_expectation = false;
    int m_errorStatus = 400;
};

} // namespace latchkey
