// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/filesecretstore.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace latchkey::test {

namespace {

Problem failed(Problem::Category category)
{
    return Problem::of(category, QStringLiteral("the test's keychain"));
}

} // namespace

FileSecretStore::FileSecretStore(QString folder, QObject *parent)
    : SecretStore(parent)
    , m_folder(std::move(folder))
{
    QDir().mkpath(m_folder);
}

QString FileSecretStore::fileOf(const QString &name) const
{
    return m_folder + QLatin1Char('/') + QString::fromLatin1(name.toUtf8().toHex());
}

QCoro::Task<Outcome<Secret>> FileSecretStore::read(QString name)
{
    QFile file(fileOf(name));
    if (!file.open(QFile::ReadOnly))
        co_return failed(Problem::Category::KeychainEntryMissing);
    QByteArray bytes = file.readAll();
    co_return Secret::takeFrom(bytes);
}

QCoro::Task<Done> FileSecretStore::write(QString name, Secret value)
{
    QSaveFile file(fileOf(name));
    const QByteArrayView bytes = value.reveal();
    const bool ok = file.open(QFile::WriteOnly) && file.write(bytes.data(), bytes.size()) == bytes.size() &&
                    file.commit();
    co_return ok ? Done() : Done(failed(Problem::Category::KeychainFailed));
}

QCoro::Task<Done> FileSecretStore::remove(QString name)
{
    QFile::remove(fileOf(name));
    co_return Done();
}

QCoro::Task<Done> FileSecretStore::probe()
{
    co_return Done();
}

QCoro::Task<Outcome<QStringList>> FileSecretStore::list()
{
    co_return entries(m_folder).keys();
}

QMap<QString, QByteArray> FileSecretStore::entries(const QString &folder)
{
    QMap<QString, QByteArray> all;
    const QStringList names = QDir(folder).entryList(QDir::Files);
    for (const QString &name : names) {
        QFile file(folder + QLatin1Char('/') + name);
        if (file.open(QFile::ReadOnly))
            all.insert(QString::fromUtf8(QByteArray::fromHex(name.toLatin1())), file.readAll());
    }
    return all;
}

} // namespace latchkey::test
