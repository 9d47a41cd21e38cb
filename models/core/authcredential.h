// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/timestamp.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace latchkey {

enum class CredentialType { MultiKey, OAuth, GitHubApp, AwsRole, Unknown };

/// Konnect's word for a type, e.g. `multi_key_auth`; empty for Unknown.
[[nodiscard]] QString credentialTypeWord(CredentialType type);
[[nodiscard]] CredentialType credentialTypeFromWord(const QString &word);

struct MissingPermission
{
    QStringList scopes; ///< Null scopes are left out.
    QString message;
    bool operator==(const MissingPermission &) const = default;
};

/// The auth credential of an instance as Konnect returns it. Keys are write-only and never part of it.
struct AuthCredential
{
    QString id;
    CredentialType type = CredentialType::Unknown;
    QString rawType; ///< As Konnect wrote it, shown where `type` is Unknown.
    QList<MissingPermission> missingPermissions;
    std::optional<bool> tainted; ///< nullopt where Konnect did not say.
    Timestamp expiresAt;         ///< Not given = no known expiry, which is not the same as healthy.
    Timestamp createdAt;
    QString roleArn;        ///< AwsRole.
    QString installationId; ///< GitHubApp.
    QString appInstalledBy; ///< GitHubApp; may be empty.
    bool operator==(const AuthCredential &) const = default;
};

} // namespace latchkey
