// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/keybundle.h"

#include "models/transfer/chunkcipher.h"

#include <QCoreApplication>
#include <QtEndian>

namespace latchkey::keybundle {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::KeyBundle)
};

constexpr QByteArrayView magic = "Latchkey bundle\n";
constexpr qsizetype numberBytes = sizeof(quint32);
static_assert(HeadBytes == magic.size() + 3 * numberBytes + ChunkCipher::SaltBytes + ChunkCipher::StartBytes);

QByteArray number(quint32 value)
{
    const quint32 little = qToLittleEndian(value);
    return {reinterpret_cast<const char *>(&little), numberBytes};
}

quint32 takeNumber(QByteArrayView *bytes)
{
    const auto value = qFromLittleEndian<quint32>(bytes->data());
    *bytes = bytes->sliced(numberBytes);
    return value;
}

Problem unusable(const QString &caption, const QString &detail = {})
{
    return Problem::of(Problem::Category::InvalidInput, caption, detail);
}

bool isWithin(KdfCost cost, KdfCost most)
{
    return cost.passes >= LeastKdfCost.passes && cost.passes <= most.passes &&
           cost.memoryKiB >= LeastKdfCost.memoryKiB && cost.memoryKiB <= most.memoryKiB;
}

} // namespace

QByteArray write(const Head &head)
{
    return magic.toByteArray() + number(Version) + number(head.cost.passes) + number(head.cost.memoryKiB) +
           head.salt + head.start;
}

Outcome<Head> read(QByteArrayView file, KdfCost most)
{
    if (!file.startsWith(magic))
        return unusable(Text::tr("The file is not a bundle of keys that Latchkey wrote."));
    if (file.size() < magic.size() + numberBytes)
        return unusable(Text::tr("The bundle of keys is cut off."));
    QByteArrayView rest = file.sliced(magic.size());
    const quint32 version = takeNumber(&rest);
    if (version != Version) {
        return unusable(
            Text::tr("The bundle of keys is of version %1.").arg(version),
            Text::tr("This Latchkey reads version %1. A newer one may have written it.").arg(Version));
    }
    if (file.size() > MostBytes) {
        return unusable(Text::tr("The bundle of keys is too long."),
                        Text::tr("At most %1 MiB are read.").arg(MostBytes / 1024 / 1024));
    }
    const qsizetype chunks = file.size() - HeadBytes;
    if (chunks <= 0 || chunks % ChunkCipher::SealedChunkBytes != 0)
        return unusable(Text::tr("The bundle of keys is cut off, or something was added to it."));
    Head head;
    head.cost.passes = takeNumber(&rest);
    head.cost.memoryKiB = takeNumber(&rest);
    if (!isWithin(head.cost, most)) {
        return unusable(
            Text::tr("The bundle of keys asks for more than opening one may take."),
            Text::tr(
                "Its passphrase would take %1 passes over %2 KiB; allowed are up to %3 passes and %4 KiB. "
                "Latchkey does not write such a file.")
                .arg(head.cost.passes)
                .arg(head.cost.memoryKiB)
                .arg(most.passes)
                .arg(most.memoryKiB));
    }
    head.salt = rest.first(ChunkCipher::SaltBytes).toByteArray();
    head.start = rest.sliced(ChunkCipher::SaltBytes, ChunkCipher::StartBytes).toByteArray();
    return head;
}

} // namespace latchkey::keybundle
