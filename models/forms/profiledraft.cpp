// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/profiledraft.h"

#include "models/core/expiry.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace latchkey {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

QByteArrayView trimmed(QByteArrayView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

/// The token itself, of what somebody copied out of a header or a terminal.
QByteArrayView bareToken(QByteArrayView text)
{
    constexpr QByteArrayView Bearer = "bearer";
    text = trimmed(text);
    while (text.size() > Bearer.size() &&
           text.first(Bearer.size()).compare(Bearer, Qt::CaseInsensitive) == 0 &&
           isSpace(text.at(Bearer.size())))
        text = trimmed(text.sliced(Bearer.size()));
    return text;
}

bool isVisibleAscii(QByteArrayView text)
{
    return std::all_of(text.cbegin(), text.cend(), [](char c) { return c > 0x20 && c < 0x7F; });
}

bool looksLikeToken(QByteArrayView text)
{
    // A JWT begins with the base64 of `{"`.
    return text.startsWith("kpat_") || text.startsWith("spat_") || text.startsWith("eyJ");
}

} // namespace

ProfileDraft::ProfileDraft(Profile profile, QStringList existing, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_original(std::move(profile))
    , m_existing(std::move(existing))
{
    const bool custom = !m_profile.endpoints.isEmpty() && m_profile.endpoints.first().geo.isEmpty();
    if (custom)
        m_url = m_profile.endpoints.first().baseUrl.toString();
    m_urlMode = custom;
    m_tokenExpires = m_profile.tokenExpires.toString(Qt::ISODate);
    for (const Endpoint &endpoint : std::as_const(m_profile.endpoints)) {
        if (!endpoint.geo.isEmpty())
            m_geos << endpoint.geo;
    }
}

void ProfileDraft::setName(const QString &name)
{
    m_profile.name = name.simplified();
    Q_EMIT changed();
}

void ProfileDraft::setGeos(const QStringList &geos)
{
    m_geos = geos;
    updateEndpoints();
}

void ProfileDraft::setUrl(const QString &url)
{
    m_url = url.trimmed();
    m_urlMode = !m_url.isEmpty();
    updateEndpoints();
}

void ProfileDraft::updateEndpoints()
{
    if (m_urlMode) {
        const std::optional<Endpoint> endpoint = endpointOfUrl(m_url);
        m_profile.endpoints = endpoint ? QList<Endpoint>{*endpoint} : QList<Endpoint>{};
    } else {
        m_profile.endpoints.clear();
        // Kong's order, whatever the order of the ticks; what is no geo of Konnect is no endpoint.
        for (const QString &geo : konnectGeos()) {
            if (m_geos.contains(geo))
                m_profile.endpoints << endpointOfGeo(geo);
        }
    }
    Q_EMIT changed();
}

void ProfileDraft::setToken(Secret token)
{
    m_token = Secret(bareToken(token.reveal()));
    Q_EMIT changed();
}

void ProfileDraft::setTokenExpires(const QString &day)
{
    m_tokenExpires = day.trimmed();
    m_profile.tokenExpires = dateFromText(m_tokenExpires);
    Q_EMIT changed();
}

void ProfileDraft::setCaFile(const QString &file)
{
    m_profile.caFile = file.trimmed();
    Q_EMIT changed();
}

void ProfileDraft::setColour(const QString &colour)
{
    m_profile.colour = colour;
    Q_EMIT changed();
}

void ProfileDraft::setProduction(bool production)
{
    m_profile.production = production;
    Q_EMIT changed();
}

bool ProfileDraft::tokenRequired() const
{
    if (m_original.id.isEmpty() || m_original.tokenVersion.isEmpty())
        return true;
    // A token is bound to the origins that it was entered for: fewer of them are fine, another one is not.
    const QStringList known = m_original.origins();
    const QStringList wanted = m_profile.origins();
    return std::any_of(wanted.cbegin(), wanted.cend(),
                       [&known](const QString &origin) { return !known.contains(origin); });
}

QList<ProfileDraft::Finding> ProfileDraft::findings() const
{
    QList<Finding> all;
    const auto taken = [this](const QString &name) {
        return name.compare(m_profile.name, Qt::CaseInsensitive) == 0;
    };
    if (m_profile.name.isEmpty())
        all << Finding{Field::Name, true, tr("Give the profile a name.")};
    else if (std::any_of(m_existing.cbegin(), m_existing.cend(), taken))
        all << Finding{Field::Name, true, tr("There is a profile called %1 already.").arg(m_profile.name)};
    if (m_urlMode && m_profile.endpoints.isEmpty()) {
        all << Finding{Field::Url, true,
                       tr("This URL cannot be used: it must begin with https:// (http:// only for this "
                          "machine) and have "
                          "no user name, query or fragment.")};
    } else if (m_profile.endpoints.isEmpty()) {
        all << Finding{Field::Endpoints, true, tr("Choose at least one geo.")};
    }
    all += tokenFindings();
    all += tokenExpiryFindings();
    if (!m_profile.caFile.isEmpty()) {
        const QFileInfo file(m_profile.caFile);
        if (!file.isFile())
            all << Finding{Field::CaFile, true, tr("There is no file %1.").arg(m_profile.caFile)};
        else if (!file.isReadable())
            all << Finding{Field::CaFile, true, tr("The file %1 cannot be read.").arg(m_profile.caFile)};
    }
    return all;
}

QList<ProfileDraft::Finding> ProfileDraft::tokenFindings() const
{
    if (m_token.isEmpty()) {
        if (!tokenRequired())
            return {};
        const QString message = m_original.tokenVersion.isEmpty()
                                    ? tr("Enter the profile's token.")
                                    : tr("The address has changed: enter the token again.");
        return {Finding{Field::Token, true, message}};
    }
    if (!isVisibleAscii(m_token.reveal()))
        return {
            Finding{Field::Token, true,
                    tr("The token contains a space, a line break or another character that no token has.")}};
    if (!looksLikeToken(m_token.reveal()))
        return {Finding{Field::Token, false,
                        tr("Konnect's tokens begin with kpat_ or spat_. Is this the right one?")}};
    return {};
}

QList<ProfileDraft::Finding> ProfileDraft::tokenExpiryFindings() const
{
    if (!m_tokenExpires.isEmpty() && !m_profile.tokenExpires.isValid()) {
        return {Finding{Field::TokenExpires, true,
                        tr("Write the last day as YYYY-MM-DD, or nothing where it is not known.")}};
    }
    const bool anotherToken = !m_token.isEmpty() && !m_original.tokenVersion.isEmpty();
    if (anotherToken && m_profile.tokenExpires.isValid() &&
        m_profile.tokenExpires == m_original.tokenExpires) {
        return {Finding{Field::TokenExpires, false,
                        tr("This is the last day of the token before. Is it that of the new one too?")}};
    }
    return {};
}

bool ProfileDraft::isComplete() const
{
    const QList<Finding> all = findings();
    return std::none_of(all.cbegin(), all.cend(), [](const Finding &finding) { return finding.error; });
}

} // namespace latchkey
