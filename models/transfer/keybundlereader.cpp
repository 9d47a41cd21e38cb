// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/keybundlereader.h"

#include "models/transfer/carriedrecord.h"
#include "models/transfer/keybundle.h"

#include <QCoreApplication>
#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <utility>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::KeyBundleReader)
};

Problem unusable(const QString &caption, const QString &detail = {})
{
    return Problem::of(Problem::Category::InvalidInput, caption, detail);
}

Problem damaged()
{
    return unusable(Text::tr("The bundle of keys was damaged or changed."),
                    Text::tr("Nothing of it was taken. Write it once more."));
}

} // namespace

Outcome<KeyBundleReader> KeyBundleReader::open(QByteArray bytes, const Secret &passphrase, KdfCost most)
{
    const Outcome<keybundle::Head> head = keybundle::read(bytes, most);
    if (!head)
        return head.problem();
    Outcome<ChunkCipher> cipher = ChunkCipher::derive(passphrase, head.value().cost, head.value().salt);
    if (!cipher)
        return std::move(cipher).problem();
    KeyBundleReader reader(std::move(cipher).value(), std::move(bytes));
    if (!reader.rewind()) {
        return unusable(Text::tr("The bundle of keys cannot be opened with this passphrase."),
                        Text::tr("The passphrase is another one, or the file was damaged or changed."));
    }
    int count = 0;
    while (reader.next())
        ++count;
    if (!reader.isAtEnd() || !reader.rewind())
        return damaged();
    reader.m_count = count;
    return reader;
}

Outcome<KeyBundleReader> KeyBundleReader::openFile(const QString &file, const Secret &passphrase,
                                                   KdfCost most)
{
    QFile source(file);
    if (!source.open(QFile::ReadOnly)) {
        return Problem::of(Problem::Category::StorageFailed,
                           Text::tr("The file %1 could not be read.").arg(file), source.errorString());
    }
    // One more than is taken, so that a file without an end is refused too.
    return open(source.read(keybundle::MostBytes + 1), passphrase, most);
}

KeyBundleReader::KeyBundleReader(ChunkCipher cipher, QByteArray bytes)
    : m_cipher(std::move(cipher))
    , m_bytes(std::move(bytes))
{
    m_cipher.setContext(m_bytes.first(keybundle::HeadBytes));
}

bool KeyBundleReader::rewind()
{
    m_offset = keybundle::HeadBytes;
    m_last = false;
    m_ended = false;
    const QByteArrayView head = QByteArrayView(m_bytes).first(keybundle::HeadBytes);
    return m_cipher.startReading(head.last(ChunkCipher::StartBytes)) && readChunk();
}

bool KeyBundleReader::readChunk()
{
    const QByteArrayView rest = QByteArrayView(m_bytes).sliced(m_offset);
    if (m_last || rest.size() < ChunkCipher::SealedChunkBytes)
        return false;
    const ChunkCipher::Opened opened = m_cipher.open(rest.first(ChunkCipher::SealedChunkBytes));
    m_offset += ChunkCipher::SealedChunkBytes;
    m_used = 0;
    m_last = opened == ChunkCipher::Opened::LastChunk;
    return opened != ChunkCipher::Opened::Refused;
}

bool KeyBundleReader::take(char *bytes, qsizetype size)
{
    while (size > 0) {
        if (m_used == ChunkCipher::ChunkBytes && !readChunk())
            return false;
        const qsizetype part = std::min(size, ChunkCipher::ChunkBytes - m_used);
        std::memcpy(bytes, m_cipher.chunk().data() + m_used, static_cast<size_t>(part));
        m_used += part;
        bytes += part;
        size -= part;
    }
    return true;
}

std::optional<CarriedKeys> KeyBundleReader::next()
{
    quint32 little = 0;
    if (m_ended || !take(reinterpret_cast<char *>(&little), sizeof(little)))
        return std::nullopt;
    const auto size = static_cast<qsizetype>(qFromLittleEndian(little));
    m_ended = size == 0;
    if (m_ended || size > carriedrecord::MostBytes)
        return std::nullopt;
    QByteArray bytes(size, '\0');
    const bool isWhole = take(bytes.data(), size);
    const Secret record = Secret::takeFrom(bytes);
    return isWhole ? carriedrecord::read(record.reveal()) : std::nullopt;
}

bool KeyBundleReader::isAtEnd()
{
    const std::span<const char> padding = m_cipher.chunk().subspan(static_cast<size_t>(m_used));
    return m_ended && m_last && m_offset == m_bytes.size() &&
           std::ranges::all_of(padding, [](char byte) { return byte == 0; });
}

} // namespace latchkey
