// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/instancerecord.h"
#include "models/core/keyoverview.h"
#include "models/core/keyversion.h"
#include "models/core/newcredential.h"
#include "models/core/outcome.h"
#include "models/core/profile.h"
#include "models/core/redactor.h"

#include <QCoroTask>
#include <QHash>
#include <QMultiHash>
#include <QObject>
#include <QSet>
#include <QString>

#include <optional>
#include <vector>

namespace latchkey {

class KeyVersionStore;
class SecretStore;

/// Keys and tokens: the keychain entries and the rows about them. Nothing else touches both.
///
/// Order of writing: row `writing` (durable) → keychain → read back and compare → row `staged`. Order of
/// removal: row `forgetting` → keychain → row `forgotten`. An entry is never rewritten, and every entry ever
/// written has a row. The entry's text is JSON that describes itself (format, purpose, origin, instance id
/// and name, version id, time), so that the rows could be rebuilt from the keychain. The one entry without a
/// row is `fingerprint-key`, which has this fixed name.
///
/// Versions held in memory have no row: after a restart nothing claims that they are kept.
class KeyVault : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this. `memory` takes what the user chose to hold only until Latchkey
    /// closes.
    KeyVault(KeyVersionStore &rows, SecretStore &keychain, SecretStore &memory, Redactor &redactor,
             const Clock &clock, QObject *parent = nullptr);
    ~KeyVault() override;

    /// Reads the rows; finishes removals that a crash interrupted. Touches the keychain only for those.
    QCoro::Task<Done> load();

    /// Asks the keychain without a prompt and announces the answer.
    QCoro::Task<Done> probe();
    /// The last answer of the keychain; nullopt: usable, as far as known.
    [[nodiscard]] std::optional<Problem> keychainProblem() const { return m_keychainProblem; }

    /// Writes a new version for an instance and answers with its id. It is staged: a change promotes it.
    QCoro::Task<Outcome<QString>> stage(InstanceAddress address, QString instanceName, HeaderKeys keys,
                                        bool inMemory);
    /// Removes a staged version whose change was abandoned. Refused where it was promoted meanwhile.
    QCoro::Task<Done> discard(QString versionId);
    /// The keys of a version. Refused where the version belongs to another origin or instance than `address`.
    QCoro::Task<Outcome<HeaderKeys>> keys(QString versionId, InstanceAddress address);
    /// Call after ChangeJournal::recordCreated() and recordDeleted(): reads the rows of this instance again,
    /// and lets versions held in memory follow what the journal says was created and deleted. May be called
    /// at any time.
    QCoro::Task<Done> reload(InstanceAddress address);
    /// Reads all rows again: another Latchkey may have kept or removed keys since.
    QCoro::Task<Done> reloadAll();
    [[nodiscard]] KeptKeys kept(const InstanceAddress &address) const;
    /// None whose entry was not in the keychain when it was last read.
    [[nodiscard]] std::optional<KeyVersion> current(const InstanceAddress &address) const;
    [[nodiscard]] std::optional<KeyVersion> previous(const InstanceAddress &address) const;
    /// Asks the keychain for the key of the fingerprints, for fingerprint(). Makes none where there is none.
    QCoro::Task<Done> openFingerprints();
    /// Of a key that is at hand, to be compared with those of the version; empty where it cannot be.
    [[nodiscard]] QByteArray fingerprint(const QString &versionId, const Secret &key) const;
    /// Demo data and later recovery: makes a staged version current at once.
    QCoro::Task<Done> adopt(QString versionId, QString credentialId);

    /// Keeps a profile's token, bound to the profile's origins, and answers with the version id for
    /// Profile::tokenVersion.
    QCoro::Task<Outcome<QString>> storeToken(QString profileId, QStringList origins, Secret token,
                                             bool inMemory);
    /// Refused where the token was kept for another origin than `origin`.
    QCoro::Task<Outcome<Secret>> token(QString versionId, QString origin);
    /// Removes a token or a previous version for good. Refused for an instance's current keys and for a
    /// version that an unfinished change names. Where the keychain cannot do it now, load() or probe() take
    /// it up again.
    QCoro::Task<Done> forget(QString versionId);
    /// Removes the tokens that no profile names and that are not just being entered: what a crash between the
    /// two rows left behind. Without a prompt; what cannot be removed now is taken up later.
    QCoro::Task<Done> forgetTokensExcept(QStringList named);

    /// All sets of keys that have a row, newest first. Does not ask the keychain.
    QCoro::Task<Outcome<QList<KeptVersion>>> keptVersions();
    /// The rows of all keys and tokens, newest first, also of those that are gone by now.
    QCoro::Task<Outcome<QList<KeyVersion>>> everyVersion();
    /// The previous versions whose time is over (KeptVersion::goesAt).
    QCoro::Task<Outcome<QStringList>> due(int retentionDays);
    /// Everything that is kept beyond this run, rows against entries. Shows no prompt.
    QCoro::Task<Outcome<KeyOverview>> overview();
    /// Gives a row to each entry that describes itself and has none, after the database was lost or an old
    /// one was put back. Never touches a row that is there.
    QCoro::Task<Outcome<KeyRescue>> rescue();

    /// Answers when no operation of this vault is under way; only then may it be destroyed.
    QCoro::Task<void> idle();

Q_SIGNALS:
    void keychainProblemChanged();
    void keptKeysChanged(const latchkey::InstanceAddress &address);
    void becameIdle();

private:
    class Running;
    /// Where a version's entry is: only those in memory are listed, with the change that last moved them.
    struct Held
    {
        qint64 since = 0; ///< See KeyVersionStore::Turn::sequence.
    };

    [[nodiscard]] bool isInMemory(const QString &versionId) const { return m_held.contains(versionId); }
    SecretStore &storeOf(const QString &versionId) { return isInMemory(versionId) ? m_memory : m_keychain; }
    [[nodiscard]] QList<KeyVersion> versionsOf(const QString &origin, const QString &instanceId) const;
    void put(const KeyVersion &version);
    void drop(const QString &versionId);
    void noteMissing(const KeyVersion &version, bool isMissing);
    void setStateHere(const QString &versionId, KeyVersion::State state);
    /// Keeps in mind what the keychain (not the memory) last said.
    void note(const std::optional<Problem> &problem);
    template <typename T>
    void note(const Outcome<T> &outcome)
    {
        note(outcome.ok() ? std::nullopt : std::optional<Problem>(outcome.problem()));
    }
    QCoro::Task<Done> readRows();
    QCoro::Task<void> takeUpRemovalsQuietly();
    /// Too old to be written by another Latchkey just now: every keychain job has a deadline.
    [[nodiscard]] bool isOld(const KeyVersion &version) const;
    /// Versions whose writing or removal a crash or the keychain interrupted.
    [[nodiscard]] QStringList interrupted() const;
    void makeCurrentInMemory(const KeyVersion &version, const QString &credentialId, const QDateTime &at,
                             qint64 sequence);

    QCoro::Task<Outcome<QString>> store(KeyVersion version, std::vector<Secret> keys, bool inMemory,
                                        KeyVersion::State finalState);
    QCoro::Task<Done> writeEntry(KeyVersion version, std::vector<Secret> keys);
    QCoro::Task<Outcome<std::vector<Secret>>> readEntry(KeyVersion version);
    /// Refused where the row is by now in none of the states `from`.
    QCoro::Task<Done> removeEntry(QString versionId, QList<KeyVersion::State> from);
    QCoro::Task<Done> prepareFingerprints(bool inMemory);
    /// Whether the keychain has one.
    QCoro::Task<Outcome<bool>> readFingerprintKey();
    QCoro::Task<Outcome<KeyVersion>> find(QString versionId);
    QCoro::Task<void> takeUpRemovals();
    QCoro::Task<Done> followJournal(QString origin, QString instanceId);

    KeyVersionStore &m_rows;
    SecretStore &m_keychain;
    SecretStore &m_memory;
    Redactor &m_redactor;
    const Clock &m_clock;
    std::optional<Problem> m_keychainProblem;
    QHash<QString, KeyVersion> m_versions;     ///< By id, without the forgotten ones.
    QMultiHash<QString, QString> m_ofInstance; ///< `origin instanceId` → version ids.
    QHash<QString, Held> m_held;               ///< The versions in memory.
    QSet<QString> m_missing;                   ///< The keychain had no entry when it was last asked.
    Secret m_fingerprintKey;
    Secret m_fingerprintCandidate; ///< Being written; shared by operations that need the first one at once.
    Secret m_memoryFingerprintKey;
    int m_running = 0;
};

} // namespace latchkey
