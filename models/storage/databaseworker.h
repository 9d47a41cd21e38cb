// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QThread>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

class QSqlDatabase;

namespace latchkey {

/// The thread that has the SQLite connection. Everything here may be called from any one other thread; the
/// functions handed over run on the worker's thread in their order.
class DatabaseWorker
{
public:
    using Answer = std::optional<Problem>; ///< nullopt: done.
    using Task = std::function<Answer(QSqlDatabase &)>;

    explicit DatabaseWorker(QString file);
    DatabaseWorker(const DatabaseWorker &) = delete;
    DatabaseWorker &operator=(const DatabaseWorker &) = delete;
    ~DatabaseWorker();

    QFuture<Answer> open();
    /// One transaction around `task`. Answers StorageBusy where it could not begin or end.
    QFuture<Answer> transact(Task task);
    /// Runs what was handed over, closes the file and ends the thread. Later work answers StorageFailed.
    void stop();

private:
    QFuture<Answer> post(std::function<Answer()> work);
    Answer openFile();
    Answer configure(QSqlDatabase &database) const;
    void closeFile();

    const QString m_file;
    const QString m_connection;                            ///< Name of the connection within Qt.
    bool m_open = false;                                   ///< On the worker's thread only.
    std::optional<std::pair<quint64, quint64>> m_identity; ///< Of the file that was opened; there only, too.
    bool m_stopped = false;
    QThread m_thread;
    std::unique_ptr<QObject> m_there; ///< Lives on m_thread; what is queued for it runs there.
};

} // namespace latchkey
