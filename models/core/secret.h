// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QDebug>
#include <QString>

namespace latchkey {

/// Bytes that must not be seen: a header key or a token.
///
/// The bytes live in guarded memory that is left out of core dumps and is wiped when the Secret goes. There
/// is no conversion to text, JSON or QVariant and no copy constructor: `reveal()` and `clone()` are the only
/// ways out, so that a search for those two words finds every place where a secret moves. Value type; not
/// shared between threads.
class Secret
{
public:
    Secret() noexcept = default;
    explicit Secret(QByteArrayView bytes);
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret();

    /// Takes the bytes of `source` and wipes it (as far as `source` is not shared with another QByteArray).
    [[nodiscard]] static Secret takeFrom(QByteArray &source);
    /// The same for text, which is kept as UTF-8.
    [[nodiscard]] static Secret takeFrom(QString &source);

    [[nodiscard]] bool isEmpty() const noexcept { return m_size == 0; }
    /// In bytes.
    [[nodiscard]] qsizetype size() const noexcept { return m_size; }
    [[nodiscard]] Secret clone() const { return Secret(reveal()); }
    /// Valid as long as this Secret is neither changed nor destroyed. Never store the result.
    [[nodiscard]] QByteArrayView reveal() const noexcept { return {m_bytes, m_size}; }
    /// In constant time for equal sizes.
    [[nodiscard]] bool equals(const Secret &other) const noexcept;

private:
    char *m_bytes = nullptr;
    qsizetype m_size = 0;
};

/// Overwrites the text in place (detaching first would leave the original behind, so it does not).
void wipe(QString &text) noexcept;
void wipe(QByteArray &bytes) noexcept;

QDebug operator<<(QDebug, const Secret &) = delete;

} // namespace latchkey
