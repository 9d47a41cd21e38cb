// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/secrets/secretstore.h"

namespace latchkey {

/// Lets entries be longer than the store below allows: the parts go under `name`, `name.1`, `name.2`, …, and
/// the first part says how many there are. A name must not itself end in a dot and a number.
class SplittingSecretStore final : public SecretStore
{
    Q_OBJECT
public:
    /// `below` must outlive this.
    explicit SplittingSecretStore(SecretStore &below, QObject *parent = nullptr);

    QCoro::Task<Outcome<Secret>> read(QString name) override;
    QCoro::Task<Done> write(QString name, Secret value) override;
    QCoro::Task<Done> remove(QString name) override;
    QCoro::Task<Done> probe() override;
    QCoro::Task<Outcome<QStringList>> list() override;

private:
    SecretStore &m_below;
};

} // namespace latchkey
