// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"

#include <QDateTime>
#include <QMutex>
#include <QTimeZone>

namespace latchkey::test {

/// A clock that stands still until it is told.
class FakeClock final : public Clock
{
public:
    explicit FakeClock(QDateTime now = QDateTime(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC))
        : m_now(std::move(now))
    {
    }
    [[nodiscard]] QDateTime now() const override
    {
        const QMutexLocker lock(&m_mutex);
        return m_now;
    }
    void set(const QDateTime &now)
    {
        const QMutexLocker lock(&m_mutex);
        m_now = now.toUTC();
    }
    void advance(qint64 seconds) { set(now().addSecs(seconds)); }

private:
    mutable QMutex m_mutex;
    QDateTime m_now;
};

} // namespace latchkey::test
