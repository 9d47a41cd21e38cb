// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demoorganization.h"
#include "app/demo/demoservice.h"
#include "models/core/change.h"
#include "models/core/redactor.h"
#include "models/konnect/connection.h"
#include "models/secrets/memorysecretstore.h"
#include "models/secrets/splittingsecretstore.h"
#include "models/services/attentionmarks.h"
#include "models/services/bulkchanges.h"
#include "models/services/changelock.h"
#include "models/services/changerecovery.h"
#include "models/services/changewatch.h"
#include "models/services/credentialchanges.h"
#include "models/services/expirylabels.h"
#include "models/services/expiryofchanges.h"
#include "models/services/expiryrecords.h"
#include "models/services/history.h"
#include "models/services/inventory.h"
#include "models/services/keyadoption.h"
#include "models/services/keycarrying.h"
#include "models/services/keyhandover.h"
#include "models/services/keyvault.h"
#include "models/services/konnectclients.h"
#include "models/services/oldkeys.h"
#include "models/services/planmaker.h"
#include "models/services/planrunner.h"
#include "models/services/preferences.h"
#include "models/services/profiles.h"
#include "models/services/protection.h"
#include "models/services/retention.h"
#include "models/storage/attentionstore.h"
#include "models/storage/changejournal.h"
#include "models/storage/database.h"
#include "models/storage/expirystore.h"
#include "models/storage/historystore.h"
#include "models/storage/keyversionstore.h"
#include "models/storage/profilestore.h"
#include "models/storage/protectionstore.h"
#include "models/storage/revokedkeystore.h"
#include "models/storage/settingsstore.h"
#include "models/storage/snapshotstore.h"
#include "tests/support/failingsecretstore.h"
#include "tests/support/fakeclock.h"

#include <QTemporaryDir>

#include <chrono>
#include <memory>
#include <utility>

namespace latchkey::test {

/// What is outside Latchkey: the clock, the demo service, the keychain and the data folder. Outlives the
/// stacks on it, so that a test can end one and start the next.
struct World
{
    explicit World(int instances = 40);

    QTemporaryDir dir;
    FakeClock clock;
    DemoService service; ///< Listens; accepts only `token`.
    FailingSecretStore keychain;
    TransportLimits limits; ///< Of the stacks that are made next: short waits.
    std::chrono::milliseconds patience = std::chrono::seconds(5); ///< Of their databases.

    [[nodiscard]] QString databaseFile() const { return dir.filePath(QStringLiteral("latchkey.sqlite")); }

    static constexpr const char *token = "kpat_test-token-of-the-world";

    [[nodiscard]] Endpoint endpoint() const;
    [[nodiscard]] QString instanceId(const QString &name) const;   ///< Of a seeded instance.
    [[nodiscard]] QString credentialId(const QString &name) const; ///< At the service now; empty for none.
    [[nodiscard]] QByteArray keyAt(const QString &name, const QString &header) const; ///< At the service now.
    /// How often `method` arrived for the credential of the instance.
    [[nodiscard]] int copies(const QByteArray &method, const QString &name) const;
    [[nodiscard]] QString credentialPath(const QString &name) const;
    /// The next (or the nth) such request goes wrong.
    void addFault(const QByteArray &method, const QString &path, DemoFault::Action action, int nth = 1,
                  int status = 500, const QByteArray &retryAfter = {});

    QList<DemoFault> faults;
};

/// Everything below the window on the data folder of a World, as app/session builds it, with a keychain that
/// can fail and short waits. Closes itself when it goes.
struct Stack
{
    explicit Stack(World &world);
    ~Stack();

    /// Opens the database and loads everything, without network. False (and a failed test) where that fails.
    [[nodiscard]] bool open();
    /// Adds a profile for the world's service.
    [[nodiscard]] bool addProfile(bool production = false);
    /// open(), addProfile() and a refresh.
    [[nodiscard]] bool start(bool production = false);
    /// Answers when no coroutine of any service is under way.
    void close();

    [[nodiscard]] Profile profile() const; ///< The first one.
    [[nodiscard]] InstanceAddress address(const QString &name) const;
    [[nodiscard]] InstanceRecord record(const QString &name) const;
    /// A request for the credential that the service has now, with keys under the integration's header names.
    [[nodiscard]] ChangeRequest request(ChangeKind kind, const QString &name,
                                        const QByteArray &key = "new-key-0001") const;
    /// Runs the change; nullopt (and a failed test) where it never answers.
    [[nodiscard]] std::optional<Outcome<Change>> run(ChangeRequest request);

    World &world;
    Redactor redactor;
    MemorySecretStore memory;
    Database database;
    ProfileStore profileStore;
    ProtectionStore protectionStore;
    ExpiryStore expiryStore;
    AttentionStore attentionStore;
    SnapshotStore snapshotStore;
    KeyVersionStore keyVersionStore;
    ChangeJournal journal;
    HistoryStore historyStore;
    RevokedKeyStore revokedKeyStore;
    SettingsStore settings;
    Preferences preferences;
    SplittingSecretStore splitKeychain;
    KeyVault vault;
    KonnectClients clients;
    Profiles profiles;
    Protection protection;
    ExpiryRecords expiryRecords;
    AttentionMarks attentionMarks;
    Inventory inventory;
    ChangeLock changeLock;
    History history;
    ChangeWatch watch;
    CredentialChanges changes;
    BulkChanges bulk;
    ChangeRecovery recovery;
    KeyAdoption adoption;
    KeyCarrying carrying; ///< Its passphrases cost next to nothing.
    KeyHandover handover;
    PlanMaker planMaker;
    PlanRunner planRunner;
    ExpiryLabels expiryLabels;
    ExpiryOfChanges expiryOfChanges;
    OldKeys oldKeys;
    Retention retention;
};

} // namespace latchkey::test
