// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/nginxfixture.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace latchkey::test {

using namespace Qt::StringLiterals;

NginxFixture::~NginxFixture()
{
    if (m_nginx.state() == QProcess::NotRunning)
        return;
    m_nginx.terminate();
    if (!m_nginx.waitForFinished(5000)) {
        m_nginx.kill();
        m_nginx.waitForFinished(5000);
    }
}

bool NginxFixture::start(const QUrl &upstream, int requestsPerConnection)
{
    QString program = QStandardPaths::findExecutable(u"nginx"_s);
    if (program.isEmpty())
        program = QStandardPaths::findExecutable(u"nginx"_s, {u"/usr/sbin"_s, u"/sbin"_s});
    if (program.isEmpty()) {
        m_error = u"nginx is not installed"_s;
        return false;
    }
    if (!makeCertificates())
        return false;
    // Somebody may take the port between our look and nginx's: try again then.
    for (int attempt = 0; attempt < 5; ++attempt) {
        if (!writeConfiguration(upstream, requestsPerConnection))
            return false;
        m_nginx.setProcessChannelMode(QProcess::MergedChannels);
        m_nginx.start(program,
                      {u"-p"_s, m_dir.path(), u"-e"_s, path(u"error.log"_s), u"-c"_s, path(u"nginx.conf"_s)});
        if (m_nginx.waitForStarted(10'000) && answers())
            return true;
        m_error = u"nginx does not start: "_s + QString::fromLocal8Bit(m_nginx.readAll());
        m_nginx.kill();
        m_nginx.waitForFinished(5000);
    }
    return false;
}

bool NginxFixture::answers()
{
    return QTest::qWaitFor(
               [this] {
                   QTcpSocket socket;
                   socket.connectToHost(u"127.0.0.1"_s, m_port);
                   return m_nginx.state() == QProcess::NotRunning || socket.waitForConnected(500);
               },
               10'000) &&
           m_nginx.state() == QProcess::Running;
}

bool NginxFixture::openssl(const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_dir.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"openssl"_s, arguments);
    if (process.waitForFinished(30'000) && process.exitStatus() == QProcess::NormalExit &&
        process.exitCode() == 0)
        return true;
    m_error = u"openssl: "_s + process.errorString() + QString::fromLocal8Bit(process.readAll());
    return false;
}

bool NginxFixture::makeCertificates()
{
    QFile extensions(path(u"leaf.ext"_s));
    if (!extensions.open(QIODevice::WriteOnly))
        return false;
    extensions.write("subjectAltName=DNS:localhost,IP:127.0.0.1,DNS:" + farName().toLatin1() +
                     "\nbasicConstraints=CA:FALSE\n");
    extensions.close();
    const QStringList key{u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
                          u"-nodes"_s};
    return openssl(QStringList{u"req"_s, u"-x509"_s} + key +
                   QStringList{u"-keyout"_s, u"ca.key"_s, u"-out"_s, u"ca.pem"_s, u"-days"_s, u"2"_s,
                               u"-subj"_s, u"/CN=Latchkey test authority"_s}) &&
           openssl(QStringList{u"req"_s} + key +
                   QStringList{u"-keyout"_s, u"leaf.key"_s, u"-out"_s, u"leaf.csr"_s, u"-subj"_s,
                               u"/CN=localhost"_s}) &&
           openssl({u"x509"_s, u"-req"_s, u"-in"_s, u"leaf.csr"_s, u"-CA"_s, u"ca.pem"_s, u"-CAkey"_s,
                    u"ca.key"_s, u"-CAcreateserial"_s, u"-out"_s, u"leaf.pem"_s, u"-days"_s, u"2"_s,
                    u"-extfile"_s, u"leaf.ext"_s});
}

bool NginxFixture::writeConfiguration(const QUrl &upstream, int requestsPerConnection)
{
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost))
        return false;
    m_port = probe.serverPort();
    probe.close();
    QFile file(path(u"nginx.conf"_s));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QString text = uR"(daemon off;
master_process off;
pid nginx.pid;
error_log error.log;
events { worker_connections 512; }
http {
    log_format short '$server_protocol $connection $request_method $request_uri';
    access_log access.log short;
    client_body_temp_path temp1; proxy_temp_path temp2; fastcgi_temp_path temp3; uwsgi_temp_path temp4;
    scgi_temp_path temp5;
    upstream service { server %UPSTREAM%; keepalive 32; }
    server {
        listen 127.0.0.1:%PORT% ssl%HTTP2%;
        ssl_certificate leaf.pem;
        ssl_certificate_key leaf.key;
        keepalive_requests %REQUESTS%;
        location / {
            %WRITES%
            proxy_pass http://service;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_next_upstream off;
        }
    }
}
)"_s;
    text.replace(u"%UPSTREAM%"_s, u"%1:%2"_s.arg(upstream.host()).arg(upstream.port()));
    text.replace(u"%HTTP2%"_s, m_http2 ? u" http2"_s : QString());
    // 444 is nginx's own: close, and say nothing.
    text.replace(u"%WRITES%"_s,
                 m_closesOnWrites ? u"if ($request_method ~ ^(POST|DELETE)$) { return 444; }"_s : QString());
    text.replace(u"%PORT%"_s, QString::number(m_port));
    text.replace(u"%REQUESTS%"_s, QString::number(requestsPerConnection));
    return file.write(text.toUtf8()) > 0;
}

QUrl NginxFixture::baseUrl() const
{
    return QUrl(u"https://localhost:%1/v1"_s.arg(m_port));
}

QByteArray NginxFixture::caPem() const
{
    QFile file(path(u"ca.pem"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArrayList NginxFixture::accessLog() const
{
    QFile file(path(u"access.log"_s));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArrayList lines = file.readAll().split('\n');
    lines.removeAll(QByteArray());
    return lines;
}

} // namespace latchkey::test
