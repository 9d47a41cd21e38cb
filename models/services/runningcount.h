// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/waiters.h"

#include <QCoroTask>
#include <QObject>

#include <utility>

namespace latchkey {

/// How many coroutines of a service are under way, so that closing can wait until none is left.
///
///     const RunningCount::Guard running = m_running.enter();
class RunningCount : public QObject
{
    Q_OBJECT
public:
    class Guard
    {
    public:
        explicit Guard(RunningCount *count);
        Guard(Guard &&other) noexcept
            : m_count(std::exchange(other.m_count, nullptr))
        {
        }
        Guard(const Guard &) = delete;
        Guard &operator=(const Guard &) = delete;
        Guard &operator=(Guard &&) = delete;
        ~Guard();

    private:
        RunningCount *m_count;
    };

    using QObject::QObject;
    [[nodiscard]] Guard enter() { return Guard(this); }
    [[nodiscard]] int count() const { return m_count; }
    /// Answers when none is under way. Answers from the event loop, when the last coroutine has left its
    /// frame.
    QCoro::Task<void> idle();

private:
    void leave();

    int m_count = 0;
    Waiters m_waiters;
};

} // namespace latchkey
