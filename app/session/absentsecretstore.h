// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/secrets/secretstore.h"

namespace latchkey {

/// Stands where the keychain would, in a run that must not touch one: every operation says so.
class AbsentSecretStore final : public SecretStore
{
    Q_OBJECT
public:
    using SecretStore::SecretStore;

    QCoro::Task<Outcome<Secret>> read(QString name) override;
    QCoro::Task<Done> write(QString name, Secret value) override;
    QCoro::Task<Done> remove(QString name) override;
    QCoro::Task<Done> probe() override;
    QCoro::Task<Outcome<QStringList>> list() override;
};

} // namespace latchkey
