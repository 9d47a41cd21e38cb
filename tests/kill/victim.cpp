// SPDX-License-Identifier: GPL-3.0-or-later
// kill_victim FOLDER URL INSTANCE,… COMMAND KILL-AT: does one thing with the services that the shipped
// programs link, and dies with SIGKILL at a place of its way. Prints one JSON line: the places passed and
// what became of it.
//   seed        a profile, and a refresh
//   known       the same, and the instance's keys replaced by ones that are kept
//   create, replace, delete
//   finish, rollback, leave   with every unfinished change
//   bulk            replaces the credentials of all instances in one run
//   resume, giveup  with every unfinished run
#include "app/session/session.h"
#include "models/core/redactor.h"
#include "models/services/bulkchanges.h"
#include "models/services/changerecovery.h"
#include "models/services/credentialchanges.h"
#include "models/services/inventory.h"
#include "models/services/profiles.h"
#include "tests/kill/killpoints.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

struct Victim
{
    Victim(const QStringList &arguments)
        : folder(arguments.at(1))
        , url(arguments.at(2))
        , instances(arguments.at(3).split(u','))
        , command(arguments.at(4))
        , points(arguments.at(5).toInt())
        , session(options(folder), redactor, clock,
                  std::make_unique<KillingSecretStore>(folder + u"/keychain"_s, points))
    {
        // Each phase is durable when it is told.
        QObject::connect(&session.changes(), &CredentialChanges::advanced, &session.changes(),
                         [this](const Change &) { points.pass(); });
        QObject::connect(&session.recovery(), &ChangeRecovery::ended, &session.recovery(),
                         [this](const Change &) { points.pass(); });
    }

    static Session::Options options(const QString &folder)
    {
        Session::Options options;
        options.dataDir = folder + u"/data"_s;
        options.watchSeconds = 0;
        return options;
    }

    QString folder;
    QString url;
    QStringList instances;
    QString command;
    KillPoints points;
    Redactor redactor;
    SystemClock clock;
    Session session;
    QJsonObject result;
};

std::optional<InstanceRecord> recordOf(Victim &victim, const QString &instance)
{
    const QList<InstanceRecord> records = victim.session.inventory().records();
    for (const InstanceRecord &record : records) {
        if (record.instance.name == instance)
            return record;
    }
    return std::nullopt;
}

ChangeRequest requestFor(Victim &victim, const QString &instance, ChangeKind kind, const QByteArray &key)
{
    ChangeRequest request;
    request.kind = kind;
    const std::optional<InstanceRecord> record = recordOf(victim, instance);
    if (!record)
        return request;
    request.address = record->address;
    request.expectedCredentialId = kind == ChangeKind::Create ? QString() : record->credential.id;
    if (kind != ChangeKind::Delete) {
        for (const HeaderDefinition &header : record->authorization.headers)
            request.credential.headers.push_back({header.name, Secret(key)});
    }
    return request;
}

void tell(Victim *victim, const Outcome<Change> &outcome)
{
    if (outcome)
        victim->result[u"phase"_s] = changePhaseWord(outcome.value().phase);
    else
        victim->result[u"problem"_s] = outcome.problem().toText();
}

QCoro::Task<void> change(Victim *victim, ChangeKind kind, QByteArray key)
{
    ChangeRequest request = requestFor(*victim, victim->instances.constFirst(), kind, key);
    const Outcome<Change> outcome = co_await victim->session.changes().run(std::move(request));
    tell(victim, outcome);
}

void tell(Victim *victim, const Outcome<BulkResult> &outcome)
{
    if (!outcome) {
        victim->result[u"problem"_s] = outcome.problem().toText();
        return;
    }
    for (const BulkRow &row : outcome.value().rows) {
        if (row.problem)
            victim->result[u"problem"_s] = row.problem->toText();
    }
}

QCoro::Task<void> bulk(Victim *victim)
{
    BulkRequest request;
    for (const QString &instance : std::as_const(victim->instances))
        request.rows.push_back(
            requestFor(*victim, instance, ChangeKind::Replace, QByteArrayLiteral("the-new-key-0001")));
    const Outcome<BulkResult> outcome = co_await victim->session.bulk().run(std::move(request));
    tell(victim, outcome);
}

QCoro::Task<void> endRuns(Victim *victim)
{
    BulkChanges &bulk = victim->session.bulk();
    const Outcome<QList<BulkRun>> unfinished = co_await bulk.unfinishedRuns();
    if (!unfinished) {
        victim->result[u"problem"_s] = unfinished.problem().toText();
        co_return;
    }
    const QList<BulkRun> runs = unfinished.value();
    victim->result[u"unfinished"_s] = runs.size();
    for (const BulkRun &run : runs) {
        const QString id = run.id;
        if (victim->command == u"resume"_s) {
            const BulkOptions options;
            const Outcome<BulkResult> outcome = co_await bulk.resume(id, options);
            tell(victim, outcome);
        } else {
            const Outcome<QList<Change>> given = co_await bulk.giveUp(id);
            if (!given)
                victim->result[u"problem"_s] = given.problem().toText();
        }
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
        victim->result[u"problem"_s] = saved.problem().toText();
    const Done refreshed = co_await victim->session.inventory().refresh();
    if (!refreshed)
        victim->result[u"problem"_s] = refreshed.problem().toText();
}

QCoro::Task<void> recover(Victim *victim)
{
    ChangeRecovery &recovery = victim->session.recovery();
    const Outcome<QList<UnfinishedChange>> examined = co_await recovery.examine();
    if (!examined) {
        victim->result[u"problem"_s] = examined.problem().toText();
        co_return;
    }
    const QList<UnfinishedChange> all = examined.value();
    victim->result[u"unfinished"_s] = all.size();
    for (const UnfinishedChange &each : all) {
        const QString id = each.change.id;
        Outcome<Change> outcome = Problem();
        if (victim->command == u"finish"_s)
            outcome = co_await victim->session.changes().finish(id);
        else if (victim->command == u"rollback"_s)
            outcome = co_await recovery.rollBack(id);
        else
            outcome = co_await recovery.leave(id);
        tell(victim, outcome);
    }
}

QCoro::Task<void> run(Victim *victim)
{
    const Done opened = co_await victim->session.open();
    if (!opened) {
        victim->result[u"problem"_s] = opened.problem().toText();
    } else if (victim->command == u"seed"_s) {
        co_await seed(victim);
    } else if (victim->command == u"known"_s) {
        co_await seed(victim);
        co_await change(victim, ChangeKind::Replace, QByteArrayLiteral("the-old-key-0001"));
    } else if (victim->command == u"bulk"_s) {
        co_await bulk(victim);
    } else if (victim->command == u"resume"_s || victim->command == u"giveup"_s) {
        co_await endRuns(victim);
    } else if (const auto kind = changeKindFromWord(victim->command)) {
        co_await change(victim, *kind, QByteArrayLiteral("the-new-key-0001"));
    } else {
        co_await recover(victim);
    }
    co_await victim->session.close();
    victim->result[u"points"_s] = victim->points.passed();
    QTextStream(stdout) << QJsonDocument(victim->result).toJson(QJsonDocument::Compact) << Qt::endl;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc != 6)
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
