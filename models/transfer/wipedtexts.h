// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <deque>

namespace latchkey {

/// Texts that may be secrets, for as long as something looks at them: their places never move, and they are
/// wiped when this goes.
class WipedTexts
{
public:
    WipedTexts() = default;
    WipedTexts(const WipedTexts &) = delete;
    WipedTexts &operator=(const WipedTexts &) = delete;
    ~WipedTexts();

    [[nodiscard]] QByteArrayView keep(QByteArrayView text);

private:
    std::deque<QByteArray> m_blocks;
};

} // namespace latchkey
