// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/secrets/secretstore.h"

#include <QByteArray>
#include <QMap>

namespace latchkey::test {

/// A keychain for tests that outlives the process: one file an entry, in a folder. Each write is durable when
/// it is answered, as a keychain daemon's is for the process that asked.
class FileSecretStore final : public SecretStore
{
    Q_OBJECT
public:
    explicit FileSecretStore(QString folder, QObject *parent = nullptr);

    QCoro::Task<Outcome<Secret>> read(QString name) override;
    QCoro::Task<Done> write(QString name, Secret value) override;
    QCoro::Task<Done> remove(QString name) override;
    QCoro::Task<Done> probe() override;
    QCoro::Task<Outcome<QStringList>> list() override;

    /// All entries of the folder.
    [[nodiscard]] static QMap<QString, QByteArray> entries(const QString &folder);

private:
    [[nodiscard]] QString fileOf(const QString &name) const;

    QString m_folder;
};

} // namespace latchkey::test
