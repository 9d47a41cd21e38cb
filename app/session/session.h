// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/instancerecord.h"
#include "models/core/outcome.h"

#include <QCoroTask>
#include <QString>
#include <QUrl>

#include <memory>
#include <optional>

namespace latchkey {

class AttentionMarks;
class BulkChanges;
class ChangeJournal;
class ChangeLock;
class ChangeRecovery;
class ChangeWatch;
class CredentialChanges;
class ExpiryLabels;
class ExpiryOfChanges;
class ExpiryRecords;
class History;
class Inventory;
class KeyAdoption;
class KeyCarrying;
class KeyHandover;
class KeyVault;
class KonnectClients;
class OldKeys;
class PlanMaker;
class PlanRunner;
class Preferences;
class Profiles;
class Protection;
class Redactor;
class Reminders;
class Retention;
class SecretStore;

/// Everything below the window for one run, built in order: database, secret stores, vault, profiles,
/// inventory, changes. The window and latchkeyctl both stand on one of these.
class Session
{
public:
    struct Options
    {
        QString dataDir; ///< Made 0700 if missing. Ignored for the demo, which has a temporary one.
        QString lockDir; ///< Of the change lock, made 0700 if missing; `dataDir` where empty.
        /// Where a database is, what it says counts: settings, which instances are protected, what is
        /// recorded about their expiry, what is known of it. `dataDir` where empty. Nothing is made there.
        QString recordsDir;
        bool demo = false;       ///< Embedded Konnect, memory secret store, nothing of the user's is opened.
        bool keychain = true;    ///< false: none is opened, no D-Bus (latchkeyctl with --url or --keep none).
        QString keychainService; ///< Under which entries appear in the keychain manager; empty for the
                                 ///< application's id.
        int demoInstances = 40;
        std::optional<int> watchSeconds; ///< In the place of the setting of this name.
    };

    /// `redactor` and `clock` must outlive the session.
    Session(Options options, Redactor &redactor, const Clock &clock);
    /// With `keychain` in the place of the one that the options would choose.
    Session(Options options, Redactor &redactor, const Clock &clock, std::unique_ptr<SecretStore> keychain);
    ~Session();

    /// Opens the database and loads profiles, key version rows and the snapshot. Touches no network and no
    /// keychain. Afterwards, where it holds up nobody: `retention().forgetDue()`.
    QCoro::Task<Done> open();
    /// Before the machine sleeps, say: stops changes that have sent nothing yet, bulk runs before their next
    /// row and moves before their deletion. What has begun ends; what comes after begins as usual.
    void pauseChanges();
    /// Stops refreshes, pauses the changes, lets those that have begun end, and answers when no coroutine of
    /// the session is left.
    QCoro::Task<void> close();

    [[nodiscard]] bool isDemo() const;
    [[nodiscard]] const QString &dataDir() const;
    [[nodiscard]] Profiles &profiles();
    [[nodiscard]] Inventory &inventory();
    [[nodiscard]] Protection &protection();
    [[nodiscard]] ExpiryRecords &expiryRecords();
    [[nodiscard]] AttentionMarks &attentionMarks();
    [[nodiscard]] KeyVault &vault();
    [[nodiscard]] CredentialChanges &changes();
    [[nodiscard]] BulkChanges &bulk();
    [[nodiscard]] ChangeRecovery &recovery();
    [[nodiscard]] KeyAdoption &adoption();
    [[nodiscard]] KeyCarrying &carrying();
    [[nodiscard]] KeyHandover &handover();
    [[nodiscard]] PlanMaker &planMaker();
    [[nodiscard]] PlanRunner &planRunner();
    [[nodiscard]] ExpiryLabels &expiryLabels();
    [[nodiscard]] ExpiryOfChanges &expiryOfChanges();
    [[nodiscard]] OldKeys &oldKeys();
    [[nodiscard]] Retention &retention();
    [[nodiscard]] Reminders &reminders();
    [[nodiscard]] ChangeWatch &watch();
    [[nodiscard]] ChangeJournal &journal();
    [[nodiscard]] History &history();
    [[nodiscard]] Preferences &preferences();
    [[nodiscard]] KonnectClients &clients();

    /// `$XDG_DATA_HOME/latchkey` or the platform's counterpart.
    [[nodiscard]] static QString defaultDataDir();
    /// For what each data folder has of its own in a place of the user: `name` for the usual folder, with
    /// something behind it for any other.
    [[nodiscard]] static QString nameFor(const QString &dataDir, const QString &name);
    /// 0700 from the moment it exists. `open()` does it too.
    [[nodiscard]] static Done makeDataDir(const QString &path);

private:
    struct Parts;
    QCoro::Task<Done> openDemo();
    void followPreferences();
    QCoro::Task<Done> keepKnown(InstanceAddress address, QString instanceName, QString credentialId,
                                QList<std::pair<QString, QByteArray>> known);

    std::unique_ptr<Parts> m_parts;
};

} // namespace latchkey
