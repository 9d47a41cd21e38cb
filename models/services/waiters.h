// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc of Qt 6.4 cannot read this header of libstdc++ 12
#include <coroutine>
#endif
#include <utility>
#include <vector>

namespace latchkey {

/// Coroutines that wait for the same thing. Whoever makes it happen resumes them; this must live until then.
///
///     while (!run->finished)
///         co_await run->waiters.wait();
class Waiters
{
public:
    class Awaiter
    {
    public:
        explicit Awaiter(Waiters *waiters)
            : m_waiters(waiters)
        {
        }
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiting) { m_waiters->m_waiting.push_back(waiting); }
        void await_resume() const noexcept {}

    private:
        Waiters *m_waiters;
    };

    [[nodiscard]] Awaiter wait() { return Awaiter(this); }
    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }
    /// In the order of waiting. Nothing of this is touched after the first was resumed.
    void resumeAll()
    {
        const std::vector<std::coroutine_handle<>> waiting = std::exchange(m_waiting, {});
        for (const std::coroutine_handle<> &one : waiting)
            one.resume();
    }

private:
    std::vector<std::coroutine_handle<>> m_waiting;
};

} // namespace latchkey
