// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demochecks.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QUrl>

#include <utility>

namespace latchkey::demochecks {

using namespace Qt::StringLiterals;

namespace {

void refuseOthers(const QJsonObject &object, const QStringList &known, const QString &prefix,
                  DemoProblems &problems)
{
    for (const QString &member : object.keys())
        if (!known.contains(member))
            problems.add(prefix + member, u"unknown_property"_s, u"is not a known property"_s);
}

/// True where `member` is a text that is not empty.
bool needText(const QJsonObject &object, const QString &member, const QString &prefix, DemoProblems &problems)
{
    const QJsonValue value = object.value(member);
    const QString field = prefix + member;
    if (value.isUndefined())
        problems.add(field, u"required"_s, u"is a required field"_s);
    else if (!value.isString())
        problems.add(field, u"is_string"_s, u"must be a string"_s);
    else if (value.toString().isEmpty())
        problems.addMinimum(field, u"min_length"_s, 1, u"must have at least 1 character"_s);
    else
        return true;
    return false;
}

void needUrl(const QJsonObject &object, const QString &member, const QString &prefix, DemoProblems &problems)
{
    if (!needText(object, member, prefix, problems))
        return;
    const QUrl url(object.value(member).toString(), QUrl::StrictMode);
    if (!url.isValid() || url.scheme().isEmpty() || url.host().isEmpty())
        problems.add(prefix + member, u"invalid"_s, u"must be a URI"_s);
}

QStringList definedHeaders(const QJsonObject &integration)
{
    QStringList names;
    const QJsonObject config = integration.value("authorization"_L1).toObject().value("config"_L1).toObject();
    const QJsonArray headers = config.value("headers"_L1).toArray();
    for (const QJsonValue &header : headers)
        names.append(header.toObject().value("name"_L1).toString());
    return names;
}

void checkKey(const QJsonObject &header, const QString &prefix, DemoProblems &problems)
{
    if (!needText(header, u"key"_s, prefix, problems))
        return;
    static const QRegularExpression control(u"[\\x00-\\x08\\x0a-\\x1f\\x7f]"_s);
    if (header.value("key"_L1).toString().contains(control))
        problems.add(prefix + "key"_L1, u"matches_regex"_s, u"must not contain control characters"_s);
}

void checkHeaders(const QJsonValue &value, const QStringList &defined, DemoProblems &problems)
{
    const QString field = u"config.headers"_s;
    if (value.isUndefined()) {
        problems.add(field, u"required"_s, u"is a required field"_s);
        return;
    }
    if (!value.isArray()) {
        problems.add(field, u"is_array"_s, u"must be an array"_s);
        return;
    }
    QStringList given;
    qsizetype index = 0;
    const QJsonArray items = value.toArray();
    for (const QJsonValue &item : items) {
        const QString prefix = u"%1[%2]"_s.arg(field).arg(index++);
        if (!item.isObject()) {
            problems.add(prefix, u"is_object"_s, u"must be an object"_s);
            continue;
        }
        const QJsonObject header = item.toObject();
        refuseOthers(header, {u"name"_s, u"key"_s}, prefix + u'.', problems);
        checkKey(header, prefix + u'.', problems);
        if (!needText(header, u"name"_s, prefix + u'.', problems))
            continue;
        const QString name = header.value("name"_L1).toString();
        if (given.contains(name, Qt::CaseInsensitive))
            problems.add(prefix + ".name"_L1, u"invalid"_s, u"must not be given twice"_s);
        else if (!defined.contains(name, Qt::CaseInsensitive))
            problems.addChoice(prefix + ".name"_L1, defined);
        given.append(name);
    }
    for (const QString &name : defined)
        if (!given.contains(name, Qt::CaseInsensitive))
            problems.add(field, u"required"_s, u"must contain the header "_s + name);
}

void checkRole(const QJsonObject &config, DemoProblems &problems)
{
    refuseOthers(config, {u"role_arn"_s}, u"config."_s, problems);
    static const QRegularExpression arn(
        u"\\Aarn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}\\z"_s);
    if (needText(config, u"role_arn"_s, u"config."_s, problems) &&
        !arn.match(config.value("role_arn"_L1).toString()).hasMatch())
        problems.add(u"config.role_arn"_s, u"is_arn"_s, u"must be the ARN of an IAM role"_s);
}

void checkConsent(const QJsonObject &config, DemoProblems &problems)
{
    refuseOthers(config, {u"grant_type"_s, u"code"_s, u"redirect_uri"_s}, u"config."_s, problems);
    if (needText(config, u"grant_type"_s, u"config."_s, problems) &&
        config.value("grant_type"_L1) != QJsonValue(u"authorization_code"_s))
        problems.addChoice(u"config.grant_type"_s, {u"authorization_code"_s});
    needText(config, u"code"_s, u"config."_s, problems);
    needUrl(config, u"redirect_uri"_s, u"config."_s, problems);
}

void checkInstallation(const QJsonObject &config, DemoProblems &problems)
{
    refuseOthers(config, {u"installation_id"_s, u"code"_s, u"app_installed_by"_s}, u"config."_s, problems);
    needText(config, u"installation_id"_s, u"config."_s, problems);
    needText(config, u"code"_s, u"config."_s, problems);
    if (config.contains("app_installed_by"_L1) && !config.value("app_installed_by"_L1).isString())
        problems.add(u"config.app_installed_by"_s, u"is_string"_s, u"must be a string"_s);
}

void checkLength(const QString &text, int most, const QString &field, DemoProblems &problems)
{
    if (text.size() > most)
        problems.addMaximum(field, u"max_length"_s, most,
                            u"must not have more than %1 characters"_s.arg(most));
}

void checkMachineName(const QJsonObject &body, const QString &member, DemoProblems &problems)
{
    static const QRegularExpression pattern(u"\\A[0-9a-z.-]+\\z"_s);
    if (!needText(body, member, {}, problems))
        return;
    const QString name = body.value(member).toString();
    checkLength(name, 120, member, problems);
    if (!pattern.match(name).hasMatch())
        problems.add(member, u"matches_regex"_s, u"must match ^[0-9a-z.-]+$"_s);
}

void checkLabels(const QJsonValue &value, bool update, DemoProblems &problems)
{
    if (value.isUndefined() || (update && value.isNull()))
        return;
    if (!value.isObject()) {
        problems.add(u"labels"_s, u"is_object"_s, u"must be an object"_s);
        return;
    }
    static const QRegularExpression pattern(u"\\A[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?\\z"_s);
    static const QRegularExpression reserved(u"\\A(kong|konnect|mesh|kic|_)"_s);
    const QJsonObject labels = value.toObject();
    if (labels.size() > 50)
        problems.addMaximum(u"labels"_s, u"max_items"_s, 50, u"must not have more than 50 items"_s);
    for (auto label = labels.begin(); label != labels.end(); ++label) {
        const QString field = u"labels."_s + label.key();
        if (label.key().isEmpty() || label.key().size() > 63 || reserved.match(label.key()).hasMatch())
            problems.add(field, u"is_label"_s, u"is not a valid key of a label"_s);
        if (update && label->isNull())
            continue;
        if (!label->isString() || label->toString().size() > 63 ||
            !pattern.match(label->toString()).hasMatch())
            problems.add(field, u"is_label"_s, u"is not a valid value of a label"_s);
    }
}

void checkInstanceFields(const QJsonObject &body, bool update, DemoProblems &problems)
{
    if (!update || body.contains("name"_L1))
        checkMachineName(body, u"name"_s, problems);
    if (!update || body.contains("display_name"_L1))
        if (needText(body, u"display_name"_s, {}, problems))
            checkLength(body.value("display_name"_L1).toString(), 120, u"display_name"_s, problems);
    const QJsonValue description = body.value("description"_L1);
    if (description.isString())
        checkLength(description.toString(), 2048, u"description"_s, problems);
    else if (!description.isUndefined() && !description.isNull())
        problems.add(u"description"_s, u"is_string"_s, u"must be a string"_s);
    checkLabels(body.value("labels"_L1), update, problems);
    const QJsonValue config = body.value("config"_L1);
    if (config.isUndefined() && !update)
        problems.add(u"config"_s, u"required"_s, u"is a required field"_s);
    else if (!config.isUndefined() && !config.isObject())
        problems.add(u"config"_s, u"is_object"_s, u"must be an object"_s);
}

} // namespace

DemoProblems newCredential(const QJsonObject &body, const QJsonObject &integration)
{
    DemoProblems problems(u"body"_s);
    refuseOthers(body, {u"type"_s, u"config"_s}, {}, problems);
    const QString type = body.value("type"_L1).toString();
    const QString wanted = integration.value("authorization"_L1).toObject().value("type"_L1).toString();
    if (needText(body, u"type"_s, {}, problems)) {
        if (wanted.isEmpty())
            problems.add(u"type"_s, u"invalid"_s, u"the integration is built in and takes no credential"_s);
        else if (type != wanted)
            problems.addChoice(u"type"_s, {wanted});
    }
    const QJsonValue value = body.value("config"_L1);
    if (value.isUndefined())
        problems.add(u"config"_s, u"required"_s, u"is a required field"_s);
    else if (!value.isObject())
        problems.add(u"config"_s, u"is_object"_s, u"must be an object"_s);
    if (!value.isObject() || type != wanted)
        return problems;
    const QJsonObject config = value.toObject();
    if (type == "multi_key_auth"_L1) {
        refuseOthers(config, {u"headers"_s}, u"config."_s, problems);
        checkHeaders(config.value("headers"_L1), definedHeaders(integration), problems);
    } else if (type == "aws_role_delegation"_L1) {
        checkRole(config, problems);
    } else if (type == "oauth"_L1) {
        checkConsent(config, problems);
    } else if (type == "github_app_installation"_L1) {
        checkInstallation(config, problems);
    }
    return problems;
}

DemoProblems authConfig(const QJsonObject &body, const QJsonObject &integration)
{
    DemoProblems problems(u"body"_s);
    const QJsonObject authorization = integration.value("authorization"_L1).toObject();
    refuseOthers(
        body,
        {u"type"_s, u"client_id"_s, u"client_secret"_s, u"authorization_endpoint"_s, u"token_endpoint"_s}, {},
        problems);
    if (needText(body, u"type"_s, {}, problems) && body.value("type"_L1) != QJsonValue(u"oauth"_s))
        problems.addChoice(u"type"_s, {u"oauth"_s});
    needText(body, u"client_id"_s, {}, problems);
    needText(body, u"client_secret"_s, {}, problems);
    needUrl(body, u"authorization_endpoint"_s, {}, problems);
    needUrl(body, u"token_endpoint"_s, {}, problems);
    if (authorization.value("overridable_config"_L1).toArray().isEmpty())
        problems.add(u"type"_s, u"invalid"_s,
                     u"the integration does not let its authorization be configured"_s);
    return problems;
}

DemoProblems newInstance(const QJsonObject &body)
{
    DemoProblems problems(u"body"_s);
    refuseOthers(
        body,
        {u"integration_name"_s, u"name"_s, u"display_name"_s, u"description"_s, u"labels"_s, u"config"_s}, {},
        problems);
    checkMachineName(body, u"integration_name"_s, problems);
    checkInstanceFields(body, false, problems);
    return problems;
}

DemoProblems instanceUpdate(const QJsonObject &body)
{
    DemoProblems problems(u"body"_s);
    refuseOthers(body, {u"name"_s, u"display_name"_s, u"description"_s, u"labels"_s, u"config"_s}, {},
                 problems);
    checkInstanceFields(body, true, problems);
    return problems;
}

void instanceConfig(const QJsonObject &config, const QJsonObject &integration, DemoProblems &problems)
{
    const QJsonObject schema = integration.value("config_schema"_L1).toObject();
    for (auto field = schema.begin(); field != schema.end(); ++field) {
        const QJsonObject rule = field->toObject();
        const QString type = rule.value("type"_L1).toString();
        const QString name = u"config."_s + field.key();
        const QJsonValue value = config.value(field.key());
        if (value.isUndefined()) {
            if (rule.value("required"_L1).toBool())
                problems.add(name, u"required"_s, u"is a required field"_s);
        } else if (type == "boolean"_L1) {
            if (!value.isBool())
                problems.add(name, u"is_boolean"_s, u"must be a boolean"_s);
        } else if (!value.isString()) {
            problems.add(name, u"is_string"_s, u"must be a string"_s);
        } else if (type == "enum"_L1) {
            QStringList choices;
            const QJsonArray offered = rule.value("choices"_L1).toArray();
            for (const QJsonValue &choice : offered)
                choices.append(choice.toObject().value("value"_L1).toString());
            if (!choices.contains(value.toString()))
                problems.addChoice(name, choices);
        }
    }
}

} // namespace latchkey::demochecks
