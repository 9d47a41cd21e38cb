// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/instancecodec.h"

#include "models/konnect/jsonreading.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QMap<QString, QString> labels(const QJsonObject &object)
{
    constexpr qsizetype mostLabels = 500; // Konnect allows 50.
    QMap<QString, QString> found;
    for (auto each = object.begin(); each != object.end() && found.size() < mostLabels; ++each) {
        if (!each.value().isNull())
            found.insert(each.key().left(json::longestText), json::text(each.value()));
    }
    return found;
}

} // namespace

std::optional<IntegrationInstance> instanceFromJson(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    IntegrationInstance instance;
    instance.id = json::id(object, u"id");
    if (instance.id.isEmpty())
        return std::nullopt;
    const QJsonObject integration = object.value(u"integration").toObject();
    instance.name = json::text(object, u"name");
    instance.displayName = json::text(object, u"display_name");
    instance.description = json::text(object, u"description");
    instance.integrationName = json::text(integration, u"name");
    instance.integrationDisplayName = json::text(integration, u"display_name");
    instance.authorized = json::flag(object, u"authorized");
    instance.labels = labels(object.value(u"labels").toObject());
    instance.config = object.value(u"config").toObject();
    instance.createdAt = json::moment(object, u"created_at");
    instance.updatedAt = json::moment(object, u"updated_at");
    return instance;
}

Secret labelsToJson(const QMap<QString, QString> &present, const QMap<QString, QString> &labels)
{
    QJsonObject set;
    for (auto label = present.cbegin(); label != present.cend(); ++label)
        set.insert(label.key(), QJsonValue::Null);
    for (auto label = labels.cbegin(); label != labels.cend(); ++label)
        set.insert(label.key(), *label);
    return Secret(QJsonDocument(QJsonObject{{u"labels"_s, set}}).toJson(QJsonDocument::Compact));
}

} // namespace latchkey
