// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/pulumiprogram.h"

#include "models/core/secret.h"
#include "models/transfer/foreignfields.h"
#include "models/transfer/jsonplace.h"
#include "models/transfer/pulumitoken.h"

#include <QCoreApplication>
#include <QSet>

#include <utility>
#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pulumiprogram)
};

constexpr QByteArrayView Function = "fn::";
// Of all texts that are put together: a short file could ask for endless memory.
constexpr qsizetype MostJoinedBytes = qsizetype(16) * 1024 * 1024;

bool beginsAsFunction(QByteArrayView name)
{
    return name.size() > Function.size() &&
           name.first(Function.size()).compare(Function, Qt::CaseInsensitive) == 0;
}

/// `${name.id}` → `name`; empty for anything else.
QByteArrayView resourceNamedIn(QByteArrayView text)
{
    constexpr QByteArrayView Begin = "${";
    constexpr QByteArrayView End = ".id}";
    if (!text.startsWith(Begin) || !text.endsWith(End))
        return {};
    return text.sliced(Begin.size()).chopped(End.size());
}

/// Of an entry of the configuration; null for none.
const JsonNode *valueOf(const JsonNode &entry)
{
    if (!entry.isObject())
        return &entry;
    const JsonNode *value = entry.find("value");
    return value ? value : entry.find("default");
}

/// The pieces that a text is put together from.
struct Pieces
{
    std::vector<QByteArrayView> texts;
    std::vector<QByteArrayView> names; ///< Beside them: of what follows the text; empty for nothing.
    bool isWhole = true;               ///< Each reference has a name and an end.

    [[nodiscard]] bool isOneReference() const
    {
        return texts.size() == 2 && texts[0].isEmpty() && texts[1].isEmpty() && !names[0].isEmpty();
    }
};

Pieces piecesOf(QByteArrayView text)
{
    Pieces pieces;
    const auto add = [&pieces](QByteArrayView literal, QByteArrayView name) {
        pieces.texts.push_back(literal);
        pieces.names.push_back(name);
    };
    qsizetype begin = 0;
    for (qsizetype at = 0; at + 1 < text.size(); ++at) {
        if (text.at(at) != '$')
            continue;
        const QByteArrayView literal = text.sliced(begin, at - begin);
        if (text.at(at + 1) == '$') { // For one of them.
            add(text.sliced(begin, at + 1 - begin), {});
            begin = at + 2;
        } else if (text.at(at + 1) == '{') {
            const qsizetype end = text.indexOf('}', at);
            if (end <= at + 2) {
                pieces.isWhole = false;
                return pieces;
            }
            add(literal, text.sliced(at + 2, end - at - 2));
            begin = end + 1;
        } else {
            continue;
        }
        at = begin - 1;
    }
    add(text.sliced(begin), {});
    return pieces;
}

} // namespace

bool PulumiProgram::isOne(const JsonNode &root)
{
    const JsonNode *resources = root.find("resources");
    return root.find("runtime") || (resources && resources->isObject());
}

void PulumiProgram::read(const JsonNode &root, ForeignCollector &collector)
{
    const JsonNode *resources = root.find("resources");
    if (!resources || !resources->isObject()) {
        collector.leaveOut({root.offset, u"$"_s, {}}, Words::tr("The program has no resources by name."));
        return;
    }
    learn(root);
    for (const JsonMember &resource : resources->members)
        readResource(resource, collector);
}

void PulumiProgram::learn(const JsonNode &root)
{
    QSet<QByteArrayView> resources;
    for (const JsonMember &resource : root.find("resources")->members) {
        if (resources.contains(resource.name))
            m_instances.remove(resource.name); // Nobody knows which one is meant.
        else if (pulumitoken::isInstance(resource.value.textOf("type")) &&
                 ForeignCollector::isClear(resource.value))
            m_instances.insert(resource.name, &resource.value);
        resources.insert(resource.name);
    }
    QSet<QByteArrayView> names;
    for (const QByteArrayView section : {QByteArrayView("configuration"), QByteArrayView("config")}) {
        const JsonNode *configuration = root.find(section);
        if (!configuration)
            continue;
        for (const JsonMember &entry : configuration->members) {
            if (names.contains(entry.name) || !ForeignCollector::isClear(entry.value)) {
                m_configuration.insert(entry.name, nullptr);
                continue;
            }
            names.insert(entry.name);
            const JsonNode *value = valueOf(entry.value);
            // One that refers on is not followed: a short file could ask for endless work.
            if (value && value->isString() && !value->text.contains('$'))
                m_configuration.insert(entry.name, value);
        }
    }
}

void PulumiProgram::readResource(const JsonMember &resource, ForeignCollector &collector)
{
    const JsonNode &node = resource.value;
    if (!pulumitoken::isAuthCredential(node.textOf("type")))
        return;
    const QString name = ForeignCollector::shown(resource.name);
    const ForeignCollector::Place place{resource.offset,
                                        u"$.resources"_s + JsonPlace::memberStep(resource.name), name};
    if (!collector.isClear(node, place))
        return;

    const JsonNode *properties = node.find("properties");
    const JsonNode *get = node.find("get");
    const JsonNode *state = get ? get->find("state") : nullptr;
    const JsonNode *options = node.find("options");
    const ForeignFields fields(*this, {properties, state});
    ForeignCredential credential;
    credential.place = name;
    fields.readReferences(credential);
    if (properties)
        readInstance(*properties, credential);
    if (state)
        readInstance(*state, credential);
    if (credential.instanceId.isEmpty())
        credential.instanceId = ForeignFields(*this, {options}).text("import");
    // Konnect's provider reads by the id of the instance, unless the state says which one that is.
    const QString id = ForeignFields(*this, {get}).text("id");
    if (credential.instanceId.isEmpty() && credential.instanceName.isEmpty())
        credential.instanceId = id;
    else if (credential.credentialId.isEmpty() && id != credential.instanceId)
        credential.credentialId = id;
    fields.readHeaders(credential, "multi_key_auth", Words::tr("the program has none. Type them."));
    collector.add(place, std::move(credential));
}

void PulumiProgram::readInstance(const JsonNode &properties, ForeignCredential &credential)
{
    QByteArrayView text = properties.textOf("integrationInstanceId");
    if (text.isEmpty())
        text = properties.textOf("integration_instance_id");
    const QByteArrayView name = resourceNamedIn(text);
    const JsonNode *instance = name.isEmpty() ? nullptr : m_instances.value(name);
    if (!instance)
        return;
    const JsonNode *get = instance->find("get");
    const ForeignFields fields(*this, {instance->find("properties"), get ? get->find("state") : nullptr});
    credential.instanceId = ForeignFields(*this, {get}).text("id");
    if (credential.instanceId.isEmpty())
        credential.instanceId = ForeignFields(*this, {instance->find("options")}).text("import");
    credential.instanceName = fields.text("name");
    credential.instanceTitle = fields.text("display_name");
    credential.integration = fields.text("integration_name");
}

ForeignValue PulumiProgram::resolve(const JsonNode &node)
{
    const JsonNode *inner = &node;
    while (inner->isObject() && inner->members.size() == 1 && beginsAsFunction(inner->members.front().name)) {
        const JsonMember &call = inner->members.front();
        if (call.name.compare("fn::secret", Qt::CaseInsensitive) != 0)
            return {nullptr, Words::tr("Pulumi works it out when it runs. Type the key.")};
        inner = &call.value;
    }
    return inner->isString() ? interpolate(*inner) : ForeignValue{inner, {}};
}

ForeignValue PulumiProgram::configured(QByteArrayView name) const
{
    // Of the file, nothing is repeated here: what looks like a reference may be a piece of a key.
    const auto found = m_configuration.constFind(name);
    if (found == m_configuration.constEnd())
        return {nullptr, Words::tr("it refers to what the file does not have in clear. Type the key.")};
    if (!*found)
        return {nullptr, Words::tr("it refers to what stands twice in the file, and nothing says which one "
                                   "counts. Type the key.")};
    return {*found, {}};
}

ForeignValue PulumiProgram::interpolate(const JsonNode &node)
{
    if (!node.text.contains('$'))
        return {&node, {}};
    ForeignValue tooLong{nullptr, Words::tr("what stands there is too long for a key. Type the key.")};
    // In the file it may be longer than what it stands for.
    if (node.text.size() > 4 * ForeignFields::LongestKey)
        return tooLong;
    const Pieces pieces = piecesOf(node.text);
    if (!pieces.isWhole)
        return configured({});
    if (pieces.isOneReference())
        return configured(pieces.names.front());
    std::vector<QByteArrayView> texts;
    qsizetype size = 0;
    for (size_t i = 0; i < pieces.texts.size(); ++i) {
        texts.push_back(pieces.texts[i]);
        if (!pieces.names[i].isEmpty()) {
            ForeignValue value = configured(pieces.names[i]);
            if (!value.node)
                return value;
            texts.push_back(value.node->text);
            size += value.node->text.size();
        }
        size += pieces.texts[i].size();
        if (size > ForeignFields::LongestKey)
            return tooLong;
    }
    if (m_joinedBytes + size > MostJoinedBytes)
        return {nullptr, Words::tr("more than is read here is put together in this file. Type the key.")};
    m_joinedBytes += size;
    QByteArray joined;
    joined.reserve(size);
    for (const QByteArrayView text : texts)
        joined.append(text);
    JsonNode whole;
    whole.type = JsonNode::Type::String;
    whole.offset = node.offset;
    whole.text = m_texts.keep(joined);
    wipe(joined);
    return {&m_joined.emplace_back(std::move(whole)), {}};
}

} // namespace latchkey
