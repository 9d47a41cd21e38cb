// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QUrl>

namespace latchkey::test {

/// nginx in front of a plain HTTP service: TLS with a certificate of an own authority, HTTP/2, and a graceful
/// GOAWAY every few requests. Everything lies in a temporary directory; it ends with the object.
class NginxFixture
{
public:
    ~NginxFixture();

    /// `requestsPerConnection` is nginx's keepalive_requests. False: see `error()`.
    [[nodiscard]] bool start(const QUrl &upstream, int requestsPerConnection = 1000);
    [[nodiscard]] QUrl baseUrl() const; ///< `https://localhost:PORT/v1`
    [[nodiscard]] QByteArray caPem() const;
    [[nodiscard]] QString error() const { return m_error; }
    /// One line a request: protocol, connection number, method, path.
    [[nodiscard]] QByteArrayList accessLog() const;

private:
    [[nodiscard]] bool makeCertificates();
    [[nodiscard]] bool openssl(const QStringList &arguments);
    [[nodiscard]] bool writeConfiguration(const QUrl &upstream, int requestsPerConnection);
    [[nodiscard]] bool answers();
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }

    QTemporaryDir m_dir;
    QProcess m_nginx;
    quint16 m_port = 0;
    QString m_error;
};

} // namespace latchkey::test
