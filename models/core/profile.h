// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"

#include <QDate>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <optional>

namespace latchkey {

/// Where one geo of an organization answers.
struct Endpoint
{
    QString geo;  ///< `us`, `eu`, `au`, `me`, `in`, `sg`; empty for a custom URL.
    QUrl baseUrl; ///< Without a trailing slash, e.g. `https://eu.api.konghq.com/v1`.

    /// Scheme, host and port in their one spelling, e.g. `https://eu.api.konghq.com:443`. Keys and tokens are
    /// bound to it.
    [[nodiscard]] QString origin() const;
    /// The geo, or the host (and port) of a custom URL: for people.
    [[nodiscard]] QString label() const;
    bool operator==(const Endpoint &) const = default;
};

/// The geos that Konnect has, in Kong's order.
[[nodiscard]] QStringList konnectGeos();
[[nodiscard]] Endpoint endpointOfGeo(const QString &geo);
/// Where Konnect's web page shows the integrations of a geo; invalid for another label, as of a custom URL.
[[nodiscard]] QUrl konnectIntegrationsPage(const QString &label);
/// nullopt for anything but https, or http to a loopback address; user info, query and fragment are refused
/// too.
[[nodiscard]] std::optional<Endpoint> endpointOfUrl(const QString &url);

/// An organization as the user set it up. The token is not part of it: KeyVault keeps it under
/// `tokenVersion`.
struct Profile
{
    QString id; ///< uuid, made by Latchkey, never changes.
    QString name;
    QList<Endpoint> endpoints; ///< One or more.
    QString caFile;            ///< PEM with extra CAs; empty for none.
    QString colour;            ///< `#rrggbb`, or empty.
    bool production = false;   ///< Deleting and replacing need the typed name.
    QString tokenVersion;      ///< Version id of the token's keychain entry; empty when none is kept.
    QDate tokenExpires;        ///< The last day, as the user wrote it down; invalid for none.
    bool organizationInDoubt =
        false; ///< None of the known instances is visible any more: no writes until answered.

    bool operator==(const Profile &) const = default;
    [[nodiscard]] QStringList origins() const;
};

/// One step of *Test connection* for one endpoint.
struct ConnectionStep
{
    enum class Kind { ReadCa, ResolveHost, Connect, Tls, Authenticate, ListInstances, ReadCatalog };
    enum class Result { Passed, Failed, NotReached };
    Kind kind = Kind::Connect;
    Result result = Result::NotReached;
    QString detail;                 ///< What was found, or the words of the problem.
    std::optional<Problem> problem; ///< Why it failed.
};

struct EndpointTest
{
    Endpoint endpoint;
    QList<ConnectionStep> steps;
    int instances = -1; ///< How many the token sees there; -1 where not read.
    [[nodiscard]] bool passed() const;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::Profile)
