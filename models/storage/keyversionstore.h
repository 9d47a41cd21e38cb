// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/keyversion.h"
#include "models/core/outcome.h"

#include <QCoroTask>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

class QSqlDatabase;

namespace latchkey {

class Database;

/// The rows about keychain entries. Only KeyVault uses it, and ChangeJournal for the promotion that goes with
/// CREATED.
class KeyVersionStore
{
public:
    explicit KeyVersionStore(Database &database); ///< `database` must outlive this.
    QCoro::Task<Outcome<QList<KeyVersion>>> all();
    QCoro::Task<Outcome<QList<KeyVersion>>> of(QString origin, QString instanceId); ///< Newest first.
    QCoro::Task<Outcome<std::optional<KeyVersion>>> find(QString versionId);
    QCoro::Task<Done> insert(KeyVersion version);
    QCoro::Task<Done> setState(QString versionId, KeyVersion::State state);
    /// In one transaction: this version becomes current, and the one that was current becomes previous.
    QCoro::Task<Done> adopt(QString versionId, QString credentialId, QDateTime at);
    /// Versions that a change which has not ended names as staged or previous: never to be removed.
    QCoro::Task<Outcome<QStringList>> namedByUnfinishedChanges();

private:
    Database &m_database;
};

/// The steps of a promotion, for the transactions of this store and of ChangeJournal. `at` is UTC. A version
/// that has no row (held in memory) is no problem: only the current one is retired then, by the second
/// function.
[[nodiscard]] Done promoteVersion(QSqlDatabase &database, const QString &versionId,
                                  const QString &credentialId, const QDateTime &at);
[[nodiscard]] Done retireCurrentVersion(QSqlDatabase &database, const QString &origin,
                                        const QString &instanceId, const QDateTime &at);

} // namespace latchkey
