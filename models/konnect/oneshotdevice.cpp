// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/oneshotdevice.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace latchkey {

OneShotDevice::OneShotDevice(Secret body, QObject *parent)
    : QIODevice(parent)
    , m_body(std::move(body))
    , m_length(m_body.size())
{
    // Unbuffered: QIODevice's own buffer would keep a copy that nobody wipes.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

OneShotDevice::~OneShotDevice() = default;

qint64 OneShotDevice::bytesAvailable() const
{
    return m_length - m_position + QIODevice::bytesAvailable();
}

bool OneShotDevice::atEnd() const
{
    return m_position == m_length;
}

qint64 OneShotDevice::readData(char *data, qint64 most)
{
    if (m_position == m_length)
        return -1;
    const qint64 size = std::min(most, m_length - m_position);
    if (size <= 0)
        return 0;
    std::memcpy(data, m_body.reveal().data() + m_position, static_cast<size_t>(size));
    m_position += size;
    if (m_position == m_length)
        m_body = Secret();
    return size;
}

qint64 OneShotDevice::writeData(const char *, qint64)
{
    return -1;
}

} // namespace latchkey
