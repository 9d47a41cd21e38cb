// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/keyversion.h"
#include "models/core/outcome.h"

#include <QCoroTask>
#include <QList>
#include <QString>

#include <optional>

namespace latchkey {

class Database;

/// The rows about keychain entries. Only KeyVault uses it, and ChangeJournal for the promotion that goes with CREATED.
class KeyVersionStore
{
public:
    explicit KeyVersionStore(Database &database); ///< `database` must outlive this.
    QCoro::Task<Outcome<QList<KeyVersion>>> all();
    QCoro::Task<Outcome<QList<KeyVersion>>> of(QString origin, QString instanceId); ///< Newest first.
    QCoro::Task<Outcome<std::optional<KeyVersion>>> find(QString versionId);
    QCoro::Task<Done> insert(KeyVersion version);
    QCoro::Task<Done> setState(QString versionId, KeyVersion::State state);

private:
    Database &m_database;
};

} // namespace latchkey
