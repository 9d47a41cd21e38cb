// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/keyversion.h"
#include "models/core/outcome.h"

#include <QCoroTask>
#include <QDateTime>
#include <QHash>
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
    /// A credential that a change created, deleted or found, according to the journal.
    struct Turn
    {
        qint64 sequence = 0; ///< Grows with every change that is begun.
        QString version; ///< The version it was made from; empty where it was deleted or its keys are kept
                         ///< nowhere.
        QString credentialId;
        QDateTime at; ///< UTC
    };

    explicit KeyVersionStore(Database &database); ///< `database` must outlive this.
    QCoro::Task<Outcome<QList<KeyVersion>>> all();
    QCoro::Task<Outcome<QList<KeyVersion>>> of(QString origin, QString instanceId); ///< Newest first.
    QCoro::Task<Outcome<std::optional<KeyVersion>>> find(QString versionId);
    QCoro::Task<Done> insert(KeyVersion version);
    /// False, and nothing is changed, where there is a row of this id.
    QCoro::Task<Outcome<bool>> insertIfNew(KeyVersion version);
    /// In one transaction: `to` where the row is in one of the states `from` now; false, and nothing is
    /// changed, where it is not. What a process remembers of a row is not enough to go on with it: another
    /// one may have done so since.
    QCoro::Task<Outcome<bool>> setState(QString versionId, QList<KeyVersion::State> from,
                                        KeyVersion::State to);
    /// In one transaction: this version becomes current (where it has a row), and the instance's current one
    /// previous.
    QCoro::Task<Done> adopt(KeyVersion version, QString credentialId, QDateTime at);
    QCoro::Task<Outcome<QList<Turn>>> turns(QString origin, QString instanceId); ///< Oldest first.
    /// Versions that a change which has not ended names as staged or previous: never to be removed.
    QCoro::Task<Outcome<QStringList>> namedByUnfinishedChanges();
    /// Previous versions that newer keys have taken the place of, with when the first such keys were seen to
    /// work: a change made a credential from another version of the instance, which is kept too, and was
    /// VERIFIED after this one was retired.
    QCoro::Task<Outcome<QHash<QString, QDateTime>>> superseded();

private:
    Database &m_database;
};

/// The steps of a promotion, for the transactions of this store and of ChangeJournal: first the current
/// version is retired, then another one (which may have no row, where it is held in memory) promoted. `at` is
/// UTC. `entered`: see KeyVersion; what a change sends to Konnect is not.
[[nodiscard]] Done promoteVersion(QSqlDatabase &database, const QString &versionId,
                                  const QString &credentialId, bool entered = false);
[[nodiscard]] Done retireCurrentVersion(QSqlDatabase &database, const QString &origin,
                                        const QString &instanceId, const QDateTime &at);

} // namespace latchkey
