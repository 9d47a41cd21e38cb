// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/outcome.h"
#include "models/core/profile.h"
#include "models/core/secret.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>
#include <QString>

#include <memory>

namespace latchkey {

class KeyVault;
class KonnectClient;
class Redactor;
struct TransportLimits;

/// One client for each (profile, origin), made when first needed with the profile's token from the vault.
class KonnectClients : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    KonnectClients(KeyVault &vault, Redactor &redactor, const Clock &clock, const TransportLimits &limits,
                   QObject *parent = nullptr);
    ~KonnectClients() override;

    /// The client lives until `forget()`; callers keep the shared pointer while they await. Unauthorized
    /// where the profile has no token; Refused where `origin` is none of the profile's; a Keychain… category
    /// where the token cannot be read. Tokens are read one after the other, and a locked or silent keychain
    /// is asked once for all who wait.
    QCoro::Task<Outcome<std::shared_ptr<KonnectClient>>> client(Profile profile, QString origin);
    /// A client that is not kept, with a token that is not kept either: for testing a connection. It tries
    /// each GET once.
    [[nodiscard]] Outcome<std::shared_ptr<KonnectClient>>
    probeClient(const Profile &profile, const QString &origin, Secret token) const;
    /// Drops the profile's clients: its token, URL or CA changed.
    void forget(const QString &profileId);
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    /// Konnect asked the profile's client to wait; 0 when it goes on.
    void waiting(const QString &profileId, const QString &origin, int seconds);

private:
    struct TokenRead;
    [[nodiscard]] Outcome<std::shared_ptr<KonnectClient>>
    make(const Profile &profile, const QString &origin, Secret token, const TransportLimits &limits) const;
    [[nodiscard]] std::shared_ptr<KonnectClient> kept(const QString &profileId, const QString &origin) const;

    KeyVault &m_vault;
    Redactor
        &m_redactor; ///< Of the vault, so that no client's server is quoted with a key that is kept here.
    const Clock &m_clock;
    std::unique_ptr<TransportLimits> m_limits;
    std::shared_ptr<bool> m_closing; ///< Shared with the deleters of the clients.
    QHash<QString, QHash<QString, std::shared_ptr<KonnectClient>>> m_clients; ///< By profile id, then origin.
    std::shared_ptr<TokenRead> m_tokenRead;                                   ///< The one under way.
    quint64 m_forgotten = 0;                                                  ///< Grows with each `forget()`.
    RunningCount m_running;
};

} // namespace latchkey
