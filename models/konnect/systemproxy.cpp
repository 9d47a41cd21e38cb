// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/systemproxy.h"

#include <QHostAddress>

namespace latchkey {

using namespace Qt::StringLiterals;

bool isLoopback(const QString &host)
{
    return host.compare(u"localhost"_s, Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

QList<QNetworkProxy> SystemProxy::queryProxy(const QNetworkProxyQuery &query)
{
    if (!m_useSystem || isLoopback(query.peerHostName()))
        return {QNetworkProxy(QNetworkProxy::NoProxy)};
    return QNetworkProxyFactory::systemProxyForQuery(query);
}

} // namespace latchkey
