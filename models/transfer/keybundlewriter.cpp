// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/keybundlewriter.h"

#include "models/transfer/carriedrecord.h"
#include "models/transfer/keybundle.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <utility>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::KeyBundleWriter)
};

} // namespace

Outcome<KeyBundleWriter> KeyBundleWriter::begin(const Secret &passphrase, KdfCost cost)
{
    keybundle::Head head;
    head.cost = cost;
    head.salt = ChunkCipher::freshSalt();
    Outcome<ChunkCipher> cipher = ChunkCipher::derive(passphrase, cost, head.salt);
    if (!cipher)
        return std::move(cipher).problem();
    head.start = cipher.value().startWriting();
    return KeyBundleWriter(std::move(cipher).value(), keybundle::write(head));
}

KeyBundleWriter::KeyBundleWriter(ChunkCipher cipher, QByteArray head)
    : m_cipher(std::move(cipher))
    , m_file(std::move(head))
{
    m_cipher.setContext(m_file);
}

Done KeyBundleWriter::add(const CarriedKeys &keys)
{
    const Secret record = carriedrecord::write(keys);
    constexpr qsizetype room = 2 * ChunkCipher::SealedChunkBytes; // For the chunk begun, and the last one.
    const qsizetype sealed = (record.size() / ChunkCipher::ChunkBytes + 1) * ChunkCipher::SealedChunkBytes;
    if (record.size() > carriedrecord::MostBytes || m_file.size() + sealed + room > keybundle::MostBytes) {
        return Problem::of(Problem::Category::Refused,
                           Text::tr("The keys of %1 do not fit into the file.").arg(keys.instanceName),
                           Text::tr("It takes %1 MiB, and %2 MiB of one instance.")
                               .arg(keybundle::MostBytes / 1024 / 1024)
                               .arg(carriedrecord::MostBytes / 1024 / 1024));
    }
    appendNumber(record.size());
    append(record.reveal());
    return {};
}

QByteArray KeyBundleWriter::finish()
{
    appendNumber(0);
    m_file.append(m_cipher.seal(true));
    return std::exchange(m_file, {});
}

void KeyBundleWriter::appendNumber(qsizetype number)
{
    const quint32 little = qToLittleEndian(static_cast<quint32>(number));
    append(QByteArrayView(reinterpret_cast<const char *>(&little), sizeof(little)));
}

void KeyBundleWriter::append(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        // Only once there is more: the last chunk is marked as such.
        if (m_filled == ChunkCipher::ChunkBytes) {
            m_file.append(m_cipher.seal(false));
            m_filled = 0;
        }
        const qsizetype part = std::min(bytes.size(), ChunkCipher::ChunkBytes - m_filled);
        std::memcpy(m_cipher.chunk().data() + m_filled, bytes.data(), static_cast<size_t>(part));
        m_filled += part;
        bytes = bytes.sliced(part);
    }
}

} // namespace latchkey
