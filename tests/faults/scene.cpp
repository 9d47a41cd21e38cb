// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/scene.h"

#include "tests/faults/diskfault.h"
#include "tests/support/await.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTimer>

#include <chrono>

namespace latchkey::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QByteArray Scene::OldKey = "the-old-key-0001";
const QByteArray Scene::NewKey = "the-new-key-0001";

namespace {

const QString other = u"other"_s; ///< The connection of another process.

/// A connection beside Latchkey's own.
bool connectTo(const QString &name, const QString &file)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    database.setDatabaseName(file);
    return database.open();
}

void disconnectFrom(const QString &name)
{
    if (!QSqlDatabase::contains(name))
        return;
    QSqlDatabase::database(name, false).close();
    QSqlDatabase::removeDatabase(name);
}

bool isVersion(const QString &entry)
{
    return entry.size() == 36;
}

} // namespace

QString sceneWord(Scene::Kind kind)
{
    switch (kind) {
    case Scene::Kind::Create:
        return u"create"_s;
    case Scene::Kind::Replace:
        return u"replace"_s;
    case Scene::Kind::ReplaceUnknown:
        return u"replace unknown keys"_s;
    case Scene::Kind::Delete:
        return u"delete"_s;
    case Scene::Kind::RollBack:
        return u"roll back"_s;
    }
    Q_UNREACHABLE();
}

Scene::Scene(Kind kind)
    : m_kind(kind)
    , m_instance(kind == Kind::Create ? u"swaggerhub-sandbox"_s : u"datadog-staging"_s)
{
}

Scene::~Scene()
{
    end();
    m_stack.reset();
}

bool Scene::prepare()
{
    m_stack = std::make_unique<Stack>(m_world);
    if (!m_stack->start())
        return false;
    bool ready = true;
    if (m_kind == Kind::RollBack)
        ready = replace(m_instance, OldKey) && keepYesterday() && replace(m_instance, NewKey);
    else if (m_kind == Kind::Replace || m_kind == Kind::Delete)
        ready = keepYesterday() && replace(m_instance, OldKey);
    else if (m_kind == Kind::Create)
        ready = keepYesterday() && replace(u"datadog-staging"_s, "a-key-of-another-1");
    else
        ready = keepYesterday(); // The very first change: the keychain is empty but for the token.
    if (!ready)
        return false;
    if (const auto current = m_stack->vault.current(address()))
        m_oldVersion = current->id;
    if (const auto previous = m_stack->vault.previous(address()))
        m_versionToGoBackTo = previous->id;
    const QList<HeaderDefinition> headers = m_stack->record(m_instance).authorization.headers;
    for (const HeaderDefinition &header : headers)
        m_headers << header.name;
    m_stack.reset();

    m_keyBefore = key();
    m_credentialBefore = credentialId();
    m_entriesBefore = m_world.keychain.names();
    m_world.clock.advance(3600);
    m_world.service.forgetReceived();
    m_usualLimits = m_world.limits;
    m_world.limits.timeout = 400ms;
    m_world.limits.longestHold = 1s;
    m_world.patience = 150ms;
    m_stack = std::make_unique<Stack>(m_world);
    return m_stack->open();
}

bool Scene::replace(const QString &instance, const QByteArray &key)
{
    const auto done = m_stack->run(m_stack->request(ChangeKind::Replace, instance, key));
    return done && done->ok() && done->value().phase == ChangePhase::Verified;
}

bool Scene::keepYesterday() const
{
    bool kept = false;
    if (connectTo(u"yesterday"_s, m_world.databaseFile())) {
        QSqlQuery query(QSqlDatabase::database(u"yesterday"_s));
        kept = query.exec(u"VACUUM INTO '%1'"_s.arg(yesterday()));
    }
    disconnectFrom(u"yesterday"_s);
    return kept;
}

std::optional<Outcome<Change>> Scene::change(const std::optional<Fault> &fault, int nth)
{
    m_fault = fault;
    m_at = nth;
    // Goes with Latchkey, which is longer than it is asked.
    QObject listener;
    QObject::connect(&m_world.service, &DemoService::arrived, &listener, [this] {
        const DemoRequest &request = m_world.service.received().constLast();
        const QString path = QString::fromLatin1(request.target).section(u'?', 0, 0);
        pass(Place::Kind::Request,
             QString::fromLatin1(request.method) + u' ' +
                 (path.endsWith("/auth-credential"_L1) ? u"auth-credential"_s : path.section(u'/', 2, 2)));
    });
    QObject::connect(&m_world.keychain, &FailingSecretStore::called, &listener,
                     [this](const QString &operation, const QString &entry) {
                         pass(Place::Kind::Keychain,
                              operation + u" of "_s + (isVersion(entry) ? u"an entry"_s : entry));
                     });
    QObject::connect(&m_stack->changes, &CredentialChanges::advanced, &listener,
                     [this](const Change &change) {
                         m_phases << change.phase;
                         pass(Place::Kind::Phase, u"phase "_s + changePhaseWord(change.phase));
                     });
    m_running = true;
    std::optional<Outcome<Change>> answer;
    if (m_kind == Kind::RollBack) {
        answer = await(m_stack->changes.rollBackTo(address(), m_credentialBefore, {}), 60'000);
    } else {
        const ChangeKind kind = m_kind == Kind::Create   ? ChangeKind::Create
                                : m_kind == Kind::Delete ? ChangeKind::Delete
                                                         : ChangeKind::Replace;
        answer = await(m_stack->changes.run(m_stack->request(kind, m_instance, NewKey)), 60'000);
    }
    m_running = false;
    m_stack.reset();
    end();
    m_world.keychain.recover();
    m_world.service.setFaults({});
    return answer;
}

std::optional<Done> Scene::start(const Fault &fault)
{
    m_stack.reset();
    m_fault = fault;
    begin();
    m_stack = std::make_unique<Stack>(m_world);
    std::optional<Done> opened = await(m_stack->database.open());
    m_stack.reset();
    end();
    return opened;
}

bool Scene::restart()
{
    m_world.limits = m_usualLimits;
    m_world.patience = 5s;
    m_world.clock.advance(60);
    m_world.service.forgetReceived();
    m_stack = std::make_unique<Stack>(m_world);
    return m_stack->open() && (!m_stack->profiles.all().isEmpty() || m_stack->addProfile());
}

void Scene::pass(Place::Kind kind, const QString &name)
{
    if (!m_running)
        return;
    m_places.append({kind, name});
    if (!m_fault)
        return;
    if (m_places.size() == m_at)
        begin();
    else if (m_hasBegun && !m_fault->lasting)
        end();
}

void Scene::begin()
{
    using What = Fault::What;
    using Operation = FailingSecretStore::Operation;
    m_hasBegun = true;
    const int nth = m_fault->lasting ? 0 : 1;
    switch (m_fault->what) {
    case What::Wire: {
        DemoFault fault = m_fault->wire;
        fault.nth = nth;
        m_world.service.setFaults({fault});
        break;
    }
    case What::Keychain:
    case What::KeychainAfterDoing:
        for (const Operation operation :
             {Operation::Read, Operation::Write, Operation::Remove, Operation::Probe, Operation::List})
            m_world.keychain.fail(operation, m_fault->category, nth,
                                  m_fault->what == What::KeychainAfterDoing);
        break;
    case What::ReadsOther:
        m_world.keychain.setCorrupting(true);
        break;
    case What::LosesOld:
        m_world.keychain.lose(m_oldVersion);
        break;
    case What::LosesNew:
        m_world.keychain.lose(newEntry());
        break;
    case What::Busy:
        beginBusy();
        break;
    case What::BusyForAMoment:
        beginBusy();
        QTimer::singleShot(m_world.patience / 3, &m_world.service, [this] { end(); });
        break;
    case What::DiskRefuses:
        DiskFault::begin(m_fault->systemError);
        break;
    case What::Deleted:
    case What::Restored:
        loseDatabase(m_fault->what == What::Restored);
        break;
    }
}

void Scene::end()
{
    if (!std::exchange(m_hasBegun, false))
        return;
    DiskFault::end();
    disconnectFrom(other); // And its transaction with it.
    m_world.keychain.recover();
    // A fault of the wire ends by its own count.
}

void Scene::beginBusy()
{
    if (connectTo(other, m_world.databaseFile()))
        QSqlQuery(QSqlDatabase::database(other)).exec(u"BEGIN IMMEDIATE"_s);
}

void Scene::loseDatabase(bool restore)
{
    const QString file = m_world.databaseFile();
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(file + suffix);
    if (restore)
        QFile::copy(yesterday(), file);
}

/// Of the keys that the change brings.
QString Scene::newEntry() const
{
    if (m_kind == Kind::RollBack)
        return m_versionToGoBackTo;
    const QStringList names = m_world.keychain.names();
    for (const QString &name : names) {
        if (isVersion(name) && !m_entriesBefore.contains(name))
            return name;
    }
    return {};
}

int Scene::attempts(ChangePhase phase) const
{
    return static_cast<int>(m_phases.count(phase));
}

InstanceAddress Scene::address() const
{
    return m_stack->address(m_instance);
}

HeaderKeys Scene::typedKeys() const
{
    HeaderKeys keys;
    for (const QString &header : m_headers)
        keys.push_back({header, Secret(keyAfter())});
    return keys;
}

QByteArray Scene::keyAfter() const
{
    switch (m_kind) {
    case Kind::Create:
    case Kind::Replace:
    case Kind::ReplaceUnknown:
        return NewKey;
    case Kind::Delete:
        return {};
    case Kind::RollBack:
        return OldKey;
    }
    Q_UNREACHABLE();
}

QString Scene::credentialId() const
{
    return m_world.credentialId(m_instance);
}

QByteArray Scene::key() const
{
    const auto keys =
        const_cast<DemoService &>(m_world.service).organization().keys(m_world.instanceId(m_instance));
    return keys.isEmpty() ? QByteArray() : keys.constBegin().value();
}

bool Scene::keychainHas(const QByteArray &key)
{
    const QStringList names = m_world.keychain.names();
    for (const QString &name : names) {
        const auto entry = await(m_world.keychain.read(name));
        if (entry && entry->ok() &&
            entry->value().reveal().toByteArray().contains('"' + key.toBase64() + '"'))
            return true;
    }
    return false;
}

bool Scene::keychainKnowsRows()
{
    const auto entry = await(m_world.keychain.read(u"history-head"_s));
    return entry && entry->ok() && !entry->value().reveal().toByteArray().startsWith("0 ");
}

bool Scene::isKept(const QByteArray &key)
{
    const InstanceAddress where = address();
    const auto versions = await(m_stack->keyVersionStore.of(where.origin, where.instanceId));
    if (!versions || !versions->ok())
        return false;
    for (const KeyVersion &version : std::as_const(versions->value())) {
        const auto keys = await(m_stack->vault.keys(version.id, where));
        if (keys && keys->ok() && !keys->value().empty() && keys->value().front().key.equals(Secret(key)))
            return true;
    }
    return false;
}

QString Scene::value(const QString &statement) const
{
    QString found;
    if (connectTo(u"look"_s, m_world.databaseFile())) {
        QSqlQuery query(QSqlDatabase::database(u"look"_s));
        if (query.exec(statement) && query.next())
            found = query.value(0).toString();
    }
    disconnectFrom(u"look"_s);
    return found;
}

} // namespace latchkey::test
