// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <algorithm>

namespace latchkey::utf8 {

/// The byte order mark.
inline constexpr QByteArrayView Mark = "\xEF\xBB\xBF";

/// Whether a byte goes on with a character.
[[nodiscard]] inline bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// In characters.
[[nodiscard]] inline qsizetype lengthOf(QByteArrayView text)
{
    return text.size() - std::count_if(text.cbegin(), text.cend(), isContinuation);
}

} // namespace latchkey::utf8
