// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/foreignreader.h"

#include "models/transfer/apipayload.h"
#include "models/transfer/foreigncollector.h"
#include "models/transfer/pulumiprogram.h"
#include "models/transfer/pulumistack.h"
#include "models/transfer/terraformreader.h"
#include "models/transfer/utf8.h"
#include "models/transfer/yamltree.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>
#include <utility>

namespace latchkey::foreignreader {

using namespace Qt::StringLiterals;
using Kind = ForeignConfiguration::Kind;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(foreignreader)
};

Problem notReadable(const QString &why)
{
    return Problem::of(Problem::Category::InvalidInput, Words::tr("The file cannot be read."), why);
}

/// JSON begins with a bracket; YAML may too, but nobody writes a program so.
bool looksLikeJson(QByteArrayView text)
{
    if (text.startsWith(utf8::Mark))
        text = text.sliced(utf8::Mark.size());
    text = text.trimmed();
    return text.startsWith('{') || text.startsWith('[');
}

/// Whether no member stands twice in what leads to the resources, for nobody knows which one counts.
bool isWayClear(const JsonNode &node)
{
    constexpr std::array<QByteArrayView, 6> Steps{"deployment", "checkpoint",     "latest",
                                                  "values",     "planned_values", "root_module"};
    QSet<QByteArrayView> names;
    for (const JsonMember &member : node.members) {
        const qsizetype known = names.size();
        names.insert(member.name);
        if (names.size() == known)
            return false;
        if (std::ranges::find(Steps, member.name) != Steps.end() && !isWayClear(member.value))
            return false;
        if (member.name == "child_modules" && !std::ranges::all_of(member.value.items, isWayClear))
            return false;
    }
    return true;
}

Outcome<ForeignConfiguration> readTree(const JsonNode &root, ForeignCollector &collector)
{
    if (!isWayClear(root))
        return notReadable(
            Words::tr("A member stands twice around its resources, and nothing says which one counts."));
    const auto form = terraformreader::formOf(root);
    if (form != terraformreader::Form::None) {
        if (const QString why = terraformreader::whyNot(root, form); !why.isEmpty())
            return notReadable(why);
        terraformreader::read(root, form, collector);
        return collector.finish(form == terraformreader::Form::ShownPlan ? Kind::TerraformPlan
                                                                         : Kind::TerraformState);
    }
    if (PulumiStack::isOne(root)) {
        PulumiStack().read(root, collector);
        return collector.finish(Kind::PulumiStack);
    }
    if (PulumiProgram::isOne(root)) {
        PulumiProgram().read(root, collector);
        return collector.finish(Kind::PulumiProgram);
    }
    if (apipayload::isOne(root)) {
        apipayload::read(root, collector);
        return collector.finish(Kind::ApiPayload);
    }
    return notReadable(Words::tr(
        "It is none of these: a payload of Konnect's API, a Pulumi program or “pulumi stack export”, a "
        "Terraform state, or what “terraform show -json” writes."));
}

/// `moreFindings`: of the tree itself.
template <typename Reading>
Outcome<ForeignConfiguration> readReading(const Reading &reading, const QList<DocumentFinding> &moreFindings)
{
    if (!reading.tree) {
        return notReadable(reading.findings.isEmpty() ? QString() : reading.findings.first().toText());
    }
    const auto &tree = *reading.tree;
    ForeignCollector collector([&tree](qsizetype offset, const QString &path, const QString &message) {
        return tree.finding(offset, path, message);
    });
    Outcome<ForeignConfiguration> result = readTree(tree.root(), collector);
    if (!result)
        return result;
    ForeignConfiguration &configuration = result.value();
    configuration.findings = moreFindings + configuration.findings;
    if (configuration.credentials.empty() && configuration.findings.isEmpty())
        configuration.findings << DocumentFinding{u"$"_s, 0, 0,
                                                  Words::tr("There is no auth credential in it.")};
    return result;
}

} // namespace

Outcome<ForeignConfiguration> read(QByteArray &&bytes)
{
    QByteArray text = std::move(bytes);
    if (text.size() > MostBytes) {
        wipe(text);
        return notReadable(
            Words::tr("It is larger than %1 MiB, the most that is read.").arg(MostBytes / 1024 / 1024));
    }
    // Of members that stand twice, those within a credential count: they are looked for there.
    if (looksLikeJson(text))
        return readReading(JsonTree::read(std::move(text)), {});
    const YamlTree::Reading reading = YamlTree::read(std::move(text));
    return readReading(reading, reading.findings);
}

} // namespace latchkey::foreignreader
