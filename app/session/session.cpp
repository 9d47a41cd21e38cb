// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include "app/session/absentsecretstore.h"
#include "app/session/sessionparts.h"
#include "models/core/settings.h"
#include "models/secrets/keychainsecretstore.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTimeZone>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::Session)
};

std::unique_ptr<SecretStore> makeKeychain(const Session::Options &options)
{
    if (options.demo)
        return std::make_unique<MemorySecretStore>();
    if (!options.keychain)
        return std::make_unique<AbsentSecretStore>();
    const bool named = !options.keychainService.isEmpty();
    return std::make_unique<KeychainSecretStore>(named ? options.keychainService
                                                       : QString::fromLatin1(LATCHKEY_APP_ID));
}

QString databaseIn(const QString &folder)
{
    return folder + u"/latchkey.sqlite"_s;
}

std::unique_ptr<Database> databaseOfRecords(const QString &folder)
{
    if (folder.isEmpty() || !QFile::exists(databaseIn(folder)))
        return nullptr;
    return std::make_unique<Database>(databaseIn(folder));
}

HeaderKeys toHeaderKeys(const QList<std::pair<QString, QByteArray>> &known)
{
    HeaderKeys keys;
    for (const auto &[name, key] : known)
        keys.push_back({name, Secret(key)});
    return keys;
}

} // namespace

Session::Parts::Parts(Options chosen, Redactor &redactor, const Clock &clock,
                      std::unique_ptr<SecretStore> store)
    : options(std::move(chosen))
    , temporary(options.demo ? std::make_unique<QTemporaryDir>() : nullptr)
    , dataDir(temporary ? temporary->path() : options.dataDir)
    , demoHost(options.demo ? std::make_unique<DemoHost>(options.demoInstances, clock) : nullptr)
    , database(databaseIn(dataDir))
    , records(databaseOfRecords(options.recordsDir))
    , profileStore(database)
    , protectionStore(records ? *records : database)
    , expiryStore(records ? *records : database)
    , attentionStore(records ? *records : database)
    , snapshotStore(database)
    , keyVersionStore(database)
    , journal(database)
    , historyStore(database)
    , reminderStore(database)
    , revokedKeyStore(database)
    , settings(records ? *records : database)
    , preferences(settings)
    , keychain(store ? std::move(store) : makeKeychain(options))
    , splitKeychain(*keychain)
    , vault(keyVersionStore, splitKeychain, memory, redactor, clock)
    , clients(vault, redactor, clock, TransportLimits{})
    , profiles(profileStore, snapshotStore, vault, clients)
    , protection(protectionStore)
    , expiryRecords(expiryStore)
    , attentionMarks(attentionStore)
    , inventory(profiles, clients, snapshotStore, vault, protection, expiryRecords, attentionMarks, clock)
    , changeLock((options.lockDir.isEmpty() ? dataDir : options.lockDir) + u"/change.lock"_s)
    , history(historyStore, journal, splitKeychain, clock, nameFor(dataDir, u"history-head"_s))
    , watch(profiles, inventory, clients, journal, history, changeLock, clock)
    , changes(profiles, inventory, protection, clients, vault, journal, history, changeLock, watch, clock)
    , bulk(changes, journal, changeLock)
    , recovery(profiles, inventory, clients, vault, journal, history, changeLock, changes, clock)
    , adoption(profiles, inventory, clients, vault, journal, history, changes, clock)
    , carrying(profiles, inventory, vault, adoption)
    , handover(profiles, inventory, vault, changes)
    , planMaker(profiles, inventory, vault, changes, clock)
    , planRunner(planMaker, bulk, adoption, vault, expiryRecords, protection, changeLock, clock)
    , expiryLabels(profiles, inventory, clients, changes)
    , expiryOfChanges(changes, adoption, expiryRecords, clock)
    , oldKeys(journal, vault, revokedKeyStore, attentionMarks, changes, recovery, clock)
    , retention(vault, settings, changeLock)
    , reminders(inventory, profiles, oldKeys, preferences, reminderStore, clock, QTimeZone::systemTimeZone())
{
}

QString Session::nameFor(const QString &dataDir, const QString &name)
{
    const QString folder = QDir::cleanPath(dataDir);
    if (folder == QDir::cleanPath(defaultDataDir()))
        return name;
    const QByteArray hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256);
    return name + u'-' + QString::fromLatin1(hash.toHex().first(16));
}

Session::Session(Options options, Redactor &redactor, const Clock &clock)
    : Session(std::move(options), redactor, clock, nullptr)
{
}

Session::Session(Options options, Redactor &redactor, const Clock &clock,
                 std::unique_ptr<SecretStore> keychain)
    : m_parts(std::make_unique<Parts>(std::move(options), redactor, clock, std::move(keychain)))
{
}

Session::~Session() = default;

QCoro::Task<Done> Session::open()
{
    Done made = makeDataDir(m_parts->dataDir);
    if (!made)
        co_return std::move(made).problem();
    if (!m_parts->options.lockDir.isEmpty()) {
        Done there = makeDataDir(m_parts->options.lockDir);
        if (!there)
            co_return std::move(there).problem();
    }
    Done opened = co_await m_parts->database.open();
    if (opened && m_parts->records)
        opened = co_await m_parts->records->open();
    if (!opened)
        co_return std::move(opened).problem();
    QObject::connect(&m_parts->preferences, &Preferences::changed, &m_parts->watch,
                     [this] { followPreferences(); });
    const Outcome<Settings> settings = co_await m_parts->preferences.read();
    if (!settings)
        co_return settings.problem();
    followPreferences();
    Done rows = co_await m_parts->vault.load();
    if (!rows)
        co_return std::move(rows).problem();
    Done profiles = co_await m_parts->profiles.load();
    if (!profiles)
        co_return std::move(profiles).problem();
    Done guards = co_await m_parts->protection.load();
    if (!guards)
        co_return std::move(guards).problem();
    Done expiries = co_await m_parts->expiryRecords.load();
    if (!expiries)
        co_return std::move(expiries).problem();
    Done marks = co_await m_parts->attentionMarks.load();
    if (!marks)
        co_return std::move(marks).problem();
    Done snapshot = co_await m_parts->inventory.loadSnapshot();
    if (!snapshot)
        co_return std::move(snapshot).problem();
    if (m_parts->demoHost)
        co_return co_await openDemo();
    co_return Done();
}

void Session::followPreferences()
{
    const int set = m_parts->preferences.settings().watchSeconds;
    m_parts->watch.setDuration(std::chrono::seconds(m_parts->options.watchSeconds.value_or(set)));
}

QCoro::Task<Done> Session::openDemo()
{
    Outcome<DemoHost::Running> started = co_await m_parts->demoHost->start();
    if (!started)
        co_return std::move(started).problem();
    const DemoHost::Running demo = std::move(started).value();

    Endpoint endpoint;
    endpoint.baseUrl = demo.baseUrl;
    Profile profile;
    profile.name = Text::tr("Demo organization");
    profile.endpoints = {endpoint};
    Secret token("kpat_demo-organization");
    Outcome<Profile> saved = co_await m_parts->profiles.save(profile, std::move(token), false);
    if (!saved)
        co_return std::move(saved).problem();

    for (const DemoOrganization::KnownKeys &known : demo.knownKeys) {
        const InstanceAddress address{saved.value().id, endpoint.origin(), known.instanceId};
        // The older version first: keeping the next one makes it the previous.
        Done older = co_await keepKnown(address, known.instanceName, known.credentialId, known.previous);
        if (!older)
            co_return std::move(older).problem();
        Done newer = co_await keepKnown(address, known.instanceName, known.credentialId, known.current);
        if (!newer)
            co_return std::move(newer).problem();
    }
    co_return Done();
}

QCoro::Task<Done> Session::keepKnown(InstanceAddress address, QString instanceName, QString credentialId,
                                     QList<std::pair<QString, QByteArray>> known)
{
    if (known.isEmpty())
        co_return Done();
    HeaderKeys keys = toHeaderKeys(known);
    Outcome<QString> staged = co_await m_parts->vault.stage(address, instanceName, std::move(keys), false);
    if (!staged)
        co_return std::move(staged).problem();
    const QString versionId = std::move(staged).value();
    co_return co_await m_parts->vault.adopt(versionId, credentialId);
}

void Session::pauseChanges()
{
    m_parts->planRunner.stop();
    m_parts->bulk.stop();
    m_parts->carrying.stop();
    m_parts->handover.stop();
    m_parts->recovery.stop();
    m_parts->changes.stopPreparing();
}

QCoro::Task<void> Session::close()
{
    m_parts->inventory.cancelRefresh();
    pauseChanges();
    m_parts->watch.stop();
    m_parts->retention.stop();
    m_parts->reminders.stop();
    // From the top down: each service may have the next one working for it.
    co_await m_parts->reminders.idle();
    co_await m_parts->retention.idle();
    co_await m_parts->planRunner.idle();
    co_await m_parts->planMaker.idle();
    co_await m_parts->bulk.idle();
    co_await m_parts->recovery.idle();
    co_await m_parts->carrying.idle();
    co_await m_parts->adoption.idle();
    co_await m_parts->handover.idle();
    co_await m_parts->expiryLabels.idle();
    co_await m_parts->changes.idle();
    m_parts->watch.stop(); // Of the changes that have just ended.
    co_await m_parts->watch.idle();
    co_await m_parts->expiryOfChanges.idle();
    co_await m_parts->oldKeys.idle();
    co_await m_parts->history.idle();
    co_await m_parts->inventory.idle();
    co_await m_parts->protection.idle();
    co_await m_parts->expiryRecords.idle();
    co_await m_parts->attentionMarks.idle();
    co_await m_parts->profiles.idle();
    co_await m_parts->clients.idle();
    co_await m_parts->vault.idle();
    co_await m_parts->preferences.idle();
}

bool Session::isDemo() const
{
    return m_parts->options.demo;
}

const QString &Session::dataDir() const
{
    return m_parts->dataDir;
}

Profiles &Session::profiles()
{
    return m_parts->profiles;
}

Inventory &Session::inventory()
{
    return m_parts->inventory;
}

Protection &Session::protection()
{
    return m_parts->protection;
}

ExpiryRecords &Session::expiryRecords()
{
    return m_parts->expiryRecords;
}

AttentionMarks &Session::attentionMarks()
{
    return m_parts->attentionMarks;
}

KeyVault &Session::vault()
{
    return m_parts->vault;
}

CredentialChanges &Session::changes()
{
    return m_parts->changes;
}

BulkChanges &Session::bulk()
{
    return m_parts->bulk;
}

ChangeRecovery &Session::recovery()
{
    return m_parts->recovery;
}

KeyAdoption &Session::adoption()
{
    return m_parts->adoption;
}

KeyCarrying &Session::carrying()
{
    return m_parts->carrying;
}

KeyHandover &Session::handover()
{
    return m_parts->handover;
}

PlanMaker &Session::planMaker()
{
    return m_parts->planMaker;
}

PlanRunner &Session::planRunner()
{
    return m_parts->planRunner;
}

ExpiryLabels &Session::expiryLabels()
{
    return m_parts->expiryLabels;
}

ExpiryOfChanges &Session::expiryOfChanges()
{
    return m_parts->expiryOfChanges;
}

OldKeys &Session::oldKeys()
{
    return m_parts->oldKeys;
}

Retention &Session::retention()
{
    return m_parts->retention;
}

Reminders &Session::reminders()
{
    return m_parts->reminders;
}

ChangeWatch &Session::watch()
{
    return m_parts->watch;
}

History &Session::history()
{
    return m_parts->history;
}

ChangeJournal &Session::journal()
{
    return m_parts->journal;
}

Preferences &Session::preferences()
{
    return m_parts->preferences;
}

KonnectClients &Session::clients()
{
    return m_parts->clients;
}

QString Session::defaultDataDir()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/latchkey"_s;
}

Done Session::makeDataDir(const QString &path)
{
    const QFile::Permissions owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const QFileInfo info(path);
    bool ok = info.isDir() || QDir().mkpath(info.absolutePath());
    ok = ok && (info.isDir() || QDir().mkdir(path, owner));
    ok = ok && QFile::setPermissions(path, owner);
    if (ok)
        return {};
    Problem problem;
    problem.category = Problem::Category::StorageFailed;
    problem.caption = Text::tr("The folder %1 cannot be made, or does not belong to you.").arg(path);
    problem.detail = Text::tr("Latchkey keeps its database there. Name another folder with --data-dir.");
    return problem;
}

} // namespace latchkey
