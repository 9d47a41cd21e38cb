// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/configurationexport.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

using Action = PlanAction;
using Category = Problem::Category;
using State = PlanRowState;
using Wish = ConfiguredInstance::Wish;

// With a credential whose keys the stack does not know.
const QString Staging = u"datadog-staging"_s;
const QString Checkout = u"datadog-checkout"_s;
const QString Public = u"swaggerhub-public"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s; // no credential
const QString AwsSandbox = u"aws-sandbox"_s;     // role, no credential
const QString Header = u"authorization"_s;
const QString ApiKey = u"DD-API-KEY"_s;
const QString ApplicationKey = u"DD-APPLICATION-KEY"_s;
const QString Role = u"arn:aws:iam::123456789012:role/kong"_s;

KeySource variable(const QString &name)
{
    return {KeySource::Kind::Environment, name};
}

const KeySource Keychain;
const KeySource Prompt{KeySource::Kind::Prompt, {}};

} // namespace

class TstPlanRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void anExportHasNothingToDo();
    void planningSendsAndWritesNothing();
    void createsReplacesDeletesAndRecords();
    void whatIsSoIsLeftAlone();
    void changesOneKeyAndKeepsTheOther();
    void bringsBackWhatIsKept();
    void keysOfAnotherInstanceAreNeverUsed();
    void aVariableThatIsNotAllowedIsMissing();
    void aMissingKeyStopsAllBeforeAnythingIsSent();
    void recordsAndProtectsWithoutAChange();
    void aProtectedInstanceNeedsItsName();
    void adoptsWhatIsKnownToBeOfTheCredential();
    void keepsNothingWhereNothingIsToBeKept();
    void whatMovedIsRefused();
    void rowsThatNobodyTickedAreLeftOut();
    void goesOnAfterAFailure();
    void stopsAtASafePoint();
    void keepsGoing();
    void anotherEndpointIsBlocked();
    void aKeychainThatRefusesIsSaid();
    void appliesOnePlanAtATime();

private:
    [[nodiscard]] ConfiguredInstance wish(const QString &name, Wish wanted = Wish::NotSaid) const;
    [[nodiscard]] ConfiguredInstance wishKeys(const QString &name,
                                              const QList<ConfiguredHeader> &headers) const;
    [[nodiscard]] ConfigurationDocument documentOf(const QList<ConfiguredInstance> &instances) const;
    [[nodiscard]] Plan plan(const ConfigurationDocument &document, bool deletes = false);
    [[nodiscard]] ApplyRequest all(const Plan &plan) const;
    [[nodiscard]] PlanResult apply(ApplyRequest request, std::stop_token stop = {});
    [[nodiscard]] std::optional<Problem> refused(ApplyRequest request);
    void supply(const QString &name, const QString &header, const QByteArray &key,
                const QString &credential = {});
    [[nodiscard]] static QStringList statesOf(const PlanResult &result);
    [[nodiscard]] int writes() const;

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
    std::shared_ptr<PlanKeys> m_keys;
};

void TstPlanRunner::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    m_keys = std::make_shared<PlanKeys>();
    QVERIFY(m_stack->start());
    m_world->service.forgetReceived();
}

void TstPlanRunner::cleanup()
{
    m_stack.reset();
    m_world.reset();
    m_keys.reset();
}

ConfiguredInstance TstPlanRunner::wish(const QString &name, Wish wanted) const
{
    ConfiguredInstance instance;
    instance.integration = m_stack->record(name).instance.integrationName;
    instance.name = name;
    instance.wish = wanted;
    return instance;
}

ConfiguredInstance TstPlanRunner::wishKeys(const QString &name, const QList<ConfiguredHeader> &headers) const
{
    ConfiguredInstance instance = wish(name, Wish::Present);
    instance.credential.headers = headers;
    return instance;
}

ConfigurationDocument TstPlanRunner::documentOf(const QList<ConfiguredInstance> &instances) const
{
    ConfigurationDocument document;
    document.profiles << ConfiguredProfile{m_stack->profile().name, instances};
    return document;
}

Plan TstPlanRunner::plan(const ConfigurationDocument &document, bool deletes)
{
    PlanOptions options;
    options.deletes = deletes;
    const auto made = await(m_stack->planMaker.make(document, options, m_keys));
    if (made && made->ok())
        return made->value();
    QTest::qFail(made ? qPrintable(made->problem().toText()) : "no answer", __FILE__, __LINE__);
    return {};
}

ApplyRequest TstPlanRunner::all(const Plan &plan) const
{
    ApplyRequest request;
    request.plan = plan;
    for (qsizetype i = 0; i < plan.rows.size(); ++i)
        request.rows.insert(i);
    return request;
}

PlanResult TstPlanRunner::apply(ApplyRequest request, std::stop_token stop)
{
    const auto ended = await(m_stack->planRunner.apply(std::move(request), m_keys, std::move(stop)));
    if (ended && ended->ok())
        return ended->value();
    QTest::qFail(ended ? qPrintable(ended->problem().toText()) : "no answer", __FILE__, __LINE__);
    return {};
}

std::optional<Problem> TstPlanRunner::refused(ApplyRequest request)
{
    const auto ended = await(m_stack->planRunner.apply(std::move(request), m_keys));
    return ended && !ended->ok() ? std::optional(ended->problem()) : std::nullopt;
}

void TstPlanRunner::supply(const QString &name, const QString &header, const QByteArray &key,
                           const QString &credential)
{
    SuppliedKeys keys;
    keys.keys.push_back({header, Secret(key)});
    keys.credentialId = credential;
    m_keys->supply(m_stack->address(name), std::move(keys));
}

QStringList TstPlanRunner::statesOf(const PlanResult &result)
{
    QStringList states;
    for (const PlanRowResult &row : result.rows)
        states << row.row.wanted.name + u' ' + planRowStateWord(row.state);
    return states;
}

int TstPlanRunner::writes() const
{
    const QList<DemoRequest> &received = m_world->service.received();
    return static_cast<int>(std::count_if(received.cbegin(), received.cend(), [](const DemoRequest &request) {
        return request.method != "GET";
    }));
}

void TstPlanRunner::anExportHasNothingToDo()
{
    const ConfigurationExport exported =
        configurationOf(m_stack->profiles.all(), m_stack->inventory.records());
    QVERIFY(exported.document.instances() > 10);
    const Plan made = plan(exported.document, true);
    QStringList busy;
    for (const PlanRow &row : made.rows) {
        if (row.action == Action::Blocked || row.isWork())
            busy << row.wanted.name + u": "_s + planActionWord(row.action) + u' ' + row.reason;
    }
    QVERIFY2(busy.isEmpty(), qPrintable(busy.join(u'\n')));
    QVERIFY(made.isEmpty());
}

void TstPlanRunner::planningSendsAndWritesNothing()
{
    const int calls = m_world->keychain.allCalls();
    m_keys->setVariable(u"DD"_s, Secret("a-new-key-0001"));
    const Plan made = plan(documentOf({wishKeys(Public, {{Header, variable(u"DD"_s)}})}));
    QCOMPARE(made.count(Action::Replace), 1);
    QVERIFY(m_world->service.received().isEmpty());
    QCOMPARE(m_world->keychain.allCalls(), calls);
}

void TstPlanRunner::createsReplacesDeletesAndRecords()
{
    m_keys->setVariable(u"API"_s, Secret("a-new-key-0001"));
    m_keys->setVariable(u"APP"_s, Secret("a-new-key-0002"));
    supply(Sandbox, Header, "the-first-key-0001");
    ConfiguredInstance staging =
        wishKeys(Staging, {{ApiKey, variable(u"API"_s)}, {ApplicationKey, variable(u"APP"_s)}});
    staging.expiry = {QDate(2027, 3, 31), 90, u"ops"_s, {}};
    staging.isProtected = true;
    ConfiguredInstance role = wish(AwsSandbox, Wish::Present);
    role.credential.type = CredentialType::AwsRole;
    role.credential.roleArn = Role;
    const QString before = m_world->credentialId(Staging);
    const Plan made = plan(
        documentOf({staging, wish(Public, Wish::None), wishKeys(Sandbox, {{Header, Prompt}}), role}), true);
    const PlanResult result = apply(all(made));
    QVERIFY2(result.isAllDone(), qPrintable(statesOf(result).join(u' ')));
    QCOMPARE(result.runs.size(), 1);

    QVERIFY(m_world->credentialId(Public).isEmpty());
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("a-new-key-0001"));
    QCOMPARE(m_world->keyAt(Staging, ApplicationKey), QByteArray("a-new-key-0002"));
    QCOMPARE(m_world->keyAt(Sandbox, Header), QByteArray("the-first-key-0001"));
    QVERIFY(!m_world->credentialId(AwsSandbox).isEmpty());
    QVERIFY(m_world->credentialId(Staging) != before);

    const InstanceRecord record = m_stack->record(Staging);
    QVERIFY(record.isProtected);
    QVERIFY(record.keptKeys.current);
    QCOMPARE(record.expiry.credentialId, m_world->credentialId(Staging));
    QCOMPARE(record.expiry.date, QDate(2027, 3, 31));
    QCOMPARE(record.expiry.livesDays, 90);
    QCOMPARE(record.expiry.owner, u"ops"_s);
    QVERIFY(!m_stack->changeLock.isHeldHere());
}

void TstPlanRunner::whatIsSoIsLeftAlone()
{
    m_keys->setVariable(u"KEY"_s, Secret("the-first-key-0001"));
    const ConfigurationDocument document = documentOf({wishKeys(Sandbox, {{Header, variable(u"KEY"_s)}})});
    const Plan first = plan(document);
    QVERIFY(apply(all(first)).isAllDone());
    m_world->service.forgetReceived();
    // The same plan once more, as after a crash, and a new one.
    const PlanResult again = apply(all(first));
    QCOMPARE(again.rows.at(0).state, State::DoneAlready);
    const Plan second = plan(document);
    QCOMPARE(second.rows.at(0).action, Action::Keep);
    QCOMPARE(second.rows.at(0).headers.at(0).comparison, KeyComparison::Same);
    QVERIFY(second.isEmpty());
    QCOMPARE(writes(), 0);
}

void TstPlanRunner::changesOneKeyAndKeepsTheOther()
{
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-old-key-0001"))->ok());
    m_keys->setVariable(u"API"_s, Secret("a-new-key-0001"));
    const Plan made =
        plan(documentOf({wishKeys(Staging, {{ApiKey, variable(u"API"_s)}, {ApplicationKey, Keychain}})}));
    QCOMPARE(made.rows.at(0).action, Action::Replace);
    QVERIFY(made.rows.at(0).wayBack);
    QVERIFY(apply(all(made)).isAllDone());
    QCOMPARE(m_world->keyAt(Staging, ApiKey), QByteArray("a-new-key-0001"));
    QCOMPARE(m_world->keyAt(Staging, ApplicationKey), QByteArray("the-old-key-0001"));
}

void TstPlanRunner::bringsBackWhatIsKept()
{
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Public, "the-old-key-0001"))->ok());
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Delete, Public))->ok());
    const Plan made = plan(documentOf({wishKeys(Public, {{Header, Keychain}})}));
    QCOMPARE(made.rows.at(0).action, Action::Create);
    QVERIFY(made.rows.at(0).missingKeys().isEmpty());
    QVERIFY(apply(all(made)).isAllDone());
    QCOMPARE(m_world->keyAt(Public, Header), QByteArray("the-old-key-0001"));
}

void TstPlanRunner::keysOfAnotherInstanceAreNeverUsed()
{
    // Of the same integration, with a header of the same name.
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Public, "the-key-of-public"))->ok());
    supply(Public, Header, "typed-for-public-01");
    m_world->service.forgetReceived();
    const Plan made = plan(documentOf({wishKeys(Sandbox, {{Header, Keychain}})}));
    QCOMPARE(made.rows.at(0).missingKeys(), QStringList{Header});
    const std::optional<Problem> problem = refused(all(made));
    QVERIFY(problem);
    QCOMPARE(problem->category, Category::InvalidInput);
    QCOMPARE(writes(), 0);
    QVERIFY(m_world->credentialId(Sandbox).isEmpty());
}

void TstPlanRunner::aVariableThatIsNotAllowedIsMissing()
{
    qputenv("PLANTED_SECRET", "planted-secret-0001");
    m_keys->setVariable(u"ALLOWED"_s, Secret("an-allowed-key-01"));
    const Plan made = plan(documentOf({wishKeys(Sandbox, {{Header, variable(u"PLANTED_SECRET"_s)}})}));
    QCOMPARE(made.rows.at(0).missingKeys(), QStringList{Header});
    QVERIFY(refused(all(made)));
    QCOMPARE(writes(), 0);
    qunsetenv("PLANTED_SECRET");
}

void TstPlanRunner::aMissingKeyStopsAllBeforeAnythingIsSent()
{
    m_keys->setVariable(u"KEY"_s, Secret("a-new-key-0001"));
    const Plan made = plan(documentOf(
        {wishKeys(Public, {{Header, variable(u"KEY"_s)}}), wishKeys(Sandbox, {{Header, Prompt}})}));
    const std::optional<Problem> problem = refused(all(made));
    QVERIFY(problem);
    QVERIFY(problem->caption.contains(Header));
    QCOMPARE(writes(), 0);
    // The others go on where that was asked for.
    ApplyRequest going = all(made);
    going.options.keepGoing = true;
    const PlanResult result = apply(std::move(going));
    QCOMPARE(statesOf(result), (QStringList{Public + u" done"_s, Sandbox + u" failed"_s}));
    QCOMPARE(m_world->keyAt(Public, Header), QByteArray("a-new-key-0001"));
}

void TstPlanRunner::recordsAndProtectsWithoutAChange()
{
    ConfiguredInstance wanted = wish(Public);
    wanted.expiry = {QDate(2027, 3, 31), 0, {}, u"ask first"_s};
    wanted.isProtected = true;
    const Plan made = plan(documentOf({wanted}));
    QCOMPARE(made.rows.at(0).action, Action::Keep);
    QSignalSpy advanced(&m_stack->planRunner, &PlanRunner::advanced);
    QVERIFY(apply(all(made)).isAllDone());
    QCOMPARE(advanced.size(), 1);
    const InstanceRecord record = m_stack->record(Public);
    QVERIFY(record.isProtected);
    QCOMPARE(record.expiry.date, QDate(2027, 3, 31));
    QCOMPARE(record.expiry.credentialId, m_world->credentialId(Public));
    QCOMPARE(record.expiry.note, u"ask first"_s);
    QCOMPARE(record.expiry.recordedAt, m_world->clock.now());
    QVERIFY(plan(documentOf({wanted})).isEmpty());
    QCOMPARE(writes(), 0);
}

void TstPlanRunner::aProtectedInstanceNeedsItsName()
{
    QVERIFY(await(m_stack->protection.protect(m_stack->address(Public)))->ok());
    m_keys->setVariable(u"KEY"_s, Secret("a-new-key-0001"));
    const Plan made = plan(documentOf({wishKeys(Public, {{Header, variable(u"KEY"_s)}})}));
    QVERIFY(made.rows.at(0).needsTypedName);
    const PlanResult unconfirmed = apply(all(made));
    QCOMPARE(unconfirmed.rows.at(0).state, State::Failed);
    QCOMPARE(unconfirmed.rows.at(0).problem->category, Category::NeedsDecision);
    QCOMPARE(writes(), 0);
    ApplyRequest confirmed = all(made);
    confirmed.typedNames.insert(m_stack->address(Public), Public);
    QVERIFY(apply(std::move(confirmed)).isAllDone());
    QCOMPARE(m_world->keyAt(Public, Header), QByteArray("a-new-key-0001"));
}

void TstPlanRunner::adoptsWhatIsKnownToBeOfTheCredential()
{
    const QString id = m_world->credentialId(Public);
    supply(Public, Header, "the-key-in-the-file", id);
    ConfiguredInstance wanted = wishKeys(Public, {{Header, Prompt}});
    wanted.expiry.date = QDate(2027, 3, 31);
    const Plan made = plan(documentOf({wanted}));
    QCOMPARE(made.rows.at(0).action, Action::Adopt);
    QVERIFY(apply(all(made)).isAllDone());
    QCOMPARE(writes(), 0);
    QCOMPARE(m_world->credentialId(Public), id);
    const InstanceRecord record = m_stack->record(Public);
    QVERIFY(record.keptKeys.current);
    QVERIFY(record.keptKeys.entered);
    QCOMPARE(record.expiry.date, QDate(2027, 3, 31));
    QVERIFY(plan(documentOf({wanted})).isEmpty());
}

void TstPlanRunner::keepsNothingWhereNothingIsToBeKept()
{
    for (const KeepKeys keep : {KeepKeys::Nowhere, KeepKeys::InMemory}) {
        supply(Public, Header, "the-key-in-the-file", m_world->credentialId(Public));
        ApplyRequest request = all(plan(documentOf({wishKeys(Public, {{Header, Prompt}})})));
        request.keep = keep;
        const PlanResult result = apply(std::move(request));
        QCOMPARE(statesOf(result), QStringList{Public + u" left_out"_s});
        QVERIFY(!result.rows.at(0).note.isEmpty());
        QVERIFY(!m_stack->record(Public).keptKeys.current);
    }
    QCOMPARE(writes(), 0);
}

void TstPlanRunner::whatMovedIsRefused()
{
    m_keys->setVariable(u"KEY"_s, Secret("a-new-key-0001"));
    const Plan made = plan(documentOf({wishKeys(Public, {{Header, variable(u"KEY"_s)}}),
                                       wishKeys(Sandbox, {{Header, variable(u"KEY"_s)}})}));
    const QString before = m_world->credentialId(Public);
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Public, "somebody-elses-key"))->ok());
    m_world->service.forgetReceived();
    const PlanResult result = apply(all(made));
    QCOMPARE(statesOf(result), (QStringList{Public + u" moved"_s, Sandbox + u" done"_s}));
    QVERIFY2(result.rows.at(0).note.contains(before), qPrintable(result.rows.at(0).note));
    QCOMPARE(m_world->copies("DELETE", Public), 0);
    QCOMPARE(m_world->keyAt(Public, Header), QByteArray("somebody-elses-key"));
}

void TstPlanRunner::rowsThatNobodyTickedAreLeftOut()
{
    m_keys->setVariable(u"KEY"_s, Secret("a-new-key-0001"));
    const Plan made = plan(documentOf({wishKeys(Public, {{Header, variable(u"KEY"_s)}}),
                                       wishKeys(Sandbox, {{Header, variable(u"KEY"_s)}})}));
    ApplyRequest request = all(made);
    request.rows.remove(0); // the replacement
    const PlanResult result = apply(std::move(request));
    QCOMPARE(statesOf(result), (QStringList{Public + u" left_out"_s, Sandbox + u" done"_s}));
    QVERIFY(result.isAllDone());
    QCOMPARE(m_world->copies("DELETE", Public), 0);
}

void TstPlanRunner::goesOnAfterAFailure()
{
    m_world->addFault("POST", m_world->credentialPath(Staging), DemoFault::Action::Status, 0, 403);
    m_keys->setVariable(u"KEY"_s, Secret("a-new-key-0001"));
    const QList<ConfiguredHeader> both{{ApiKey, variable(u"KEY"_s)}, {ApplicationKey, variable(u"KEY"_s)}};
    const ConfigurationDocument document = documentOf({wishKeys(Checkout, both), wishKeys(Staging, both),
                                                       wishKeys(Public, {{Header, variable(u"KEY"_s)}})});
    const Plan made = plan(document);
    const PlanResult result = apply(all(made));
    QCOMPARE(statesOf(result),
             (QStringList{Checkout + u" done"_s, Staging + u" failed"_s, Public + u" not_started"_s}));
    QVERIFY(result.rows.at(1).problem);
    QCOMPARE(result.runs.size(), 1);
    QVERIFY(!result.rows.at(2).change.id.isEmpty());

    // What has not ended is blocked, until it is finished; the rest is so already.
    QCOMPARE(plan(document).count(Action::Blocked), 2);
    m_world->faults.clear();
    m_world->service.setFaults({});
    const auto resumed = await(m_stack->bulk.resume(result.runs.constFirst(), BulkOptions()));
    QVERIFY(resumed && resumed->ok() && resumed->value().isAllDone());
    m_world->service.forgetReceived();
    const PlanResult again = apply(all(made));
    QCOMPARE(again.count(State::DoneAlready), 3);
    QCOMPARE(writes(), 0);
}

void TstPlanRunner::stopsAtASafePoint()
{
    m_keys->setVariable(u"KEY"_s, Secret("a-new-key-0001"));
    const QList<ConfiguredHeader> both{{ApiKey, variable(u"KEY"_s)}, {ApplicationKey, variable(u"KEY"_s)}};
    ConfiguredInstance recorded = wish(AwsSandbox);
    recorded.isProtected = true;
    const Plan made = plan(documentOf({wishKeys(Checkout, both), wishKeys(Staging, both), recorded}));
    std::stop_source stop;
    connect(&m_stack->changes, &CredentialChanges::advanced, &m_stack->changes,
            [&stop](const Change &change) {
                if (change.phase == ChangePhase::Deleted)
                    stop.request_stop();
            });
    const PlanResult result = apply(all(made), stop.get_token());
    QCOMPARE(statesOf(result), (QStringList{Checkout + u" done"_s, Staging + u" not_started"_s,
                                            AwsSandbox + u" not_started"_s}));
    QCOMPARE(m_world->copies("DELETE", Staging), 0);
    QVERIFY(!m_stack->record(AwsSandbox).isProtected);
}

void TstPlanRunner::keepsGoing()
{
    m_world->addFault("POST", m_world->credentialPath(Checkout), DemoFault::Action::Status, 0, 403);
    m_keys->setVariable(u"KEY"_s, Secret("a-new-key-0001"));
    const QList<ConfiguredHeader> both{{ApiKey, variable(u"KEY"_s)}, {ApplicationKey, variable(u"KEY"_s)}};
    ConfiguredInstance recorded = wish(AwsSandbox);
    recorded.isProtected = true;
    ApplyRequest request =
        all(plan(documentOf({wishKeys(Checkout, both), wishKeys(Staging, both), recorded})));
    request.options.keepGoing = true;
    const PlanResult result = apply(std::move(request));
    QCOMPARE(statesOf(result),
             (QStringList{Checkout + u" failed"_s, Staging + u" done"_s, AwsSandbox + u" done"_s}));
    QVERIFY(m_stack->record(AwsSandbox).isProtected);
}

void TstPlanRunner::anotherEndpointIsBlocked()
{
    m_keys->setVariable(u"KEY"_s, Secret("a-new-key-0001"));
    ConfiguredInstance elsewhere = wishKeys(Public, {{Header, variable(u"KEY"_s)}});
    elsewhere.endpoint = u"evil.example"_s;
    ConfigurationDocument document = documentOf({elsewhere});
    document.profiles << ConfiguredProfile{u"https://evil.example"_s,
                                           {wishKeys(Sandbox, {{Header, variable(u"KEY"_s)}})}};
    const Plan made = plan(document);
    QCOMPARE(made.count(Action::Blocked), 2);
    const PlanResult result = apply(all(made));
    QCOMPARE(result.count(State::Blocked), 2);
    QVERIFY(m_world->service.received().isEmpty());
}

void TstPlanRunner::aKeychainThatRefusesIsSaid()
{
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Public, "the-old-key-0001"))->ok());
    // Another run, which has not read the key of the fingerprints yet.
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    m_world->service.forgetReceived();
    m_keys->setVariable(u"KEY"_s, Secret("a-new-key-0001"));
    m_world->keychain.failAll(Category::KeychainLocked);
    const ConfigurationDocument document = documentOf({wishKeys(Public, {{Header, variable(u"KEY"_s)}})});
    const auto made = await(m_stack->planMaker.make(document, PlanOptions(), m_keys));
    QVERIFY(made && !made->ok());
    QCOMPARE(made->problem().category, Category::KeychainLocked);
    m_world->keychain.recover();
    QCOMPARE(plan(document).rows.at(0).headers.at(0).comparison, KeyComparison::Changed);
    QCOMPARE(writes(), 0);
}

void TstPlanRunner::appliesOnePlanAtATime()
{
    m_keys->setVariable(u"KEY"_s, Secret("a-new-key-0001"));
    const Plan made = plan(documentOf({wishKeys(Public, {{Header, variable(u"KEY"_s)}})}));
    std::optional<Problem> second;
    bool isAsked = false;
    connect(&m_stack->changes, &CredentialChanges::advanced, &m_stack->changes, [&](const Change &) {
        if (std::exchange(isAsked, true))
            return;
        QCoro::connect(m_stack->planRunner.apply(all(made), m_keys), this,
                       [&second](const Outcome<PlanResult> &answer) {
                           if (!answer)
                               second = answer.problem();
                       });
    });
    QVERIFY(apply(all(made)).isAllDone());
    QTRY_VERIFY(second);
    QCOMPARE(second->category, Category::InUse);
    QCOMPARE(m_world->copies("POST", Public), 1);
    QVERIFY(!m_stack->planRunner.isRunning());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstPlanRunner)
#include "tst_planrunner.moc"
