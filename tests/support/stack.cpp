// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stack.h"

#include "tests/support/await.h"

#include <chrono>

namespace latchkey::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

DemoService::Options serviceOptions(int instances)
{
    DemoService::Options options;
    options.token = World::token;
    options.instances = instances;
    return options;
}

TransportLimits shortWaits()
{
    TransportLimits limits;
    limits.timeout = 3s;
    limits.readAttempts = 3;
    limits.backoffFirst = 5ms;
    limits.backoffMost = 50ms;
    return limits;
}

QCoro::Task<bool> allIdle(Stack *stack)
{
    co_await stack->planRunner.idle();
    co_await stack->planMaker.idle();
    co_await stack->bulk.idle();
    co_await stack->retention.idle();
    co_await stack->recovery.idle();
    co_await stack->carrying.idle();
    co_await stack->adoption.idle();
    co_await stack->handover.idle();
    co_await stack->expiryLabels.idle();
    co_await stack->changes.idle();
    stack->watch.stop();
    co_await stack->watch.idle();
    co_await stack->expiryOfChanges.idle();
    co_await stack->oldKeys.idle();
    co_await stack->history.idle();
    co_await stack->inventory.idle();
    co_await stack->protection.idle();
    co_await stack->expiryRecords.idle();
    co_await stack->attentionMarks.idle();
    co_await stack->profiles.idle();
    co_await stack->clients.idle();
    co_await stack->vault.idle();
    co_await stack->preferences.idle();
    co_return true;
}

bool check(std::optional<Done> done, const char *what)
{
    if (!done)
        return false;
    if (!*done) {
        const QString text = QString::fromLatin1(what) + u": "_s + done->problem().toText();
        QTest::qFail(qPrintable(text), __FILE__, __LINE__);
    }
    return done->ok();
}

} // namespace

World::World(int instances)
    : service(serviceOptions(instances), clock)
    , limits(shortWaits())
{
    check(service.listen(), "the demo service listens");
}

Endpoint World::endpoint() const
{
    Endpoint endpoint;
    endpoint.baseUrl = service.baseUrl();
    return endpoint;
}

QString World::instanceId(const QString &name) const
{
    const auto instance = const_cast<DemoService &>(service).organization().instanceByName(name);
    return instance ? instance->value("id"_L1).toString() : QString();
}

QString World::credentialId(const QString &name) const
{
    const auto credential = const_cast<DemoService &>(service).organization().credential(instanceId(name));
    return credential ? credential->value("id"_L1).toString() : QString();
}

QByteArray World::keyAt(const QString &name, const QString &header) const
{
    return const_cast<DemoService &>(service).organization().keys(instanceId(name)).value(header);
}

QString World::credentialPath(const QString &name) const
{
    return u"/integration-instances/%1/auth-credential"_s.arg(instanceId(name));
}

int World::copies(const QByteArray &method, const QString &name) const
{
    return service.copies(method, credentialPath(name));
}

void World::addFault(const QByteArray &method, const QString &path, DemoFault::Action action, int nth,
                     int status, const QByteArray &retryAfter)
{
    DemoFault fault;
    fault.method = method;
    fault.path = path;
    fault.action = action;
    fault.nth = nth;
    fault.status = status;
    fault.retryAfter = retryAfter;
    faults.append(fault);
    service.setFaults(faults);
}

Stack::Stack(World &around)
    : world(around)
    , database(world.databaseFile(), world.patience)
    , profileStore(database)
    , protectionStore(database)
    , expiryStore(database)
    , attentionStore(database)
    , snapshotStore(database)
    , keyVersionStore(database)
    , journal(database)
    , historyStore(database)
    , revokedKeyStore(database)
    , settings(database)
    , preferences(settings)
    , splitKeychain(world.keychain)
    , vault(keyVersionStore, splitKeychain, memory, redactor, world.clock)
    , clients(vault, redactor, world.clock, world.limits)
    , profiles(profileStore, snapshotStore, vault, clients)
    , protection(protectionStore)
    , expiryRecords(expiryStore)
    , attentionMarks(attentionStore)
    , inventory(profiles, clients, snapshotStore, vault, protection, expiryRecords, attentionMarks,
                world.clock)
    , changeLock(world.dir.filePath(u"change.lock"_s))
    , history(historyStore, journal, splitKeychain, world.clock, u"history-head"_s)
    , watch(profiles, inventory, clients, journal, history, changeLock, world.clock)
    , changes(profiles, inventory, protection, clients, vault, journal, history, changeLock, watch,
              world.clock)
    , bulk(changes, journal, changeLock)
    , recovery(profiles, inventory, clients, vault, journal, history, changeLock, changes, world.clock)
    , adoption(profiles, inventory, clients, vault, journal, history, changes, world.clock)
    , carrying(profiles, inventory, vault, adoption, LeastKdfCost)
    , handover(profiles, inventory, vault, changes)
    , planMaker(profiles, inventory, vault, changes, world.clock)
    , planRunner(planMaker, bulk, adoption, vault, expiryRecords, protection, changeLock, world.clock)
    , expiryLabels(profiles, inventory, clients, changes)
    , expiryOfChanges(changes, adoption, expiryRecords, world.clock)
    , oldKeys(journal, vault, revokedKeyStore, attentionMarks, changes, recovery, world.clock)
    , retention(vault, settings, changeLock)
{
}

Stack::~Stack()
{
    close();
}

void Stack::close()
{
    inventory.cancelRefresh();
    (void)await(allIdle(this));
}

bool Stack::open()
{
    return check(await(database.open()), "the database opens") &&
           check(await(vault.load()), "the vault loads") &&
           check(await(profiles.load()), "the profiles load") &&
           check(await(protection.load()), "what is protected loads") &&
           check(await(expiryRecords.load()), "what is recorded loads") &&
           check(await(attentionMarks.load()), "what is known loads") &&
           check(await(inventory.loadSnapshot()), "the snapshot loads");
}

bool Stack::addProfile(bool production)
{
    Profile profile;
    profile.name = u"Test organization"_s;
    profile.endpoints = {world.endpoint()};
    profile.production = production;
    const std::optional<Outcome<Profile>> saved = await(profiles.save(profile, Secret(World::token), false));
    if (saved && !*saved)
        QTest::qFail(qPrintable(saved->problem().toText()), __FILE__, __LINE__);
    return saved && saved->ok();
}

bool Stack::start(bool production)
{
    return open() && addProfile(production) && check(await(inventory.refresh()), "the refresh");
}

Profile Stack::profile() const
{
    return profiles.all().isEmpty() ? Profile() : profiles.all().constFirst();
}

InstanceAddress Stack::address(const QString &name) const
{
    InstanceAddress address;
    address.profileId = profile().id;
    address.origin = world.endpoint().origin();
    address.instanceId = world.instanceId(name);
    return address;
}

InstanceRecord Stack::record(const QString &name) const
{
    return inventory.find(address(name)).value_or(InstanceRecord());
}

ChangeRequest Stack::request(ChangeKind kind, const QString &name, const QByteArray &key) const
{
    ChangeRequest request;
    request.kind = kind;
    request.address = address(name);
    if (kind != ChangeKind::Create)
        request.expectedCredentialId = world.credentialId(name);
    if (kind == ChangeKind::Delete)
        return request;
    for (const HeaderDefinition &header : record(name).authorization.headers)
        request.credential.headers.push_back({header.name, Secret(key)});
    return request;
}

std::optional<Outcome<Change>> Stack::run(ChangeRequest request)
{
    return await(changes.run(std::move(request)));
}

} // namespace latchkey::test
