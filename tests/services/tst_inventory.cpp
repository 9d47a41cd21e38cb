// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/health.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s;

} // namespace

class TstInventory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryInstanceAndItsCredential();
    void asksNoCredentialOfBuiltInIntegrations();
    void showsTheSnapshotBeforeAnyRequest();
    void keepsTheLastGoodValueWhereOneReadFails();
    void keepsTheLastExpiryWhereAReadFailsAndAgesIt();
    void keepsEverythingWhereTheListFails();
    void knowsEachEndpointAlsoBeforeItIsRead();
    void authorizedIsNotKnownAfterAChange();
    void stillListsWhereTheCatalogFails();
    void removesInstancesThatAreGone();
    void removesNothingOnACanceledOrBrokenList();
    void removesEverythingWhereTheTokenIsTheSame();
    void keepsWhatADoubtfulTokenSeesApart();
    void asksWhetherItIsAnotherOrganization();
    void forgetsTheOldOneWhenItIsAnother();
    void doubtsNoMoreWhereAKnownInstanceIsSeenAgain();
    void keepsTheDoubtOfAPassingTokenToItself();
    void letsNothingThatTheTokenItselfReadVouchForIt();
    void takesNothingOfADoubtfulTokenOneByOne();
    void keepsKeysOnlyForTheCredentialTheyWereKeptFor();
    void seesKeysThatAnotherLatchkeyKept();
    void removesNothingWhereItemsHaveNoId();
    void removesNothingWhereTheListDoesNotAddUp();
    void joinsARunningRefresh();
    void endsQuicklyWhenCanceled();
    void dropsAnswersThatAChangeHasOvertaken();
    void refreshOneRemovesAnInstanceThatIsGone();
    void dropsARefreshWhoseProfileGotAnotherUrl();
    void followsItsProfiles();
    void tellsThatTheTokenIsMissing();
    void asksALockedKeychainOnceForAllEndpoints();
    void announcesInBatches();
    void readsTwoThousandInstances();

private:
    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;

    [[nodiscard]] bool begin(int instances = 40);
    void restart();
    [[nodiscard]] bool refresh();
    /// Enters a token anew. The service takes only one; whose instances it shows is the test's to say.
    [[nodiscard]] bool changeToken();
    [[nodiscard]] bool answer(bool sameOrganization);
    /// From now on the service has so many instances, and none of those that it had.
    QList<QJsonObject> replaceOrganization(int theirs);
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] QString credentialPath(const QString &name) const { return m_world->credentialPath(name); }

private Q_SLOTS:
    void cleanup();
};

bool TstInventory::begin(int instances)
{
    m_world = std::make_unique<World>(instances);
    m_stack = std::make_unique<Stack>(*m_world);
    return m_stack->open() && m_stack->addProfile();
}

void TstInventory::restart()
{
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
}

bool TstInventory::refresh()
{
    const std::optional<Done> done = await(m_stack->inventory.refresh());
    return done && done->ok();
}

bool TstInventory::changeToken()
{
    const auto saved = await(m_stack->profiles.save(m_stack->profile(), Secret(World::token), false));
    return saved && saved->ok();
}

bool TstInventory::answer(bool sameOrganization)
{
    const std::optional<Done> answered =
        await(m_stack->profiles.answerOrganizationQuestion(m_stack->profile().id, sameOrganization));
    return answered && answered->ok();
}

QList<QJsonObject> TstInventory::replaceOrganization(int theirs)
{
    DemoOrganization &organization = m_world->service.organization();
    const QList<QJsonObject> before = organization.instances();
    for (const QJsonObject &instance : before)
        organization.removeInstance(instance.value(u"id"_s).toString());
    for (int i = 0; i < theirs; ++i) {
        QJsonObject instance = before.constFirst();
        instance.insert(u"id"_s, organization.newId());
        instance.insert(u"name"_s, u"theirs-%1"_s.arg(i));
        organization.putInstance(instance);
    }
    return before;
}

QStringList TstInventory::names() const
{
    QStringList names;
    for (const InstanceRecord &record : m_stack->inventory.records())
        names.append(record.instance.name);
    names.sort();
    return names;
}

void TstInventory::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

void TstInventory::readsEveryInstanceAndItsCredential()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    QCOMPARE(m_stack->inventory.records().size(), 40);
    QCOMPARE(m_stack->inventory.integrations(m_stack->profile().id, m_world->endpoint().origin()).size(), 15);
    for (const InstanceRecord &record : m_stack->inventory.records()) {
        QVERIFY2(!record.lastProblem, qPrintable(record.instance.name));
        const QString atService = m_world->credentialId(record.instance.name);
        if (record.builtIn)
            continue;
        QCOMPARE(record.knowledge, atService.isEmpty() ? InstanceRecord::Knowledge::Absent
                                                       : InstanceRecord::Knowledge::Present);
        QCOMPARE(record.credential.id, atService);
        QCOMPARE(record.checkedAt, m_world->clock.now());
        QCOMPARE(record.profileName, u"Test organization"_s);
    }
    const RefreshProgress progress = m_stack->inventory.progress();
    QVERIFY(!progress.running);
    QCOMPARE(progress.done, progress.total);
    QCOMPARE(progress.total, 37);
    QCOMPARE(m_stack->inventory.endpoints().size(), 1);
    QVERIFY(!m_stack->inventory.endpoints().constFirst().problem);
}

void TstInventory::asksNoCredentialOfBuiltInIntegrations()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const InstanceRecord record = m_stack->record(u"gateway-manager"_s);
    QVERIFY(record.builtIn);
    QCOMPARE(m_world->copies("GET", u"gateway-manager"_s), 0);
    QCOMPARE(assess(record, m_world->clock.now()).worst, HealthState::NotNeeded);
}

void TstInventory::showsTheSnapshotBeforeAnyRequest()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const QList<InstanceRecord> before = m_stack->inventory.records();
    restart();
    m_world->service.forgetReceived();
    QVERIFY(m_stack->open());
    QVERIFY(m_world->service.received().isEmpty());
    QCOMPARE(m_stack->inventory.records(), before);
    QCOMPARE(m_stack->inventory.integrations(m_stack->profile().id, m_world->endpoint().origin()).size(), 15);
    QCOMPARE(m_stack->inventory.endpoints().size(), 1);
}

void TstInventory::keepsTheLastGoodValueWhereOneReadFails()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const InstanceRecord before = m_stack->record(Staging);
    m_world->clock.advance(3600);
    m_world->addFault("GET", credentialPath(Staging), DemoFault::Action::Status, 0, 500);
    QVERIFY(refresh());
    const InstanceRecord after = m_stack->record(Staging);
    QVERIFY(after.lastProblem);
    const FailedReads failed = m_stack->inventory.failedReads();
    QCOMPARE(failed.count, 1);
    QCOMPARE(failed.problem, *after.lastProblem);
    QCOMPARE(failed.oldestValue, before.checkedAt);
    QVERIFY(failed.sameForAll);
    QCOMPARE(after.credential, before.credential);
    QCOMPARE(after.checkedAt, before.checkedAt);
    QVERIFY(!m_stack->record(u"datadog-eu-production"_s).lastProblem);
    QCOMPARE(m_stack->record(u"datadog-eu-production"_s).checkedAt, m_world->clock.now());

    m_world->faults.clear();
    m_world->service.setFaults({});
    QVERIFY(refresh());
    QVERIFY(!m_stack->record(Staging).lastProblem);
    QCOMPARE(m_stack->inventory.failedReads(), FailedReads());
    QCOMPARE(m_stack->record(Staging).checkedAt, m_world->clock.now());
}

void TstInventory::keepsTheLastExpiryWhereAReadFailsAndAgesIt()
{
    QVERIFY(begin());
    DemoOrganization &organization = m_world->service.organization();
    const QString id = m_world->instanceId(Staging);
    QJsonObject credential = *organization.credential(id);
    const QDateTime end = m_world->clock.now().addDays(10);
    credential.insert(u"expires_at"_s, end.toString(Qt::ISODate));
    organization.putCredential(id, credential);
    QVERIFY(refresh());
    const auto health = [this] { return assess(m_stack->record(Staging), m_world->clock.now()); };
    QCOMPARE(health().worst, HealthState::ExpiringLater);
    const QDateTime checkedAt = m_stack->record(Staging).checkedAt;

    m_world->addFault("GET", credentialPath(Staging), DemoFault::Action::Status, 0, 401);
    for (const HealthState expected : {HealthState::ExpiringSoon, HealthState::Expired}) {
        m_world->clock.advance(6LL * 24 * 60 * 60);
        QVERIFY(refresh());
        const InstanceRecord record = m_stack->record(Staging);
        QCOMPARE(record.credential.expiresAt.utc, end);
        QCOMPARE(record.checkedAt, checkedAt); // Its age is that of the last good answer.
        QVERIFY(record.lastProblem);
        QCOMPARE(health().worst, expected);
        QVERIFY(!health().has(HealthState::NoCredential));
    }
    // After a restart too, before anybody is asked.
    restart();
    QVERIFY(m_stack->open());
    QCOMPARE(m_stack->record(Staging).checkedAt, checkedAt);
    QCOMPARE(health().worst, HealthState::Expired);
}

void TstInventory::keepsEverythingWhereTheListFails()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const QDateTime listedAt = m_stack->inventory.endpoints().constFirst().listedAt;
    m_world->clock.advance(3600);
    m_world->addFault("GET", u"/integration-instances"_s, DemoFault::Action::Status, 0, 401);
    QVERIFY(refresh());
    QCOMPARE(m_stack->inventory.records().size(), 40);
    const EndpointState state = m_stack->inventory.endpoints().constFirst();
    QVERIFY(state.problem);
    QCOMPARE(state.problem->category, Problem::Category::Unauthorized);
    QCOMPARE(state.listedAt, listedAt);
    QVERIFY(m_stack->record(Staging).lastProblem);
    QVERIFY(!m_stack->profile().organizationInDoubt);
    // It is the geo that failed, which is told of the geo.
    QCOMPARE(m_stack->inventory.failedReads().count, 0);
    // When it is listed again, nothing is left of that, built-in instances included.
    m_world->service.setFaults({});
    QVERIFY(refresh());
    for (const InstanceRecord &record : m_stack->inventory.records())
        QVERIFY2(!record.lastProblem, qPrintable(record.instance.name));
}

void TstInventory::knowsEachEndpointAlsoBeforeItIsRead()
{
    QVERIFY(begin());
    const EndpointState state = m_stack->inventory.endpoints().value(0);
    QCOMPARE(state.profileId, m_stack->profile().id);
    QCOMPARE(state.origin, m_world->endpoint().origin());
    QVERIFY(!state.listedAt.isValid());
    QVERIFY(!state.problem);
}

void TstInventory::authorizedIsNotKnownAfterAChange()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const InstanceAddress address = m_stack->address(Staging);
    QCOMPARE(m_stack->record(Staging).instance.authorized, std::optional<bool>(true));
    // The same credential again changes nothing.
    m_stack->inventory.setCredential(address, m_stack->record(Staging).credential);
    QVERIFY(m_stack->record(Staging).instance.authorized.has_value());
    m_stack->inventory.setCredential(address, std::nullopt);
    QVERIFY(!m_stack->record(Staging).instance.authorized.has_value());
    m_world->service.organization().removeCredential(address.instanceId);
    QVERIFY(await(m_stack->inventory.refreshOne(address)));
    QCOMPARE(m_stack->record(Staging).instance.authorized, std::optional<bool>(false));
}

void TstInventory::stillListsWhereTheCatalogFails()
{
    QVERIFY(begin());
    m_world->addFault("GET", u"/integrations"_s, DemoFault::Action::Status, 0, 403);
    QVERIFY(refresh());
    QCOMPARE(m_stack->inventory.records().size(), 40);
    QCOMPARE(m_stack->record(Staging).authorization.strategy, Authorization::Strategy::NotRead);
    QCOMPARE(m_stack->record(Staging).knowledge, InstanceRecord::Knowledge::Present);
}

void TstInventory::removesInstancesThatAreGone()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const InstanceAddress gone = m_stack->address(Staging);
    QSignalSpy removed(&m_stack->inventory, &Inventory::recordsRemoved);
    m_world->service.organization().removeInstance(gone.instanceId);
    QVERIFY(refresh());
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed.constFirst().constFirst().value<QList<InstanceAddress>>(), QList{gone});
    QVERIFY(!m_stack->inventory.find(gone));
    restart();
    QVERIFY(m_stack->open());
    QCOMPARE(m_stack->inventory.records().size(), 39);
}

void TstInventory::removesNothingOnACanceledOrBrokenList()
{
    QVERIFY(begin(250));
    QVERIFY(refresh());
    QCOMPARE(m_stack->inventory.records().size(), 250);
    m_world->addFault("GET", u"/integration-instances?*number*2*"_s, DemoFault::Action::Status, 0, 403);
    QVERIFY(refresh());
    QCOMPARE(m_stack->inventory.records().size(), 250);
    QVERIFY(m_stack->inventory.endpoints().constFirst().problem);
}

void TstInventory::removesEverythingWhereTheTokenIsTheSame()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    replaceOrganization(0);
    QVERIFY(refresh());
    QVERIFY(!m_stack->profile().organizationInDoubt);
    QCOMPARE(m_stack->inventory.records().size(), 0);
}

void TstInventory::keepsWhatADoubtfulTokenSeesApart()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const QStringList before = names();
    const QDateTime listedAt = m_stack->inventory.endpoints().constFirst().listedAt;
    m_world->clock.advance(3600);
    replaceOrganization(3);
    QVERIFY(changeToken());
    // However often it is asked and started anew: until it is answered, everything stays as it was.
    for (int round = 0; round < 2; ++round) {
        QVERIFY(refresh());
        QVERIFY(refresh());
        QVERIFY(m_stack->profile().organizationInDoubt);
        QCOMPARE(names(), before);
        QCOMPARE(m_stack->inventory.endpoints().constFirst().listedAt, listedAt);
        restart();
        QVERIFY(m_stack->open());
        QVERIFY(m_stack->profile().organizationInDoubt);
        QCOMPARE(names(), before);
    }
}

void TstInventory::asksWhetherItIsAnotherOrganization()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    replaceOrganization(3);
    QVERIFY(changeToken());
    QVERIFY(refresh());
    QVERIFY(refresh());
    QVERIFY(m_stack->profile().organizationInDoubt);
    QVERIFY(answer(true));
    QCOMPARE(m_stack->inventory.records().size(), 40); // Until the next list has come.
    restart();
    QVERIFY(m_stack->open());
    QVERIFY(refresh());
    QVERIFY(!m_stack->profile().organizationInDoubt);
    QCOMPARE(names(), (QStringList{u"theirs-0"_s, u"theirs-1"_s, u"theirs-2"_s}));
    restart();
    QVERIFY(m_stack->open());
    QVERIFY(refresh());
    QVERIFY(!m_stack->profile().organizationInDoubt);
    QCOMPARE(m_stack->inventory.records().size(), 3);
}

void TstInventory::forgetsTheOldOneWhenItIsAnother()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    replaceOrganization(1);
    QVERIFY(changeToken());
    QVERIFY(refresh());
    restart();
    QVERIFY(m_stack->open());
    QVERIFY(refresh());
    QVERIFY(m_stack->profile().organizationInDoubt);
    QVERIFY(answer(false));
    QCOMPARE(m_stack->inventory.records().size(), 0);
    QVERIFY(refresh());
    QVERIFY(!m_stack->profile().organizationInDoubt);
    QCOMPARE(names(), QStringList{u"theirs-0"_s});
}

void TstInventory::doubtsNoMoreWhereAKnownInstanceIsSeenAgain()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const QStringList before = names();
    const QList<QJsonObject> ours = replaceOrganization(3);
    QVERIFY(changeToken());
    QVERIFY(refresh());
    restart();
    QVERIFY(m_stack->open());
    QVERIFY(refresh());
    QVERIFY(m_stack->profile().organizationInDoubt);

    // The right token is put back. One of ours went meanwhile, theirs were never taken for ours.
    for (const QJsonObject &instance : ours.mid(1))
        m_world->service.organization().putInstance(instance);
    for (const QString &name : {u"theirs-0"_s, u"theirs-1"_s, u"theirs-2"_s})
        m_world->service.organization().removeInstance(m_world->instanceId(name));
    QVERIFY(refresh());
    QVERIFY(!m_stack->profile().organizationInDoubt);
    QCOMPARE(m_stack->inventory.records().size(), 39);
    QVERIFY(!m_stack->inventory.endpoints().constFirst().problem);
    restart();
    QVERIFY(m_stack->open());
    QVERIFY(!m_stack->profile().organizationInDoubt);
    QCOMPARE(m_stack->inventory.records().size(), 39);
}

void TstInventory::keepsTheDoubtOfAPassingTokenToItself()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const QStringList before = names();
    const QList<QJsonObject> ours = replaceOrganization(2);
    const std::optional<Done> used =
        await(m_stack->profiles.useToken(m_stack->profile().id, Secret(World::token)));
    QVERIFY(used && used->ok());
    QVERIFY(refresh());
    QVERIFY(m_stack->profile().organizationInDoubt);
    QCOMPARE(names(), before);
    restart();
    QVERIFY(m_stack->open());
    QVERIFY(!m_stack->profile().organizationInDoubt);
    replaceOrganization(0);
    for (const QJsonObject &instance : ours)
        m_world->service.organization().putInstance(instance);
    QVERIFY(refresh());
    QVERIFY(!m_stack->profile().organizationInDoubt);
    QCOMPARE(names(), before);
}

void TstInventory::letsNothingThatTheTokenItselfReadVouchForIt()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    World second(3);
    Profile profile = m_stack->profile();
    profile.endpoints.append(second.endpoint());
    QVERIFY(await(m_stack->profiles.save(profile, Secret(World::token), false))->ok());
    replaceOrganization(2);
    // The geo that could tell fails at first; the new one need not wait for it.
    m_world->addFault("GET", u"/integration-instances"_s, DemoFault::Action::Status, 0, 403);
    QVERIFY(refresh());
    QVERIFY(!m_stack->profile().organizationInDoubt);
    QCOMPARE(m_stack->inventory.records().size(), 43);
    m_world->service.setFaults({});
    QVERIFY(refresh());
    QVERIFY(m_stack->profile().organizationInDoubt);
    QCOMPARE(m_stack->inventory.records().size(), 43);
    QVERIFY(!names().contains(u"theirs-0"_s));
    // One known instance is enough: the same token sees the same organization everywhere.
    QVERIFY(answer(true));
    QVERIFY(refresh());
    replaceOrganization(1);
    QVERIFY(await(m_stack->profiles.save(m_stack->profile(), Secret(World::token), false))->ok());
    QVERIFY(refresh());
    QVERIFY(!m_stack->profile().organizationInDoubt);
    QCOMPARE(m_stack->inventory.records().size(), 4);
}

void TstInventory::takesNothingOfADoubtfulTokenOneByOne()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const InstanceAddress known = m_stack->address(Staging);
    replaceOrganization(1);
    QVERIFY(changeToken());
    // Before the list could tell, too.
    const auto unseen = await(m_stack->inventory.refreshOne(known));
    QVERIFY(unseen && !unseen->ok());
    QVERIFY(m_stack->inventory.find(known));
    QVERIFY(refresh());
    QVERIFY(await(m_stack->inventory.refreshOne(known)));
    QVERIFY(m_stack->inventory.find(known));
    const InstanceAddress theirs = m_stack->address(u"theirs-0"_s);
    const auto taken = await(m_stack->inventory.refreshOne(theirs));
    QVERIFY(taken && !taken->ok());
    QCOMPARE(taken->problem().category, Problem::Category::NeedsDecision);
    QVERIFY(!m_stack->inventory.find(theirs));
}

void TstInventory::keepsKeysOnlyForTheCredentialTheyWereKeptFor()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const auto made = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    QVERIFY(made && made->ok());
    QVERIFY(m_stack->record(Staging).keptKeys.current);
    const InstanceAddress address = m_stack->address(Staging);
    QVERIFY(m_stack->changes.preview(ChangeKind::Replace, address).wayBack);

    // A colleague replaces it in Konnect's own window.
    DemoOrganization &organization = m_world->service.organization();
    QJsonObject theirs = *organization.credential(address.instanceId);
    theirs.insert(u"id"_s, organization.newId());
    organization.putCredential(address.instanceId, theirs);
    QVERIFY(refresh());
    KeptKeys kept = m_stack->record(Staging).keptKeys;
    QVERIFY(!kept.current && kept.previous);
    QVERIFY(kept.previousSince.isValid() && !kept.currentSince.isValid());
    QVERIFY(!m_stack->changes.preview(ChangeKind::Replace, address).wayBack);
    restart();
    QVERIFY(m_stack->open());
    QVERIFY(!m_stack->record(Staging).keptKeys.current);

    // And then deletes it.
    organization.removeCredential(address.instanceId);
    QVERIFY(await(m_stack->inventory.refreshOne(address))->ok());
    kept = m_stack->record(Staging).keptKeys;
    QVERIFY(!kept.current && kept.previous);
}

void TstInventory::seesKeysThatAnotherLatchkeyKept()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    Stack other(*m_world);
    QVERIFY(other.open());
    for (const bool one : {false, true}) {
        const QString name = one ? Staging : u"datadog-eu-production"_s;
        QVERIFY(!m_stack->record(name).keptKeys.current);
        const auto made = other.run(other.request(ChangeKind::Replace, name));
        QVERIFY(made && made->ok());
        const InstanceAddress address = m_stack->address(name);
        if (one)
            QVERIFY(await(m_stack->inventory.refreshOne(address))->ok());
        else
            QVERIFY(refresh());
        QVERIFY(m_stack->record(name).keptKeys.current);
        QVERIFY(m_stack->changes.preview(ChangeKind::Replace, address).wayBack);
    }
}

void TstInventory::removesNothingWhereItemsHaveNoId()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    QJsonObject instance = *m_world->service.organization().instanceByName(Staging);
    const InstanceAddress address = m_stack->address(Staging);
    m_world->service.organization().removeInstance(address.instanceId);
    instance.remove(u"id"_s);
    m_world->service.organization().putInstance(instance);
    QVERIFY(refresh());
    QCOMPARE(m_stack->inventory.records().size(), 40);
    QVERIFY(m_stack->inventory.find(address)->lastProblem);
    const EndpointState state = m_stack->inventory.endpoints().constFirst();
    QVERIFY(!state.problem);
    QCOMPARE(state.droppedItems, 1);
    QVERIFY(state.shortfall);
    QCOMPARE(state.shortfall->caption, u"1 of 40 items had no id and could not be shown."_s);
    restart();
    QVERIFY(m_stack->open());
    QCOMPARE(m_stack->inventory.records().size(), 40);
    QVERIFY(m_stack->inventory.endpoints().constFirst().shortfall);
}

void TstInventory::removesNothingWhereTheListDoesNotAddUp()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    QVERIFY(changeToken());
    const QJsonObject item = *m_world->service.organization().instanceByName(Staging);
    const QJsonObject page{{u"number"_s, 1}, {u"size"_s, 100}, {u"total"_s, 9}};
    for (const QJsonArray &data : {QJsonArray{item}, QJsonArray{QJsonObject()}, QJsonArray()}) {
        DemoFault fault;
        fault.method = "GET";
        fault.path = u"/integration-instances"_s;
        fault.action = DemoFault::Action::Body;
        fault.status = 200;
        fault.body =
            QJsonDocument(QJsonObject{{u"data"_s, data}, {u"meta"_s, QJsonObject{{u"page"_s, page}}}})
                .toJson();
        m_world->service.setFaults({fault});
        QVERIFY(refresh());
        QCOMPARE(m_stack->inventory.records().size(), 40);
        QVERIFY(m_stack->inventory.endpoints().constFirst().shortfall);
        QVERIFY(!m_stack->profile().organizationInDoubt);
    }
    m_world->service.setFaults({});
    QVERIFY(refresh());
    QVERIFY(!m_stack->inventory.endpoints().constFirst().shortfall);
}

void TstInventory::joinsARunningRefresh()
{
    QVERIFY(begin());
    QCoro::Task<Done> first = m_stack->inventory.refresh();
    QCoro::Task<Done> second = m_stack->inventory.refresh(m_stack->profile().id);
    QVERIFY(await(std::move(first))->ok());
    QVERIFY(await(std::move(second))->ok());
    QCOMPARE(m_world->copies("GET", Staging), 1);
    const std::optional<Done> unknown = await(m_stack->inventory.refresh(u"nobody"_s));
    QVERIFY(unknown && !unknown->ok());
}

void TstInventory::endsQuicklyWhenCanceled()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    m_world->addFault("GET", u"*/auth-credential"_s, DemoFault::Action::Never, 0);
    QCoro::Task<Done> task = m_stack->inventory.refresh();
    QTRY_VERIFY(m_stack->inventory.progress().total > 0);
    QElapsedTimer timer;
    timer.start();
    m_stack->inventory.cancelRefresh();
    QVERIFY(!m_stack->inventory.progress().running);
    const std::optional<Done> done = await(std::move(task));
    QVERIFY(done && !done->ok());
    QVERIFY(done->problem().isCanceled());
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!m_stack->record(Staging).lastProblem);
    QCOMPARE(m_stack->inventory.records().size(), 40);

    m_world->faults.clear();
    m_world->service.setFaults({});
    QVERIFY(refresh());
}

void TstInventory::dropsAnswersThatAChangeHasOvertaken()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    DemoFault slow;
    slow.method = "GET";
    slow.path = credentialPath(Sandbox);
    slow.action = DemoFault::Action::Delay;
    slow.delayMs = 400;
    slow.nth = 1;
    m_world->service.setFaults({slow});
    QCoro::Task<Done> task = m_stack->inventory.refresh();
    m_world->service.forgetReceived();
    QTRY_COMPARE(m_world->copies("GET", Sandbox), 1);
    AuthCredential made;
    made.id = u"made-meanwhile"_s;
    m_stack->inventory.setCredential(m_stack->address(Sandbox), made);
    QVERIFY(await(std::move(task))->ok());
    QCOMPARE(m_stack->record(Sandbox).credential.id, u"made-meanwhile"_s);
}

void TstInventory::refreshOneRemovesAnInstanceThatIsGone()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    const InstanceAddress address = m_stack->address(Staging);
    const auto there = await(m_stack->inventory.refreshOne(address));
    QVERIFY(there && there->ok());
    QCOMPARE(there->value().credential.id, m_world->credentialId(Staging));
    m_world->service.organization().removeInstance(address.instanceId);
    const auto gone = await(m_stack->inventory.refreshOne(address));
    QVERIFY(gone && !gone->ok());
    QCOMPARE(gone->problem().category, Problem::Category::NotFound);
    QVERIFY(!m_stack->inventory.find(address));
}

void TstInventory::dropsARefreshWhoseProfileGotAnotherUrl()
{
    QVERIFY(begin());
    m_world->addFault("GET", u"*/auth-credential"_s, DemoFault::Action::Never, 0);
    QCoro::Task<Done> task = m_stack->inventory.refresh();
    QTRY_VERIFY(m_stack->inventory.progress().total > 0);
    Profile profile = m_stack->profile();
    profile.endpoints = {endpointOfUrl(u"http://127.0.0.1:1/v1"_s).value()};
    QVERIFY(await(m_stack->profiles.save(profile, Secret(World::token), false))->ok());
    const std::optional<Done> done = await(std::move(task), 1000);
    QVERIFY(done && !done->ok());
    QCOMPARE(m_stack->inventory.records().size(), 0);
}

void TstInventory::followsItsProfiles()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    Profile profile = m_stack->profile();
    profile.name = u"Renamed"_s;
    profile.production = true;
    QVERIFY(await(m_stack->profiles.save(profile, Secret(), false))->ok());
    QCOMPARE(m_stack->record(Staging).profileName, u"Renamed"_s);
    QVERIFY(m_stack->record(Staging).production);
    QVERIFY(await(m_stack->profiles.remove(profile.id))->ok());
    QCOMPARE(m_stack->inventory.records().size(), 0);
    QVERIFY(m_stack->inventory.endpoints().isEmpty());
}

void TstInventory::tellsThatTheTokenIsMissing()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    Profile profile;
    profile.name = u"Without token"_s;
    profile.endpoints = {m_world->endpoint()};
    QVERIFY(await(m_stack->profiles.save(profile, Secret(), false))->ok());
    QVERIFY(refresh());
    QCOMPARE(m_stack->inventory.endpoints().size(), 1);
    QCOMPARE(m_stack->inventory.endpoints().constFirst().problem->category, Problem::Category::Unauthorized);
    QVERIFY(m_world->service.received().isEmpty());
    QVERIFY(await(m_stack->profiles.useToken(m_stack->profile().id, Secret(World::token)))->ok());
    QVERIFY(refresh());
    QCOMPARE(m_stack->inventory.records().size(), 40);
}

void TstInventory::asksALockedKeychainOnceForAllEndpoints()
{
    QVERIFY(begin());
    Profile profile = m_stack->profile();
    Endpoint second;
    second.baseUrl = QUrl(u"http://localhost:1/v1"_s);
    profile.endpoints.append(second);
    QVERIFY(await(m_stack->profiles.save(profile, Secret(World::token), false))->ok());
    restart();
    QVERIFY(m_stack->open());
    m_world->keychain.failAll(Problem::Category::KeychainLocked);
    const int before = m_world->keychain.calls(FailingSecretStore::Operation::Read);
    QVERIFY(refresh());
    QCOMPARE(m_world->keychain.calls(FailingSecretStore::Operation::Read), before + 1);
    QCOMPARE(m_stack->inventory.endpoints().size(), 2);
    for (const EndpointState &state : m_stack->inventory.endpoints())
        QCOMPARE(state.problem->category, Problem::Category::KeychainLocked);
}

void TstInventory::announcesInBatches()
{
    QVERIFY(begin());
    QVERIFY(refresh());
    QSignalSpy changed(&m_stack->inventory, &Inventory::recordsChanged);
    QSet<InstanceAddress> announced;
    connect(&m_stack->inventory, &Inventory::recordsChanged, this,
            [&announced](const QList<InstanceRecord> &records) {
                for (const InstanceRecord &record : records)
                    announced.insert(record.address);
            });
    QElapsedTimer timer;
    timer.start();
    // Each change in a turn of the event loop of its own, as answers arrive.
    for (int round = 0; round < 20; ++round) {
        for (const InstanceRecord &record : m_stack->inventory.records()) {
            m_stack->inventory.setChanging(record.address, round % 2 == 0);
            QCoreApplication::processEvents();
        }
    }
    QTRY_COMPARE(announced.size(), 40);
    const qint64 most = timer.elapsed() / 30 + 1;
    QVERIFY2(changed.size() <= most, qPrintable(u"%1 > %2"_s.arg(changed.size()).arg(most)));
}

void TstInventory::readsTwoThousandInstances()
{
    QVERIFY(begin(2000));
    QElapsedTimer timer;
    timer.start();
    const std::optional<Done> done = await(m_stack->inventory.refresh(), 60'000);
    QVERIFY(done && done->ok());
    qInfo("2,000 instances in %lld ms", timer.elapsed());
    QCOMPARE(m_stack->inventory.records().size(), 2000);
    for (const InstanceRecord &record : m_stack->inventory.records())
        QVERIFY(record.builtIn || record.knowledge != InstanceRecord::Knowledge::NotChecked);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstInventory)
#include "tst_inventory.moc"
