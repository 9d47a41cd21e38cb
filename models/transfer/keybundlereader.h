// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/carriedkeys.h"
#include "models/core/outcome.h"
#include "models/core/passphrase.h"
#include "models/transfer/chunkcipher.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace latchkey {

/// Reads a bundle of keys (keybundle.h). All of it is verified before anything of it is given out; then it is
/// decrypted once more, set by set, so that no more than one is in memory at a time.
class KeyBundleReader
{
public:
    /// A Problem for a wrong passphrase, and for every file that is not to the last bit what was written.
    /// Takes the time and the memory that the file asks for, at most `most`, so it is not for the GUI thread.
    [[nodiscard]] static Outcome<KeyBundleReader> open(QByteArray bytes, const Secret &passphrase,
                                                       KdfCost most = MostKdfCost);
    [[nodiscard]] static Outcome<KeyBundleReader> openFile(const QString &file, const Secret &passphrase,
                                                           KdfCost most = MostKdfCost);

    /// How many sets it holds.
    [[nodiscard]] int count() const { return m_count; }
    /// The next one; nullopt after the last.
    [[nodiscard]] std::optional<CarriedKeys> next();

private:
    KeyBundleReader(ChunkCipher cipher, QByteArray bytes);
    [[nodiscard]] bool rewind();
    [[nodiscard]] bool readChunk();
    /// False where the plaintext ends before.
    [[nodiscard]] bool take(char *bytes, qsizetype size);
    /// After the last set: nothing but zeros, and the end.
    [[nodiscard]] bool isAtEnd();

    ChunkCipher m_cipher;
    QByteArray m_bytes;
    qsizetype m_offset = 0; ///< Of the next chunk.
    qsizetype m_used = 0;   ///< Of the present one.
    bool m_last = false;
    bool m_ended = false; ///< The length of 0 was read.
    int m_count = 0;
};

} // namespace latchkey
