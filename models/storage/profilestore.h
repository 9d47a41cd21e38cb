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
    QCoro::Task<Done> add(Profile profile); ///< To the end.
    /// NotFound where another Latchkey removed it: what was removed does not come back. `withToken` false
    /// leaves the token version and the doubt about it, which another Latchkey may have changed.
    QCoro::Task<Done> update(Profile profile, bool withToken);
    QCoro::Task<Done> setDoubt(QString profileId, bool doubt); ///< Nothing where it is gone.
    QCoro::Task<Done> remove(QString profileId);

private:
    Database &m_database;
};

} // namespace latchkey
