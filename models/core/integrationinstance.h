// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/timestamp.h"

#include <QJsonObject>
#include <QMap>
#include <QString>

#include <optional>

namespace latchkey {

/// An integration instance as Konnect returns it. Fields that Konnect left out are empty or std::nullopt.
struct IntegrationInstance
{
    QString id;   ///< uuid, never empty: items without an id are dropped and reported.
    QString name; ///< Machine name.
    QString displayName;
    QString description;
    QString integrationName;
    QString integrationDisplayName;
    std::optional<bool> authorized;
    QMap<QString, QString> labels;
    QJsonObject config;
    Timestamp createdAt;
    Timestamp updatedAt;
    bool operator==(const IntegrationInstance &) const = default;

    /// Display name, else machine name, else id.
    [[nodiscard]] QString title() const
    {
        return !displayName.isEmpty() ? displayName : !name.isEmpty() ? name : id;
    }
    /// Display name of the integration, else its machine name.
    [[nodiscard]] QString integrationTitle() const
    {
        return integrationDisplayName.isEmpty() ? integrationName : integrationDisplayName;
    }
};

} // namespace latchkey
