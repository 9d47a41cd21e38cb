// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QCoroTask>
#include <QHash>
#include <QString>
#include <QStringList>

namespace latchkey {

class Database;

/// Small settings as text under dotted names, e.g. `retention.days`. Never secrets.
class SettingsStore
{
public:
    explicit SettingsStore(Database &database); ///< `database` must outlive this.
    QCoro::Task<Outcome<QHash<QString, QString>>> all();
    QCoro::Task<Done> set(const QString &name, const QString &value);
    /// All of them or none. Of those whose name begins with one of `families`, all others go.
    QCoro::Task<Done> setAll(QHash<QString, QString> values, QStringList families = {});

private:
    Database &m_database;
};

} // namespace latchkey
