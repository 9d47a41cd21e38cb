// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/cafile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>

namespace latchkey {

namespace {

constexpr qint64 LargestBundle = qint64(4) * 1024 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::CaFile)
};

Problem problem(const QString &caption, const QString &detail)
{
    Problem problem;
    problem.category = Problem::Category::Tls;
    problem.caption = caption;
    problem.detail = detail;
    return problem;
}

} // namespace

Outcome<QByteArray> readCaFile(const QString &path)
{
    if (path.isEmpty())
        return QByteArray();
    const QString shown = QDir::toNativeSeparators(path);
    // Opening a FIFO or a device would wait.
    const QFileInfo info(path);
    if (!info.exists()) {
        return problem(Text::tr("The CA file “%1” does not exist.").arg(shown),
                       Text::tr("Name another file, or none."));
    }
    if (!info.isFile())
        return problem(Text::tr("“%1” is not a file with CA certificates.").arg(shown), {});
    if (info.size() > LargestBundle) {
        return problem(Text::tr("The CA file “%1” is too large.").arg(shown),
                       Text::tr("A bundle of CA certificates has less than 4 MB."));
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return problem(Text::tr("The CA file “%1” cannot be read.").arg(shown), file.errorString());
    const QByteArray pem = file.readAll();
    if (QSslCertificate::fromData(pem, QSsl::Pem).isEmpty()) {
        return problem(Text::tr("The CA file “%1” holds no certificate in PEM form.").arg(shown),
                       Text::tr("It must have lines “-----BEGIN CERTIFICATE-----”."));
    }
    return pem;
}

} // namespace latchkey
