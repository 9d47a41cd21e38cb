// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoseed.h"

#include <QJsonArray>
#include <QStringView>

#include <algorithm>
#include <iterator>
#include <span>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

enum class State {
    Later,   ///< Expires in `days` days; 30 and more.
    Month,   ///< The same with 8 to 29.
    Soon,    ///< The same with 2 to 6.
    Expired, ///< `days` days ago.
    NoExpiry,
    Tainted,
    Missing,        ///< Missing permissions, no known expiry.
    TaintedExpired, ///< Several reasons at once.
    SoonMissing,
    UnknownType,
    NoCredential,
    BuiltIn,
};

struct Row
{
    QStringView integration;
    QStringView name;
    QStringView title;
    QStringView env;
    QStringView team;
    QStringView costCenter; ///< Empty: no such label.
    State state;
    int days;
    bool known;              ///< The demo knows the keys and their previous version.
    QStringView description; ///< Empty: null.
};

// clang-format off
constexpr Row rows[] = {
    {u"datadog", u"datadog-eu-production", u"Datadog EU production", u"prod", u"observability", u"4711", State::Soon, 6, true, u"Monitors and dashboards of everything that serves European customers."},
    {u"datadog", u"datadog-us-production", u"Datadog US production", u"prod", u"observability", u"4711", State::Later, 184, true, u"Monitors and dashboards of the American regions."},
    {u"datadog", u"datadog-ap-production", u"Datadog APAC production", u"prod", u"observability", u"4712", State::Missing, 0, false, u"Singapore and Sydney."},
    {u"datadog", u"datadog-staging", u"Datadog staging", u"staging", u"observability", u"4711", State::NoExpiry, 0, true, u""},
    {u"datadog", u"datadog-checkout", u"Datadog checkout team", u"prod", u"checkout", u"5020", State::Tainted, 0, true, u"Own organization of the checkout team since the merger."},
    {u"swaggerhub", u"swaggerhub-internal", u"SwaggerHub (internal)", u"prod", u"api-platform", u"4400", State::Later, 96, true, u"Definitions of the APIs that only we call."},
    {u"swaggerhub", u"swaggerhub-public", u"SwaggerHub (public)", u"prod", u"api-platform", u"4400", State::Month, 12, false, u"Definitions that partners and customers see."},
    {u"swaggerhub", u"swaggerhub-sandbox", u"SwaggerHub sandbox", u"dev", u"developer-relations", u"", State::NoCredential, 0, false, u"For workshops."},
    {u"traceable", u"traceable-production", u"Traceable production", u"prod", u"security", u"6100", State::Expired, 3, false, u"API discovery from live traffic."},
    {u"traceable", u"traceable-staging", u"Traceable staging", u"staging", u"security", u"6100", State::NoExpiry, 0, false, u""},
    {u"dynatrace", u"dynatrace-core-banking", u"Dynatrace core banking", u"prod", u"core-banking", u"7001", State::SoonMissing, 4, false, u"SLOs that the regulator asks for. Page the team lead before changing anything."},
    {u"dynatrace", u"dynatrace-payments", u"Dynatrace payments", u"prod", u"payments", u"7002", State::Later, 212, false, u"SLOs of the payment rails."},
    {u"dynatrace", u"dynatrace-load-test", u"Dynatrace load test", u"test", u"performance", u"", State::TaintedExpired, 41, false, u"Kept for the quarterly load tests."},
    {u"sonarqube", u"sonarqube-cloud", u"SonarQube Cloud", u"prod", u"developer-experience", u"4300", State::Month, 27, true, u"All projects of the main organization."},
    {u"sonarqube", u"sonarqube-mobile", u"SonarQube mobile apps", u"prod", u"mobile", u"4310", State::NoExpiry, 0, false, u"iOS and Android."},
    {u"sonarqube", u"sonarqube-acquired", u"SonarQube (acquired company)", u"prod", u"integration-office", u"9000", State::Tainted, 0, false, u"Organization of the company bought in spring; moves over by the end of the year."},
    {u"azure-devops", u"azure-devops-core", u"Azure DevOps core", u"prod", u"developer-experience", u"4300", State::Later, 301, false, u"Repositories of the core platform."},
    {u"azure-devops", u"azure-devops-data", u"Azure DevOps data", u"prod", u"data-platform", u"4800", State::Soon, 2, false, u"Repositories of the data platform."},
    {u"azure-devops", u"azure-devops-legacy", u"Azure DevOps legacy", u"prod", u"core-banking", u"7001", State::Expired, 65, false, u"Read-only since the migration."},
    {u"aws-api-gateway", u"aws-eu-central-1", u"AWS API Gateway Frankfurt", u"prod", u"cloud", u"3100", State::NoExpiry, 0, false, u"Edge APIs of the European account."},
    {u"aws-api-gateway", u"aws-us-east-1", u"AWS API Gateway Virginia", u"prod", u"cloud", u"3100", State::Missing, 0, false, u"Edge APIs of the American account."},
    {u"aws-api-gateway", u"aws-sandbox", u"AWS API Gateway sandbox", u"dev", u"cloud", u"", State::NoCredential, 0, false, u""},
    {u"github", u"github-acme", u"GitHub acme", u"prod", u"developer-experience", u"4300", State::NoExpiry, 0, false, u"Every repository of the organization."},
    {u"github", u"github-acme-labs", u"GitHub acme-labs", u"dev", u"research", u"4900", State::Missing, 0, false, u"Prototypes and hackathon projects."},
    {u"gitlab", u"gitlab-cloud", u"GitLab cloud", u"prod", u"mobile", u"4310", State::Later, 58, false, u""},
    {u"gitlab", u"gitlab-self-managed", u"GitLab (self-managed)", u"prod", u"core-banking", u"7001", State::Month, 8, false, u"In our own data centre, behind the corporate certificate authority."},
    {u"pagerduty", u"pagerduty-eu", u"PagerDuty EU", u"prod", u"incident-management", u"6200", State::Later, 140, false, u"Who is on call in Europe."},
    {u"pagerduty", u"pagerduty-us", u"PagerDuty US", u"prod", u"incident-management", u"6200", State::Tainted, 0, false, u"The user who consented has left."},
    {u"slack", u"slack-engineering", u"Slack engineering", u"prod", u"developer-experience", u"", State::NoExpiry, 0, false, u"Team channels."},
    {u"slack", u"slack-incidents", u"Slack incidents", u"prod", u"incident-management", u"6200", State::NoCredential, 0, false, u"Waits for the workspace owner."},
    {u"azure-api-management", u"azure-apim-eu", u"Azure API Management EU", u"prod", u"cloud", u"3200", State::Soon, 5, false, u"West Europe subscription."},
    {u"azure-api-management", u"azure-apim-test", u"Azure API Management test", u"test", u"cloud", u"", State::Expired, 11, false, u""},
    {u"gateway-manager", u"gateway-manager", u"Gateway Manager", u"", u"", u"", State::BuiltIn, 0, false, u"Gateway services of every control plane in Konnect."},
    {u"mesh-manager", u"mesh-manager", u"Mesh Manager", u"", u"", u"", State::BuiltIn, 0, false, u"Mesh services and the zones that they run in."},
    {u"analytics", u"analytics", u"Konnect Analytics", u"", u"", u"", State::BuiltIn, 0, false, u"Reports on the traffic of your APIs."},
    {u"datadog", u"datadog-synthetics", u"Datadog synthetics", u"prod", u"quality", u"4750", State::Month, 19, false, u"Browser and API checks from outside."},
    {u"traceable", u"traceable-partner", u"Traceable partner APIs", u"prod", u"partners", u"5100", State::UnknownType, 0, false, u"Uses a kind of credential that is being tried with Kong."},
    {u"dynatrace", u"dynatrace-retail", u"Dynatrace retail stores", u"prod", u"retail", u"5300", State::Later, 33, true, u"Tills, self check-outs and store servers."},
    {u"swaggerhub", u"swaggerhub-partners", u"SwaggerHub partners", u"prod", u"partners", u"5100", State::Missing, 0, false, u""},
    {u"azure-devops", u"azure-devops-retail", u"Azure DevOps retail", u"prod", u"retail", u"5300", State::Month, 15, false, u"Repositories of the store software."},
};
// clang-format on

QString text(QStringView view)
{
    return view.toString();
}

QJsonObject configFor(const Row &row)
{
    const auto is = [&row](QStringView name) { return row.integration == name; };
    if (is(u"datadog")) {
        const bool europe = row.name.contains(u"-eu-");
        const bool asia = row.name.contains(u"-ap-");
        return {{u"datadog_region"_s, europe ? u"EU_1"_s
                                      : asia ? u"AP_1"_s
                                             : u"US_1"_s},
                {u"datadog_webhook_name"_s, u"konnect-service-catalog"_s}};
    }
    if (is(u"traceable"))
        return {{u"include_inactive"_s, false}};
    if (is(u"dynatrace"))
        return {{u"base_url"_s, u"https://%1.live.dynatrace.example"_s.arg(row.name)}};
    if (is(u"azure-devops"))
        return {{u"organization"_s, u"acme-%1"_s.arg(row.team)}};
    if (is(u"aws-api-gateway"))
        return {{u"region"_s, row.name.contains(u"us-") ? u"us-east-1"_s : u"eu-central-1"_s}};
    if (is(u"gitlab") && row.name.contains(u"self"))
        return {{u"base_url"_s, u"https://gitlab.acme.example/api/v4"_s}};
    if (is(u"pagerduty"))
        return {{u"service_region"_s, row.name.endsWith(u"-us") ? u"us"_s : u"eu"_s}};
    if (is(u"azure-api-management"))
        return {{u"subscription_id"_s, u"00000000-0000-0000-0000-000000000000"_s}};
    return {};
}

QJsonArray missingPermissions(const Row &row)
{
    if (row.state != State::Missing && row.state != State::SoonMissing)
        return {};
    const auto entry = [](const QJsonArray &scopes, const QString &message) {
        return QJsonObject{{u"scopes"_s, scopes}, {u"message"_s, message}};
    };
    if (row.integration == u"datadog")
        return {
            entry(
                {u"create_webhooks"_s, u"manage_integrations"_s},
                u"Monitor events cannot be received. Give the application key these scopes, or none at all."_s),
            entry({u"dashboards_read"_s}, u"Dashboards cannot be discovered."_s)};
    if (row.integration == u"dynatrace")
        return {entry({u"slo.read"_s}, u"SLOs cannot be read. Create a token that has this scope."_s)};
    if (row.integration == u"aws-api-gateway")
        return {entry({u"apigateway:GET"_s}, u"The role does not allow reading the APIs of this region."_s)};
    if (row.integration == u"github")
        return {entry({u"pull_requests:read"_s, QJsonValue::Null},
                      u"Pull requests stay empty until the app's new permissions are accepted in GitHub."_s)};
    return {entry({}, u"The key belongs to a user without access to the organization's APIs."_s)};
}

QString credentialType(const Row &row, const QHash<QString, QJsonObject> &catalog)
{
    if (row.state == State::UnknownType)
        return u"mtls_client_certificate"_s;
    return catalog.value(text(row.integration))
        .value("authorization"_L1)
        .toObject()
        .value("type"_L1)
        .toString();
}

QJsonValue expiresAt(const Row &row, const QDateTime &now)
{
    // Some hours beside whole days, so that "in 6 days" still holds a while after the start.
    constexpr qint64 day = 86'400;
    constexpr qint64 some = 5 * 3600 + 1260;
    qint64 seconds = 0;
    switch (row.state) {
    case State::Later:
    case State::Month:
    case State::Soon:
    case State::SoonMissing:
        seconds = row.days * day + some;
        break;
    case State::Expired:
    case State::TaintedExpired:
        seconds = -row.days * day - some;
        break;
    case State::NoExpiry:
    case State::Tainted:
    case State::Missing:
    case State::UnknownType:
    case State::NoCredential:
    case State::BuiltIn:
        return QJsonValue::Null;
    }
    return now.addSecs(seconds).toString(Qt::ISODate);
}

QStringList headerNames(const Row &row, const QHash<QString, QJsonObject> &catalog)
{
    QStringList names;
    const QJsonObject authorization =
        catalog.value(text(row.integration)).value("authorization"_L1).toObject();
    const QJsonArray headers = authorization.value("config"_L1).toObject().value("headers"_L1).toArray();
    for (const QJsonValue &header : headers)
        names.append(header.toObject().value("name"_L1).toString());
    return names;
}

/// Writes one seed; `number` is 0 for the hand-written rows.
class Sower
{
public:
    Sower(const QDateTime &now, const QList<QJsonObject> &catalog, const std::function<QString()> &newId)
        : m_now(now.toUTC())
        , m_newId(newId)
    {
        for (const QJsonObject &integration : catalog)
            m_catalog.insert(integration.value("name"_L1).toString(), integration);
    }

    void sow(const Row &row, int number);
    [[nodiscard]] DemoSeed take() { return std::move(m_seed); }

private:
    void addCredential(const Row &row, int number, const QJsonObject &instance, const QDateTime &created);
    void addKeys(const Row &row, int number, const QJsonObject &instance, const QString &credentialId);

    QDateTime m_now;
    const std::function<QString()> &m_newId;
    QHash<QString, QJsonObject> m_catalog;
    DemoSeed m_seed;
};

void Sower::sow(const Row &row, int number)
{
    const qint64 index = m_seed.instances.size();
    const QDateTime created = m_now.addSecs(-(700 - index % 40 * 11) * 86'400 - index * 137 % 50'000);
    const QString suffix = number > 0 ? u"-%1"_s.arg(number) : QString();
    const QJsonObject integration = m_catalog.value(text(row.integration));
    QJsonObject labels;
    for (const auto &[key, value] : {std::pair(u"env"_s, row.env), std::pair(u"team"_s, row.team),
                                     std::pair(u"cost-center"_s, row.costCenter)})
        if (!value.isEmpty())
            labels.insert(key, text(value));
    const bool authorized = row.state != State::NoCredential;
    QJsonObject instance{
        {u"id"_s, m_newId()},
        {u"name"_s, text(row.name) + suffix},
        {u"display_name"_s, number > 0 ? u"%1 %2"_s.arg(row.title).arg(number) : text(row.title)},
        {u"description"_s, row.description.isEmpty() ? QJsonValue(QJsonValue::Null) : text(row.description)},
        {u"integration"_s, QJsonObject{{u"name"_s, text(row.integration)},
                                       {u"display_name"_s, integration.value("display_name"_L1)}}},
        {u"authorized"_s, authorized},
        {u"config"_s, configFor(row)},
        {u"created_at"_s, created.toString(Qt::ISODateWithMs)},
        {u"updated_at"_s, created.addDays(index % 30).toString(Qt::ISODateWithMs)},
    };
    if (!labels.isEmpty())
        instance.insert("labels"_L1, labels);
    m_seed.instances.append(instance);
    if (authorized && row.state != State::BuiltIn)
        addCredential(row, number, instance, created.addSecs(3600 + index * 61));
}

void Sower::addCredential(const Row &row, int number, const QJsonObject &instance, const QDateTime &created)
{
    const QString instanceId = instance.value("id"_L1).toString();
    const QString id = m_newId();
    const QString type = credentialType(row, m_catalog);
    QJsonObject credential{
        {u"id"_s, id},
        {u"type"_s, type},
        {u"integration_instance"_s, QJsonObject{{u"id"_s, instanceId},
                                                {u"name"_s, instance.value("name"_L1)},
                                                {u"display_name"_s, instance.value("display_name"_L1)}}},
        {u"missing_permissions"_s, missingPermissions(row)},
        {u"tainted"_s, row.state == State::Tainted || row.state == State::TaintedExpired},
        {u"expires_at"_s, expiresAt(row, m_now)},
        {u"created_at"_s, created.toString(Qt::ISODateWithMs)},
    };
    if (type == "aws_role_delegation"_L1)
        credential.insert("config"_L1,
                          QJsonObject{{u"role_arn"_s, u"arn:aws:iam::000000000000:role/demo-konnect-%1"_s.arg(
                                                          instance.value("name"_L1).toString())}});
    if (type == "github_app_installation"_L1)
        credential.insert(
            "config"_L1,
            QJsonObject{{u"installation_id"_s, QString::number(46'950'000 + m_seed.instances.size())},
                        {u"app_installed_by"_s, row.state == State::Missing
                                                    ? QJsonValue(QJsonValue::Null)
                                                    : QJsonValue(u"demo-octocat"_s)}});
    if (row.name == u"gitlab-self-managed")
        m_seed.authConfigs.insert(
            instanceId, {{u"type"_s, u"oauth"_s},
                         {u"client_id"_s, u"demo-client-of-acme"_s},
                         {u"authorization_endpoint"_s, u"https://gitlab.acme.example/oauth/authorize"_s},
                         {u"token_endpoint"_s, u"https://gitlab.acme.example/oauth/token"_s}});
    m_seed.credentials.insert(instanceId, credential);
    if (type == "multi_key_auth"_L1)
        addKeys(row, number, instance, id);
}

void Sower::addKeys(const Row &row, int number, const QJsonObject &instance, const QString &credentialId)
{
    DemoOrganization::KnownKeys known;
    known.instanceId = instance.value("id"_L1).toString();
    known.instanceName = instance.value("name"_L1).toString();
    known.credentialId = credentialId;
    QHash<QString, QByteArray> &keys = m_seed.keys[known.instanceId];
    for (const QString &header : headerNames(row, m_catalog)) {
        const QByteArray stem = "demo-" + known.instanceName.toUtf8() + '-' + header.toLower().toUtf8();
        keys.insert(header, stem + "-current");
        known.current.append({header, stem + "-current"});
        known.previous.append({header, stem + "-previous"});
    }
    if (row.known && number == 0)
        m_seed.knownKeys.append(known);
}

} // namespace

DemoSeed makeDemoSeed(int count, const QDateTime &now, const QList<QJsonObject> &catalog,
                      const std::function<QString()> &newId)
{
    Sower sower(now, catalog, newId);
    constexpr int written = int(std::size(rows));
    for (int index = 0; index < std::min(count, written); ++index)
        sower.sow(rows[index], 0);

    QList<Row> repeated;
    std::copy_if(std::begin(rows), std::end(rows), std::back_inserter(repeated), [](const Row &row) {
        return row.state != State::BuiltIn && row.state != State::UnknownType;
    });
    for (int index = written; index < count; ++index) {
        const qsizetype extra = index - written;
        sower.sow(repeated.at(extra % repeated.size()), int(extra / repeated.size()) + 2);
    }
    return sower.take();
}

} // namespace latchkey
