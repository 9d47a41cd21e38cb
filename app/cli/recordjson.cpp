// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recordjson.h"

#include "models/core/wording.h"

#include <QJsonArray>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue orNull(const std::optional<bool> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue orNull(const QDateTime &moment)
{
    return moment.isValid() ? QJsonValue(moment.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonValue orNull(const QDate &day)
{
    return day.isValid() ? QJsonValue(day.toString(Qt::ISODate)) : QJsonValue();
}

QJsonValue toJson(const Expiry &expiry)
{
    if (!expiry.isKnown())
        return {};
    return QJsonObject{{u"at"_s, orNull(expiry.at.utc)},
                       {u"source"_s, wording::expirySourceWord(expiry.source)}};
}

QJsonValue toJson(const ExpiryRecord &record)
{
    if (record.isEmpty())
        return {};
    return QJsonObject{{u"date"_s, orNull(record.date)},
                       {u"credential_id"_s, orNull(record.credentialId)},
                       {u"lives_days"_s, record.livesDays > 0 ? QJsonValue(record.livesDays) : QJsonValue()},
                       {u"owner"_s, orNull(record.owner)},
                       {u"note"_s, orNull(record.note)},
                       {u"recorded_at"_s, orNull(record.recordedAt)}};
}

QJsonArray toJson(const QList<HealthState> &states)
{
    QJsonArray words;
    for (const HealthState state : states)
        words.append(wording::stateWord(state));
    return words;
}

QJsonValue toJson(const AttentionMark &mark)
{
    if (mark.isEmpty())
        return {};
    return QJsonObject{{u"credential_id"_s, orNull(mark.credentialId)},
                       {u"snoozed_until"_s, orNull(mark.snoozedUntil)},
                       {u"acknowledged"_s, toJson(mark.acknowledged)}};
}

QString strategyWord(const Authorization &authorization)
{
    switch (authorization.strategy) {
    case Authorization::Strategy::NotRead:
        return u"not_read"_s;
    case Authorization::Strategy::None:
        return u"none"_s;
    case Authorization::Strategy::MultiKey:
        return credentialTypeWord(CredentialType::MultiKey);
    case Authorization::Strategy::OAuth:
        return credentialTypeWord(CredentialType::OAuth);
    case Authorization::Strategy::GitHubApp:
        return credentialTypeWord(CredentialType::GitHubApp);
    case Authorization::Strategy::AwsRole:
        return credentialTypeWord(CredentialType::AwsRole);
    case Authorization::Strategy::Unknown:
        break;
    }
    return authorization.rawType;
}

QString resultWord(ConnectionStep::Result result)
{
    switch (result) {
    case ConnectionStep::Result::Passed:
        return u"passed"_s;
    case ConnectionStep::Result::Failed:
        return u"failed"_s;
    case ConnectionStep::Result::NotReached:
        break;
    }
    return u"not_reached"_s;
}

QJsonObject addressJson(const InstanceAddress &address, const QString &name, const QString &title)
{
    return {{u"id"_s, address.instanceId},
            {u"name"_s, orNull(name)},
            {u"display_name"_s, orNull(title)},
            {u"origin"_s, address.origin}};
}

} // namespace

QString connectionStepWord(ConnectionStep::Kind kind)
{
    switch (kind) {
    case ConnectionStep::Kind::ReadCa:
        return u"read_ca"_s;
    case ConnectionStep::Kind::ResolveHost:
        return u"resolve_host"_s;
    case ConnectionStep::Kind::Connect:
        return u"connect"_s;
    case ConnectionStep::Kind::Tls:
        return u"tls"_s;
    case ConnectionStep::Kind::Authenticate:
        return u"authenticate"_s;
    case ConnectionStep::Kind::ListInstances:
        return u"list_instances"_s;
    case ConnectionStep::Kind::ReadCatalog:
        break;
    }
    return u"read_catalog"_s;
}

QJsonObject toJson(const Problem &problem)
{
    QJsonObject json{{u"category"_s, categoryWord(problem.category)},
                     {u"caption"_s, problem.caption},
                     {u"detail"_s, orNull(problem.detail)},
                     {u"trace_id"_s, orNull(problem.traceId)}};
    if (problem.httpStatus != 0)
        json.insert(u"http_status"_s, problem.httpStatus);
    QJsonArray parameters;
    for (const InvalidParameter &parameter : problem.invalidParameters) {
        parameters.append(QJsonObject{{u"field"_s, parameter.field},
                                      {u"rule"_s, orNull(parameter.rule)},
                                      {u"reason"_s, parameter.reason}});
    }
    if (!parameters.isEmpty())
        json.insert(u"invalid_parameters"_s, parameters);
    return json;
}

QJsonObject toJson(const AuthCredential &credential)
{
    QJsonArray permissions;
    for (const MissingPermission &missing : credential.missingPermissions) {
        permissions.append(QJsonObject{{u"message"_s, missing.message},
                                       {u"scopes"_s, QJsonArray::fromStringList(missing.scopes)}});
    }
    QJsonObject json{{u"id"_s, credential.id},
                     {u"type"_s, credential.rawType},
                     {u"tainted"_s, orNull(credential.tainted)},
                     {u"expires_at"_s, orNull(credential.expiresAt.raw)},
                     {u"created_at"_s, orNull(credential.createdAt.raw)},
                     {u"missing_permissions"_s, permissions}};
    if (!credential.roleArn.isEmpty())
        json.insert(u"role_arn"_s, credential.roleArn);
    if (!credential.installationId.isEmpty())
        json.insert(u"installation_id"_s, credential.installationId);
    if (credential.type == CredentialType::GitHubApp)
        json.insert(u"app_installed_by"_s, orNull(credential.appInstalledBy));
    return json;
}

QJsonObject toJson(const InstanceRecord &record, const Health &health)
{
    QJsonObject labels;
    for (const auto &[name, value] : record.instance.labels.asKeyValueRange())
        labels.insert(name, value);
    const bool present = record.knowledge == InstanceRecord::Knowledge::Present;
    const QJsonObject known{{u"current"_s, record.keptKeys.current},
                            {u"headers"_s, QJsonArray::fromStringList(record.keptKeys.headers)},
                            {u"current_since"_s, orNull(record.keptKeys.currentSince)},
                            {u"entered"_s, record.keptKeys.entered},
                            {u"previous"_s, record.keptKeys.previous},
                            {u"previous_since"_s, orNull(record.keptKeys.previousSince)}};
    return {{u"profile"_s, record.profileName},
            {u"endpoint"_s, record.endpointLabel},
            {u"origin"_s, record.address.origin},
            {u"id"_s, record.address.instanceId},
            {u"name"_s, orNull(record.instance.name)},
            {u"display_name"_s, orNull(record.instance.displayName)},
            {u"description"_s, orNull(record.instance.description)},
            {u"integration"_s, orNull(record.instance.integrationName)},
            {u"integration_display_name"_s, orNull(record.instance.integrationDisplayName)},
            {u"authorization"_s, strategyWord(record.authorization)},
            {u"authorized"_s, orNull(record.instance.authorized)},
            {u"labels"_s, labels},
            {u"config"_s, record.instance.config},
            {u"created_at"_s, orNull(record.instance.createdAt.raw)},
            {u"updated_at"_s, orNull(record.instance.updatedAt.raw)},
            {u"state"_s, wording::stateWord(health.worst)},
            {u"reasons"_s, toJson(health.reasons)},
            {u"needs_attention"_s, health.needsAttention()},
            {u"expiry"_s, toJson(expiryOf(record))},
            {u"recorded_expiry"_s, toJson(record.expiry)},
            {u"attention"_s, toJson(record.attention)},
            {u"protected"_s, record.isProtected},
            {u"checked_at"_s, orNull(record.checkedAt)},
            {u"credential"_s, present ? QJsonValue(toJson(record.credential)) : QJsonValue()},
            {u"keys_known_here"_s, known},
            {u"problem"_s, record.lastProblem ? QJsonValue(toJson(*record.lastProblem)) : QJsonValue()}};
}

QJsonObject toJson(const Integration &integration)
{
    QJsonArray headers;
    for (const HeaderDefinition &header : integration.authorization.headers) {
        headers.append(QJsonObject{{u"name"_s, header.name},
                                   {u"display_name"_s, orNull(header.displayName)},
                                   {u"description"_s, orNull(header.description)}});
    }
    return {{u"name"_s, integration.name},
            {u"display_name"_s, orNull(integration.displayName)},
            {u"built_in"_s, integration.builtIn},
            {u"version"_s, orNull(integration.version)},
            {u"authorization"_s, strategyWord(integration.authorization)},
            {u"headers"_s, headers}};
}

QJsonObject toJson(const Profile &profile)
{
    QJsonArray endpoints;
    for (const Endpoint &endpoint : profile.endpoints)
        endpoints.append(
            QJsonObject{{u"geo"_s, orNull(endpoint.geo)}, {u"url"_s, endpoint.baseUrl.toString()}});
    return {{u"id"_s, profile.id},
            {u"name"_s, profile.name},
            {u"endpoints"_s, endpoints},
            {u"ca_file"_s, orNull(profile.caFile)},
            {u"production"_s, profile.production},
            {u"token_kept"_s, !profile.tokenVersion.isEmpty()},
            {u"token_expires"_s, orNull(profile.tokenExpires)},
            {u"organization_in_doubt"_s, profile.organizationInDoubt}};
}

QJsonObject toJson(const EndpointTest &test)
{
    QJsonArray steps;
    for (const ConnectionStep &step : test.steps) {
        steps.append(QJsonObject{{u"step"_s, connectionStepWord(step.kind)},
                                 {u"result"_s, resultWord(step.result)},
                                 {u"detail"_s, orNull(step.detail)}});
    }
    return {{u"endpoint"_s, test.endpoint.label()},
            {u"origin"_s, test.endpoint.origin()},
            {u"passed"_s, test.passed()},
            {u"instances"_s, test.instances < 0 ? QJsonValue() : QJsonValue(test.instances)},
            {u"steps"_s, steps}};
}

QJsonObject toJson(const EndpointState &state)
{
    return {{u"endpoint"_s, state.endpointLabel},
            {u"origin"_s, state.origin},
            {u"listed_at"_s, orNull(state.listedAt)},
            {u"dropped_items"_s, state.droppedItems},
            {u"shortfall"_s, state.shortfall ? QJsonValue(toJson(*state.shortfall)) : QJsonValue()},
            {u"problem"_s, state.problem ? QJsonValue(toJson(*state.problem)) : QJsonValue()}};
}

QJsonObject toJson(const Change &change)
{
    return {{u"id"_s, change.id},
            {u"kind"_s, changeKindWord(change.kind)},
            {u"phase"_s, changePhaseWord(change.phase)},
            {u"profile"_s, change.profileName},
            {u"instance"_s, addressJson(change.address, change.instanceName, change.instanceTitle)},
            {u"old_credential_id"_s, orNull(change.oldCredentialId)},
            {u"new_credential_id"_s, orNull(change.newCredentialId)},
            {u"way_back"_s, !change.previousVersion.isEmpty()},
            {u"probably_ours"_s, change.probablyOurs},
            {u"post_attempts"_s, change.postAttempts},
            {u"gap_ms"_s, change.gapMs ? QJsonValue(*change.gapMs) : QJsonValue()},
            {u"run"_s, orNull(change.run)},
            {u"expires"_s, orNull(change.expires.toString(Qt::ISODate))},
            {u"problem"_s, change.problem ? QJsonValue(toJson(*change.problem)) : QJsonValue()}};
}

QJsonObject toJson(const BulkRow &row, const IntegrationInstance &instance)
{
    return {{u"instance"_s, addressJson(row.address, instance.name, instance.title())},
            {u"state"_s, bulkRowStateWord(row.state)},
            {u"change"_s, row.change.id.isEmpty() ? QJsonValue() : QJsonValue(toJson(row.change))},
            {u"problem"_s, row.problem ? QJsonValue(toJson(*row.problem)) : QJsonValue()}};
}

QJsonObject toJson(const PlanRowResult &result)
{
    const PlanRow &row = result.row;
    return {{u"profile"_s, row.profile},
            {u"integration"_s, row.wanted.integration},
            {u"instance"_s, addressJson(row.address, row.wanted.name, row.title)},
            {u"action"_s, planActionWord(row.action)},
            {u"state"_s, planRowStateWord(result.state)},
            {u"note"_s, orNull(result.note)},
            {u"change"_s, result.change.id.isEmpty() ? QJsonValue() : QJsonValue(toJson(result.change))},
            {u"problem"_s, result.problem ? QJsonValue(toJson(*result.problem)) : QJsonValue()}};
}

} // namespace latchkey
