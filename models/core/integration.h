// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace latchkey {

/// A header that a multi-key credential for an integration must carry (`authorization.config.headers[]`).
struct HeaderDefinition
{
    QString name;        ///< The exact header name, e.g. `DD-API-KEY`.
    QString displayName; ///< Empty where Konnect gives null.
    QString description; ///< Empty where Konnect gives null.
    bool operator==(const HeaderDefinition &) const = default;
};

/// How an integration is authorized (`authorization` in the catalog).
struct Authorization
{
    enum class Strategy {
        NotRead, ///< The catalog could not be read, or does not list the integration.
        None,    ///< `null`: built in, needs no credential.
        MultiKey,
        OAuth,
        GitHubApp,
        AwsRole,
        Unknown, ///< A type that this version does not know; see `rawType`.
    };
    Strategy strategy = Strategy::NotRead;
    QString rawType;
    QList<HeaderDefinition> headers; ///< MultiKey.
    QStringList overridableConfig;   ///< OAuth: fields that an auth config may override.
    QStringList scopes;              ///< OAuth.
    QUrl authorizationEndpoint;      ///< OAuth.
    QUrl appInstallUrl;              ///< GitHubApp.
    QUrl appManageUrl;               ///< GitHubApp.
    bool operator==(const Authorization &) const = default;
};

/// An entry of Konnect's integration catalog.
struct Integration
{
    QString name; ///< Machine name, unique within an organization, e.g. `datadog`.
    QString displayName;
    QString description;
    QString version;
    QString visibility;
    bool builtIn = false;
    Authorization authorization;
    bool operator==(const Integration &) const = default;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::Integration)
