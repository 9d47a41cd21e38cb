// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/chunkcipher.h"

#include <QCoreApplication>
#include <sodium.h>

#include <new>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ChunkCipher)
};

static_assert(ChunkCipher::SealedChunkBytes ==
              ChunkCipher::ChunkBytes + crypto_secretstream_xchacha20poly1305_ABYTES);
static_assert(ChunkCipher::SaltBytes == crypto_pwhash_SALTBYTES);
static_assert(ChunkCipher::StartBytes == crypto_secretstream_xchacha20poly1305_HEADERBYTES);

const unsigned char *bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

void ensureSodium()
{
    if (sodium_init() < 0)
        throw std::bad_alloc();
}

} // namespace

struct ChunkCipher::Guarded
{
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    char chunk[ChunkBytes];
};

void ChunkCipher::Free::operator()(Guarded *guarded) const noexcept
{
    sodium_free(guarded);
}

ChunkCipher::ChunkCipher(std::unique_ptr<Guarded, Free> guarded)
    : m_guarded(std::move(guarded))
{
}

ChunkCipher::ChunkCipher(ChunkCipher &&) noexcept = default;
ChunkCipher &ChunkCipher::operator=(ChunkCipher &&) noexcept = default;
ChunkCipher::~ChunkCipher() = default;

QByteArray ChunkCipher::freshSalt()
{
    ensureSodium();
    QByteArray salt(SaltBytes, Qt::Uninitialized);
    randombytes_buf(salt.data(), SaltBytes);
    return salt;
}

Outcome<ChunkCipher> ChunkCipher::derive(const Secret &passphrase, KdfCost cost, QByteArrayView salt)
{
    ensureSodium();
    std::unique_ptr<Guarded, Free> guarded(static_cast<Guarded *>(sodium_malloc(sizeof(Guarded))));
    if (!guarded)
        throw std::bad_alloc();
    sodium_memzero(guarded.get(), sizeof(Guarded));
    const QByteArrayView bytes = passphrase.reveal();
    const int failed =
        crypto_pwhash(guarded->key, sizeof(guarded->key), bytes.isEmpty() ? "" : bytes.data(),
                      static_cast<unsigned long long>(bytes.size()), bytesOf(salt), cost.passes,
                      size_t(cost.memoryKiB) * 1024, crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) {
        return Problem::of(Problem::Category::Refused,
                           Text::tr("The key of the file cannot be made of the passphrase."),
                           Text::tr("That takes %1 MiB of memory, which this machine does not give just now.")
                               .arg((cost.memoryKiB + 1023) / 1024));
    }
    return ChunkCipher(std::move(guarded));
}

QByteArray ChunkCipher::startWriting()
{
    QByteArray start(StartBytes, Qt::Uninitialized);
    crypto_secretstream_xchacha20poly1305_init_push(
        &m_guarded->state, reinterpret_cast<unsigned char *>(start.data()), m_guarded->key);
    sodium_memzero(m_guarded->chunk, sizeof(m_guarded->chunk));
    return start;
}

bool ChunkCipher::startReading(QByteArrayView start)
{
    return start.size() == StartBytes && crypto_secretstream_xchacha20poly1305_init_pull(
                                             &m_guarded->state, bytesOf(start), m_guarded->key) == 0;
}

std::span<char> ChunkCipher::chunk()
{
    return m_guarded->chunk;
}

QByteArray ChunkCipher::seal(bool isLast)
{
    QByteArray sealed(SealedChunkBytes, Qt::Uninitialized);
    const unsigned char tag = isLast ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                     : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push(
        &m_guarded->state, reinterpret_cast<unsigned char *>(sealed.data()), nullptr,
        reinterpret_cast<const unsigned char *>(m_guarded->chunk), sizeof(m_guarded->chunk),
        bytesOf(m_context), static_cast<unsigned long long>(m_context.size()), tag);
    sodium_memzero(m_guarded->chunk, sizeof(m_guarded->chunk));
    return sealed;
}

ChunkCipher::Opened ChunkCipher::open(QByteArrayView sealed)
{
    unsigned char tag = 0;
    const bool isWhole = sealed.size() == SealedChunkBytes &&
                         crypto_secretstream_xchacha20poly1305_pull(
                             &m_guarded->state, reinterpret_cast<unsigned char *>(m_guarded->chunk), nullptr,
                             &tag, bytesOf(sealed), static_cast<unsigned long long>(sealed.size()),
                             bytesOf(m_context), static_cast<unsigned long long>(m_context.size())) == 0;
    if (!isWhole)
        return Opened::Refused;
    if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL)
        return Opened::LastChunk;
    return tag == crypto_secretstream_xchacha20poly1305_TAG_MESSAGE ? Opened::Chunk : Opened::Refused;
}

} // namespace latchkey
