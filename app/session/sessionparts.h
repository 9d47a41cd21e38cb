// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/demohost.h"
#include "app/session/session.h"
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
#include "models/services/reminders.h"
#include "models/services/retention.h"
#include "models/storage/attentionstore.h"
#include "models/storage/changejournal.h"
#include "models/storage/database.h"
#include "models/storage/expirystore.h"
#include "models/storage/historystore.h"
#include "models/storage/keyversionstore.h"
#include "models/storage/profilestore.h"
#include "models/storage/protectionstore.h"
#include "models/storage/reminderstore.h"
#include "models/storage/revokedkeystore.h"
#include "models/storage/settingsstore.h"
#include "models/storage/snapshotstore.h"

#include <QTemporaryDir>

namespace latchkey {

/// The parts of a Session in the order in which they stand on each other; they go in the reverse order.
struct Session::Parts
{
    Parts(Options options, Redactor &redactor, const Clock &clock, std::unique_ptr<SecretStore> store);

    Options options;
    std::unique_ptr<QTemporaryDir> temporary; ///< Of the demo.
    QString dataDir;
    std::unique_ptr<DemoHost> demoHost;
    Database database;
    std::unique_ptr<Database> records; ///< The one of `recordsDir`, where that is another.
    ProfileStore profileStore;
    ProtectionStore protectionStore;
    ExpiryStore expiryStore;
    AttentionStore attentionStore;
    SnapshotStore snapshotStore;
    KeyVersionStore keyVersionStore;
    ChangeJournal journal;
    HistoryStore historyStore;
    ReminderStore reminderStore;
    RevokedKeyStore revokedKeyStore;
    SettingsStore settings;
    Preferences preferences;
    std::unique_ptr<SecretStore> keychain; ///< The real one, one in memory for the demo, or the absent one.
    SplittingSecretStore splitKeychain;
    MemorySecretStore memory;
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
    KeyCarrying carrying;
    KeyHandover handover;
    PlanMaker planMaker;
    PlanRunner planRunner;
    ExpiryLabels expiryLabels;
    ExpiryOfChanges expiryOfChanges;
    OldKeys oldKeys;
    Retention retention;
    Reminders reminders;
};

} // namespace latchkey
