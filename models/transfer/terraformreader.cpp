// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/terraformreader.h"

#include "models/transfer/foreignfields.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace latchkey::terraformreader {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(terraformreader)
};

constexpr QByteArrayView AuthCredential = "konnect_integration_instance_auth_credential";
constexpr QByteArrayView Instance = "konnect_integration_instance";
constexpr QByteArrayView MultiKeyAuth = "multi_key_auth";

/// Whether anything within is true: how Terraform marks what it does not know yet.
bool hasTrue(const JsonNode *node)
{
    if (!node)
        return false;
    return node->boolean ||
           std::ranges::any_of(node->items, [](const JsonNode &item) { return hasTrue(&item); }) ||
           std::ranges::any_of(node->members,
                               [](const JsonMember &member) { return hasTrue(&member.value); });
}

/// One object of a resource, however the file nests it.
struct Found
{
    const JsonNode *resource = nullptr; ///< Where its place is.
    QByteArrayView type;
    QString address;
    const JsonNode *values = nullptr;  ///< Null where it is to go.
    const JsonNode *unknown = nullptr; ///< Of a plan: what is known only when it is applied.
};

/// `[0]` or `["eu"]`; empty for no index.
QString indexOf(const JsonNode *index)
{
    if (!index || index->isNull())
        return {};
    const QString text = ForeignCollector::shown(index->text);
    return index->isString() ? u"[\"%1\"]"_s.arg(text) : u"[%1]"_s.arg(text);
}

class Reader
{
public:
    explicit Reader(ForeignCollector &collector)
        : m_collector(collector)
    {
    }

    void readStateFile(const JsonNode &root)
    {
        const JsonNode *resources = root.find("resources");
        if (!resources)
            return;
        for (qsizetype i = 0; i < qsizetype(resources->items.size()); ++i) {
            const JsonNode &resource = resources->items[size_t(i)];
            const JsonNode *instances = resource.find("instances");
            if (!isManaged(resource) || !instances)
                continue;
            QString address = u"%1.%2"_s.arg(ForeignCollector::shown(resource.textOf("type")),
                                             ForeignCollector::shown(resource.textOf("name")));
            if (const QByteArrayView module = resource.textOf("module"); !module.isEmpty())
                address.prepend(ForeignCollector::shown(module) + u'.');
            for (qsizetype k = 0; k < qsizetype(instances->items.size()); ++k) {
                const JsonNode &instance = instances->items[size_t(k)];
                if (instance.find("deposed")) // A replaced one that still waits for its end.
                    continue;
                read({&instance, resource.textOf("type"), address + indexOf(instance.find("index_key")),
                      instance.find("attributes"), nullptr},
                     u"$.resources[%1].instances[%2]"_s.arg(i).arg(k));
            }
        }
    }

    /// `root_module`, with those within it.
    void readModule(const JsonNode *module, const QString &path)
    {
        if (!module)
            return;
        if (const JsonNode *resources = module->find("resources")) {
            for (qsizetype i = 0; i < qsizetype(resources->items.size()); ++i) {
                const JsonNode &resource = resources->items[size_t(i)];
                if (isManaged(resource)) {
                    read({&resource, resource.textOf("type"), addressOf(resource), resource.find("values"),
                          nullptr},
                         u"%1.resources[%2]"_s.arg(path).arg(i));
                }
            }
        }
        if (const JsonNode *children = module->find("child_modules")) {
            for (qsizetype i = 0; i < qsizetype(children->items.size()); ++i)
                readModule(&children->items[size_t(i)], u"%1.child_modules[%2]"_s.arg(path).arg(i));
        }
    }

    void readChanges(const JsonNode &changes)
    {
        for (qsizetype i = 0; i < qsizetype(changes.items.size()); ++i) {
            const JsonNode &resource = changes.items[size_t(i)];
            const JsonNode *change = resource.find("change");
            if (!isManaged(resource) || !change || resource.find("deposed"))
                continue;
            read({&resource, resource.textOf("type"), addressOf(resource), change->find("after"),
                  change->find("after_unknown")},
                 u"$.resource_changes[%1]"_s.arg(i));
        }
    }

private:
    static bool isManaged(const JsonNode &resource)
    {
        const QByteArrayView mode = resource.textOf("mode");
        return mode.isEmpty() || mode == "managed";
    }

    static QString addressOf(const JsonNode &resource)
    {
        return ForeignCollector::shown(resource.textOf("address"));
    }

    void read(const Found &found, const QString &path)
    {
        if (found.type != AuthCredential && found.type != Instance)
            return;
        const ForeignFields fields(m_values, {found.values});
        if (found.type == Instance) {
            if (!ForeignCollector::isClear(*found.resource))
                return;
            m_collector.knowInstance(fields.text("id"), {fields.text("name"), fields.text("display_name"),
                                                         fields.text("integration_name")});
            return;
        }
        const ForeignCollector::Place place{found.resource->offset, path, found.address};
        if (!m_collector.isClear(*found.resource, place))
            return;
        if (!found.values || !found.values->isObject()) {
            m_collector.leaveOut(place, found.unknown ? Words::tr("the plan is to delete it.")
                                                      : Words::tr("it has no attributes."));
            return;
        }
        ForeignCredential credential;
        credential.place = found.address;
        fields.readReferences(credential);
        const bool isToCome = hasTrue(found.unknown ? found.unknown->find(MultiKeyAuth) : nullptr) ||
                              (found.unknown && found.unknown->boolean);
        fields.readHeaders(credential, MultiKeyAuth,
                           isToCome
                               ? Words::tr("Terraform knows it only when it applies the plan. Type the key.")
                               : Words::tr("the file has none, as after an import. Type them."));
        m_collector.add(place, std::move(credential));
    }

    ForeignValues m_values;
    ForeignCollector &m_collector;
};

/// `1.2` → 1
QByteArrayView majorOf(QByteArrayView version)
{
    const qsizetype dot = version.indexOf('.');
    return dot < 0 ? version : version.first(dot);
}

} // namespace

Form formOf(const JsonNode &root)
{
    if (root.find("format_version"))
        return root.find("resource_changes") || root.find("planned_values") ? Form::ShownPlan
                                                                            : Form::ShownState;
    if (root.find("lineage") || root.find("terraform_version") || root.find("encrypted_data"))
        return Form::StateFile;
    return Form::None;
}

QString whyNot(const JsonNode &root, Form form)
{
    switch (form) {
    case Form::None:
        return Words::tr("This is no file of Terraform's.");
    case Form::StateFile:
        if (root.find("encrypted_data"))
            return Words::tr("The state is encrypted. Read what “tofu show -json” writes.");
        if (const JsonNode *version = root.find("version"); !version || version->text != "4")
            return Words::tr(
                "Of Terraform's state files, version 4 is read. For others, read what “terraform show "
                "-json” writes.");
        return {};
    case Form::ShownState:
    case Form::ShownPlan:
        if (const QByteArrayView major = majorOf(root.textOf("format_version")); major != "0" && major != "1")
            return Words::tr("Of what “terraform show -json” writes, the formats 0 and 1 are read.");
        return {};
    }
    Q_UNREACHABLE();
}

void read(const JsonNode &root, Form form, ForeignCollector &collector)
{
    Reader reader(collector);
    const auto moduleOf = [&root](QByteArrayView name) {
        const JsonNode *values = root.find(name);
        return values ? values->find("root_module") : nullptr;
    };
    if (form == Form::StateFile)
        reader.readStateFile(root);
    else if (form == Form::ShownState)
        reader.readModule(moduleOf("values"), u"$.values.root_module"_s);
    else if (const JsonNode *changes = root.find("resource_changes"))
        reader.readChanges(*changes);
    else
        reader.readModule(moduleOf("planned_values"), u"$.planned_values.root_module"_s);
}

} // namespace latchkey::terraformreader
