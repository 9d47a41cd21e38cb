// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/pulumistack.h"

#include "models/transfer/foreignfields.h"
#include "models/transfer/pulumitoken.h"

#include <QCoreApplication>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pulumistack)
};

// What Pulumi marks a wrapped value with, and one of its kinds.
constexpr QByteArrayView Signature = "4dabf18193072939515e22adb298388d";
constexpr QByteArrayView SecretSignature = "1b47061264138c4ac30d75fd1eb44270";
constexpr int MostWrappers = 8;
// Of all that are in clear: together they have no more values than a file may have, each of two bytes or
// more.
constexpr qsizetype MostPlaintextBytes = 2 * JsonTree::MostValues;

bool isSecret(const JsonNode &node)
{
    const JsonNode *signature = node.find(Signature);
    return signature && signature->text == SecretSignature;
}

const JsonNode *find(const JsonNode &root, std::initializer_list<QByteArrayView> way)
{
    const JsonNode *node = &root;
    for (const QByteArrayView step : way)
        node = node ? node->find(step) : nullptr;
    return node;
}

const JsonNode *resourcesOf(const JsonNode &root)
{
    if (const JsonNode *resources = find(root, {"deployment", "resources"}))
        return resources;
    return find(root, {"checkpoint", "latest", "resources"});
}

/// `urn:pulumi:dev::project::type::name` → `name`
QByteArrayView nameIn(QByteArrayView urn)
{
    const qsizetype colons = urn.lastIndexOf("::");
    return colons < 0 ? urn : urn.sliced(colons + 2);
}

} // namespace

bool PulumiStack::isOne(const JsonNode &root)
{
    return root.find("deployment") || root.find("checkpoint");
}

void PulumiStack::read(const JsonNode &root, ForeignCollector &collector)
{
    const JsonNode *resources = resourcesOf(root);
    if (!resources || !resources->isArray()) {
        collector.leaveOut({root.offset, u"$"_s, {}}, Words::tr("The stack has no list of resources."));
        return;
    }
    qsizetype index = 0;
    for (const JsonNode &resource : resources->items)
        readResource(resource, index++, collector);
}

void PulumiStack::readResource(const JsonNode &resource, qsizetype index, ForeignCollector &collector)
{
    const QByteArrayView type = resource.textOf("type");
    const JsonNode *inputs = resource.find("inputs");
    const JsonNode *outputs = resource.find("outputs");
    const ForeignFields fields(*this, {outputs, inputs});
    if (pulumitoken::isInstance(type)) {
        if (!ForeignCollector::isClear(resource))
            return;
        collector.knowInstance(
            resource.find("id") ? resource.find("id")->toString() : QString(),
            {fields.text("name"), fields.text("display_name"), fields.text("integration_name")});
        return;
    }
    if (!pulumitoken::isAuthCredential(type))
        return;

    const QString name = ForeignCollector::shown(nameIn(resource.textOf("urn")));
    const ForeignCollector::Place place{resource.offset, u"$.resources[%1]"_s.arg(index), name};
    if (!collector.isClear(resource, place))
        return;
    const JsonNode *deleted = resource.find("delete");
    if (deleted && deleted->boolean) {
        collector.leaveOut(place, Words::tr("Pulumi is about to delete it."));
        return;
    }
    ForeignCredential credential;
    credential.place = name;
    fields.readReferences(credential);
    if (credential.credentialId.isEmpty())
        credential.credentialId = ForeignFields(*this, {&resource}).text("id");
    // What is imported has the id of its instance, as long as nobody refreshed it.
    if (credential.credentialId == credential.instanceId)
        credential.credentialId.clear();
    // What Pulumi was told comes first: in what Konnect answered there are no keys.
    ForeignFields(*this, {inputs, outputs})
        .readHeaders(credential, "multi_key_auth",
                     Words::tr("the stack has none, as after an import. Type them."));
    collector.add(place, std::move(credential));
}

ForeignValue PulumiStack::resolve(const JsonNode &node)
{
    ForeignValue value{&node, {}};
    for (int wrappers = 0; value.node && isSecret(*value.node); ++wrappers) {
        if (wrappers == MostWrappers)
            return {nullptr, Words::tr("it is wrapped too often. Type the key.")};
        value = unwrap(*value.node);
    }
    return value;
}

ForeignValue PulumiStack::unwrap(const JsonNode &wrapper)
{
    const auto known = m_unwrapped.find(&wrapper);
    if (known != m_unwrapped.end())
        return known->second;
    ForeignValue value;
    const JsonNode *plaintext = wrapper.find("plaintext");
    if (!plaintext || !plaintext->isString()) {
        value.why = Words::tr("it is encrypted. Export with --show-secrets, or type the key.");
    } else if (plaintext->text.size() > MostPlaintextBytes - m_plaintextBytes) {
        value.why = Words::tr("more than is read here is wrapped in this file. Type the key.");
    } else {
        m_plaintextBytes += plaintext->text.size();
        JsonTree::Reading reading = JsonTree::read(plaintext->text.toByteArray());
        if (reading.tree && reading.findings.isEmpty()) {
            m_plaintexts.push_back(std::move(*reading.tree));
            value.node = &m_plaintexts.back().root();
        } else {
            value.why = Words::tr("what is wrapped there cannot be read. Type the key.");
        }
    }
    m_unwrapped.emplace(&wrapper, value);
    return value;
}

} // namespace latchkey
