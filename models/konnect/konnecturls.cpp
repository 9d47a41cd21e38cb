// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/konnecturls.h"

#include "models/konnect/konnectclient.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

void addPage(KonnectUrls::Query &query, int page, int size)
{
    query.append({u"page[size]"_s, QString::number(size)});
    query.append({u"page[number]"_s, QString::number(page)});
}

} // namespace

KonnectUrls::KonnectUrls(const QUrl &baseUrl)
    : m_base(baseUrl.adjusted(QUrl::StripTrailingSlash))
{
}

QString KonnectUrls::host() const
{
    const int port = m_base.port(-1);
    return port < 0 ? m_base.host() : m_base.host() + u':' + QString::number(port);
}

QUrl KonnectUrls::below(const QByteArray &path, const Query &query) const
{
    QByteArray address = m_base.toEncoded(QUrl::FullyEncoded | QUrl::RemoveQuery | QUrl::RemoveFragment |
                                          QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
    address += path;
    char separator = '?';
    for (const auto &[name, value] : query) {
        address += separator + QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
        separator = '&';
    }
    return QUrl::fromEncoded(address, QUrl::StrictMode);
}

QUrl KonnectUrls::integrations(int page, int size) const
{
    Query query;
    addPage(query, page, size);
    return below("/integrations", query);
}

QUrl KonnectUrls::instances(const InstanceQuery &filter, int page, int size) const
{
    Query query;
    addPage(query, page, size);
    if (!filter.nameContains.isEmpty())
        query.append({u"filter[name][contains]"_s, filter.nameContains});
    if (!filter.integrationName.isEmpty())
        query.append({u"filter[integration.name][eq]"_s, filter.integrationName});
    if (filter.authorized)
        query.append({u"filter[authorized]"_s, *filter.authorized ? u"true"_s : u"false"_s});
    for (const auto &[label, value] : filter.labels.asKeyValueRange())
        query.append({u"filter[labels."_s + label + u"][eq]"_s, value});
    if (!filter.sort.isEmpty())
        query.append({u"sort"_s, filter.sort});
    return below("/integration-instances", query);
}

std::optional<QUrl> KonnectUrls::instance(const QString &id) const
{
    if (id.isEmpty() || id == u"." || id == u"..")
        return std::nullopt;
    return below("/integration-instances/" + QUrl::toPercentEncoding(id));
}

std::optional<QUrl> KonnectUrls::credential(const QString &instanceId) const
{
    if (!instance(instanceId))
        return std::nullopt;
    return below("/integration-instances/" + QUrl::toPercentEncoding(instanceId) + "/auth-credential");
}

} // namespace latchkey
