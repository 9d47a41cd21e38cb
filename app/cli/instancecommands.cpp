// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/instancecommands.h"

#include "app/cli/recordjson.h"
#include "app/cli/refreshnotes.h"
#include "app/cli/table.h"
#include "models/core/health.h"
#include "models/core/wording.h"
#include "models/konnect/konnectclient.h"
#include "models/services/inventory.h"
#include "models/services/konnectclients.h"
#include "models/services/preferences.h"
#include "models/services/profiles.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <tuple>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::InstanceCommands)
};

QStringList profileOptions()
{
    return {u"profile"_s, u"url"_s, u"token-env"_s, u"token-stdin"_s, u"ca-file"_s, u"demo"_s, u"data-dir"_s};
}

struct Row
{
    InstanceRecord record;
    Health health;
};

QList<Row> sortedRows(const QList<InstanceRecord> &records, const QString &profileId, const QDateTime &now,
                      const HealthRules &rules)
{
    QList<Row> rows;
    for (const InstanceRecord &record : records) {
        if (profileId.isEmpty() || record.address.profileId == profileId)
            rows.append({record, assess(record, now, rules)});
    }
    std::sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) {
        if (a.health.worst != b.health.worst)
            return a.health.worst < b.health.worst;
        return std::tie(a.record.instance.name, a.record.address.instanceId) <
               std::tie(b.record.instance.name, b.record.address.instanceId);
    });
    return rows;
}

QStringList cells(const Row &row, const QDateTime &now)
{
    const InstanceRecord &record = row.record;
    const bool present = record.knowledge == InstanceRecord::Knowledge::Present;
    return {wording::stateLabel(row.health.worst),
            record.instance.name.isEmpty() ? record.address.instanceId : record.instance.name,
            record.instance.integrationName,
            record.profileName,
            record.endpointLabel,
            present ? wording::typeLabel(record.credential) : QString(),
            present ? wording::expiry(record, now) : QString(),
            wording::permissions(record),
            record.isProtected ? Text::tr("protected") : QString(),
            record.address.instanceId};
}

} // namespace

QString InstancesListCommand::summary() const
{
    return Text::tr("Show all integration instances with the state of their credentials, worst first.");
}

QStringList InstancesListCommand::options() const
{
    return profileOptions();
}

QCoro::Task<ExitCode> InstancesListCommand::run(CommandContext &context)
{
    Inventory &inventory = context.session->inventory();
    const QString profileId = context.profileId;
    const Done refreshed = co_await inventory.refresh(profileId);
    if (!refreshed)
        co_return context.console.fail(refreshed.problem());

    const QDateTime now = context.clock.now();
    const QList<Row> rows = sortedRows(inventory.records(), profileId, now,
                                       context.session->preferences().settings().healthRules);
    Table table({Text::tr("STATE"), Text::tr("INSTANCE"), Text::tr("INTEGRATION"), Text::tr("PROFILE"),
                 Text::tr("WHERE"), Text::tr("TYPE"), Text::tr("EXPIRY"), Text::tr("MISSING PERMISSIONS"),
                 Text::tr("PROTECTED"), Text::tr("ID")});
    QJsonArray instances;
    for (const Row &row : rows) {
        table.add(cells(row, now));
        instances.append(toJson(row.record, row.health));
    }
    if (!rows.isEmpty())
        context.console.out(table.toText());

    ExitCode code = ExitCode::Success;
    const auto tell = [&context, &code](const QString &text, ExitCode its) {
        context.console.note(text);
        code = code == ExitCode::Success ? its : code;
    };
    QJsonArray endpoints;
    for (const EndpointState &state : inventory.endpoints()) {
        if (profileId.isEmpty() || state.profileId == profileId)
            endpoints.append(toJson(state));
    }
    for (const RefreshNote &note : refreshNotes(*context.session, profileId))
        tell(note.text, exitCodeOf(note.problem));
    const auto unread = std::count_if(rows.begin(), rows.end(),
                                      [](const Row &row) { return row.record.lastProblem.has_value(); });
    if (unread > 0 && code == ExitCode::Success)
        tell(
            Text::tr("Credentials that could not be read, and are shown as they were before: %1").arg(unread),
            ExitCode::Unreachable);
    if (rows.isEmpty() && code == ExitCode::Success)
        context.console.out(Text::tr("There are no instances."));
    context.console.json(
        QJsonDocument(QJsonObject{{u"instances"_s, instances}, {u"endpoints"_s, endpoints}}));
    co_return code;
}

QString IntegrationsListCommand::summary() const
{
    return Text::tr("Show the integrations and the headers that their credentials carry.");
}

QStringList IntegrationsListCommand::options() const
{
    return profileOptions();
}

QCoro::Task<ExitCode> IntegrationsListCommand::run(CommandContext &context)
{
    Table table({Text::tr("NAME"), Text::tr("DISPLAY NAME"), Text::tr("AUTHORIZATION"), Text::tr("HEADERS"),
                 Text::tr("WHERE")});
    QJsonArray json;
    QJsonArray problems;
    ExitCode code = ExitCode::Success;
    const auto failed = [&](const Problem &problem) {
        context.console.note(problem.toText());
        problems.append(toJson(problem));
        code = exitCodeOf(problem);
    };
    const QList<Profile> profiles = context.session->profiles().all();
    for (const Profile &profile : profiles) {
        if (!context.profileId.isEmpty() && profile.id != context.profileId)
            continue;
        for (const Endpoint &endpoint : profile.endpoints) {
            const QString place = profile.name + u' ' + endpoint.label();
            Outcome<std::shared_ptr<KonnectClient>> made =
                co_await context.session->clients().client(profile, endpoint.origin());
            if (!made) {
                failed(made.problem());
                continue;
            }
            const std::shared_ptr<KonnectClient> client = std::move(made).value();
            Outcome<Listing<Integration>> listing = co_await client->integrations(context.stop);
            if (!listing) {
                failed(listing.problem());
                continue;
            }
            for (const Integration &integration : std::as_const(listing.value().items)) {
                QStringList headers;
                for (const HeaderDefinition &header : integration.authorization.headers)
                    headers += header.name;
                table.add({integration.name, integration.displayName,
                           wording::strategyLabel(integration.authorization.strategy), headers.join(", "_L1),
                           place});
                QJsonObject object = toJson(integration);
                object.insert(u"profile"_s, profile.name);
                object.insert(u"endpoint"_s, endpoint.label());
                json.append(object);
            }
        }
    }
    if (!json.isEmpty())
        context.console.out(table.toText());
    context.console.json(QJsonDocument(QJsonObject{{u"integrations"_s, json}, {u"problems"_s, problems}}));
    co_return code;
}

} // namespace latchkey
