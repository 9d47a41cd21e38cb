// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/historyentry.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QList>
#include <QObject>

#include <memory>

namespace latchkey {

class ChangeJournal;
class HistoryStore;
class Secret;
class SecretStore;

/// What was changed, when and how it ended, so that nobody can edit it unseen: rows are chained and sealed
/// under a key that only the keychain has (`history-key`), and the keychain also keeps how many there are and
/// how the last one ends (`history-head`).
class History : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    History(HistoryStore &rows, ChangeJournal &journal, SecretStore &keychain, QObject *parent = nullptr);

    /// Before a change: lets the journal seal what it adds. Without a keychain rows are added unsealed, so
    /// this never stands in the way of a change.
    QCoro::Task<void> prepare();
    /// After a change: the keychain is told of the rows that were added.
    QCoro::Task<void> keepHead();

    QCoro::Task<Outcome<QList<HistoryEntry>>> entries(); ///< Newest first.
    /// Reads every row. A keychain that is one sealed row behind is put right.
    QCoro::Task<Outcome<HistoryReport>> verify();
    /// Writes all rows to `file`: as CSV or JSON, by the ending of its name. Answers how many there were. A
    /// file that was there before stays whole where that fails.
    QCoro::Task<Outcome<qint64>> exportTo(QString file);
    /// Whether the ending of the name says how to write it.
    [[nodiscard]] static bool canExportTo(const QString &file);
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<Outcome<std::shared_ptr<const Secret>>> key(bool make);
    QCoro::Task<void> writeHead();

    HistoryStore &m_rows;
    ChangeJournal &m_journal;
    SecretStore &m_keychain;
    std::shared_ptr<const Secret> m_key;
    qint64 m_kept = -1; ///< Rows that the keychain was last told of; -1: not known.
    RunningCount m_running;
};

} // namespace latchkey
