// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/database.h"

#include "models/storage/databaseworker.h"

#include <QCoroFuture>
#include <QCoroTimer>
#include <QElapsedTimer>

#include <chrono>

using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr auto pause = 50ms;

/// `worker` by value: it must be there when the coroutine comes back, even where the Database is gone by
/// then.
QCoro::Task<std::optional<Problem>>
whileBusy(std::shared_ptr<DatabaseWorker> worker, std::chrono::milliseconds patience,
          std::function<QFuture<std::optional<Problem>>(DatabaseWorker &)> attempt)
{
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        QFuture<std::optional<Problem>> answer = attempt(*worker);
        std::optional<Problem> problem = co_await answer;
        const bool busy = problem && problem->category == Problem::Category::StorageBusy;
        if (!busy || waited.hasExpired(patience.count()))
            co_return problem;
        co_await QCoro::sleepFor(pause);
    }
}

} // namespace

Database::Database(QString file, std::chrono::milliseconds patience)
    : m_file(std::move(file))
    , m_patience(patience)
    , m_worker(std::make_shared<DatabaseWorker>(m_file))
{
}

Database::~Database()
{
    m_worker->stop();
}

QCoro::Task<Done> Database::open()
{
    std::function<QFuture<Answer>(DatabaseWorker &)> attempt = [](DatabaseWorker &worker) {
        return worker.open();
    };
    const Answer problem = co_await whileBusy(m_worker, m_patience, std::move(attempt));
    if (problem)
        co_return Done(*problem);
    co_return Done();
}

QCoro::Task<Database::Answer> Database::transact(Task task)
{
    std::function<QFuture<Answer>(DatabaseWorker &)> attempt =
        [task = std::move(task)](DatabaseWorker &worker) { return worker.transact(task); };
    return whileBusy(m_worker, m_patience, std::move(attempt));
}

} // namespace latchkey
