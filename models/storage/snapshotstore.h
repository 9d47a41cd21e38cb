// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/outcome.h"
#include "models/core/refresh.h"

#include <QCoroTask>
#include <QList>

namespace latchkey {

class Database;

/// What was known at the last refresh, so that the window is full at once. Holds no secrets.
class SnapshotStore
{
public:
    struct Catalog
    {
        QString profileId;
        QString origin;
        QList<Integration> integrations;
    };
    struct Snapshot
    {
        QList<InstanceRecord> records;
        QList<Catalog> catalogs;
        QList<EndpointState> endpoints;
    };

    explicit SnapshotStore(Database &database); ///< `database` must outlive this.
    QCoro::Task<Outcome<Snapshot>> load();
    QCoro::Task<Done> saveRecords(QList<InstanceRecord> records); ///< Inserts or replaces by address.
    QCoro::Task<Done> removeRecords(QList<InstanceAddress> addresses);
    QCoro::Task<Done> saveCatalog(Catalog catalog);
    QCoro::Task<Done> saveEndpoint(EndpointState state);
    QCoro::Task<Done> forgetProfile(QString profileId);

private:
    Database &m_database;
};

} // namespace latchkey
