// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/carriedkeys.h"
#include "models/core/outcome.h"
#include "models/core/passphrase.h"
#include "models/transfer/chunkcipher.h"

#include <QByteArray>
#include <QByteArrayView>

namespace latchkey {

/// Writes a bundle of keys (keybundle.h) set by set. What is not encrypted yet is one chunk at most.
class KeyBundleWriter
{
public:
    /// Takes the time and the memory of `cost`, so it is not for the GUI thread.
    [[nodiscard]] static Outcome<KeyBundleWriter> begin(const Secret &passphrase, KdfCost cost = {});

    /// A Problem where it is too long, or the file would be: it is left out.
    Done add(const CarriedKeys &keys);
    /// The whole file. Nothing can be added afterwards.
    [[nodiscard]] QByteArray finish();

private:
    KeyBundleWriter(ChunkCipher cipher, QByteArray head);
    void append(QByteArrayView bytes);
    void appendNumber(qsizetype number);

    ChunkCipher m_cipher;
    QByteArray m_file;
    qsizetype m_filled = 0; ///< Of the chunk.
};

} // namespace latchkey
