// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// One run of a parser with bytes from outside: must end, and find nothing that its parser promises broken.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace latchkey::fuzz {

/// Shares the memory: an access beyond its end is seen.
inline QByteArray bytesOf(const std::uint8_t *data, std::size_t size)
{
    return QByteArray::fromRawData(reinterpret_cast<const char *>(data), qsizetype(size));
}

inline QJsonObject objectOf(const std::uint8_t *data, std::size_t size)
{
    return QJsonDocument::fromJson(bytesOf(data, size)).object();
}

/// Takes the first line, without its end, off `bytes`.
inline QByteArray takeLine(QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    const QByteArray line = end < 0 ? bytes : bytes.first(end);
    bytes = end < 0 ? QByteArray() : bytes.sliced(end + 1);
    return line;
}

inline void require(bool holds, const char *promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

} // namespace latchkey::fuzz
