// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QJsonObject>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Staging = u"datadog-staging"_s;       // multi-key, keys known to the demo, not to the stack
const QString Sandbox = u"swaggerhub-sandbox"_s;    // multi-key, no credential
const QString AwsSandbox = u"aws-sandbox"_s;        // role, no credential
const QString AwsFrankfurt = u"aws-eu-central-1"_s; // role, has one

QList<ChangePhase> phasesOf(Stack &stack, const QString &changeId)
{
    QList<ChangePhase> phases;
    const auto entries = await(stack.journal.phases(changeId));
    if (entries && *entries) {
        for (const ChangePhaseEntry &entry : entries->value())
            phases.append(entry.phase);
    }
    return phases;
}

/// Entries that hold keys or tokens, not those with fixed names.
QStringList keptSecrets(const World &world)
{
    QStringList names = world.keychain.names();
    for (const QString &fixed : {u"fingerprint-key"_s, u"history-key"_s, u"history-head"_s})
        names.removeAll(fixed);
    return names;
}

/// The journal refuses to note `phase` from now on, as on a full disk.
bool refusePhase(Stack &stack, const QString &phase)
{
    const QString statement =
        u"CREATE TRIGGER refuse_%1 BEFORE INSERT ON change_phases WHEN NEW.phase = '%1' "
        "BEGIN SELECT RAISE(FAIL, 'the test refuses'); END"_s.arg(phase);
    const auto done = await(stack.database.run<void>([statement](QSqlDatabase &database) -> Done {
        QSqlQuery query(database);
        if (query.exec(statement))
            return {};
        Problem problem;
        problem.category = Problem::Category::StorageFailed;
        return problem;
    }));
    return done && done->ok();
}

} // namespace

class TstCredentialChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void createsOneCredentialAndKeepsItsKeys();
    void replacesWithOneDeleteAndOnePost();
    void deletesAndKeepsTheKeysAsPrevious();
    void createsAnAwsRoleWithoutKeys();
    void keepsNothingWhenAskedTo();
    void holdsKeysInMemoryWhenAskedTo();
    void writesEachPhaseBeforeItsStep();
    void tellsThatTheNewCredentialIsNotHealthy();
    void previewNamesTheWayBack();

    void sendsNothingWhereTheCredentialIsAnother();
    void sendsNothingWhereTheInstanceIsGone();
    void sendsNothingWhereOneIsThereAlready();
    void sendsNothingWithWrongHeaders();
    void sendsNothingWithAKeyThatIsNotText();
    void sendsNothingWhereTheHeadersWereRedefinedSinceTheRefresh();
    void needsNoCatalogOnceItHasDeleted();
    void sendsNothingWhereTheOrganizationIsInDoubt();
    void sendsNothingToProductionWithoutTheTypedName();
    void sendsNothingWhileKonnectHoldsUsBack();
    void sendsNothingWithoutTheKeychain_data();
    void sendsNothingWithoutTheKeychain();
    void sendsNothingWhereTheKeychainGivesBackSomethingElse();
    void sendsNothingWithoutAToken();
    void sendsNothingWhereTheJournalRefuses_data();
    void sendsNothingWhereTheJournalRefuses();
    void sendsNothingWhenStoppedBefore();
    void sendsNothingWhenLatchkeyClosesBefore();
    void sendsNothingWhileAnotherHoldsTheLock();
    void sendsNothingForTheSameInstanceTwiceAtOnce();

private:
    void expectNothingSent(const std::optional<Outcome<Change>> &result, Problem::Category category,
                           const QString &name);

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstCredentialChanges::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
    m_world->service.forgetReceived();
}

void TstCredentialChanges::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

void TstCredentialChanges::expectNothingSent(const std::optional<Outcome<Change>> &result,
                                             Problem::Category category, const QString &name)
{
    QVERIFY(result);
    QVERIFY2(!result->ok(), "the change was made");
    QVERIFY2(result->problem().category == category, qPrintable(result->problem().toText()));
    QVERIFY(!result->problem().caption.isEmpty());
    QCOMPARE(m_world->copies("DELETE", name), 0);
    QCOMPARE(m_world->copies("POST", name), 0);
    QVERIFY(!m_stack->record(name).changing);
    const auto unfinished = await(m_stack->changes.unfinished());
    QVERIFY(unfinished && unfinished->ok());
    QVERIFY(unfinished->value().isEmpty());
}

void TstCredentialChanges::createsOneCredentialAndKeepsItsKeys()
{
    QSignalSpy advanced(&m_stack->changes, &CredentialChanges::advanced);
    const auto result = m_stack->run(m_stack->request(ChangeKind::Create, Sandbox, "key-of-the-sandbox"));
    QVERIFY(result && result->ok());
    const Change change = result->value();
    QVERIFY2(!change.problem, change.problem ? qPrintable(change.problem->toText()) : "");
    QCOMPARE(change.phase, ChangePhase::Verified);
    QCOMPARE(m_world->copies("POST", Sandbox), 1);
    QCOMPARE(m_world->copies("DELETE", Sandbox), 0);
    QCOMPARE(change.newCredentialId, m_world->credentialId(Sandbox));
    QCOMPARE(m_world->keyAt(Sandbox, u"authorization"_s), QByteArray("key-of-the-sandbox"));
    QVERIFY(!change.gapMs);

    const InstanceRecord record = m_stack->record(Sandbox);
    QCOMPARE(record.knowledge, InstanceRecord::Knowledge::Present);
    QCOMPARE(record.credential.id, change.newCredentialId);
    QVERIFY(record.keptKeys.current);
    QVERIFY(!record.changing);
    const auto keys = await(m_stack->vault.keys(change.stagedVersion, m_stack->address(Sandbox)));
    QVERIFY(keys && keys->ok());
    QCOMPARE(keys->value().front().key.reveal(), QByteArrayView("key-of-the-sandbox"));
    QCOMPARE(phasesOf(*m_stack, change.id), (QList{ChangePhase::Prepared, ChangePhase::Creating,
                                                   ChangePhase::Created, ChangePhase::Verified}));
    QCOMPARE(advanced.size(), 4);
}

void TstCredentialChanges::replacesWithOneDeleteAndOnePost()
{
    const auto first = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "first-new-key"));
    QVERIFY(first && first->ok());
    QCOMPARE(first->value().phase, ChangePhase::Verified);
    const QString firstVersion = first->value().stagedVersion;
    const QString firstCredential = m_world->credentialId(Staging);
    m_world->service.forgetReceived();

    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "second-new-key"));
    QVERIFY(result && result->ok());
    const Change change = result->value();
    QCOMPARE(change.phase, ChangePhase::Verified);
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(m_world->copies("POST", Staging), 1);
    QCOMPARE(change.oldCredentialId, firstCredential);
    QCOMPARE(change.newCredentialId, m_world->credentialId(Staging));
    QVERIFY(change.newCredentialId != firstCredential);
    QCOMPARE(change.previousVersion, firstVersion);
    QVERIFY(change.gapMs && *change.gapMs >= 0);
    QCOMPARE(m_world->keyAt(Staging, u"DD-API-KEY"_s), QByteArray("second-new-key"));
    QCOMPARE(m_stack->vault.current(m_stack->address(Staging))->id, change.stagedVersion);
    QCOMPARE(m_stack->vault.previous(m_stack->address(Staging))->id, firstVersion);
    QCOMPARE(phasesOf(*m_stack, change.id),
             (QList{ChangePhase::Prepared, ChangePhase::Deleting, ChangePhase::Deleted, ChangePhase::Creating,
                    ChangePhase::Created, ChangePhase::Verified}));
}

void TstCredentialChanges::deletesAndKeepsTheKeysAsPrevious()
{
    const auto made = m_stack->run(m_stack->request(ChangeKind::Create, Sandbox, "soon-deleted"));
    QVERIFY(made && made->ok());
    const QString version = made->value().stagedVersion;

    const auto result = m_stack->run(m_stack->request(ChangeKind::Delete, Sandbox));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Deleted);
    QVERIFY(!result->value().problem);
    QCOMPARE(result->value().previousVersion, version);
    QCOMPARE(m_world->copies("DELETE", Sandbox), 1);
    QCOMPARE(m_world->credentialId(Sandbox), QString());
    QCOMPARE(m_stack->record(Sandbox).knowledge, InstanceRecord::Knowledge::Absent);
    QVERIFY(!m_stack->record(Sandbox).keptKeys.current);
    QVERIFY(m_stack->record(Sandbox).keptKeys.previous);
    const auto keys = await(m_stack->vault.keys(version, m_stack->address(Sandbox)));
    QVERIFY(keys && keys->ok());
}

void TstCredentialChanges::createsAnAwsRoleWithoutKeys()
{
    const QStringList before = keptSecrets(*m_world);
    ChangeRequest request = m_stack->request(ChangeKind::Create, AwsSandbox);
    request.credential.type = CredentialType::AwsRole;
    request.credential.roleArn = u"arn:aws:iam::123456789012:role/konnect"_s;
    const auto result = m_stack->run(std::move(request));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Verified);
    QVERIFY(result->value().stagedVersion.isEmpty());
    QCOMPARE(m_stack->record(AwsSandbox).credential.roleArn, u"arn:aws:iam::123456789012:role/konnect"_s);
    QCOMPARE(keptSecrets(*m_world), before);

    ChangeRequest wrong = m_stack->request(ChangeKind::Replace, AwsFrankfurt);
    wrong.credential.type = CredentialType::AwsRole;
    wrong.credential.roleArn = u"not an arn"_s;
    const auto refused = m_stack->run(std::move(wrong));
    expectNothingSent(refused, Problem::Category::InvalidInput, AwsFrankfurt);
    QVERIFY(!QTest::currentTestFailed());
    QCOMPARE(refused->problem().invalidParameters.constFirst().field, u"config.role_arn"_s);
}

void TstCredentialChanges::keepsNothingWhenAskedTo()
{
    m_world->keychain.fail(FailingSecretStore::Operation::Write, Problem::Category::KeychainUnavailable);
    ChangeRequest request = m_stack->request(ChangeKind::Create, Sandbox);
    request.keep = KeepKeys::Nowhere;
    const auto result = m_stack->run(std::move(request));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Verified);
    QVERIFY(result->value().stagedVersion.isEmpty());
    QVERIFY(!m_stack->record(Sandbox).keptKeys.current);
}

void TstCredentialChanges::holdsKeysInMemoryWhenAskedTo()
{
    m_world->keychain.fail(FailingSecretStore::Operation::Write, Problem::Category::KeychainUnavailable);
    ChangeRequest request = m_stack->request(ChangeKind::Create, Sandbox, "only-in-memory");
    request.keep = KeepKeys::InMemory;
    const auto result = m_stack->run(std::move(request));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Verified);
    QVERIFY(m_stack->record(Sandbox).keptKeys.current);
    QVERIFY(m_stack->record(Sandbox).keptKeys.inMemoryOnly);
}

void TstCredentialChanges::writesEachPhaseBeforeItsStep()
{
    QHash<ChangePhase, std::pair<int, int>> sentWhenNoted;
    connect(&m_stack->changes, &CredentialChanges::advanced, this, [&](const Change &change) {
        sentWhenNoted.insert(change.phase,
                             {m_world->copies("DELETE", Staging), m_world->copies("POST", Staging)});
    });
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    QVERIFY(result && result->ok());
    const std::pair none(0, 0);
    const std::pair deleted(1, 0);
    QCOMPARE(sentWhenNoted.value(ChangePhase::Prepared), none);
    QCOMPARE(sentWhenNoted.value(ChangePhase::Deleting), none);
    QCOMPARE(sentWhenNoted.value(ChangePhase::Creating), deleted);
}

void TstCredentialChanges::tellsThatTheNewCredentialIsNotHealthy()
{
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "demo-tainted"));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::NotHealthy);
    QVERIFY(result->value().problem);
    QVERIFY(m_stack->record(Staging).credential.tainted.value_or(false));
}

void TstCredentialChanges::previewNamesTheWayBack()
{
    ChangePreview preview = m_stack->changes.preview(ChangeKind::Replace, m_stack->address(Staging));
    QVERIFY(!preview.obstacle);
    QVERIFY(!preview.wayBack);
    QCOMPARE(preview.oldCredentialId, m_world->credentialId(Staging));

    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    QVERIFY(result && result->ok());
    preview = m_stack->changes.preview(ChangeKind::Replace, m_stack->address(Staging));
    QVERIFY(preview.wayBack);
    QCOMPARE(preview.wayBackSince, m_world->clock.now());

    QVERIFY(m_stack->changes.preview(ChangeKind::Create, m_stack->address(Staging)).obstacle);
    QVERIFY(m_stack->changes.preview(ChangeKind::Delete, m_stack->address(Sandbox)).obstacle);
    QVERIFY(m_stack->changes.preview(ChangeKind::Replace, m_stack->address(u"pagerduty-eu"_s)).obstacle);
    QVERIFY(!m_stack->changes.preview(ChangeKind::Delete, m_stack->address(u"pagerduty-eu"_s)).obstacle);
}

void TstCredentialChanges::sendsNothingWhereTheCredentialIsAnother()
{
    ChangeRequest request = m_stack->request(ChangeKind::Replace, Staging);
    const QString seen = request.expectedCredentialId;
    QJsonObject other = *m_world->service.organization().credential(m_world->instanceId(Staging));
    other.insert(u"id"_s, m_world->service.organization().newId());
    m_world->service.organization().putCredential(m_world->instanceId(Staging), other);
    const auto result = m_stack->run(std::move(request));
    expectNothingSent(result, Problem::Category::Refused, Staging);
    QVERIFY(!QTest::currentTestFailed());
    QVERIFY(result->problem().toText().contains(seen));
    QVERIFY(result->problem().toText().contains(m_world->credentialId(Staging)));
    QCOMPARE(m_stack->record(Staging).credential.id, m_world->credentialId(Staging));
    QVERIFY(!m_stack->vault.current(m_stack->address(Staging)));
}

void TstCredentialChanges::sendsNothingWhereTheInstanceIsGone()
{
    ChangeRequest request = m_stack->request(ChangeKind::Replace, Staging);
    const QString path = m_world->credentialPath(Staging);
    const InstanceAddress gone = request.address;
    m_world->service.organization().removeInstance(m_world->instanceId(Staging));
    const auto result = m_stack->run(std::move(request));
    QVERIFY(result && !result->ok());
    QCOMPARE(result->problem().category, Problem::Category::NotFound);
    QVERIFY(result->problem().caption.contains(u"Datadog staging"_s));
    QCOMPARE(m_world->service.copies("DELETE", path), 0);
    QCOMPARE(m_world->service.copies("POST", path), 0);
    QVERIFY(!m_stack->inventory.find(gone));
}

void TstCredentialChanges::sendsNothingWhereOneIsThereAlready()
{
    ChangeRequest request = m_stack->request(ChangeKind::Create, Staging);
    const auto result = m_stack->run(std::move(request));
    expectNothingSent(result, Problem::Category::Conflict, Staging);
}

void TstCredentialChanges::sendsNothingWithWrongHeaders()
{
    ChangeRequest request = m_stack->request(ChangeKind::Replace, Staging);
    request.credential.headers[1].name = u"X-Unknown"_s;
    const auto result = m_stack->run(std::move(request));
    expectNothingSent(result, Problem::Category::InvalidInput, Staging);
    QVERIFY(!QTest::currentTestFailed());
    QStringList fields;
    for (const InvalidParameter &parameter : result->problem().invalidParameters)
        fields.append(parameter.field);
    QVERIFY2(fields.contains(u"config.headers[1].name"_s), qPrintable(fields.join(u' ')));
}

void TstCredentialChanges::sendsNothingWithAKeyThatIsNotText()
{
    ChangeRequest request = m_stack->request(ChangeKind::Replace, Staging);
    request.credential.headers[0].key = Secret("ab\xfc"
                                               "cdefgh");
    const auto result = m_stack->run(std::move(request));
    expectNothingSent(result, Problem::Category::InvalidInput, Staging);
    QVERIFY(!QTest::currentTestFailed());
    QCOMPARE(result->problem().invalidParameters.value(0).field, u"config.headers[0].key"_s);
}

void TstCredentialChanges::sendsNothingWhereTheHeadersWereRedefinedSinceTheRefresh()
{
    DemoFault fault;
    fault.method = "GET";
    fault.path = u"/integrations"_s;
    fault.action = DemoFault::Action::Body;
    fault.status = 200;
    fault.body =
        R"({"meta":{"page":{"number":1,"size":100,"total":1}},"data":[{"name":"datadog","display_name":"Datadog",
        "built_in":false,"authorization":{"type":"multi_key_auth","config":{"headers":[{"name":"DD-NEW-KEY"}]}}}]})";
    m_world->service.setFaults({fault});
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    expectNothingSent(result, Problem::Category::InvalidInput, Staging);
}

void TstCredentialChanges::needsNoCatalogOnceItHasDeleted()
{
    // The catalog is down. What the refresh knows of the headers must do, and nothing more hangs on it.
    m_world->addFault("GET", u"/integrations"_s, DemoFault::Action::Status, 0, 503);
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Verified);
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(m_world->copies("POST", Staging), 1);
}

void TstCredentialChanges::sendsNothingWhereTheOrganizationIsInDoubt()
{
    const auto doubted = await(m_stack->profiles.doubtOrganization(m_stack->profile().id));
    QVERIFY(doubted && doubted->ok());
    QVERIFY(m_stack->changes.preview(ChangeKind::Replace, m_stack->address(Staging)).obstacle);
    expectNothingSent(m_stack->run(m_stack->request(ChangeKind::Replace, Staging)),
                      Problem::Category::NeedsDecision, Staging);
    QVERIFY(await(m_stack->profiles.answerOrganizationQuestion(m_stack->profile().id, true))->ok());
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    QVERIFY(result && result->ok());
}

void TstCredentialChanges::sendsNothingToProductionWithoutTheTypedName()
{
    Profile profile = m_stack->profile();
    profile.production = true;
    QVERIFY(await(m_stack->profiles.save(profile, Secret(), false))->ok());
    expectNothingSent(m_stack->run(m_stack->request(ChangeKind::Replace, Staging)),
                      Problem::Category::NeedsDecision, Staging);
    ChangeRequest other = m_stack->request(ChangeKind::Delete, Staging);
    other.typedName = u"datadog-eu-production"_s;
    expectNothingSent(m_stack->run(std::move(other)), Problem::Category::NeedsDecision, Staging);
    ChangeRequest named = m_stack->request(ChangeKind::Delete, Staging);
    named.typedName = Staging;
    const auto result = m_stack->run(std::move(named));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Deleted);
}

void TstCredentialChanges::sendsNothingWhileKonnectHoldsUsBack()
{
    // The last GET before the DELETE succeeds, and another request is told to wait.
    m_world->addFault("GET", u"/integration-instances/%1"_s.arg(m_world->instanceId(Sandbox)),
                      DemoFault::Action::Status, 1, 429, "30");
    QCoro::Task<Outcome<InstanceRecord>> held = m_stack->inventory.refreshOne(m_stack->address(Sandbox));
    QSignalSpy waiting(&m_stack->clients, &KonnectClients::waiting);
    QTRY_VERIFY(!waiting.isEmpty());
    expectNothingSent(m_stack->run(m_stack->request(ChangeKind::Replace, Staging)),
                      Problem::Category::RateLimited, Staging);
}

void TstCredentialChanges::sendsNothingWithoutTheKeychain_data()
{
    QTest::addColumn<Problem::Category>("category");
    QTest::newRow("none") << Problem::Category::KeychainUnavailable;
    QTest::newRow("locked") << Problem::Category::KeychainLocked;
    QTest::newRow("refused") << Problem::Category::KeychainRefused;
    QTest::newRow("hung") << Problem::Category::KeychainHung;
}

void TstCredentialChanges::sendsNothingWithoutTheKeychain()
{
    QFETCH(Problem::Category, category);
    m_world->keychain.fail(FailingSecretStore::Operation::Write, category);
    expectNothingSent(m_stack->run(m_stack->request(ChangeKind::Replace, Staging)), category, Staging);
    m_world->keychain.recover();
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    QVERIFY(result && result->ok());
}

void TstCredentialChanges::sendsNothingWhereTheKeychainGivesBackSomethingElse()
{
    m_world->keychain.setCorrupting(true);
    expectNothingSent(m_stack->run(m_stack->request(ChangeKind::Replace, Staging)),
                      Problem::Category::KeychainFailed, Staging);
}

void TstCredentialChanges::sendsNothingWithoutAToken()
{
    m_stack.reset();
    m_world->keychain.failAll(Problem::Category::KeychainLocked);
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    m_world->service.forgetReceived();
    expectNothingSent(m_stack->run(m_stack->request(ChangeKind::Replace, Staging)),
                      Problem::Category::KeychainLocked, Staging);
    QVERIFY(m_world->service.received().isEmpty());
}

void TstCredentialChanges::sendsNothingWhereTheJournalRefuses_data()
{
    QTest::addColumn<QString>("phase");
    QTest::newRow("prepared") << u"prepared"_s;
    QTest::newRow("deleting") << u"deleting"_s;
}

void TstCredentialChanges::sendsNothingWhereTheJournalRefuses()
{
    QFETCH(QString, phase);
    QVERIFY(refusePhase(*m_stack, phase));
    const QStringList before = keptSecrets(*m_world);
    expectNothingSent(m_stack->run(m_stack->request(ChangeKind::Replace, Staging)),
                      Problem::Category::StorageFailed, Staging);
    // Of the keys that were staged nothing is left behind.
    QCOMPARE(keptSecrets(*m_world), before);
}

void TstCredentialChanges::sendsNothingWhenStoppedBefore()
{
    std::stop_source stop;
    connect(&m_stack->changes, &CredentialChanges::advanced, this, [&stop](const Change &change) {
        if (change.phase == ChangePhase::Prepared)
            stop.request_stop();
    });
    const auto result =
        await(m_stack->changes.run(m_stack->request(ChangeKind::Replace, Staging), stop.get_token()));
    expectNothingSent(result, Problem::Category::Canceled, Staging);
}

void TstCredentialChanges::sendsNothingWhenLatchkeyClosesBefore()
{
    connect(&m_stack->changes, &CredentialChanges::advanced, this, [this](const Change &change) {
        if (change.phase == ChangePhase::Prepared)
            m_stack->changes.stopPreparing();
    });
    const auto result = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    expectNothingSent(result, Problem::Category::Canceled, Staging);
    disconnect(&m_stack->changes, nullptr, this, nullptr);
    // It stops what is under way, not what comes after.
    const auto again = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    QVERIFY(again && again->ok());
    QCOMPARE(again->value().phase, ChangePhase::Verified);
}

void TstCredentialChanges::sendsNothingWhileAnotherHoldsTheLock()
{
    Stack other(*m_world);
    QVERIFY(other.open());
    QCoro::Task<Outcome<Change>> first = m_stack->changes.run(m_stack->request(ChangeKind::Replace, Staging));
    const auto refused = other.run(other.request(ChangeKind::Create, Sandbox));
    expectNothingSent(refused, Problem::Category::InUse, Sandbox);
    const auto result = await(std::move(first));
    QVERIFY(result && result->ok());
    QCOMPARE(result->value().phase, ChangePhase::Verified);
}

void TstCredentialChanges::sendsNothingForTheSameInstanceTwiceAtOnce()
{
    QCoro::Task<Outcome<Change>> first = m_stack->changes.run(m_stack->request(ChangeKind::Replace, Staging));
    const auto second = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    QVERIFY(second && !second->ok());
    QCOMPARE(second->problem().category, Problem::Category::InUse);
    const auto result = await(std::move(first));
    QVERIFY(result && result->ok());
    QCOMPARE(m_world->copies("DELETE", Staging), 1);
    QCOMPARE(m_world->copies("POST", Staging), 1);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstCredentialChanges)
#include "tst_credentialchanges.moc"
