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

    /// Before start(): HTTP/1.1 instead of HTTP/2.
    void speakHttp1() { m_http2 = false; }
    /// Before start(): reads POST and DELETE, and closes without an answer.
    void closeOnWrites() { m_closesOnWrites = true; }
    /// `requestsPerConnection` is nginx's keepalive_requests. False: see `error()`.
    [[nodiscard]] bool start(const QUrl &upstream, int requestsPerConnection = 1000);
    [[nodiscard]] QUrl baseUrl() const; ///< `https://localhost:PORT/v1`
    [[nodiscard]] quint16 port() const { return m_port; }
    /// A name that is no loopback and resolves nowhere, but is in the certificate: for a proxy.
    [[nodiscard]] static QString farName() { return QStringLiteral("konnect.example"); }
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
    bool m_http2 = true;
    bool m_closesOnWrites = false;
    QString m_error;
};

} // namespace latchkey::test
