// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/attention.h"
#include "models/core/outcome.h"

#include <QCoroTask>
#include <QHash>
#include <QString>

#include <utility>

namespace latchkey {

class Database;

/// What the user snoozed and acknowledged, by origin and instance id.
class AttentionStore
{
public:
    using Instance = std::pair<QString, QString>; ///< Origin and instance id.
    using Marks = QHash<Instance, AttentionMark>;

    explicit AttentionStore(Database &database); ///< `database` must outlive this.
    /// States that this Latchkey does not know are left out: what is not understood is not known to anybody.
    QCoro::Task<Outcome<Marks>> all();
    /// In the place of the one that is there; an empty one takes it away.
    QCoro::Task<Done> set(QString origin, QString instanceId, AttentionMark mark);

private:
    Database &m_database;
};

} // namespace latchkey
