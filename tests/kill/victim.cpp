// SPDX-License-Identifier: GPL-3.0-or-later
// kill_victim FOLDER URL INSTANCE,… COMMAND KEY watched|unwatched KILL-AT: does one thing with the services
// that the shipped programs link, and dies with SIGKILL at a place of its way. Prints one JSON line: the
// places passed, what became of it, and what Latchkey has and knows then (see witness.h). Commands:
//   seed                      a profile, and a refresh
//   create, replace, delete   of the first instance, with KEY
//   again                     create or replace, by what there is now
//   adopt                     keeps KEY for the present credential
//   back                      rolls back to the keys before the present ones
//   copy, move                the keys of the first instance to the second
//   bulk, both                replaces the credentials of all instances in one run; two at once
//   finish, rollback, leave   with every unfinished change
//   resume, giveup            with every unfinished run
//   look                      at what is unfinished
#include "app/session/session.h"
#include "models/core/handover.h"
#include "models/core/redactor.h"
#include "models/services/bulkchanges.h"
#include "models/services/changerecovery.h"
#include "models/services/changewatch.h"
#include "models/services/credentialchanges.h"
#include "models/services/inventory.h"
#include "models/services/keyadoption.h"
#include "models/services/keyhandover.h"
#include "models/services/profiles.h"
#include "tests/kill/killpoints.h"
#include "tests/kill/witness.h"
#include "tests/support/fakeclock.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

#include <chrono>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Victim
{
    explicit Victim(const QStringList &arguments)
        : url(arguments.at(2))
        , instances(arguments.at(3).split(u','))
        , command(arguments.at(4))
        , key(arguments.at(5).toUtf8())
        , watched(arguments.at(6) == u"watched"_s)
        , points(arguments.at(7).toInt())
        // It stands still, so that a watch ends when it is told.
        , clock(QDateTime::currentDateTimeUtc())
        , session(options(arguments.at(1)), redactor, clock,
                  std::make_unique<KillingSecretStore>(arguments.at(1) + u"/keychain"_s, points))
    {
        // Each phase is durable when it is told.
        QObject::connect(&session.changes(), &CredentialChanges::advanced, &session.changes(),
                         [this](const Change &change) { pass(change); });
        QObject::connect(&session.recovery(), &ChangeRecovery::ended, &session.recovery(),
                         [this](const Change &change) { pass(change); });
    }

    static Session::Options options(const QString &folder)
    {
        Session::Options options;
        options.dataDir = folder + u"/data"_s;
        options.watchSeconds = 0;
        return options;
    }
    void pass(const Change &change) { points.pass(u"phase "_s + changePhaseWord(change.phase)); }
    /// The first one stays.
    void fail(const Problem &problem)
    {
        if (!result.contains("problem"_L1))
            result.insert(u"problem"_s, problem.toText());
    }

    QString url;
    QStringList instances;
    QString command;
    QByteArray key;
    bool watched;
    KillPoints points;
    Redactor redactor;
    FakeClock clock;
    Session session;
    QJsonObject result;
};

InstanceRecord recordOf(Victim &victim, int nth = 0)
{
    const QList<InstanceRecord> records = victim.session.inventory().records();
    for (const InstanceRecord &record : records) {
        if (record.instance.name == victim.instances.at(nth))
            return record;
    }
    return {};
}

bool hasCredential(const InstanceRecord &record)
{
    return record.knowledge == InstanceRecord::Knowledge::Present;
}

QString presentId(const InstanceRecord &record)
{
    return hasCredential(record) ? record.credential.id : QString();
}

HeaderKeys keysFor(const Victim &victim, const InstanceRecord &record)
{
    HeaderKeys keys;
    for (const HeaderDefinition &header : record.authorization.headers)
        keys.push_back({header.name, Secret(victim.key)});
    return keys;
}

ChangeRequest requestFor(const Victim &victim, const InstanceRecord &record, ChangeKind kind)
{
    ChangeRequest request;
    request.kind = kind;
    request.address = record.address;
    request.expectedCredentialId = kind == ChangeKind::Create ? QString() : record.credential.id;
    if (kind != ChangeKind::Delete)
        request.credential.headers = keysFor(victim, record);
    return request;
}

/// Waits for the end of its watch, which is at once.
QCoro::Task<void> watchOut(Victim *victim, Change change)
{
    ChangeWatch &watch = victim->session.watch();
    if (!watch.isWatching(change.id))
        co_return;
    victim->clock.advance(1);
    const Change ended = co_await watch.ended(change);
    if (ended.problem)
        victim->fail(*ended.problem);
}

QCoro::Task<void> take(Victim *victim, Outcome<Change> outcome)
{
    if (outcome)
        co_await watchOut(victim, outcome.value());
    else
        victim->fail(outcome.problem());
}

QCoro::Task<void> take(Victim *victim, Outcome<BulkResult> outcome)
{
    if (!outcome) {
        victim->fail(outcome.problem());
        co_return;
    }
    const QList<BulkRow> rows = outcome.value().rows;
    for (const BulkRow &row : rows) {
        if (row.problem)
            victim->fail(*row.problem);
        co_await watchOut(victim, row.change);
    }
}

QCoro::Task<void> seed(Victim *victim)
{
    Endpoint endpoint;
    endpoint.baseUrl = QUrl(victim->url);
    Profile profile;
    profile.name = u"Kill"_s;
    profile.endpoints = {endpoint};
    Secret token("kpat_kill-matrix-token");
    const Outcome<Profile> saved = co_await victim->session.profiles().save(profile, std::move(token), false);
    if (!saved)
        victim->fail(saved.problem());
    const Done refreshed = co_await victim->session.inventory().refresh();
    if (!refreshed)
        victim->fail(refreshed.problem());
}

QCoro::Task<void> change(Victim *victim, ChangeKind kind)
{
    ChangeRequest request = requestFor(*victim, recordOf(*victim), kind);
    const Outcome<Change> outcome = co_await victim->session.changes().run(std::move(request));
    co_await take(victim, outcome);
}

QCoro::Task<void> again(Victim *victim)
{
    const InstanceAddress address = recordOf(*victim).address;
    const Outcome<InstanceRecord> now = co_await victim->session.inventory().refreshOne(address);
    if (now)
        co_await change(victim, hasCredential(now.value()) ? ChangeKind::Replace : ChangeKind::Create);
    else
        victim->fail(now.problem());
}

QCoro::Task<void> adopt(Victim *victim)
{
    const InstanceRecord record = recordOf(*victim);
    HeaderKeys keys = keysFor(*victim, record);
    const Outcome<Change> outcome =
        co_await victim->session.adoption().adopt(record.address, presentId(record), std::move(keys));
    co_await take(victim, outcome);
}

QCoro::Task<void> back(Victim *victim)
{
    const InstanceRecord record = recordOf(*victim);
    const QString present = presentId(record);
    const QString typed;
    const Outcome<Change> outcome =
        co_await victim->session.changes().rollBackTo(record.address, present, typed);
    co_await take(victim, outcome);
}

QCoro::Task<void> handOver(Victim *victim, HandoverKind kind)
{
    const InstanceRecord from = recordOf(*victim, 0);
    const InstanceRecord to = recordOf(*victim, 1);
    HandoverRequest request;
    request.kind = kind;
    request.from = from.address;
    request.to = to.address;
    request.expectedHere = presentId(from);
    request.expectedThere = presentId(to);
    const Outcome<HandoverResult> outcome = co_await victim->session.handover().run(request);
    if (!outcome) {
        victim->fail(outcome.problem());
        co_return;
    }
    if (outcome.value().problemHere)
        victim->fail(*outcome.value().problemHere);
    co_await watchOut(victim, outcome.value().there);
}

QCoro::Task<void> replaceAll(Victim *victim, int atOnce)
{
    BulkRequest request;
    request.options.atOnce = atOnce;
    for (int nth = 0; nth < victim->instances.size(); ++nth)
        request.rows.push_back(requestFor(*victim, recordOf(*victim, nth), ChangeKind::Replace));
    const Outcome<BulkResult> outcome = co_await victim->session.bulk().run(std::move(request));
    co_await take(victim, outcome);
}

QCoro::Task<void> endRuns(Victim *victim)
{
    BulkChanges &bulk = victim->session.bulk();
    const Outcome<QList<BulkRun>> unfinished = co_await bulk.unfinishedRuns();
    if (!unfinished) {
        victim->fail(unfinished.problem());
        co_return;
    }
    const QList<BulkRun> runs = unfinished.value();
    victim->result[u"unfinished"_s] = runs.size();
    for (const BulkRun &run : runs) {
        const QString id = run.id;
        if (victim->command == u"resume"_s) {
            const BulkOptions options;
            const Outcome<BulkResult> outcome = co_await bulk.resume(id, options);
            co_await take(victim, outcome);
        } else {
            const Outcome<QList<Change>> given = co_await bulk.giveUp(id);
            if (!given)
                victim->fail(given.problem());
        }
    }
}

QCoro::Task<void> recover(Victim *victim)
{
    ChangeRecovery &recovery = victim->session.recovery();
    const Outcome<QList<UnfinishedChange>> examined = co_await recovery.examine();
    if (!examined) {
        victim->fail(examined.problem());
        co_return;
    }
    const QList<UnfinishedChange> all = examined.value();
    victim->result[u"unfinished"_s] = all.size();
    for (const UnfinishedChange &each : all) {
        const QString id = each.change.id;
        if (victim->command == u"look"_s)
            continue;
        Outcome<Change> outcome = Problem();
        if (victim->command == u"finish"_s)
            outcome = co_await victim->session.changes().finish(id);
        else if (victim->command == u"rollback"_s)
            outcome = co_await recovery.rollBack(id);
        else
            outcome = co_await recovery.leave(id);
        co_await take(victim, outcome);
    }
}

QCoro::Task<void> obey(Victim *victim)
{
    const QString command = victim->command;
    if (command == u"seed"_s)
        co_await seed(victim);
    else if (command == u"again"_s)
        co_await again(victim);
    else if (command == u"adopt"_s)
        co_await adopt(victim);
    else if (command == u"back"_s)
        co_await back(victim);
    else if (command == u"copy"_s)
        co_await handOver(victim, HandoverKind::Copy);
    else if (command == u"move"_s)
        co_await handOver(victim, HandoverKind::Move);
    else if (command == u"bulk"_s)
        co_await replaceAll(victim, 1);
    else if (command == u"both"_s)
        co_await replaceAll(victim, 2);
    else if (command == u"resume"_s || command == u"giveup"_s)
        co_await endRuns(victim);
    else if (const auto kind = changeKindFromWord(command))
        co_await change(victim, *kind);
    else
        co_await recover(victim);
}

QCoro::Task<void> run(Victim *victim)
{
    const Done opened = co_await victim->session.open();
    if (opened) {
        if (victim->watched)
            victim->session.watch().setDuration(300ms); // It looks six times as often.
        co_await obey(victim);
        victim->points.end();
        const QJsonObject told = co_await testify(&victim->session);
        for (auto it = told.begin(); it != told.end(); ++it)
            victim->result.insert(it.key(), it.value());
    } else {
        victim->fail(opened.problem());
    }
    co_await victim->session.close();
    victim->result[u"places"_s] = QJsonArray::fromStringList(victim->points.passed());
    QTextStream(stdout) << QJsonDocument(victim->result).toJson(QJsonDocument::Compact) << Qt::endl;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc != 8)
        return 64;
    Victim victim(QCoreApplication::arguments());
    QMetaObject::invokeMethod(
        &application,
        [&victim, &application] {
            QCoro::connect(run(&victim), &application, [] { QCoreApplication::quit(); });
        },
        Qt::QueuedConnection);
    return QCoreApplication::exec();
}
