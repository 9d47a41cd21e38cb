// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"

#include <QAbstractItemModel>
#include <QStringList>

namespace latchkey::test {

inline const QDateTime Now(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);

/// An instance with a healthy credential: `number` makes its ids.
inline InstanceRecord record(int number, const QString &title,
                             const Timestamp &expiresAt = Timestamp::fromUtc(Now.addYears(1)))
{
    InstanceRecord made;
    made.address = {QStringLiteral("p1"), QStringLiteral("https://eu.api.konghq.com:443"),
                    QStringLiteral("id-%1").arg(number)};
    made.profileName = QStringLiteral("Acme");
    made.endpointLabel = QStringLiteral("eu");
    made.instance.id = made.address.instanceId;
    made.instance.name = title.toLower().replace(QLatin1Char(' '), QLatin1Char('-'));
    made.instance.displayName = title;
    made.instance.integrationName = QStringLiteral("datadog");
    made.instance.integrationDisplayName = QStringLiteral("Datadog");
    made.knowledge = InstanceRecord::Knowledge::Present;
    made.checkedAt = Now.addSecs(-180);
    made.credential.id = QStringLiteral("cred-%1").arg(number);
    made.credential.type = CredentialType::MultiKey;
    made.credential.rawType = QStringLiteral("multi_key_auth");
    made.credential.createdAt = Timestamp::fromUtc(Now.addDays(-10));
    made.credential.expiresAt = expiresAt;
    return made;
}

/// A column's texts from top to bottom.
inline QStringList column(const QAbstractItemModel &model, int column, int role = Qt::DisplayRole)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.index(row, column).data(role).toString();
    return texts;
}

} // namespace latchkey::test
