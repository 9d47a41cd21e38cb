// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/runningcount.h"

namespace latchkey {

RunningCount::Guard::Guard(RunningCount *count)
    : m_count(count)
{
    ++m_count->m_count;
}

RunningCount::Guard::~Guard()
{
    if (m_count)
        m_count->leave();
}

QCoro::Task<void> RunningCount::idle()
{
    while (m_count > 0)
        co_await m_waiters.wait();
}

void RunningCount::leave()
{
    --m_count;
    if (m_count > 0 || m_waiters.isEmpty())
        return;
    // The leaving coroutine still has to destroy its frame and to resume whoever awaits it; both may touch
    // the service that whoever waits here is about to destroy.
    QMetaObject::invokeMethod(
        this, [this] { m_waiters.resumeAll(); }, Qt::QueuedConnection);
}

} // namespace latchkey
