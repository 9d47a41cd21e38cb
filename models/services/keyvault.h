// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/instancerecord.h"
#include "models/core/keyversion.h"
#include "models/core/newcredential.h"
#include "models/core/outcome.h"
#include "models/core/profile.h"
#include "models/core/redactor.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>
#include <QString>

#include <optional>

namespace latchkey {

class KeyVersionStore;
class SecretStore;

/// Keys and tokens: the keychain entries and the rows about them. Nothing else touches both.
///
/// Order of writing: row `writing` (durable) → keychain → read back and compare → row `staged`. Order of removal: row
/// `forgetting` → keychain → row `forgotten`. An entry is never rewritten, and every entry ever written has a row.
/// The entry's text is JSON that describes itself (format, purpose, origin, instance id and name, version id, time),
/// so that the rows could be rebuilt from the keychain.
class KeyVault : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this. `memory` takes what the user chose to hold only until Latchkey closes.
    KeyVault(KeyVersionStore &rows, SecretStore &keychain, SecretStore &memory, Redactor &redactor, const Clock &clock,
             QObject *parent = nullptr);
    ~KeyVault() override;

    /// Reads the rows; finishes removals that a crash interrupted. Touches the keychain only for those.
    QCoro::Task<Done> load();

    /// Asks the keychain without a prompt and announces the answer.
    QCoro::Task<Done> probe();
    /// The last answer of the keychain; nullopt: usable, as far as known.
    [[nodiscard]] std::optional<Problem> keychainProblem() const { return m_keychainProblem; }

    /// Writes a new version for an instance and answers with its id. It is staged: a change promotes it.
    QCoro::Task<Outcome<QString>> stage(InstanceAddress address, QString instanceName, HeaderKeys keys, bool inMemory);
    /// Removes a staged version whose change was abandoned.
    QCoro::Task<Done> discard(QString versionId);
    /// The keys of a version. Refused where the version belongs to another origin or instance than `address`.
    QCoro::Task<Outcome<HeaderKeys>> keys(QString versionId, InstanceAddress address);
    /// Call after ChangeJournal promoted or retired versions of this instance.
    QCoro::Task<Done> reload(InstanceAddress address);
    [[nodiscard]] KeptKeys kept(const InstanceAddress &address) const;
    [[nodiscard]] std::optional<KeyVersion> current(const InstanceAddress &address) const;
    [[nodiscard]] std::optional<KeyVersion> previous(const InstanceAddress &address) const;
    /// Demo data and later recovery: makes a staged version current at once.
    QCoro::Task<Done> adopt(QString versionId, QString credentialId);

    /// Keeps a profile's token, bound to the profile's origins, and answers with the version id for
    /// Profile::tokenVersion.
    QCoro::Task<Outcome<QString>> storeToken(QString profileId, QStringList origins, Secret token, bool inMemory);
    /// Refused where the token was kept for another origin than `origin`.
    QCoro::Task<Outcome<Secret>> token(QString versionId, QString origin);
    QCoro::Task<Done> forget(QString versionId);

Q_SIGNALS:
    void keychainProblemChanged();
    void keptKeysChanged(const latchkey::InstanceAddress &address);

private:
    KeyVersionStore &m_rows;
    SecretStore &m_keychain;
    SecretStore &m_memory;
    Redactor &m_redactor;
    const Clock &m_clock;
    std::optional<Problem> m_keychainProblem;
    QHash<QString, KeyVersion> m_versions;
};

} // namespace latchkey
