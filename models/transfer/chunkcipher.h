// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/passphrase.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <span>

namespace latchkey {

/// Encrypts a stream chunk by chunk with a key that is made of a passphrase, and reads it again: Argon2id and
/// XChaCha20-Poly1305 as libsodium's secretstream. Key, state and the one chunk of plaintext that there is at
/// a time are in guarded memory. Not shared between threads, but it may move to another.
class ChunkCipher
{
public:
    static constexpr qsizetype ChunkBytes = 4096;
    static constexpr qsizetype SealedChunkBytes = ChunkBytes + 17;
    static constexpr qsizetype SaltBytes = 16;
    static constexpr qsizetype StartBytes = 24;

    [[nodiscard]] static QByteArray freshSalt();
    /// Takes the time and the memory of `cost`, so it is not for the GUI thread.
    [[nodiscard]] static Outcome<ChunkCipher> derive(const Secret &passphrase, KdfCost cost,
                                                     QByteArrayView salt);
    ChunkCipher(ChunkCipher &&) noexcept;
    ChunkCipher &operator=(ChunkCipher &&) noexcept;
    ~ChunkCipher();

    /// Begins a stream and answers with what a reader has to begin with.
    [[nodiscard]] QByteArray startWriting();
    /// False where nothing can begin like this.
    [[nodiscard]] bool startReading(QByteArrayView start);
    /// What is not encrypted, but belongs to the stream: each chunk is refused where it is not the same.
    void setContext(const QByteArray &context) { m_context = context; }

    /// The chunk's plaintext: to be filled before seal(), to be read after open().
    [[nodiscard]] std::span<char> chunk();
    /// The chunk encrypted; it is all zeros afterwards. The last one ends the stream.
    [[nodiscard]] QByteArray seal(bool isLast);

    enum class Opened { Refused, Chunk, LastChunk };
    [[nodiscard]] Opened open(QByteArrayView sealed);

private:
    struct Guarded;
    struct Free
    {
        void operator()(Guarded *guarded) const noexcept;
    };

    explicit ChunkCipher(std::unique_ptr<Guarded, Free> guarded);

    std::unique_ptr<Guarded, Free> m_guarded;
    QByteArray m_context;
};

} // namespace latchkey
