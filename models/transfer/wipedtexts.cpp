// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/wipedtexts.h"

#include "models/core/secret.h"

#include <algorithm>

namespace latchkey {

namespace {

constexpr qsizetype BlockSize = qsizetype(64) * 1024;

} // namespace

WipedTexts::~WipedTexts()
{
    for (QByteArray &block : m_blocks)
        wipe(block);
}

QByteArrayView WipedTexts::keep(QByteArrayView text)
{
    if (text.isEmpty())
        return {"", 0};
    // A block that grew would leave its old bytes behind.
    if (m_blocks.empty() || m_blocks.back().capacity() - m_blocks.back().size() < text.size())
        m_blocks.emplace_back().reserve(std::max(BlockSize, text.size()));
    QByteArray &block = m_blocks.back();
    const qsizetype begin = block.size();
    block.append(text);
    return QByteArrayView(block).sliced(begin);
}

} // namespace latchkey
