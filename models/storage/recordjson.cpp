// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/recordjson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey::recordjson {

namespace {

using Strategy = Authorization::Strategy;
using Knowledge = InstanceRecord::Knowledge;

constexpr std::array<std::pair<Strategy, QLatin1StringView>, 7> strategies{{
    {Strategy::NotRead, "not_read"_L1},
    {Strategy::None, "none"_L1},
    {Strategy::MultiKey, "multi_key"_L1},
    {Strategy::OAuth, "oauth"_L1},
    {Strategy::GitHubApp, "github_app"_L1},
    {Strategy::AwsRole, "aws_role"_L1},
    {Strategy::Unknown, "unknown"_L1},
}};

constexpr std::array<std::pair<Knowledge, QLatin1StringView>, 3> knowledges{{
    {Knowledge::NotChecked, "not_checked"_L1},
    {Knowledge::Absent, "absent"_L1},
    {Knowledge::Present, "present"_L1},
}};

template <typename Table, typename Value>
QString wordOf(const Table &table, Value value)
{
    for (const auto &[candidate, word] : table) {
        if (candidate == value)
            return word;
    }
    return {};
}

/// The first of the table where the word is unknown: the one that claims least.
template <typename Table>
auto valueOf(const Table &table, const QString &word)
{
    for (const auto &[candidate, candidateWord] : table) {
        if (candidateWord == word)
            return candidate;
    }
    return table.front().first;
}

/// Short records: what is empty is left out.
void put(QJsonObject &object, QLatin1StringView name, const QString &value)
{
    if (!value.isEmpty())
        object.insert(name, value);
}

void put(QJsonObject &object, QLatin1StringView name, bool value)
{
    if (value)
        object.insert(name, true);
}

void put(QJsonObject &object, QLatin1StringView name, std::optional<bool> value)
{
    if (value)
        object.insert(name, *value);
}

void put(QJsonObject &object, QLatin1StringView name, const QStringList &list)
{
    if (!list.isEmpty())
        object.insert(name, QJsonArray::fromStringList(list));
}

void put(QJsonObject &object, QLatin1StringView name, const QUrl &url)
{
    // One that is not valid is not empty, but has no text.
    if (url.isValid())
        object.insert(name, url.toString(QUrl::FullyEncoded));
}

// Milliseconds since 1970 instead of text: reading 20,000 dates is a visible part of the start.
void put(QJsonObject &object, QLatin1StringView name, const QDateTime &moment)
{
    if (moment.isValid())
        object.insert(name, moment.toMSecsSinceEpoch());
}

void put(QJsonObject &object, QLatin1StringView name, const Timestamp &timestamp)
{
    if (!timestamp.isGiven() && !timestamp.isKnown())
        return;
    QJsonObject both;
    put(both, "raw"_L1, timestamp.raw);
    put(both, "utc"_L1, timestamp.utc);
    object.insert(name, both);
}

std::optional<bool> optionalBool(const QJsonValue &value)
{
    return value.isBool() ? std::optional<bool>(value.toBool()) : std::nullopt;
}

QDateTime moment(const QJsonValue &value)
{
    return value.isDouble() ? QDateTime::fromMSecsSinceEpoch(value.toInteger(), Qt::UTC) : QDateTime();
}

Timestamp timestamp(const QJsonValue &value)
{
    return {moment(value["utc"_L1]), value["raw"_L1].toString()};
}

QStringList strings(const QJsonValue &value)
{
    QStringList list;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array)
        list.append(item.toString());
    return list;
}

QUrl url(const QJsonValue &value)
{
    return QUrl(value.toString(), QUrl::StrictMode);
}

QJsonObject toJson(const Authorization &authorization)
{
    QJsonObject object{{u"strategy"_s, wordOf(strategies, authorization.strategy)}};
    put(object, "type"_L1, authorization.rawType);
    QJsonArray headers;
    for (const HeaderDefinition &header : authorization.headers) {
        QJsonObject item;
        put(item, "name"_L1, header.name);
        put(item, "display_name"_L1, header.displayName);
        put(item, "description"_L1, header.description);
        headers.append(item);
    }
    if (!headers.isEmpty())
        object.insert("headers"_L1, headers);
    put(object, "overridable"_L1, authorization.overridableConfig);
    put(object, "scopes"_L1, authorization.scopes);
    put(object, "authorize_at"_L1, authorization.authorizationEndpoint);
    put(object, "install_at"_L1, authorization.appInstallUrl);
    put(object, "manage_at"_L1, authorization.appManageUrl);
    return object;
}

Authorization authorizationFrom(const QJsonValue &json)
{
    Authorization authorization;
    authorization.strategy = valueOf(strategies, json["strategy"_L1].toString());
    authorization.rawType = json["type"_L1].toString();
    const QJsonArray headers = json["headers"_L1].toArray();
    for (const QJsonValue &item : headers) {
        authorization.headers.append({item["name"_L1].toString(), item["display_name"_L1].toString(),
                                      item["description"_L1].toString()});
    }
    authorization.overridableConfig = strings(json["overridable"_L1]);
    authorization.scopes = strings(json["scopes"_L1]);
    authorization.authorizationEndpoint = url(json["authorize_at"_L1]);
    authorization.appInstallUrl = url(json["install_at"_L1]);
    authorization.appManageUrl = url(json["manage_at"_L1]);
    return authorization;
}

QJsonObject toJson(const AuthCredential &credential)
{
    QJsonObject object;
    put(object, "id"_L1, credential.id);
    put(object, "type"_L1, credentialTypeWord(credential.type));
    put(object, "raw_type"_L1, credential.rawType);
    QJsonArray missing;
    for (const MissingPermission &permission : credential.missingPermissions) {
        QJsonObject item;
        put(item, "scopes"_L1, permission.scopes);
        put(item, "message"_L1, permission.message);
        missing.append(item);
    }
    if (!missing.isEmpty())
        object.insert("missing"_L1, missing);
    put(object, "tainted"_L1, credential.tainted);
    put(object, "expires"_L1, credential.expiresAt);
    put(object, "created"_L1, credential.createdAt);
    put(object, "role_arn"_L1, credential.roleArn);
    put(object, "installation"_L1, credential.installationId);
    put(object, "installed_by"_L1, credential.appInstalledBy);
    return object;
}

AuthCredential credentialFrom(const QJsonValue &json)
{
    AuthCredential credential;
    credential.id = json["id"_L1].toString();
    credential.type = credentialTypeFromWord(json["type"_L1].toString());
    credential.rawType = json["raw_type"_L1].toString();
    const QJsonArray missing = json["missing"_L1].toArray();
    for (const QJsonValue &item : missing)
        credential.missingPermissions.append({strings(item["scopes"_L1]), item["message"_L1].toString()});
    credential.tainted = optionalBool(json["tainted"_L1]);
    credential.expiresAt = timestamp(json["expires"_L1]);
    credential.createdAt = timestamp(json["created"_L1]);
    credential.roleArn = json["role_arn"_L1].toString();
    credential.installationId = json["installation"_L1].toString();
    credential.appInstalledBy = json["installed_by"_L1].toString();
    return credential;
}

QJsonObject toJson(const IntegrationInstance &instance)
{
    QJsonObject object;
    put(object, "id"_L1, instance.id);
    put(object, "name"_L1, instance.name);
    put(object, "display_name"_L1, instance.displayName);
    put(object, "description"_L1, instance.description);
    put(object, "integration"_L1, instance.integrationName);
    put(object, "integration_title"_L1, instance.integrationDisplayName);
    put(object, "authorized"_L1, instance.authorized);
    QJsonObject labels;
    for (auto label = instance.labels.constBegin(); label != instance.labels.constEnd(); ++label)
        labels.insert(label.key(), label.value());
    if (!labels.isEmpty())
        object.insert("labels"_L1, labels);
    if (!instance.config.isEmpty())
        object.insert("config"_L1, instance.config);
    put(object, "created"_L1, instance.createdAt);
    put(object, "updated"_L1, instance.updatedAt);
    return object;
}

IntegrationInstance instanceFrom(const QJsonValue &json)
{
    IntegrationInstance instance;
    instance.id = json["id"_L1].toString();
    instance.name = json["name"_L1].toString();
    instance.displayName = json["display_name"_L1].toString();
    instance.description = json["description"_L1].toString();
    instance.integrationName = json["integration"_L1].toString();
    instance.integrationDisplayName = json["integration_title"_L1].toString();
    instance.authorized = optionalBool(json["authorized"_L1]);
    const QJsonObject labels = json["labels"_L1].toObject();
    for (auto label = labels.constBegin(); label != labels.constEnd(); ++label)
        instance.labels.insert(label.key(), label.value().toString());
    instance.config = json["config"_L1].toObject();
    instance.createdAt = timestamp(json["created"_L1]);
    instance.updatedAt = timestamp(json["updated"_L1]);
    return instance;
}

QJsonObject toJson(const Problem &problem)
{
    QJsonObject object{{u"category"_s, categoryWord(problem.category)}};
    put(object, "caption"_L1, problem.caption);
    put(object, "detail"_L1, problem.detail);
    put(object, "trace"_L1, problem.traceId);
    if (problem.httpStatus != 0)
        object.insert("status"_L1, problem.httpStatus);
    if (problem.retryAfterSeconds)
        object.insert("retry_after"_L1, *problem.retryAfterSeconds);
    QJsonArray parameters;
    for (const InvalidParameter &parameter : problem.invalidParameters) {
        QJsonObject item;
        put(item, "field"_L1, parameter.field);
        put(item, "rule"_L1, parameter.rule);
        put(item, "reason"_L1, parameter.reason);
        put(item, "source"_L1, parameter.source);
        parameters.append(item);
    }
    if (!parameters.isEmpty())
        object.insert("parameters"_L1, parameters);
    return object;
}

Problem problemFrom(const QJsonValue &json)
{
    Problem problem;
    problem.category =
        categoryFromWord(json["category"_L1].toString()).value_or(Problem::Category::ServerError);
    problem.caption = json["caption"_L1].toString();
    problem.detail = json["detail"_L1].toString();
    problem.traceId = json["trace"_L1].toString();
    problem.httpStatus = json["status"_L1].toInt();
    if (json["retry_after"_L1].isDouble())
        problem.retryAfterSeconds = json["retry_after"_L1].toInt();
    const QJsonArray parameters = json["parameters"_L1].toArray();
    for (const QJsonValue &item : parameters) {
        problem.invalidParameters.append({item["field"_L1].toString(), item["rule"_L1].toString(),
                                          item["reason"_L1].toString(), item["source"_L1].toString()});
    }
    return problem;
}

} // namespace

QByteArray write(const InstanceRecord &record)
{
    QJsonObject object{{u"instance"_s, toJson(record.instance)},
                       {u"authorization"_s, toJson(record.authorization)},
                       {u"knowledge"_s, wordOf(knowledges, record.knowledge)}};
    put(object, "profile"_L1, record.profileName);
    put(object, "colour"_L1, record.profileColour);
    put(object, "production"_L1, record.production);
    put(object, "endpoint"_L1, record.endpointLabel);
    put(object, "built_in"_L1, record.builtIn);
    const QJsonObject credential = toJson(record.credential);
    if (!credential.isEmpty())
        object.insert("credential"_L1, credential);
    put(object, "checked"_L1, record.checkedAt);
    if (record.lastProblem)
        object.insert("problem"_L1, toJson(*record.lastProblem));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<InstanceRecord> readRecord(const QByteArray &json, const InstanceAddress &address)
{
    const QJsonValue object(QJsonDocument::fromJson(json).object());
    InstanceRecord record;
    record.address = address;
    record.instance = instanceFrom(object["instance"_L1]);
    if (record.instance.id.isEmpty())
        return std::nullopt;
    record.authorization = authorizationFrom(object["authorization"_L1]);
    record.knowledge = valueOf(knowledges, object["knowledge"_L1].toString());
    record.profileName = object["profile"_L1].toString();
    record.profileColour = object["colour"_L1].toString();
    record.production = object["production"_L1].toBool();
    record.endpointLabel = object["endpoint"_L1].toString();
    record.builtIn = object["built_in"_L1].toBool();
    record.credential = credentialFrom(object["credential"_L1]);
    record.checkedAt = moment(object["checked"_L1]);
    if (object["problem"_L1].isObject())
        record.lastProblem = problemFrom(object["problem"_L1]);
    return record;
}

QByteArray write(const QList<Integration> &integrations)
{
    QJsonArray array;
    for (const Integration &integration : integrations) {
        QJsonObject item{{u"authorization"_s, toJson(integration.authorization)}};
        put(item, "name"_L1, integration.name);
        put(item, "display_name"_L1, integration.displayName);
        put(item, "description"_L1, integration.description);
        put(item, "version"_L1, integration.version);
        put(item, "visibility"_L1, integration.visibility);
        put(item, "built_in"_L1, integration.builtIn);
        array.append(item);
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QList<Integration> readIntegrations(const QByteArray &json)
{
    QList<Integration> integrations;
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const QJsonValue &item : array) {
        Integration integration;
        integration.name = item["name"_L1].toString();
        integration.displayName = item["display_name"_L1].toString();
        integration.description = item["description"_L1].toString();
        integration.version = item["version"_L1].toString();
        integration.visibility = item["visibility"_L1].toString();
        integration.builtIn = item["built_in"_L1].toBool();
        integration.authorization = authorizationFrom(item["authorization"_L1]);
        integrations.append(integration);
    }
    return integrations;
}

QString write(const std::optional<Problem> &problem)
{
    if (!problem)
        return {};
    return QString::fromUtf8(QJsonDocument(toJson(*problem)).toJson(QJsonDocument::Compact));
}

std::optional<Problem> readProblem(const QString &json)
{
    if (json.isEmpty())
        return std::nullopt;
    return problemFrom(QJsonDocument::fromJson(json.toUtf8()).object());
}

} // namespace latchkey::recordjson
