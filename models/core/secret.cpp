// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/secret.h"

#include <sodium.h>

#include <cstring>
#include <new>
#include <utility>

namespace latchkey {

Secret::Secret(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    // Idempotent and thread-safe; guarded allocation needs it once.
    if (sodium_init() < 0)
        throw std::bad_alloc();
    m_bytes = static_cast<char *>(sodium_malloc(static_cast<size_t>(bytes.size())));
    if (!m_bytes)
        throw std::bad_alloc();
    m_size = bytes.size();
    std::memcpy(m_bytes, bytes.data(), static_cast<size_t>(m_size));
}

Secret::Secret(Secret &&other) noexcept
    : m_bytes(std::exchange(other.m_bytes, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    std::swap(m_bytes, other.m_bytes);
    std::swap(m_size, other.m_size);
    return *this;
}

Secret::~Secret()
{
    sodium_free(m_bytes);
}

Secret Secret::takeFrom(QByteArray &source)
{
    Secret secret{QByteArrayView(source)};
    wipe(source);
    source.clear();
    return secret;
}

Secret Secret::takeFrom(QString &source)
{
    QByteArray utf8 = source.toUtf8();
    wipe(source);
    source.clear();
    return takeFrom(utf8);
}

bool Secret::equals(const Secret &other) const noexcept
{
    return m_size == other.m_size &&
           (m_size == 0 || sodium_memcmp(m_bytes, other.m_bytes, static_cast<size_t>(m_size)) == 0);
}

void wipe(QString &text) noexcept
{
    // Without a capacity the characters are a literal in read-only memory.
    if (text.capacity() > 0)
        sodium_memzero(const_cast<QChar *>(text.constData()),
                       static_cast<size_t>(text.size()) * sizeof(QChar));
}

void wipe(QByteArray &bytes) noexcept
{
    if (bytes.capacity() > 0)
        sodium_memzero(const_cast<char *>(bytes.constData()), static_cast<size_t>(bytes.size()));
}

} // namespace latchkey
