// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/extratrust.h"

#include <QCoreApplication>
#include <QSslCertificate>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExtraTrust)
};

} // namespace

Outcome<QSslConfiguration> trustAlso(const QByteArray &pem)
{
    const QList<QSslCertificate> extra = QSslCertificate::fromData(pem, QSsl::Pem);
    if (extra.isEmpty()) {
        Problem problem;
        problem.category = Problem::Category::Tls;
        problem.caption = Text::tr("The profile's CA file holds no certificate in PEM format.");
        problem.detail = Text::tr("It has to contain a block that begins with -----BEGIN CERTIFICATE-----.");
        return problem;
    }
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    // Adding to the default configuration would turn off Qt's loading of the system's authorities on demand.
    configuration.setCaCertificates(QSslConfiguration::systemCaCertificates() + extra);
    return configuration;
}

} // namespace latchkey
