// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/secret.h"
#include "models/transfer/configurationtext.h"
#include "models/transfer/jsonplace.h"
#include "models/transfer/jsontree.h"
#include "models/transfer/pastedsecret.h"
#include "models/transfer/planfile.h"
#include "models/transfer/secretsearch.h"
#include "models/transfer/stamp.h"
#include "models/transfer/utf8.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <initializer_list>
#include <tuple>

namespace latchkey::planfile {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(planfile)
};

using Type = JsonNode::Type;

constexpr qsizetype MostFindings = 1000;
constexpr qsizetype LongestText = 10'000; // In characters.

/// Where the value that begins there ends. The text is known to be JSON.
qsizetype endOf(QByteArrayView text, qsizetype begin)
{
    int depth = 0;
    bool isText = false;
    for (qsizetype i = begin; i < text.size(); ++i) {
        const char byte = text.at(i);
        if (isText && byte == '\\')
            ++i;
        else if (byte == '"')
            isText = !isText;
        else if (!isText && (byte == '{' || byte == '['))
            ++depth;
        else if (!isText && (byte == '}' || byte == ']') && --depth == 0)
            return i + 1;
    }
    return text.size();
}

/// Reads the tree once, and notes everything that is wrong with it but not what stands there: it may be
/// anything.
class PlanReader
{
public:
    explicit PlanReader(const JsonTree &tree)
        : m_tree(tree)
    {
    }

    void add(const DocumentFinding &finding)
    {
        if (m_findings.size() < MostFindings)
            m_findings << finding;
    }
    [[nodiscard]] QList<DocumentFinding> findings()
    {
        std::stable_sort(m_findings.begin(), m_findings.end(),
                         [](const DocumentFinding &one, const DocumentFinding &other) {
                             return std::tie(one.line, one.column) < std::tie(other.line, other.column);
                         });
        return m_findings;
    }

    /// Whether it is of the version that is read here: what another one means is not known.
    [[nodiscard]] bool isOfVersion()
    {
        const JsonNode &root = m_tree.root();
        const JsonPlace place;
        if (!is(root, Type::Object, place))
            return false;
        const JsonNode *version = root.find("version");
        // As JSON Schema has it, `1.0` is that too.
        if (version != nullptr && version->type == Type::Number && version->text.toDouble() == Version)
            return true;
        add(version == nullptr ? root.offset : version->offset, place,
            Words::tr("This Latchkey reads plans of version %1, and this one does not say to be that.")
                .arg(Version));
        return false;
    }

    /// All but the document, whose instances the rows are of.
    void readHead(Plan *plan)
    {
        const JsonNode &root = m_tree.root();
        const JsonPlace place;
        checkMembers(root, place, {"$schema", "version", "made_at", "document", "rows"},
                     {"deletes", "profile_names"});
        if (const JsonNode *schema = root.find("$schema");
            schema != nullptr && text(root, place, "$schema") != QStringView(SchemaId))
            add(schema->offset, JsonPlace(place, "$schema"),
                Words::tr("A plan has the address of its schema here."));
        const QString madeAt = text(root, place, "made_at");
        plan->madeAt = QDateTime::fromString(madeAt, Qt::ISODateWithMs).toUTC();
        if (const JsonNode *at = root.find("made_at"); at != nullptr && stamp(plan->madeAt) != madeAt)
            add(at->offset, JsonPlace(place, "made_at"),
                Words::tr("This is no time in UTC: 2026-03-31T12:00:00.000Z"));
        plan->deletes = boolean(root, place, "deletes");
        if (const JsonNode *names = root.find("profile_names")) {
            const JsonPlace inner(place, "profile_names");
            if (!is(*names, Type::Object, inner))
                return;
            for (const JsonMember &member : names->members)
                plan->profileNames.insert(QString::fromUtf8(member.name), text(*names, inner, member.name));
        }
    }

    /// Outside of the document, whose own reader looks for them.
    void findSecrets()
    {
        const auto found = [this](qsizetype offset, const JsonPlace &place) {
            add(offset, place,
                Words::tr(
                    "This looks like a secret, and is not repeated here. A plan has no place for keys and "
                    "tokens: take it out, and renew it where others may have seen it."));
        };
        const JsonPlace root;
        for (const JsonMember &member : m_tree.root().members) {
            const JsonPlace place(root, member.name);
            if (secretsearch::isOne(member.name))
                found(member.offset, place);
            if (member.name == "profile_names")
                findSecretsInNames(member.value, place, found);
            else if (member.name != "document")
                secretsearch::find(member.value, place, pastedsecret::isMemberForOne(member.name), found);
        }
    }

    void readRows(Plan *plan)
    {
        const JsonNode *rows = m_tree.root().find("rows");
        const JsonPlace root;
        const JsonPlace place(root, "rows");
        if (rows == nullptr || !is(*rows, Type::Array, place))
            return;
        QHash<QStringList, const ConfiguredInstance *> instances;
        for (const ConfiguredProfile &profile : plan->document.profiles) {
            for (const ConfiguredInstance &instance : profile.instances)
                instances.insert({profile.name, instance.integration, instance.name, instance.endpoint},
                                 &instance);
        }
        for (size_t i = 0; i < rows->items.size(); ++i) {
            const JsonPlace inner(place, static_cast<qsizetype>(i));
            const JsonNode &node = rows->items[i];
            PlanRow row = readRow(node, inner);
            row.profile = plan->profileNames.value(row.profileName, row.profileName);
            const QStringList key{row.profileName, row.wanted.integration, row.wanted.name,
                                  row.wanted.endpoint};
            if (const ConfiguredInstance *wanted = instances.take(key))
                row.wanted = *wanted;
            else
                add(node.offset, inner,
                    Words::tr("The document has no such instance, or there is a row of it already."));
            addSources(&row, node, inner);
            plan->rows << row;
        }
        if (!instances.isEmpty())
            add(rows->offset, place,
                Words::tr("Instances of the document that have no row: %1.").arg(instances.size()));
    }

private:
    void add(qsizetype offset, const JsonPlace &place, const QString &message)
    {
        if (m_findings.size() < MostFindings)
            m_findings << m_tree.finding(offset, place.toPath(), message);
    }

    bool is(const JsonNode &node, Type type, const JsonPlace &place)
    {
        if (node.type != type)
            add(node.offset, place, Words::tr("Something else belongs here."));
        return node.type == type;
    }

    /// These are of profiles, which may be called “token”.
    static void findSecretsInNames(const JsonNode &names, const JsonPlace &place,
                                   const secretsearch::Found &found)
    {
        for (const JsonMember &member : names.members) {
            const JsonPlace inner(place, member.name);
            if (secretsearch::isOne(member.name))
                found(member.offset, inner);
            secretsearch::find(member.value, inner, false, found);
        }
    }

    void checkMembers(const JsonNode &node, const JsonPlace &place,
                      std::initializer_list<QByteArrayView> needed,
                      std::initializer_list<QByteArrayView> others)
    {
        const auto isIn = [](std::initializer_list<QByteArrayView> names, QByteArrayView name) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        for (const JsonMember &member : node.members) {
            if (!isIn(needed, member.name) && !isIn(others, member.name) && !member.name.startsWith("x-"))
                add(member.offset, JsonPlace(place, member.name),
                    Words::tr("There is no member “%1” here. Names of your own begin with “x-”.")
                        .arg(JsonPlace::shown(member.name)));
        }
        for (const QByteArrayView name : needed) {
            if (node.find(name) == nullptr)
                add(node.offset, place,
                    Words::tr("The member “%1” is missing here.").arg(QString::fromUtf8(name)));
        }
    }

    /// Of a member; empty where there is none.
    QString text(const JsonNode &node, const JsonPlace &place, QByteArrayView name)
    {
        const JsonNode *member = node.find(name);
        const JsonPlace inner(place, name);
        if (member == nullptr || !is(*member, Type::String, inner))
            return {};
        if (member->text.isEmpty() || utf8::lengthOf(member->text) > LongestText)
            add(member->offset, inner, Words::tr("This text is empty, or too long."));
        return member->toString();
    }

    bool boolean(const JsonNode &node, const JsonPlace &place, QByteArrayView name)
    {
        const JsonNode *member = node.find(name);
        return member != nullptr && is(*member, Type::Boolean, JsonPlace(place, name)) && member->boolean;
    }

    void addUnknownWord(const JsonNode &node, const JsonPlace &place, QByteArrayView name)
    {
        if (const JsonNode *member = node.find(name); member != nullptr && member->isString())
            add(member->offset, JsonPlace(place, name), Words::tr("There is no such word here."));
    }

    PlanRow readRow(const JsonNode &node, const JsonPlace &place)
    {
        PlanRow row;
        if (!is(node, Type::Object, place))
            return row;
        checkMembers(node, place, {"action", "profile", "integration", "name", "title"},
                     {"endpoint", "origin", "instance_id", "credential_id", "credential_type", "headers",
                      "records_expiry", "protects", "needs_typed_name", "way_back", "reason"});
        const std::optional<PlanAction> action = planActionFromWord(text(node, place, "action"));
        if (!action)
            addUnknownWord(node, place, "action");
        row.action = action.value_or(PlanAction::Blocked);
        row.profileName = text(node, place, "profile");
        row.wanted.integration = text(node, place, "integration");
        row.wanted.name = text(node, place, "name");
        row.wanted.endpoint = text(node, place, "endpoint");
        row.title = text(node, place, "title");
        row.address.origin = text(node, place, "origin");
        row.address.instanceId = text(node, place, "instance_id");
        row.credentialId = text(node, place, "credential_id");
        const QString type = text(node, place, "credential_type");
        row.type = credentialTypeFromWord(type);
        if (!type.isEmpty() && row.type == CredentialType::Unknown)
            addUnknownWord(node, place, "credential_type");
        row.recordsExpiry = boolean(node, place, "records_expiry");
        row.protects = boolean(node, place, "protects");
        row.needsTypedName = boolean(node, place, "needs_typed_name");
        row.wayBack = boolean(node, place, "way_back");
        row.reason = text(node, place, "reason");
        readHeaders(node, place, &row);
        return row;
    }

    void readHeaders(const JsonNode &node, const JsonPlace &place, PlanRow *row)
    {
        const JsonNode *headers = node.find("headers");
        const JsonPlace array(place, "headers");
        if (headers == nullptr || !is(*headers, Type::Array, array))
            return;
        for (size_t i = 0; i < headers->items.size(); ++i) {
            const JsonNode &item = headers->items[i];
            const JsonPlace inner(array, static_cast<qsizetype>(i));
            if (!is(item, Type::Object, inner))
                continue;
            checkMembers(item, inner, {"name", "comparison"}, {"given"});
            PlannedHeader header;
            header.name = text(item, inner, "name");
            const std::optional<KeyComparison> comparison =
                keyComparisonFromWord(text(item, inner, "comparison"));
            if (!comparison)
                addUnknownWord(item, inner, "comparison");
            header.comparison = comparison.value_or(KeyComparison::NotKnown);
            header.isGiven = boolean(item, inner, "given");
            row->headers << header;
        }
    }

    /// Which the document alone says.
    void addSources(PlanRow *row, const JsonNode &node, const JsonPlace &place)
    {
        const QList<ConfiguredHeader> &wanted = row->wanted.credential.headers;
        for (PlannedHeader &header : row->headers) {
            const auto same =
                std::find_if(wanted.cbegin(), wanted.cend(),
                             [&header](const ConfiguredHeader &each) { return each.name == header.name; });
            if (same != wanted.cend())
                header.source = same->source;
            else
                add(node.offset, place, Words::tr("The document has other headers for it."));
        }
    }

    const JsonTree &m_tree;
    QList<DocumentFinding> m_findings;
};

/// The document alone, at its place in the text: so the places of what is wrong in it are those in the file.
QByteArray documentIn(QByteArrayView text, qsizetype begin)
{
    const qsizetype end = endOf(text, begin);
    QByteArray alone;
    alone.reserve(text.size()); // One that grew would leave its old bytes behind.
    for (qsizetype i = text.startsWith(utf8::Mark) ? utf8::Mark.size() : 0; i < text.size(); ++i) {
        const char byte = text.at(i);
        if ((i >= begin && i < end) || byte == '\n' || byte == '\r')
            alone += byte;
        else if (!utf8::isContinuation(byte)) // Columns are of characters.
            alone += ' ';
    }
    return alone;
}

void readDocument(QByteArrayView text, const JsonTree &tree, PlanReader *reader, Plan *plan)
{
    const JsonNode *node = tree.root().find("document");
    if (node == nullptr)
        return;
    if (!node->isObject()) {
        reader->add(tree.finding(node->offset, u"$.document"_s, Words::tr("Something else belongs here.")));
        return;
    }
    const configurationtext::Reading reading = configurationtext::read(documentIn(text, node->offset));
    for (const DocumentFinding &found : reading.findings) {
        DocumentFinding finding = found;
        finding.path = u"$.document"_s + found.path.mid(1);
        reader->add(finding);
    }
    if (reading.document)
        plan->document = inOrder(*reading.document);
}

Reading readTree(QByteArrayView text, const JsonTree &tree, const QList<DocumentFinding> &twice)
{
    PlanReader reader(tree);
    for (const DocumentFinding &finding : twice) {
        // What is within the document its own reader says.
        if (!finding.path.startsWith(u"$.document."_s) && !finding.path.startsWith(u"$.document["_s))
            reader.add(finding);
    }
    Plan plan;
    if (reader.isOfVersion()) {
        reader.readHead(&plan);
        reader.findSecrets();
        readDocument(text, tree, &reader, &plan);
        if (reader.findings().isEmpty())
            reader.readRows(&plan);
    }
    const QList<DocumentFinding> findings = reader.findings();
    if (!findings.isEmpty())
        return {std::nullopt, findings};
    return {plan, {}};
}

} // namespace

Reading read(QByteArray &&text)
{
    QByteArray own = std::move(text);
    own.detach(); // What others have of it is theirs, and stays.
    const JsonTree::Reading parsed = JsonTree::read(QByteArray(own.constData(), own.size()));
    Reading reading{std::nullopt, parsed.findings};
    if (parsed.tree)
        reading = readTree(own, *parsed.tree, parsed.findings);
    wipe(own);
    return reading;
}

} // namespace latchkey::planfile
