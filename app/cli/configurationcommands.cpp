// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/configurationcommands.h"

#include "app/cli/configurationwords.h"
#include "app/cli/refreshnotes.h"
#include "models/core/configurationexport.h"
#include "models/services/configurationfiles.h"
#include "models/services/inventory.h"
#include "models/services/profiles.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ConfigurationCommands)
};

/// Those of the profile that are named, at the endpoints that are named; all where none is.
Outcome<QList<InstanceRecord>> chosen(const QList<InstanceRecord> &records, const QString &profileId,
                                      const Arguments &arguments)
{
    const QStringList names = arguments.values(u"instance"_s);
    const QStringList geos = arguments.values(u"geo"_s);
    QList<InstanceRecord> all;
    QStringList left = names;
    for (const InstanceRecord &record : records) {
        if (!profileId.isEmpty() && record.address.profileId != profileId)
            continue;
        if (!geos.isEmpty() && !geos.contains(record.endpointLabel))
            continue;
        const auto isNamed = [&record](const QString &name) {
            return name == record.instance.name || name == record.address.instanceId;
        };
        if (!names.isEmpty() && std::none_of(names.cbegin(), names.cend(), isNamed))
            continue;
        left.removeIf(isNamed);
        all << record;
    }
    if (left.isEmpty())
        return all;
    return Problem::of(Problem::Category::NotFound,
                       Text::tr("There is no instance %1.").arg(left.constFirst()),
                       Text::tr("`latchkeyctl instances list` shows those there are."));
}

/// The tool that `--format` names; none for a configuration.
std::optional<configurationfiles::Tool> toolOf(const Arguments &arguments)
{
    const QString form = arguments.value(u"format"_s);
    if (form == "terraform"_L1)
        return configurationfiles::Tool::Terraform;
    if (form == "pulumi"_L1)
        return configurationfiles::Tool::Pulumi;
    return std::nullopt;
}

/// The one file that there is to write.
Outcome<configurationfiles::ToolFile> fileFor(configurationfiles::Tool tool,
                                              const ConfigurationDocument &document,
                                              const QList<InstanceRecord> &records)
{
    const QList<configurationfiles::ToolFile> files = configurationfiles::filesFor(tool, document, records);
    if (files.size() == 1)
        return files.constFirst();
    if (files.isEmpty())
        return Problem::of(Problem::Category::NotFound, Text::tr("There is no instance to write down."));
    QStringList names;
    for (const configurationfiles::ToolFile &file : files)
        names << u"--profile %1 --geo %2"_s.arg(file.profileName, file.endpoint);
    return Problem::of(
        Problem::Category::InvalidInput,
        Text::tr("Such a file is for one profile and one geo, and here are several. Choose one:"),
        names.join(u'\n'));
}

} // namespace

QString ExportCommand::synopsis() const
{
    return u"[--format json|terraform|pulumi] [--profile NAME] [--geo GEO ...] [--instance NAME|ID ...] "
           "[--out FILE|-]"_s;
}

QString ExportCommand::summary() const
{
    return Text::tr("Write what is there as a configuration that can be kept, reviewed and applied again, or "
                    "for Terraform or Pulumi to go on with. It holds no keys.");
}

QStringList ExportCommand::options() const
{
    return {u"format"_s,    u"profile"_s,     u"geo"_s,  u"instance"_s, u"out"_s,
            u"token-env"_s, u"token-stdin"_s, u"demo"_s, u"data-dir"_s};
}

Done ExportCommand::check(const Arguments &arguments) const
{
    static const QStringList forms{u"json"_s, u"terraform"_s, u"pulumi"_s};
    if (arguments.has(u"format"_s) && !forms.contains(arguments.value(u"format"_s)))
        return usageProblem(Text::tr("The option --format is `json`, `terraform` or `pulumi`."));
    return {};
}

QCoro::Task<ExitCode> ExportCommand::run(CommandContext &context)
{
    Inventory &inventory = context.session->inventory();
    const QString profileId = context.profileId;
    const Done refreshed = co_await inventory.refresh(profileId);
    if (!refreshed)
        co_return context.console.fail(refreshed.problem());
    ExitCode code = ExitCode::Success;
    for (const RefreshNote &note : refreshNotes(*context.session, profileId)) {
        context.console.note(note.text);
        code = code == ExitCode::Success ? exitCodeOf(note.problem) : code;
    }
    const Outcome<QList<InstanceRecord>> records = chosen(inventory.records(), profileId, context.arguments);
    if (!records)
        co_return context.console.fail(records.problem());
    const ConfigurationExport exported = configurationOf(context.session->profiles().all(), records.value());
    for (const QString &note : exported.notes)
        context.console.note(note);
    const std::optional<configurationfiles::Tool> tool = toolOf(context.arguments);
    QByteArray text;
    if (tool) {
        const Outcome<configurationfiles::ToolFile> file = fileFor(*tool, exported.document, records.value());
        if (!file && file.problem().category == Problem::Category::InvalidInput)
            co_return context.console.failUsage(file.problem());
        if (!file)
            co_return context.console.fail(file.problem());
        for (const QString &note : file.value().notes)
            context.console.note(note);
        text = file.value().text;
    } else {
        text = configurationfiles::textOf(exported.document);
    }
    const Done written = writeOut(context, text);
    if (!written)
        co_return context.console.fail(written.problem());
    if (tool) {
        context.console.note(Text::tr("It holds no keys, and what is imported there has none: read the first "
                                      "plan there, which may replace credentials, before you apply it."));
        co_return code;
    }
    // What Konnect says is not trusted: a name may be none that a configuration can have.
    const QList<DocumentFinding> findings = configurationfiles::findingsIn(text);
    if (!findings.isEmpty()) {
        const Problem problem = findingsProblem(
            Text::tr("Something in it has to be changed before it can be read again."), findings);
        context.console.note(problem.toText());
        code = code == ExitCode::Success ? exitCodeOf(problem) : code;
    }
    co_return code;
}

} // namespace latchkey
