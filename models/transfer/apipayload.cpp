// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/apipayload.h"

#include "models/core/headerrules.h"
#include "models/transfer/foreignfields.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace latchkey::apipayload {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(apipayload)
};

constexpr std::array<QByteArrayView, 2> Wrappers{"auth_credential", "auth_config"};

void readOne(const JsonNode &item, ForeignCollector::Place place, ForeignCollector &collector)
{
    if (!item.isObject()) {
        collector.leaveOut(place, Words::tr("this is no auth credential."));
        return;
    }
    std::vector<const JsonNode *> sets;
    sets.reserve(std::size(Wrappers) + 1);
    for (const QByteArrayView wrapper : Wrappers)
        sets.push_back(item.find(wrapper));
    sets.push_back(&item);
    ForeignValues asTheyAre;
    const ForeignFields fields(asTheyAre, sets);

    ForeignCredential credential;
    fields.readReferences(credential);
    credential.integration = fields.text("integration_name");
    for (const QString &name : {credential.instanceTitle, credential.instanceName, credential.instanceId}) {
        if (!name.isEmpty()) {
            place.name = ForeignCollector::shown(name.toUtf8());
            break;
        }
    }
    credential.place = place.name.isEmpty() ? place.path : place.name;
    place.name = credential.place;
    if (!collector.isClear(item, place))
        return;

    const QString type = fields.text("type");
    // A request without a type is still one for keys, as long as it has some.
    credential.type =
        type.isEmpty() && fields.has("config") ? CredentialType::MultiKey : credentialTypeFromWord(type);
    switch (credential.type) {
    case CredentialType::MultiKey:
        fields.readHeaders(credential, {},
                           credential.credentialId.isEmpty()
                               ? Words::tr("they are not in the file. Type them.")
                               : Words::tr("Konnect never returns them. Type them."));
        break;
    case CredentialType::AwsRole:
        credential.roleArn = fields.text("config", "role_arn");
        if (!isRoleArn(credential.roleArn)) {
            collector.leaveOut(place, Words::tr("it has no ARN of a role."));
            return;
        }
        break;
    case CredentialType::OAuth:
    case CredentialType::GitHubApp:
        collector.leaveOut(place, Words::tr("such a credential needs a consent in the browser, in Konnect."));
        return;
    case CredentialType::Unknown:
        collector.leaveOut(place, Words::tr("this is no auth credential of a type that is known here."));
        return;
    }
    collector.add(place, std::move(credential));
}

void readItems(const JsonNode &list, const QString &path, ForeignCollector &collector)
{
    int index = 0;
    for (const JsonNode &item : list.items) {
        const QString there = u"%1[%2]"_s.arg(path).arg(index++);
        readOne(item, {item.offset, there, there}, collector);
    }
}

} // namespace

bool isOne(const JsonNode &root)
{
    if (root.isArray())
        return true;
    const auto has = [&root](QByteArrayView name) { return root.find(name) != nullptr; };
    return has("data") || has("type") || has("config") || has("integration_instance") ||
           has("integration_instance_id") || std::ranges::any_of(Wrappers, has);
}

void read(const JsonNode &root, ForeignCollector &collector)
{
    const JsonNode *data = root.find("data");
    if (root.isArray())
        readItems(root, u"$"_s, collector);
    else if (data && data->isArray())
        readItems(*data, u"$.data"_s, collector);
    else if (data && data->isObject())
        readOne(*data, {data->offset, u"$.data"_s, {}}, collector);
    else
        readOne(root, {root.offset, u"$"_s, {}}, collector);
}

} // namespace latchkey::apipayload
