// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/historyentry.h"
#include "models/core/outcome.h"
#include "models/core/secret.h"

#include <QCoroTask>
#include <QList>
#include <QString>

#include <limits>
#include <memory>

class QSqlDatabase;

namespace latchkey {

class Database;

/// The rows of the history: added by ChangeJournal with each ended change, never changed. Each row's digest
/// covers the one before it, and its seal the digest, under a key that only the keychain has.
class HistoryStore
{
public:
    /// A row with what proves it.
    struct Row
    {
        qint64 number = 0;
        QByteArray body; ///< JSON
        QByteArray digest;
        QByteArray seal; ///< Empty where it was written without a key.
    };
    explicit HistoryStore(Database &database); ///< `database` must outlive this.
    /// By number, those from `from` on.
    QCoro::Task<Outcome<QList<Row>>> rows(qint64 from = std::numeric_limits<qint64>::min());
    /// Newest first. Rows whose text cannot be read are left out.
    QCoro::Task<Outcome<QList<HistoryEntry>>> entries();
    QCoro::Task<Outcome<HistoryHead>> head(); ///< The last row; 0 where there is none.

    [[nodiscard]] static QByteArray digestOf(const QByteArray &before, qint64 number, const QByteArray &body);

private:
    Database &m_database;
};

/// For the transactions of ChangeJournal: adds the change as it is in the database now. `key` may be null.
[[nodiscard]] Done appendHistory(QSqlDatabase &database, const Change &change,
                                 const QList<ChangePhaseEntry> &phases,
                                 const std::shared_ptr<const Secret> &key);

} // namespace latchkey
