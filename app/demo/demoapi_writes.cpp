// SPDX-License-Identifier: GPL-3.0-or-later
// The part of DemoApi that works on one instance: its own fields, its credential and its auth config.
#include "app/demo/demoapi.h"
#include "app/demo/demochecks.h"

#include <QJsonArray>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostLabels = 50;

HttpResponse noContent()
{
    HttpResponse answer;
    answer.status = 204;
    return answer;
}

/// Keys that let an admin rehearse an unhappy end; app/demo/README.md names them.
bool anyKeyContains(const QHash<QString, QByteArray> &keys, QByteArrayView word)
{
    return std::any_of(keys.begin(), keys.end(),
                       [word](const QByteArray &key) { return key.contains(word); });
}

QJsonArray permissionsMissingWith(const QHash<QString, QByteArray> &keys)
{
    if (!anyKeyContains(keys, "demo-noscope"))
        return {};
    return {QJsonObject{{u"scopes"_s, QJsonArray{u"demo.read"_s}},
                        {u"message"_s, u"The key does not have the scope that the demo asks for."_s}}};
}

} // namespace

HttpResponse DemoApi::createInstance(const Call &call)
{
    DemoProblems problems = demochecks::newInstance(call.body);
    const QString integrationName = call.body.value("integration_name"_L1).toString();
    const std::optional<QJsonObject> integration = m_organization.integration(integrationName);
    if (problems.isEmpty() && !integration)
        problems.add(u"integration_name"_s, u"missing_reference"_s,
                     u"is not an integration of the catalog"_s);
    else if (problems.isEmpty() && integration->value("built_in"_L1).toBool())
        problems.add(u"integration_name"_s, u"invalid"_s, u"is built in and always connected"_s);
    if (problems.isEmpty())
        demochecks::instanceConfig(call.body.value("config"_L1).toObject(), *integration, problems);
    if (!problems.isEmpty())
        return invalid(problems);
    const QString name = call.body.value("name"_L1).toString();
    if (m_organization.instanceByName(name))
        return problem(409, u"An integration instance with the name [%1] already exists"_s.arg(name));

    const QString now = m_organization.nowText();
    const QJsonValue description = call.body.value("description"_L1);
    QJsonObject instance{
        {u"id"_s, m_organization.newId()},
        {u"name"_s, name},
        {u"display_name"_s, call.body.value("display_name"_L1)},
        {u"description"_s, description.isUndefined() ? QJsonValue(QJsonValue::Null) : description},
        {u"integration"_s, QJsonObject{{u"name"_s, integrationName},
                                       {u"display_name"_s, integration->value("display_name"_L1)}}},
        {u"authorized"_s, false},
        {u"config"_s, call.body.value("config"_L1)},
        {u"created_at"_s, now},
        {u"updated_at"_s, now},
    };
    if (call.body.contains("labels"_L1))
        instance.insert("labels"_L1, call.body.value("labels"_L1));
    m_organization.putInstance(instance);
    return json(201, instance);
}

HttpResponse DemoApi::updateInstance(const Call &call, QJsonObject instance)
{
    DemoProblems problems = demochecks::instanceUpdate(call.body);
    if (problems.isEmpty() && call.body.contains("config"_L1)) {
        const QJsonObject integration = integrationOf(instance);
        const QJsonObject config = call.body.value("config"_L1).toObject();
        const QJsonObject old = instance.value("config"_L1).toObject();
        demochecks::instanceConfig(config, integration, problems);
        const QJsonObject schema = integration.value("config_schema"_L1).toObject();
        for (auto field = schema.begin(); field != schema.end(); ++field)
            if (instance.value("authorized"_L1).toBool() &&
                config.value(field.key()) != old.value(field.key()) &&
                field->toObject().value("mutable_condition"_L1) == QJsonValue(u"unauthorized"_s))
                problems.add(u"config."_s + field.key(), u"invalid"_s,
                             u"can only be changed while the instance is not authorized"_s);
    }
    if (!problems.isEmpty())
        return invalid(problems);
    const QString id = instance.value("id"_L1).toString();
    if (call.body.contains("name"_L1)) {
        const QString name = call.body.value("name"_L1).toString();
        const std::optional<QJsonObject> other = m_organization.instanceByName(name);
        if (other && other->value("id"_L1).toString() != id)
            return problem(409, u"An integration instance with the name [%1] already exists"_s.arg(name));
    }
    for (const QString &member : {u"name"_s, u"display_name"_s, u"description"_s, u"config"_s})
        if (call.body.contains(member))
            instance.insert(member, call.body.value(member));
    if (call.body.contains("labels"_L1)) {
        // A null value removes one label, null for all of them removes all.
        const QJsonValue update = call.body.value("labels"_L1);
        QJsonObject labels = update.isNull() ? QJsonObject() : instance.value("labels"_L1).toObject();
        const QJsonObject changes = update.toObject();
        for (auto label = changes.begin(); label != changes.end(); ++label) {
            if (label->isNull())
                labels.remove(label.key());
            else
                labels.insert(label.key(), *label);
        }
        if (labels.size() > mostLabels) {
            problems.addMaximum(u"labels"_s, u"max_items"_s, mostLabels,
                                u"must not have more than 50 items"_s);
            return invalid(problems);
        }
        instance.insert("labels"_L1, labels);
    }
    instance.insert("updated_at"_L1, m_organization.nowText());
    m_organization.putInstance(instance);
    return json(200, instance);
}

HttpResponse DemoApi::deleteInstance(const QJsonObject &instance)
{
    if (integrationOf(instance).value("built_in"_L1).toBool()) {
        DemoProblems problems(u"path"_s);
        problems.add(u"id"_s, u"invalid"_s, u"is built in and cannot be deleted"_s);
        return invalid(problems);
    }
    m_organization.removeInstance(instance.value("id"_L1).toString());
    return noContent();
}

HttpResponse DemoApi::credential(const Call &call, const QJsonObject &instance)
{
    const QString id = instance.value("id"_L1).toString();
    if (call.method == "POST")
        return createCredential(call, instance);
    if (call.method != "GET" && call.method != "DELETE")
        return notAllowed("GET, POST, DELETE");
    const std::optional<QJsonObject> credential = m_organization.credential(id);
    if (!credential)
        return notFound();
    if (call.method == "GET")
        return json(200, *credential);
    m_organization.removeCredential(id);
    return noContent();
}

HttpResponse DemoApi::createCredential(const Call &call, const QJsonObject &instance)
{
    const DemoProblems problems = demochecks::newCredential(call.body, integrationOf(instance));
    if (!problems.isEmpty())
        return invalid(problems);
    const QString instanceId = instance.value("id"_L1).toString();
    if (m_organization.credential(instanceId))
        return problem(409,
                       u"The integration instance [%1] already has an auth credential"_s.arg(instanceId));

    const QString type = call.body.value("type"_L1).toString();
    const QJsonObject config = call.body.value("config"_L1).toObject();
    QHash<QString, QByteArray> keys;
    const QJsonArray headers = config.value("headers"_L1).toArray();
    for (const QJsonValue &header : headers)
        keys.insert(header.toObject().value("name"_L1).toString(),
                    header.toObject().value("key"_L1).toString().toUtf8());
    // A personal access token of Azure DevOps lives for a year at most; of the others nothing is known.
    const bool aYear =
        instance.value("integration"_L1).toObject().value("name"_L1) == QJsonValue(u"azure-devops"_s);
    QJsonObject credential{
        {u"id"_s, m_organization.newId()},
        {u"type"_s, type},
        {u"integration_instance"_s, QJsonObject{{u"id"_s, instanceId},
                                                {u"name"_s, instance.value("name"_L1)},
                                                {u"display_name"_s, instance.value("display_name"_L1)}}},
        {u"missing_permissions"_s, permissionsMissingWith(keys)},
        {u"tainted"_s, anyKeyContains(keys, "demo-tainted")},
        {u"expires_at"_s, aYear ? QJsonValue(m_clock.now().toUTC().addDays(365).toString(Qt::ISODate))
                                : QJsonValue(QJsonValue::Null)},
        {u"created_at"_s, m_organization.nowText()},
    };
    if (type == "aws_role_delegation"_L1)
        credential.insert("config"_L1, config);
    if (type == "github_app_installation"_L1) {
        const QJsonValue by = config.value("app_installed_by"_L1);
        credential.insert("config"_L1,
                          QJsonObject{{u"installation_id"_s, config.value("installation_id"_L1)},
                                      {u"app_installed_by"_s, by.isUndefined() ? QJsonValue::Null : by}});
    }
    m_organization.putCredential(instanceId, credential, keys);
    return json(201, credential);
}

HttpResponse DemoApi::authConfig(const Call &call, const QJsonObject &instance)
{
    const QString id = instance.value("id"_L1).toString();
    if (call.method == "PUT")
        return putAuthConfig(call, instance);
    if (call.method != "GET" && call.method != "DELETE")
        return notAllowed("GET, PUT, DELETE");
    const std::optional<QJsonObject> config = m_organization.authConfig(id);
    if (!config)
        return notFound();
    if (call.method == "GET")
        return json(200, *config);
    m_organization.removeAuthConfig(id);
    return noContent();
}

HttpResponse DemoApi::putAuthConfig(const Call &call, const QJsonObject &instance)
{
    const DemoProblems problems = demochecks::authConfig(call.body, integrationOf(instance));
    if (!problems.isEmpty())
        return invalid(problems);
    const QString id = instance.value("id"_L1).toString();
    QJsonObject config = call.body;
    config.remove("client_secret"_L1);
    m_organization.putAuthConfig(id, config);
    m_organization.removeCredential(id); // a credential for the old settings cannot go on
    return json(200, config);
}

} // namespace latchkey
