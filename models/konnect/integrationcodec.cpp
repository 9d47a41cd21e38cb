// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/integrationcodec.h"

#include "models/konnect/jsonreading.h"

#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostEntries = 500;

QStringList texts(const QJsonValue &json)
{
    QStringList found;
    const QJsonArray array = json.toArray();
    for (const QJsonValue &each : array) {
        const QString word = json::text(each);
        if (!word.isEmpty() && found.size() < mostEntries)
            found.append(word);
    }
    return found;
}

/// A link that may be opened in the browser: nothing but http(s).
QUrl link(const QJsonValue &json)
{
    const QString address = json.isObject() ? json::text(json.toObject(), u"url") : json::text(json);
    const QUrl url(address, QUrl::StrictMode);
    return url.isValid() && (url.scheme() == u"https" || url.scheme() == u"http") ? url : QUrl();
}

QList<HeaderDefinition> headers(const QJsonValue &json)
{
    QList<HeaderDefinition> found;
    const QJsonArray array = json.toArray();
    for (const QJsonValue &each : array) {
        const QJsonObject object = each.toObject();
        HeaderDefinition header;
        header.name = json::text(object, u"name");
        header.displayName = json::text(object, u"display_name");
        header.description = json::text(object, u"description");
        if (!header.name.isEmpty() && found.size() < mostEntries)
            found.append(header);
    }
    return found;
}

Authorization authorizationFromJson(const QJsonObject &integration)
{
    Authorization authorization;
    const QJsonValue json = integration.value(u"authorization");
    // Null says "none needed"; where the member is missing we were not told.
    if (json.isNull())
        authorization.strategy = Authorization::Strategy::None;
    if (!json.isObject())
        return authorization;
    const QJsonObject object = json.toObject();
    const QJsonObject config = object.value(u"config").toObject();
    authorization.rawType = json::text(object, u"type");
    if (authorization.rawType == u"multi_key_auth") {
        authorization.strategy = Authorization::Strategy::MultiKey;
        authorization.headers = headers(config.value(u"headers"));
    } else if (authorization.rawType == u"oauth") {
        authorization.strategy = Authorization::Strategy::OAuth;
        authorization.overridableConfig = texts(object.value(u"overridable_config"));
        authorization.scopes = texts(config.value(u"scope"));
        authorization.authorizationEndpoint = link(config.value(u"authorization_endpoint"));
    } else if (authorization.rawType == u"github_app_installation") {
        authorization.strategy = Authorization::Strategy::GitHubApp;
        authorization.appInstallUrl = link(config.value(u"app_install_url"));
        authorization.appManageUrl = link(config.value(u"app_manage_url"));
    } else if (authorization.rawType == u"aws_role_delegation") {
        authorization.strategy = Authorization::Strategy::AwsRole;
    } else {
        authorization.strategy = Authorization::Strategy::Unknown;
    }
    return authorization;
}

} // namespace

std::optional<Integration> integrationFromJson(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    Integration integration;
    integration.name = json::id(object, u"name");
    if (integration.name.isEmpty())
        return std::nullopt;
    integration.displayName = json::text(object, u"display_name");
    integration.description = json::text(object, u"description");
    integration.version = json::text(object, u"version");
    integration.visibility = json::text(object, u"visibility");
    integration.builtIn = json::flag(object, u"built_in").value_or(false);
    integration.authorization = authorizationFromJson(object);
    return integration;
}

} // namespace latchkey
