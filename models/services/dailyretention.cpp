// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/dailyretention.h"

#include "models/services/retention.h"

namespace latchkey {

namespace {

constexpr qint64 Hour = 60LL * 60;
constexpr qint64 Day = 24 * Hour;

} // namespace

DailyRetention::DailyRetention(Retention &retention, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_retention(retention)
    , m_clock(clock)
{
}

void DailyRetention::tick()
{
    const QDateTime now = m_clock.now();
    // Further away than a day: the clock was put back.
    const bool isLater = m_next.isValid() && now < m_next && now.secsTo(m_next) <= Day;
    if (m_running || isLater)
        return;
    m_running = true;
    QCoro::connect(m_retention.forgetDue(), this, [this](const Outcome<QStringList> &gone) {
        m_running = false;
        m_next = m_clock.now().addSecs(gone ? Day : Hour);
        Q_EMIT ended();
    });
}

} // namespace latchkey
