// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxyFactory>
#include <QString>

namespace latchkey {

/// localhost, 127.0.0.0/8 or ::1.
[[nodiscard]] bool isLoopback(const QString &host);

/// Asks the system for its proxy, but never for loopback: what is on this machine needs none, and a proxy
/// must not see it.
class SystemProxy final : public QNetworkProxyFactory
{
public:
    explicit SystemProxy(bool useSystem)
        : m_useSystem(useSystem)
    {
    }
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;

private:
    bool m_useSystem;
};

} // namespace latchkey
