// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/profile.h"

#include <QCoroTask>
#include <QList>

namespace latchkey {

class Database;

/// The profiles, in the user's order.
class ProfileStore
{
public:
    explicit ProfileStore(Database &database); ///< `database` must outlive this.
    QCoro::Task<Outcome<QList<Profile>>> all();
    QCoro::Task<Done> save(Profile profile); ///< Inserts or replaces by id.
    QCoro::Task<Done> remove(QString profileId);

private:
    Database &m_database;
};

} // namespace latchkey
