// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QCoroTask>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QSqlDatabase;

namespace latchkey {

class DatabaseWorker;

/// Latchkey's SQLite file on a thread of its own: WAL, `synchronous=FULL`, both read back. 0600 in a 0700
/// folder.
///
/// Work is handed over as functions that run on that thread one after the other, each in one transaction, and
/// its answer comes back to the awaiting coroutine's thread, which needs an event loop. StorageBusy is
/// retried here for a while, so `work` may run more than once: each run starts from what was captured
/// and its earlier effects on the file are gone.
class Database
{
public:
    /// Opens nothing yet. `patience`: how long StorageBusy is retried.
    explicit Database(QString file, std::chrono::milliseconds patience = std::chrono::seconds(5));
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    ~Database(); ///< Waits for work that was handed over and closes the file.

    /// Opens and migrates. Must have answered before anything else; a newer file than this version knows is a
    /// StorageFailed that says so and changes nothing. Opening twice is no problem.
    QCoro::Task<Done> open();

    /// Runs `work` in a transaction: committed where it answers ok, rolled back otherwise. `work` must not
    /// capture references to locals of the caller.
    template <typename T>
    QCoro::Task<Outcome<T>> run(std::function<Outcome<T>(QSqlDatabase &)> work);

    [[nodiscard]] const QString &file() const { return m_file; }

private:
    using Answer = std::optional<Problem>; ///< nullopt: done.
    using Task = std::function<Answer(QSqlDatabase &)>;
    QCoro::Task<Answer> transact(Task task);

    QString m_file;
    std::chrono::milliseconds m_patience; ///< For another process that is writing.
    /// Shared with the coroutines that wait for it, so that one that is resumed late finds it.
    std::shared_ptr<DatabaseWorker> m_worker;
};

template <typename T>
QCoro::Task<Outcome<T>> Database::run(std::function<Outcome<T>(QSqlDatabase &)> work)
{
    // Written on the database's thread, read here only after transact() answered.
    auto result = std::make_shared<std::optional<Outcome<T>>>();
    Task task = [result, work = std::move(work)](QSqlDatabase &database) -> Answer {
        result->emplace(work(database));
        if ((*result)->ok())
            return std::nullopt;
        return (*result)->problem();
    };
    const Answer problem = co_await transact(std::move(task));
    if (problem)
        co_return Outcome<T>(*problem);
    co_return std::move(**result);
}

} // namespace latchkey
