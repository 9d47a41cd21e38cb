// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/secrets/secretstore.h"

#include <chrono>

namespace latchkey {

/// The OS keychain through QtKeychain; on Linux the Secret Service (GNOME Keyring, KWallet).
///
/// QtKeychain answers EntryNotFound for a locked keyring whose prompt was not answered, so a missing entry is
/// only believed after the Secret Service itself said over D-Bus that its default collection is unlocked.
class KeychainSecretStore final : public SecretStore
{
    Q_OBJECT
public:
    /// `service` is the name under which entries appear in the user's keychain manager.
    explicit KeychainSecretStore(QString service,
                                 std::chrono::milliseconds deadline = std::chrono::seconds(20),
                                 QObject *parent = nullptr);

    QCoro::Task<Outcome<Secret>> read(QString name) override;
    QCoro::Task<Done> write(QString name, Secret value) override;
    QCoro::Task<Done> remove(QString name) override;
    QCoro::Task<Done> probe() override;
    QCoro::Task<Outcome<QStringList>> list() override;
    [[nodiscard]] qsizetype largestEntry() const override; ///< 2,560 on Windows.

private:
    QCoro::Task<Done> stateNow() const;
    QCoro::Task<Problem> explain(bool answered, int error, QString said) const;

    QString m_service;
    std::chrono::milliseconds m_deadline;
};

} // namespace latchkey
