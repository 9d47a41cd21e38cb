// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demoorganization.h"

#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>

namespace latchkey {

/// What an organization starts with.
struct DemoSeed
{
    QList<QJsonObject> instances;
    QHash<QString, QJsonObject> credentials; ///< By instance id.
    QHash<QString, QHash<QString, QByteArray>> keys;
    QHash<QString, QJsonObject> authConfigs;
    QList<DemoOrganization::KnownKeys> knownKeys;
};

/// The first 40 are written by hand and hold every state that a credential can be in; beyond them the
/// hand-written ones with a credential of their own repeat with a number. Dates are relative to `now`,
/// nothing else varies.
[[nodiscard]] DemoSeed makeDemoSeed(int count, const QDateTime &now, const QList<QJsonObject> &catalog,
                                    const std::function<QString()> &newId);

} // namespace latchkey
