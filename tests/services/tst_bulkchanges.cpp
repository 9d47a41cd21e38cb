// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QSet>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <algorithm>
#include <functional>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

// All of one integration, all with a credential whose keys the stack does not know.
const QString Europe = u"datadog-eu-production"_s;
const QString America = u"datadog-us-production"_s;
const QString Staging = u"datadog-staging"_s;
const QString Checkout = u"datadog-checkout"_s;
// Of other integrations.
const QString Public = u"swaggerhub-public"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s; // no credential
const QString AwsSandbox = u"aws-sandbox"_s;     // role, no credential
const QString ApiKey = u"DD-API-KEY"_s;

using State = BulkRowState;

QList<State> statesOf(const BulkResult &result)
{
    QList<State> states;
    for (const BulkRow &row : result.rows)
        states.append(row.state);
    return states;
}

/// Entries that hold keys or tokens, not those with fixed names.
QStringList keptSecrets(const World &world)
{
    QStringList names = world.keychain.names();
    for (const QString &fixed : {u"fingerprint-key"_s, u"history-key"_s, u"history-head"_s})
        names.removeAll(fixed);
    names.sort();
    return names;
}

} // namespace

class TstBulkChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void previewsEachRow();
    void changesAllInTheirOrder();
    void preparesAllDurablyBeforeTheFirstDelete();
    void runsAsManyAtOnceAsAsked();
    void createsAndDeletes();
    void stopsAtTheFirstFailure();
    void goesOnWithTheOthers();
    void sendsNothingWhereARowCannotBePrepared();
    void leavesOutWhatCannotBePrepared();
    void asksARefusingKeychainOnce();
    void stopsAtASafePoint();
    void stopsWhileItPrepares();
    void closesAtASafePoint();
    void resumesAfterARestart();
    void resumesWhatKonnectRefused();
    void givesUpWhatWasNotBegun();
    void keepsTheKeysThatAreKeptNowhereUntilTheirTurn();
    void excludesOthersForItsLength();
    void sendsNothingWhileAnotherHoldsTheLock();
    void sendsNothingForTheSameInstanceTwice();

private:
    [[nodiscard]] BulkRequest replacing(const QStringList &names) const;
    [[nodiscard]] BulkResult run(BulkRequest request, std::stop_token stop = {});
    /// Calls back each time when a row of the run has come to this phase.
    void when(ChangePhase phase, const QString &name, const std::function<void()> &then);
    [[nodiscard]] QList<QByteArray> writes() const;
    [[nodiscard]] int sent(const QStringList &names) const;
    [[nodiscard]] QList<BulkRun> unfinishedRuns();
    void restart();

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstBulkChanges::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
    m_world->service.forgetReceived();
}

void TstBulkChanges::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

void TstBulkChanges::restart()
{
    m_stack.reset();
    m_world->faults.clear();
    m_world->service.setFaults({});
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    m_world->service.forgetReceived();
}

BulkRequest TstBulkChanges::replacing(const QStringList &names) const
{
    BulkRequest request;
    for (const QString &name : names)
        request.rows.push_back(m_stack->request(ChangeKind::Replace, name, "the-upstream-key"));
    return request;
}

BulkResult TstBulkChanges::run(BulkRequest request, std::stop_token stop)
{
    const auto answer = await(m_stack->bulk.run(std::move(request), std::move(stop)));
    if (answer && answer->ok())
        return answer->value();
    QTest::qFail(answer ? qPrintable(answer->problem().toText()) : "no answer", __FILE__, __LINE__);
    return {};
}

void TstBulkChanges::when(ChangePhase phase, const QString &name, const std::function<void()> &then)
{
    const InstanceAddress address = m_stack->address(name);
    connect(&m_stack->changes, &CredentialChanges::advanced, &m_stack->changes,
            [phase, address, then](const Change &change) {
                if (change.phase == phase && change.address == address)
                    then();
            });
}

/// Method and instance of each write as the service received it.
QList<QByteArray> TstBulkChanges::writes() const
{
    QList<QByteArray> seen;
    for (const DemoRequest &request : m_world->service.received()) {
        if (request.method == "GET")
            continue;
        for (const QString &name : {Europe, America, Staging, Checkout}) {
            if (request.target.contains(m_world->instanceId(name).toUtf8()))
                seen.append(request.method + ' ' + name.toUtf8());
        }
    }
    return seen;
}

int TstBulkChanges::sent(const QStringList &names) const
{
    int copies = 0;
    for (const QString &name : names)
        copies += m_world->copies("DELETE", name) + m_world->copies("POST", name);
    return copies;
}

QList<BulkRun> TstBulkChanges::unfinishedRuns()
{
    const auto runs = await(m_stack->bulk.unfinishedRuns());
    if (runs && runs->ok())
        return runs->value();
    QTest::qFail("the unfinished runs cannot be read", __FILE__, __LINE__);
    return {};
}

void TstBulkChanges::previewsEachRow()
{
    const QList<InstanceAddress> addresses{m_stack->address(Public), m_stack->address(Sandbox)};
    const BulkPreview preview = m_stack->bulk.preview(ChangeKind::Replace, addresses);
    QCOMPARE(preview.rows.size(), 2);
    QCOMPARE(preview.rows.at(0).oldCredentialId, m_world->credentialId(Public));
    QVERIFY(!preview.rows.at(0).obstacle);
    QVERIFY(preview.rows.at(1).obstacle); // there is nothing to replace
    QCOMPARE(preview.obstacles(), 1);
    QVERIFY(preview.isOneIntegration());
    QVERIFY(!preview.needsTypedNames());
    const BulkPreview mixed =
        m_stack->bulk.preview(ChangeKind::Replace, {m_stack->address(Europe), m_stack->address(Public)});
    QVERIFY(!mixed.isOneIntegration());
    QVERIFY(m_world->service.received().isEmpty());
}

void TstBulkChanges::changesAllInTheirOrder()
{
    QSignalSpy ended(&m_stack->bulk, &BulkChanges::ended);
    const BulkResult result = run(replacing({Staging, Europe, Checkout}));
    QVERIFY(result.isAllDone());
    QCOMPARE(writes(), (QList<QByteArray>{"DELETE datadog-staging", "POST datadog-staging",
                                          "DELETE datadog-eu-production", "POST datadog-eu-production",
                                          "DELETE datadog-checkout", "POST datadog-checkout"}));
    QCOMPARE(ended.size(), 1);
    for (const QString &name : {Staging, Europe, Checkout}) {
        QCOMPARE(m_world->keyAt(name, ApiKey), QByteArray("the-upstream-key"));
        QVERIFY(m_stack->record(name).keptKeys.current);
        QVERIFY(!m_stack->record(name).changing);
    }
    for (int position = 0; position < 3; ++position) {
        const BulkRow &row = result.rows.at(position);
        QCOMPARE(row.position, position);
        QCOMPARE(row.change.phase, ChangePhase::Verified);
        QCOMPARE(row.change.run, result.runId);
        QVERIFY(!row.problem);
    }
    QVERIFY(unfinishedRuns().isEmpty());
    QVERIFY(!m_stack->changeLock.isHeldHere());

    const auto entries = await(m_stack->history.entries());
    QVERIFY(entries && entries->ok());
    QCOMPARE(entries->value().size(), 3);
    for (const HistoryEntry &entry : entries->value())
        QCOMPARE(entry.change.run, result.runId);
    const auto verified = await(m_stack->history.verify());
    QVERIFY(verified && verified->ok() && verified->value().isSound());
}

void TstBulkChanges::preparesAllDurablyBeforeTheFirstDelete()
{
    int prepared = -1;
    when(ChangePhase::Deleting, Staging, [this, &prepared] {
        // As another process sees it that starts after a crash just now.
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(m_world->dir.filePath(u"latchkey.sqlite"_s));
        if (other.open()) {
            QSqlQuery query(other);
            query.exec(u"SELECT count(*) FROM changes WHERE run <> '' AND staged_version IN"
                       " (SELECT id FROM key_versions WHERE state = 'staged')"_s);
            prepared = query.next() ? query.value(0).toInt() : -2;
        }
    });
    const BulkResult result = run(replacing({Staging, Europe, Checkout}));
    QSqlDatabase::removeDatabase(u"other"_s);
    QVERIFY(result.isAllDone());
    QCOMPARE(prepared, 3);
}

void TstBulkChanges::runsAsManyAtOnceAsAsked()
{
    QSet<int> running;
    qsizetype most = 0;
    connect(&m_stack->bulk, &BulkChanges::advanced, &m_stack->bulk,
            [&running, &most](const QString &, const BulkRow &row) {
                if (row.state == State::Running)
                    running.insert(row.position);
                else
                    running.remove(row.position);
                most = std::max(most, running.size());
            });
    BulkRequest request = replacing({Staging, Europe, Checkout, America});
    request.options.atOnce = 2;
    QVERIFY(run(std::move(request)).isAllDone());
    QCOMPARE(most, 2);
    QVERIFY(running.isEmpty());
    QCOMPARE(sent({Staging, Europe, Checkout, America}), 8);
}

void TstBulkChanges::createsAndDeletes()
{
    BulkRequest request;
    request.rows.push_back(m_stack->request(ChangeKind::Create, Sandbox, "the-first-key"));
    ChangeRequest role = m_stack->request(ChangeKind::Create, AwsSandbox);
    role.credential = NewCredential();
    role.credential.type = CredentialType::AwsRole;
    role.credential.roleArn = u"arn:aws:iam::123456789012:role/kong"_s;
    request.rows.push_back(std::move(role));
    QVERIFY(run(std::move(request)).isAllDone());
    QCOMPARE(m_world->keyAt(Sandbox, u"authorization"_s), QByteArray("the-first-key"));
    QVERIFY(!m_world->credentialId(AwsSandbox).isEmpty());

    request = {};
    request.rows.push_back(m_stack->request(ChangeKind::Delete, Sandbox));
    request.rows.push_back(m_stack->request(ChangeKind::Delete, AwsSandbox));
    QVERIFY(run(std::move(request)).isAllDone());
    QVERIFY(m_world->credentialId(Sandbox).isEmpty());
    QVERIFY(m_world->credentialId(AwsSandbox).isEmpty());
    QVERIFY(m_stack->record(Sandbox).keptKeys.previous);
}

void TstBulkChanges::stopsAtTheFirstFailure()
{
    m_world->addFault("POST", m_world->credentialPath(Europe), DemoFault::Action::Status, 0, 403);
    const BulkResult result = run(replacing({Staging, Europe, Checkout}));
    QCOMPARE(statesOf(result), (QList{State::Succeeded, State::Failed, State::NotStarted}));
    QVERIFY(result.rows.at(1).problem);
    QCOMPARE(result.rows.at(1).change.phase, ChangePhase::Deleted);
    QCOMPARE(result.rows.at(2).change.phase, ChangePhase::Prepared);
    QCOMPARE(sent({Checkout}), 0);
    QVERIFY(!m_stack->record(Checkout).changing);

    const QList<BulkRun> runs = unfinishedRuns();
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs.first().id, result.runId);
    QCOMPARE(runs.first().changes.size(), 3);
    QCOMPARE(runs.first().unfinished(), 2);
    QCOMPARE(runs.first().notStarted(), 1);
}

void TstBulkChanges::goesOnWithTheOthers()
{
    m_world->addFault("POST", m_world->credentialPath(Europe), DemoFault::Action::Status, 0, 403);
    BulkRequest request = replacing({Staging, Europe, Checkout});
    request.options.keepGoing = true;
    const BulkResult result = run(std::move(request));
    QCOMPARE(statesOf(result), (QList{State::Succeeded, State::Failed, State::Succeeded}));
    QCOMPARE(m_world->keyAt(Checkout, ApiKey), QByteArray("the-upstream-key"));
    QCOMPARE(unfinishedRuns().value(0).unfinished(), 1);
}

void TstBulkChanges::sendsNothingWhereARowCannotBePrepared()
{
    const QStringList before = keptSecrets(*m_world);
    BulkRequest request = replacing({Staging, Europe, Checkout});
    request.rows.at(1).expectedCredentialId = u"somebody-replaced-it"_s;
    const BulkResult result = run(std::move(request));
    QCOMPARE(statesOf(result), (QList{State::Skipped, State::Failed, State::Skipped}));
    QCOMPARE(result.rows.at(1).problem->category, Problem::Category::Refused);
    QCOMPARE(sent({Staging, Europe, Checkout}), 0);
    QCOMPARE(keptSecrets(*m_world), before);
    QVERIFY(unfinishedRuns().isEmpty());
    QVERIFY(!m_stack->record(Staging).changing);
    QVERIFY(!m_stack->changes.isRunning());
}

void TstBulkChanges::leavesOutWhatCannotBePrepared()
{
    BulkRequest request = replacing({Staging, Europe, Checkout});
    request.rows.at(1).expectedCredentialId = u"somebody-replaced-it"_s;
    request.options.keepGoing = true;
    const BulkResult result = run(std::move(request));
    QCOMPARE(statesOf(result), (QList{State::Succeeded, State::Failed, State::Succeeded}));
    QCOMPARE(sent({Europe}), 0);
    QVERIFY(unfinishedRuns().isEmpty());
}

void TstBulkChanges::asksARefusingKeychainOnce()
{
    m_world->keychain.fail(FailingSecretStore::Operation::Write, Problem::Category::KeychainRefused);
    const int before = m_world->keychain.calls(FailingSecretStore::Operation::Write);
    BulkRequest request = replacing({Staging, Europe, Checkout});
    request.options.keepGoing = true;
    const BulkResult result = run(std::move(request));
    QCOMPARE(result.count(State::Failed), 3);
    for (const BulkRow &row : result.rows)
        QCOMPARE(row.problem->category, Problem::Category::KeychainRefused);
    QCOMPARE(m_world->keychain.calls(FailingSecretStore::Operation::Write) - before, 1);
    QCOMPARE(sent({Staging, Europe, Checkout}), 0);
}

void TstBulkChanges::stopsAtASafePoint()
{
    std::stop_source stop;
    when(ChangePhase::Deleting, Staging, [&stop] { stop.request_stop(); });
    const BulkResult result = run(replacing({Staging, Europe, Checkout}), stop.get_token());
    QCOMPARE(statesOf(result), (QList{State::Succeeded, State::NotStarted, State::NotStarted}));
    QCOMPARE(result.rows.at(0).change.phase, ChangePhase::Verified);
    QCOMPARE(sent({Europe, Checkout}), 0);

    const auto resumed = await(m_stack->bulk.resume(result.runId, {}));
    QVERIFY(resumed && resumed->ok());
    QCOMPARE(resumed->value().runId, result.runId);
    QCOMPARE(resumed->value().rows.size(), 2);
    QVERIFY(resumed->value().isAllDone());
    QCOMPARE(m_world->keyAt(Checkout, ApiKey), QByteArray("the-upstream-key"));
    QVERIFY(unfinishedRuns().isEmpty());
    const auto again = await(m_stack->bulk.resume(result.runId, {}));
    QVERIFY(again && !again->ok());
    QCOMPARE(again->problem().category, Problem::Category::NotFound);
}

void TstBulkChanges::stopsWhileItPrepares()
{
    const QStringList before = keptSecrets(*m_world);
    std::stop_source stop;
    when(ChangePhase::Prepared, Europe, [&stop] { stop.request_stop(); });
    const auto answer = await(m_stack->bulk.run(replacing({Staging, Europe, Checkout}), stop.get_token()));
    QVERIFY(answer && !answer->ok());
    QVERIFY(answer->problem().isCanceled());
    QCOMPARE(sent({Staging, Europe, Checkout}), 0);
    QCOMPARE(keptSecrets(*m_world), before);
    QVERIFY(unfinishedRuns().isEmpty());
}

void TstBulkChanges::closesAtASafePoint()
{
    when(ChangePhase::Deleting, Staging, [this] {
        m_stack->bulk.stop();
        m_stack->changes.stopPreparing();
    });
    const BulkResult result = run(replacing({Staging, Europe, Checkout}));
    QCOMPARE(statesOf(result), (QList{State::Succeeded, State::NotStarted, State::NotStarted}));
    // A stop is for those under way, not for those after it.
    QVERIFY(run(replacing({America})).isAllDone());
}

void TstBulkChanges::resumesAfterARestart()
{
    m_world->addFault("POST", m_world->credentialPath(Europe), DemoFault::Action::Status, 0, 403);
    const BulkResult result = run(replacing({Staging, Europe, Checkout, America}));
    restart();
    const QList<BulkRun> runs = unfinishedRuns();
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs.first().id, result.runId);
    QCOMPARE(runs.first().changes.size(), 4);

    const auto resumed = await(m_stack->bulk.resume(result.runId, {}));
    QVERIFY(resumed && resumed->ok());
    QVERIFY(resumed->value().isAllDone());
    QCOMPARE(writes(), (QList<QByteArray>{"POST datadog-eu-production", "DELETE datadog-checkout",
                                          "POST datadog-checkout", "DELETE datadog-us-production",
                                          "POST datadog-us-production"}));
    QVERIFY(unfinishedRuns().isEmpty());
    const auto verified = await(m_stack->history.verify());
    QVERIFY(verified && verified->ok() && verified->value().isSound());
    QCOMPARE(verified->value().rows, 4);
}

void TstBulkChanges::resumesWhatKonnectRefused()
{
    m_world->addFault("DELETE", m_world->credentialPath(Staging), DemoFault::Action::Status, 0, 403);
    const QString old = m_world->credentialId(Staging);
    const BulkResult result = run(replacing({Staging, Europe}));
    QCOMPARE(statesOf(result), (QList{State::Failed, State::NotStarted}));
    QCOMPARE(result.rows.at(0).problem->category, Problem::Category::Forbidden);
    QCOMPARE(m_world->credentialId(Staging), old);
    m_world->service.setFaults({});
    const auto resumed = await(m_stack->bulk.resume(result.runId, {}));
    QVERIFY(resumed && resumed->ok());
    QVERIFY(resumed->value().isAllDone());
    QCOMPARE(resumed->value().rows.size(), 2);
}

void TstBulkChanges::givesUpWhatWasNotBegun()
{
    m_world->addFault("POST", m_world->credentialPath(Europe), DemoFault::Action::Status, 0, 403);
    const BulkResult result = run(replacing({Staging, Europe, Checkout, America}));
    const QString staged = result.rows.at(2).change.stagedVersion;
    QVERIFY(keptSecrets(*m_world).contains(staged));
    restart();

    const auto given = await(m_stack->bulk.giveUp(result.runId));
    QVERIFY(given && given->ok());
    QCOMPARE(given->value().size(), 2);
    for (const Change &change : given->value())
        QCOMPARE(change.phase, ChangePhase::Abandoned);
    QCOMPARE(sent({Staging, Europe, Checkout, America}), 0);
    QVERIFY(!keptSecrets(*m_world).contains(staged));
    // What was begun needs its keys still.
    QVERIFY(keptSecrets(*m_world).contains(result.rows.at(1).change.stagedVersion));
    QCOMPARE(unfinishedRuns().value(0).unfinished(), 1);
    QCOMPARE(unfinishedRuns().value(0).notStarted(), 0);
    const auto entries = await(m_stack->history.entries());
    QVERIFY(entries && entries->ok());
    QCOMPARE(entries->value().size(), 3); // the first row, and the two

    const auto begun = await(m_stack->changes.abandon(result.rows.at(1).change.id));
    QVERIFY(begun && !begun->ok());
    QCOMPARE(begun->problem().category, Problem::Category::Refused);
    QVERIFY(await(m_stack->bulk.resume(result.runId, {}))->value().isAllDone());
    const auto nothing = await(m_stack->bulk.giveUp(result.runId));
    QVERIFY(nothing && !nothing->ok());
    QCOMPARE(nothing->problem().category, Problem::Category::NotFound);
}

void TstBulkChanges::keepsTheKeysThatAreKeptNowhereUntilTheirTurn()
{
    const QStringList before = keptSecrets(*m_world);
    BulkRequest request = replacing({Staging, Europe, Checkout});
    for (ChangeRequest &row : request.rows)
        row.keep = KeepKeys::Nowhere;
    std::stop_source stop;
    when(ChangePhase::Creating, Europe, [&stop] { stop.request_stop(); });
    const BulkResult result = run(std::move(request), stop.get_token());
    QCOMPARE(statesOf(result), (QList{State::Succeeded, State::Succeeded, State::NotStarted}));
    QCOMPARE(m_world->keyAt(Europe, ApiKey), QByteArray("the-upstream-key"));
    QCOMPARE(keptSecrets(*m_world), before);

    const auto resumed = await(m_stack->bulk.resume(result.runId, {}));
    QVERIFY(resumed && resumed->ok());
    QCOMPARE(statesOf(resumed->value()), QList{State::Failed});
    QCOMPARE(resumed->value().rows.first().problem->category, Problem::Category::NeedsDecision);
    QCOMPARE(sent({Checkout}), 0);
}

void TstBulkChanges::excludesOthersForItsLength()
{
    std::optional<Problem> lock;
    std::optional<Problem> waiting;
    std::optional<Problem> resumed;
    connect(&m_stack->bulk, &BulkChanges::advanced, &m_stack->bulk,
            [&](const QString &runId, const BulkRow &row) {
                if (row.position != 0 || row.change.phase != ChangePhase::Deleting)
                    return;
                ChangeLock other(m_world->dir.filePath(u"change.lock"_s));
                if (const auto acquired = other.acquire(); !acquired)
                    lock = acquired.problem();
                if (const auto reserved = m_stack->changes.reserve(m_stack->address(Europe)); !reserved)
                    waiting = reserved.problem();
                QCoro::connect(m_stack->bulk.resume(runId, {}), this,
                               [&resumed](const Outcome<BulkResult> &answer) {
                                   if (!answer)
                                       resumed = answer.problem();
                               });
            });
    QVERIFY(run(replacing({Staging, Europe})).isAllDone());
    for (const std::optional<Problem> &problem : {lock, waiting, resumed}) {
        QVERIFY(problem);
        QCOMPARE(problem->category, Problem::Category::InUse);
    }
    QVERIFY(ChangeLock(m_world->dir.filePath(u"change.lock"_s)).acquire().ok());
    QVERIFY(m_stack->changes.reserve(m_stack->address(Europe)).ok());
}

void TstBulkChanges::sendsNothingWhileAnotherHoldsTheLock()
{
    ChangeLock other(m_world->dir.filePath(u"change.lock"_s));
    const Outcome<ChangeLock::Holder> held = other.acquire();
    QVERIFY(held);
    const auto answer = await(m_stack->bulk.run(replacing({Staging, Europe})));
    QVERIFY(answer && !answer->ok());
    QCOMPARE(answer->problem().category, Problem::Category::InUse);
    QVERIFY(m_world->service.received().isEmpty());
    QVERIFY(!await(m_stack->bulk.giveUp(u"run"_s))->ok());
}

void TstBulkChanges::sendsNothingForTheSameInstanceTwice()
{
    const BulkResult result = run(replacing({Staging, Europe, Staging}));
    QCOMPARE(statesOf(result), (QList{State::Skipped, State::Skipped, State::Failed}));
    QCOMPARE(result.rows.at(2).problem->category, Problem::Category::InUse);
    QCOMPARE(sent({Staging, Europe}), 0);
    const auto none = await(m_stack->bulk.run(BulkRequest()));
    QVERIFY(none && !none->ok());
    QCOMPARE(none->problem().category, Problem::Category::Refused);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstBulkChanges)
#include "tst_bulkchanges.moc"
