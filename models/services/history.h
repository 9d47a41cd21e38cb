// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/historyentry.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace latchkey {

class ChangeJournal;
class Clock;
class HistoryStore;
class Secret;
class SecretStore;

/// What was changed, when and how it ended, so that nobody can edit it unseen: rows are chained and sealed
/// under a key that only the keychain has (`history-key`), and the keychain also keeps how many there are and
/// how the last one ends (`history-head`). Where the rows do not go on from that, it keeps for ever where and
/// when that was found, and the history goes on from what is there.
class History : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this. `headEntry` is the name under which the keychain keeps how these
    /// rows end; the key is the same for all.
    History(HistoryStore &rows, ChangeJournal &journal, SecretStore &keychain, const Clock &clock,
            QString headEntry, QObject *parent = nullptr);

    /// Before a change: looks whether the rows go on from what the keychain knows, and lets the journal seal
    /// what it adds. Without a keychain rows are added unsealed, so this never stands in the way of a change.
    /// No new key is made while there are sealed rows: under it, all of them would read as edited.
    QCoro::Task<void> prepare();
    /// After a change: the keychain is told of the rows that were added.
    QCoro::Task<void> keepHead();

    QCoro::Task<Outcome<QList<HistoryEntry>>> entries(); ///< Newest first.
    /// Reads every row. A keychain that is behind by rows that are sealed is put right.
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
    using Key = std::shared_ptr<const Secret>;
    struct Finding;

    QCoro::Task<Outcome<Key>> key(bool make);
    QCoro::Task<void> keepUp();
    /// Tells the keychain how the rows end. Answers what it knows now; nullopt where that is not known.
    QCoro::Task<std::optional<HistoryHead>> tell();
    QCoro::Task<Outcome<Finding>> look();

    HistoryStore &m_rows;
    ChangeJournal &m_journal;
    SecretStore &m_keychain;
    const Clock &m_clock;
    const QString m_headEntry;
    Key m_key;
    bool m_isNoted = false;            ///< The keychain surely has a note of how the rows end.
    std::optional<HistoryHead> m_told; ///< What it was last seen to know.
    std::optional<HistoryHead> m_seen; ///< The end of the rows of which listeners know.
    RunningCount m_running;
};

} // namespace latchkey
