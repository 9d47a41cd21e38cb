// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/democatalog.h"

#include <QJsonArray>
#include <QString>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct HeaderRow
{
    QString name;
    QString displayName; ///< Empty: null, as Konnect also has it.
    QString description;
};

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonObject multiKey(const QList<HeaderRow> &rows)
{
    QJsonArray headers;
    for (const HeaderRow &row : rows)
        headers.append(QJsonObject{{u"name"_s, row.name},
                                   {u"display_name"_s, textOrNull(row.displayName)},
                                   {u"description"_s, textOrNull(row.description)}});
    return {{u"type"_s, u"multi_key_auth"_s}, {u"config"_s, QJsonObject{{u"headers"_s, headers}}}};
}

QJsonObject url(const QString &address)
{
    return {{u"url"_s, address}};
}

QJsonObject oauth(const QString &host, const QJsonArray &scopes, const QJsonArray &overridable = {})
{
    return {{u"type"_s, u"oauth"_s},
            {u"overridable_config"_s, overridable},
            {u"config"_s,
             QJsonObject{{u"grant_type"_s, u"authorization_code"_s},
                         {u"client_id"_s, u"demo-client-of-konnect"_s},
                         {u"authorization_endpoint"_s, url(u"https://%1/oauth/authorize"_s.arg(host))},
                         {u"token_endpoint"_s, url(u"https://%1/oauth/token"_s.arg(host))},
                         {u"scope"_s, scopes},
                         {u"scope_delimiter"_s, u" "_s},
                         {u"rolling_refresh_exp_seconds"_s, QJsonValue::Null}}}};
}

QJsonObject gitHubApp()
{
    const QString base = u"https://global.api.konghq.com/service-catalog-integrations/github/app/"_s;
    return {{u"type"_s, u"github_app_installation"_s},
            {u"config"_s,
             QJsonObject{{u"app_install_url"_s, url(base + "install"_L1)},
                         {u"app_manage_url"_s, url(base + "manage"_L1)},
                         {u"authorize_app_installation_endpoint"_s, url(base + "authorize-installation"_L1)},
                         {u"pending_app_installs_endpoint"_s, url(base + "pending-installs"_L1)}}}};
}

QJsonObject awsRole()
{
    // Konnect's description admits any object here; this is the shape that its other strategies have.
    return {{u"type"_s, u"aws_role_delegation"_s},
            {u"config"_s, QJsonObject{{u"trusted_account_id"_s, u"000000000000"_s}}}};
}

QJsonObject textField(const QString &label, const QString &description, bool required)
{
    return {{u"type"_s, u"string"_s},
            {u"display_name"_s, label},
            {u"description"_s, description},
            {u"required"_s, required},
            {u"mutable_condition"_s, u"unauthorized"_s}};
}

QJsonObject choiceField(const QString &label, const QList<std::pair<QString, QString>> &choices)
{
    QJsonArray list;
    for (const auto &[value, name] : choices)
        list.append(QJsonObject{{u"value"_s, value}, {u"display_name"_s, name}});
    return {{u"type"_s, u"enum"_s},
            {u"display_name"_s, label},
            {u"required"_s, true},
            {u"choices"_s, list},
            {u"mutable_condition"_s, u"unauthorized"_s}};
}

struct Entry
{
    QString name;
    QString displayName;
    QString description;
    QJsonValue authorization;
    QJsonObject configSchema;
    QString resource; ///< Machine name of its one resource type.
    QString resourceName;
};

QJsonObject integration(const Entry &entry)
{
    const QString idField = entry.resource + "_id"_L1;
    return {
        {u"name"_s, entry.name},
        {u"display_name"_s, entry.displayName},
        {u"description"_s, entry.description},
        {u"built_in"_s, entry.authorization.isNull()},
        {u"version"_s, u"v1"_s},
        {u"visibility"_s, u"public"_s},
        {u"authorization"_s, entry.authorization},
        {u"config_schema"_s, entry.configSchema},
        {u"resource_types"_s,
         QJsonObject{{entry.resource,
                      QJsonObject{{u"display_name"_s, entry.resourceName},
                                  {u"schema"_s,
                                   QJsonObject{{u"type"_s, u"simple"_s},
                                               {u"definition"_s, QJsonObject{{idField, u"string"_s}}}}}}}}},
        {u"discovery"_s, QJsonObject{{u"resource_integration_data_examples"_s,
                                      QJsonObject{{entry.resource, QJsonObject{{idField, u"demo-1"_s}}}}}}},
        {u"api_spec_provider"_s, QJsonValue::Null},
        {u"events"_s, QJsonValue::Null}};
}

QList<Entry> multiKeyEntries()
{
    const QString name = u"authorization"_s;
    return {
        {u"datadog"_s,
         u"Datadog"_s,
         u"Monitors and dashboards beside the services that they watch."_s,
         multiKey({{u"DD-API-KEY"_s, u"API key"_s, u"Identifies your Datadog organization."_s},
                   {u"DD-APPLICATION-KEY"_s, u"Application key"_s,
                    u"Without scopes, or with monitors_read, dashboards_read, create_webhooks, "
                    u"integrations_read and "
                    "manage_integrations."_s}}),
         {{u"datadog_region"_s, choiceField(u"Datadog region"_s, {{u"US_1"_s, u"US1"_s},
                                                                  {u"US_3"_s, u"US3"_s},
                                                                  {u"US_5"_s, u"US5"_s},
                                                                  {u"EU_1"_s, u"EU1"_s},
                                                                  {u"AP_1"_s, u"AP1"_s}})},
          {u"datadog_webhook_name"_s,
           textField(u"Webhook name"_s, u"Created in Datadog for monitor events."_s, true)}},
         u"datadog_monitor"_s,
         u"Monitor"_s},
        {u"swaggerhub"_s,
         u"SwaggerHub"_s,
         u"API definitions kept in SwaggerHub."_s,
         multiKey({{name, u"API key"_s, u"From the API keys page of your SwaggerHub account."_s}}),
         {},
         u"swaggerhub_api"_s,
         u"API"_s},
        {u"traceable"_s,
         u"Traceable"_s,
         u"Services that Traceable found in your traffic."_s,
         multiKey({{name, u"Platform API token"_s, {}}}),
         {{u"include_inactive"_s, QJsonObject{{u"type"_s, u"boolean"_s},
                                              {u"display_name"_s, u"Include inactive services"_s},
                                              {u"default"_s, false}}}},
         u"traceable_service"_s,
         u"Service"_s},
        {u"dynatrace"_s,
         u"Dynatrace"_s,
         u"Service-level objectives from your Dynatrace environment."_s,
         multiKey({{name, u"Personal access token"_s, u"Needs the scope slo.read."_s}}),
         {{u"base_url"_s, textField(u"Base URL"_s, u"Address of your Dynatrace environment."_s, true)}},
         u"dynatrace_slo"_s,
         u"SLO"_s},
        {u"sonarqube"_s,
         u"SonarQube"_s,
         u"Code quality and security of SonarQube Cloud projects."_s,
         multiKey({{name, {}, {}}}),
         {},
         u"sonarqube_project"_s,
         u"Project"_s},
        {u"azure-devops"_s,
         u"Azure DevOps"_s,
         u"Repositories of an Azure DevOps organization."_s,
         multiKey({{name, u"Personal access token"_s, u"Lives for a year at most."_s}}),
         {{u"organization"_s,
           textField(u"Organization"_s, u"Name of the Azure DevOps organization."_s, true)}},
         u"azure_repository"_s,
         u"Repository"_s},
    };
}

QList<Entry> delegatedEntries()
{
    return {
        {u"aws-api-gateway"_s,
         u"AWS API Gateway"_s,
         u"APIs of an AWS account, read through an IAM role."_s,
         awsRole(),
         {{u"region"_s, textField(u"Region"_s, u"AWS region, for example eu-central-1."_s, true)}},
         u"aws_api"_s,
         u"API"_s},
        {u"github"_s,
         u"GitHub"_s,
         u"Repositories, their contributors and pull requests."_s,
         gitHubApp(),
         {},
         u"github_repository"_s,
         u"Repository"_s},
        {u"gitlab"_s,
         u"GitLab"_s,
         u"Projects and merge requests of GitLab, in the cloud or your own."_s,
         oauth(u"gitlab.com"_s, {u"api"_s},
               {u"client_id"_s, u"client_secret"_s, u"authorization_endpoint"_s, u"token_endpoint"_s}),
         {{u"base_url"_s, textField(u"API address"_s, u"Only for a self-managed GitLab."_s, false)}},
         u"gitlab_project"_s,
         u"Project"_s},
        {u"pagerduty"_s,
         u"PagerDuty"_s,
         u"Incidents and who is on call."_s,
         oauth(u"identity.pagerduty.com"_s, {u"services.read"_s, u"incidents.read"_s, u"oncalls.read"_s}),
         {{u"service_region"_s, choiceField(u"Service region"_s, {{u"us"_s, u"US"_s}, {u"eu"_s, u"EU"_s}})}},
         u"pagerduty_service"_s,
         u"Service"_s},
        {u"slack"_s,
         u"Slack"_s,
         u"Channels in which a service's team can be reached."_s,
         oauth(u"slack.com"_s, {u"channels:read"_s, u"team:read"_s}),
         {},
         u"slack_channel"_s,
         u"Channel"_s},
        {u"azure-api-management"_s,
         u"Azure API Management"_s,
         u"API Management services of an Azure subscription."_s,
         oauth(u"login.microsoftonline.com"_s, {u"user_impersonation"_s, u"offline_access"_s}),
         {{u"subscription_id"_s,
           textField(u"Subscription id"_s, u"The Azure subscription to read."_s, true)}},
         u"azure_api"_s,
         u"API"_s},
    };
}

QList<Entry> builtInEntries()
{
    return {
        {u"gateway-manager"_s,
         u"Gateway Manager"_s,
         u"Gateway services of every control plane in Konnect."_s,
         QJsonValue::Null,
         {},
         u"gateway_svc"_s,
         u"Gateway Service"_s},
        {u"mesh-manager"_s,
         u"Mesh Manager"_s,
         u"Mesh services and the zones that they run in."_s,
         QJsonValue::Null,
         {},
         u"service_insight"_s,
         u"Mesh Service Insight"_s},
        {u"analytics"_s,
         u"Konnect Analytics"_s,
         u"Reports on the traffic of your APIs."_s,
         QJsonValue::Null,
         {},
         u"report"_s,
         u"Report"_s},
    };
}

} // namespace

QList<QJsonObject> demoCatalog()
{
    QList<QJsonObject> catalog;
    for (const Entry &entry : multiKeyEntries() + delegatedEntries() + builtInEntries())
        catalog.append(integration(entry));
    return catalog;
}

} // namespace latchkey
