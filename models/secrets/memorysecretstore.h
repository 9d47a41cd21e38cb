// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/secrets/secretstore.h"

#include <map>

namespace latchkey {

/// Secrets that live as long as this object: for the demo, and for keys that the user chose to hold in
/// memory.
class MemorySecretStore final : public SecretStore
{
    Q_OBJECT
public:
    using SecretStore::SecretStore;

    QCoro::Task<Outcome<Secret>> read(QString name) override;
    QCoro::Task<Done> write(QString name, Secret value) override;
    QCoro::Task<Done> remove(QString name) override;
    QCoro::Task<Done> probe() override;
    QCoro::Task<Outcome<QStringList>> list() override;
    [[nodiscard]] QStringList names() const;

private:
    std::map<QString, Secret> m_entries;
};

} // namespace latchkey
