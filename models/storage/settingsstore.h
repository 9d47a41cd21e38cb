// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QCoroTask>
#include <QHash>
#include <QString>

namespace latchkey {

class Database;

/// Small settings as text under dotted names, e.g. `retention.days`. Never secrets.
class SettingsStore
{
public:
    explicit SettingsStore(Database &database); ///< `database` must outlive this.
    QCoro::Task<Outcome<QHash<QString, QString>>> all();
    QCoro::Task<Done> set(const QString &name, const QString &value);
    QCoro::Task<Done> setAll(QHash<QString, QString> values); ///< All of them or none.

private:
    Database &m_database;
};

} // namespace latchkey
