// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QCoroTask>
#include <QSet>
#include <QString>

#include <utility>

namespace latchkey {

class Database;

/// Which instances the user protects. They are named by origin and instance id, as their keys are: whichever
/// profile sees them.
class ProtectionStore
{
public:
    using Instance = std::pair<QString, QString>; ///< Origin and instance id.

    explicit ProtectionStore(Database &database); ///< `database` must outlive this.
    QCoro::Task<Outcome<QSet<Instance>>> all();
    QCoro::Task<Outcome<bool>> has(QString origin, QString instanceId);
    /// Ok too where it is so already.
    QCoro::Task<Done> set(QString origin, QString instanceId, bool isProtected);

private:
    Database &m_database;
};

} // namespace latchkey
