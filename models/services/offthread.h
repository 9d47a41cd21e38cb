// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoroFuture>
#include <QCoroTask>
#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace latchkey {

/// Runs `work` on a thread of `pool`, and answers on the caller's, which needs an event loop. What `work`
/// captures must belong to it alone. For work that takes long without waiting for anything.
template <typename T>
QCoro::Task<T> offThread(QThreadPool *pool, std::function<T()> work)
{
    // Written on the other thread, read here only after the future ended; T may be move-only.
    auto answer = std::make_shared<std::optional<T>>();
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    QFuture<void> ended = promise->future();
    pool->start([answer, promise, work = std::move(work)] {
        answer->emplace(work());
        promise->finish();
    });
    co_await ended;
    co_return std::move(**answer);
}

} // namespace latchkey
