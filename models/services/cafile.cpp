// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/cafile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>

namespace latchkey {

namespace {

constexpr qint64 LargestBundle = 4 * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("latchkey::CaFile", text);
}

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
        return problem(tr("The CA file “%1” does not exist.").arg(shown),
                       tr("Choose another file in the profile, or none."));
    }
    if (!info.isFile())
        return problem(tr("“%1” is not a file with CA certificates.").arg(shown), {});
    if (info.size() > LargestBundle) {
        return problem(tr("The CA file “%1” is too large.").arg(shown),
                       tr("A bundle of CA certificates has less than 4 MB."));
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return problem(tr("The CA file “%1” cannot be read.").arg(shown), file.errorString());
    const QByteArray pem = file.readAll();
    if (QSslCertificate::fromData(pem, QSsl::Pem).isEmpty()) {
        return problem(tr("The CA file “%1” holds no certificate in PEM form.").arg(shown),
                       tr("It must have lines “-----BEGIN CERTIFICATE-----”."));
    }
    return pem;
}

} // namespace latchkey
