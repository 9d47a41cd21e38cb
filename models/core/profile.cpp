// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/profile.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int HttpsPort = 443;
constexpr int HttpPort = 80;

bool isLoopback(const QString &host)
{
    if (host == "localhost"_L1 || host == "::1"_L1)
        return true;
    // QUrl has already brought every spelling of an IPv4 address into the dotted one.
    const QStringList parts = host.split(u'.');
    return parts.size() == 4 && parts.first() == "127"_L1 &&
           std::all_of(parts.cbegin(), parts.cend(), [](const QString &part) {
               bool isNumber = false;
               return part.toUShort(&isNumber) <= 255 && isNumber;
           });
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

int defaultPort(const QUrl &url)
{
    return url.scheme() == "http"_L1 ? HttpPort : HttpsPort;
}

} // namespace

QString Endpoint::origin() const
{
    return u"%1://%2:%3"_s.arg(baseUrl.scheme().toLower(), bracketed(baseUrl.host().toLower()),
                               QString::number(baseUrl.port(defaultPort(baseUrl))));
}

QString Endpoint::label() const
{
    if (!geo.isEmpty())
        return geo;
    const QString host = bracketed(baseUrl.host());
    return baseUrl.port() == -1 ? host : u"%1:%2"_s.arg(host, QString::number(baseUrl.port()));
}

QStringList konnectGeos()
{
    return {u"us"_s, u"eu"_s, u"au"_s, u"me"_s, u"in"_s, u"sg"_s};
}

Endpoint endpointOfGeo(const QString &geo)
{
    return {geo, QUrl(u"https://%1.api.konghq.com/v1"_s.arg(geo))};
}

QUrl konnectIntegrationsPage(const QString &label)
{
    if (!konnectGeos().contains(label))
        return {};
    return QUrl(u"https://cloud.konghq.com/%1/service-catalog/integrations"_s.arg(label));
}

std::optional<Endpoint> endpointOfUrl(const QString &url)
{
    QUrl base(url.trimmed(), QUrl::StrictMode);
    if (!base.isValid() || base.host().isEmpty() || base.port() == 0)
        return std::nullopt;
    // QUrl drops an empty user, so `https://@host` has to be looked for in the text.
    const bool hasUser = url.section(u'/', 2, 2).contains(u'@');
    if (hasUser || !base.userInfo().isEmpty() || base.hasQuery() || base.hasFragment())
        return std::nullopt;
    const bool allowed =
        base.scheme() == "https"_L1 || (base.scheme() == "http"_L1 && isLoopback(base.host()));
    if (!allowed)
        return std::nullopt;

    base.setHost(base.host().toLower());
    if (base.port() == defaultPort(base))
        base.setPort(-1);
    QString path = base.adjusted(QUrl::NormalizePathSegments).path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    base.setPath(path, QUrl::StrictMode);
    return Endpoint{{}, base};
}

QStringList Profile::origins() const
{
    QStringList all;
    for (const Endpoint &endpoint : endpoints)
        all << endpoint.origin();
    return all;
}

bool EndpointTest::passed() const
{
    const auto failed = [](const ConnectionStep &step) {
        return step.result == ConnectionStep::Result::Failed;
    };
    return !steps.isEmpty() && steps.last().result == ConnectionStep::Result::Passed &&
           std::none_of(steps.cbegin(), steps.cend(), failed);
}

} // namespace latchkey
