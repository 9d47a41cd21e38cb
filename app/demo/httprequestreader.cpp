// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/httprequestreader.h"

#include <algorithm>

namespace latchkey {

namespace {

bool isTokenCharacter(char c)
{
    static constexpr QByteArrayView marks("!#$%&'*+-.^_`|~");
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || marks.contains(c);
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isDigits(const QByteArray &text)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

HttpRequestReader::State HttpRequestReader::fail(int status)
{
    m_step = Step::Failed;
    m_errorStatus = status;
    m_buffer.clear();
    return State::Bad;
}

HttpRequestReader::State HttpRequestReader::advance()
{
    while (true) {
        bool moved = false;
        switch (m_step) {
        case Step::Head: {
            while (m_buffer.startsWith("\r\n")) // RFC 9112: empty lines before a request are ignored
                m_buffer.remove(0, 2);
            const qsizetype end = m_buffer.indexOf("\r\n\r\n");
            if (end > m_limits.head || (end < 0 && m_buffer.size() > m_limits.head))
                return fail(431);
            if (end < 0)
                return State::NeedMore;
            const QByteArray head = m_buffer.left(end);
            m_buffer.remove(0, end + 4);
            if (!readHead(head) || !chooseBody())
                return fail(m_errorStatus);
            moved = true;
            break;
        }
        case Step::Body:
            if (m_buffer.size() < m_wanted)
                return State::NeedMore;
            m_request.body = m_buffer.left(m_wanted);
            m_buffer.remove(0, m_wanted);
            m_step = Step::Whole;
            moved = true;
            break;
        case Step::ChunkSize:
            moved = readChunkSize();
            break;
        case Step::ChunkData:
            moved = readChunkData();
            break;
        case Step::Trailer:
            moved = readTrailer();
            break;
        case Step::Whole:
            return State::Complete;
        case Step::Failed:
            return State::Bad;
        }
        if (!moved)
            return m_step == Step::Failed ? State::Bad : State::NeedMore;
    }
}

HttpRequest HttpRequestReader::take()
{
    m_step = Step::Head;
    m_expectation = false;
    return std::exchange(m_request, HttpRequest());
}

bool HttpRequestReader::takeExpectation()
{
    return std::exchange(m_expectation, false);
}

bool HttpRequestReader::readHead(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    for (QByteArray &line : lines)
        if (line.endsWith('\r'))
            line.chop(1);
    const QList<QByteArray> first = lines.takeFirst().split(' ');
    m_errorStatus = 400;
    if (first.size() != 3 || !isToken(first.at(0)) || first.at(1).isEmpty())
        return false;
    if (first.at(2) != "HTTP/1.1" && first.at(2) != "HTTP/1.0") {
        m_errorStatus = 505;
        return false;
    }
    m_request.method = first.at(0);
    m_request.target = first.at(1);
    if (!readHeaderLines(lines))
        return false;
    const QByteArray connection = m_request.header("Connection").toLower();
    m_request.keepAlive =
        first.at(2) == "HTTP/1.1" ? !connection.contains("close") : connection.contains("keep-alive");
    m_expectation = m_request.header("Expect").toLower() == "100-continue";
    return true;
}

bool HttpRequestReader::readHeaderLines(const QList<QByteArray> &lines)
{
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0 || !isToken(line.left(colon)) || line.contains('\0'))
            return false;
        m_request.headers.emplaceBack(line.left(colon), line.mid(colon + 1).trimmed());
    }
    return true;
}

bool HttpRequestReader::chooseBody()
{
    const QByteArray encoding = m_request.header("Transfer-Encoding").toLower();
    QByteArray length;
    for (const auto &[name, value] : std::as_const(m_request.headers)) {
        if (name.compare("Content-Length", Qt::CaseInsensitive) != 0)
            continue;
        if (!isDigits(value) || (!length.isEmpty() && length != value))
            return false;
        length = value;
    }
    if (!encoding.isEmpty()) {
        // Both at once is how requests are smuggled past a gateway.
        if (encoding != "chunked" || !length.isEmpty())
            return false;
        m_step = Step::ChunkSize;
        return true;
    }
    m_step = Step::Body;
    m_wanted = 0;
    if (length.isEmpty())
        return true;
    bool ok = false;
    m_wanted = length.toLongLong(&ok);
    if (ok && m_wanted <= m_limits.body)
        return true;
    m_errorStatus = 413;
    return false;
}

bool HttpRequestReader::readChunkSize()
{
    const qsizetype end = m_buffer.indexOf("\r\n");
    if (end < 0) {
        if (m_buffer.size() > 1024)
            fail(400);
        return false;
    }
    bool ok = false;
    const QByteArray digits = m_buffer.left(end).split(';').first().trimmed();
    m_wanted = digits.toLongLong(&ok, 16);
    m_buffer.remove(0, end + 2);
    if (!ok || m_wanted < 0 || !std::all_of(digits.begin(), digits.end(), [](char c) {
            return isxdigit(static_cast<unsigned char>(c));
        })) {
        fail(400);
        return false;
    }
    if (m_wanted > m_limits.body - m_request.body.size()) {
        fail(413);
        return false;
    }
    m_step = m_wanted == 0 ? Step::Trailer : Step::ChunkData;
    return true;
}

bool HttpRequestReader::readChunkData()
{
    if (m_buffer.size() < m_wanted + 2)
        return false;
    if (m_buffer.mid(m_wanted, 2) != "\r\n") {
        fail(400);
        return false;
    }
    m_request.body += m_buffer.left(m_wanted);
    m_buffer.remove(0, m_wanted + 2);
    m_step = Step::ChunkSize;
    return true;
}

bool HttpRequestReader::readTrailer()
{
    const qsizetype end = m_buffer.indexOf("\r\n");
    if (end < 0) {
        if (m_buffer.size() > m_limits.head)
            fail(431);
        return false;
    }
    m_buffer.remove(0, end + 2);
    if (end == 0)
        m_step = Step::Whole;
    return true;
}

} // namespace latchkey
