// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/expiry.h"
#include "models/core/outcome.h"

#include <QCoroTask>
#include <QHash>
#include <QString>

#include <utility>

namespace latchkey {

class Database;

/// What the user recorded about the expiry of credentials, by origin and instance id.
class ExpiryStore
{
public:
    using Instance = std::pair<QString, QString>; ///< Origin and instance id.
    using Records = QHash<Instance, ExpiryRecord>;

    explicit ExpiryStore(Database &database); ///< `database` must outlive this.
    QCoro::Task<Outcome<Records>> all();
    /// In the place of the one that is there; an empty one takes it away.
    QCoro::Task<Done> set(QString origin, QString instanceId, ExpiryRecord record);

private:
    Database &m_database;
};

} // namespace latchkey
