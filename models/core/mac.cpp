// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/mac.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

namespace latchkey {

QByteArray hmacSha256(const Secret &key, QByteArrayView message)
{
    const QByteArrayView under = key.reveal();
    QMessageAuthenticationCode code(QCryptographicHash::Sha256,
                                    QByteArray::fromRawData(under.data(), under.size()));
    code.addData(message.data(), message.size());
    return code.result();
}

Secret randomMacKey()
{
    constexpr qsizetype size = 32;
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(bytes.data()),
                                          size / static_cast<qsizetype>(sizeof(quint32)));
    return Secret::takeFrom(bytes);
}

} // namespace latchkey
