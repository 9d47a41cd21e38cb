// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QCoroFuture>
#include <QCoroTask>
#include <QFuture>
#include <QPromise>
#include <QString>

#include <functional>
#include <memory>

class QSqlDatabase;

namespace latchkey {

/// Latchkey's SQLite file on a thread of its own: WAL, `synchronous=FULL`, both read back. 0600 in a 0700 folder.
///
/// Work is handed over as functions that run on that thread one after the other, each in one transaction, and its
/// answer comes back to the awaiting coroutine's thread. StorageBusy is retried here for a few seconds.
class Database
{
public:
    /// Opens nothing yet.
    explicit Database(QString file);
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    ~Database(); ///< Waits for work that is under way and closes the file.

    /// Opens and migrates. Must have answered before anything else; a newer file than this version knows is a
    /// StorageFailed that says so and changes nothing.
    QCoro::Task<Done> open();

    /// Runs `work` in a transaction: committed where it answers ok, rolled back otherwise. `work` must not capture
    /// references to locals of the caller. T must be copyable.
    template <typename T>
    QCoro::Task<Outcome<T>> run(std::function<Outcome<T>(QSqlDatabase &)> work);

    [[nodiscard]] const QString &file() const { return m_file; }

private:
    class Worker;
    /// `task` gets a null pointer and the reason where the file is not open.
    void post(std::function<void(Worker &)> task);

    QString m_file;
    std::unique_ptr<Worker> m_worker;
};

} // namespace latchkey
