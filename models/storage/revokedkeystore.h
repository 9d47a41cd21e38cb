// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QCoroTask>
#include <QDateTime>
#include <QHash>
#include <QString>

namespace latchkey {

class Database;

/// Of which replacements the user said that the old key is revoked at its service. All else about old keys is
/// in the journal of changes.
class RevokedKeyStore
{
public:
    explicit RevokedKeyStore(Database &database);          ///< `database` must outlive this.
    QCoro::Task<Outcome<QHash<QString, QDateTime>>> all(); ///< When (UTC), by change id.
    /// In the place of what is there; an invalid time takes it away.
    QCoro::Task<Done> set(QString changeId, QDateTime revokedAt);

private:
    Database &m_database;
};

} // namespace latchkey
