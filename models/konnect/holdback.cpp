// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/holdback.h"

namespace latchkey {

HoldBack::HoldBack(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HoldBack::tick);
}

void HoldBack::holdFor(std::chrono::milliseconds wait)
{
    if (wait.count() <= 0 || (m_holding && m_until.remainingTime() >= wait.count()))
        return;
    m_until = QDeadlineTimer(wait, Qt::PreciseTimer);
    m_holding = true;
    tick();
}

int HoldBack::seconds() const
{
    return m_holding ? static_cast<int>((m_until.remainingTime() + 999) / 1000) : 0;
}

void HoldBack::tick()
{
    const qint64 left = m_until.remainingTime();
    if (left <= 0) {
        m_holding = false;
        m_told = 0;
        Q_EMIT waiting(0);
        Q_EMIT released();
        return;
    }
    const int whole = seconds();
    if (whole != m_told) {
        m_told = whole;
        Q_EMIT waiting(whole);
    }
    m_timer.start(std::chrono::milliseconds(left - (whole - 1) * 1000LL));
}

} // namespace latchkey
