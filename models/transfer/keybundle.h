// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/passphrase.h"

#include <QByteArray>
#include <QByteArrayView>

/// The one file of Latchkey that holds keys, encrypted with a passphrase. It begins with a head that is not
/// encrypted; numbers are of four bytes, little endian:
///
///     16  "Latchkey bundle\n"
///      4  version: 1
///      4  passes of Argon2id (version 1.3)
///      4  its memory in KiB
///     16  its salt
///     24  where the stream starts
///
/// Then come chunks of equal length (see ChunkCipher), each of which is bound to the head and to those before
/// it; only the last one is marked as such. Their plaintext are records (carriedrecord), each with its length
/// before it, a length of 0, and zeros up to the end of the chunk.
namespace latchkey::keybundle {

constexpr quint32 Version = 1;
constexpr qsizetype HeadBytes = 68;
/// A longer file is neither written nor read.
constexpr qsizetype MostBytes = qsizetype(64) * 1024 * 1024;

struct Head
{
    KdfCost cost;
    QByteArray salt;
    QByteArray start;
};

[[nodiscard]] QByteArray write(const Head &head);
/// A Problem where the file is none of these, of another version, cut or longer than its chunks, or would
/// take more than `most` to open: nothing was computed for it.
[[nodiscard]] Outcome<Head> read(QByteArrayView file, KdfCost most);

} // namespace latchkey::keybundle
