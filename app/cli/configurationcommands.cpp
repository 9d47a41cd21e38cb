// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/configurationcommands.h"

#include "app/cli/configurationwords.h"
#include "app/cli/refreshnotes.h"
#include "models/services/configurationexports.h"
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

/// What `--format` names.
configurationexports::Form formOf(const Arguments &arguments)
{
    const QString form = arguments.value(u"format"_s);
    if (form == "terraform"_L1)
        return configurationexports::Form::Terraform;
    return form == "pulumi"_L1 ? configurationexports::Form::Pulumi : configurationexports::Form::Json;
}

/// The one file that there is to write.
Outcome<configurationexports::File> fileFor(configurationexports::Form form, const QList<Profile> &profiles,
                                            const QList<InstanceRecord> &records)
{
    const QList<configurationexports::File> files = configurationexports::of(form, profiles, records);
    if (files.size() == 1)
        return files.constFirst();
    if (files.isEmpty())
        return Problem::of(Problem::Category::NotFound, Text::tr("There is no instance to write down."));
    QStringList titles;
    for (const configurationexports::File &file : files)
        titles << file.title;
    return usageProblem(Text::tr("Such a file is for one profile and one geo, and here are several."),
                        Text::tr("Choose one with --profile and --geo: %1").arg(titles.join(u", "_s)));
}

ExitCode writeFor(CommandContext &context, const Outcome<configurationexports::File> &file)
{
    if (!file && file.problem().category == Problem::Category::InvalidInput)
        return context.console.failUsage(file.problem());
    if (!file)
        return context.console.fail(file.problem());
    for (const QString &note : file.value().notes)
        context.console.note(note);
    const Done written = writeOut(context, file.value().text);
    if (!written)
        return context.console.fail(written.problem());
    return file.value().readsBack ? ExitCode::Success : ExitCode::BadInput;
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
    const Outcome<configurationexports::File> file =
        fileFor(formOf(context.arguments), context.session->profiles().all(), records.value());
    const ExitCode written = writeFor(context, file);
    co_return written == ExitCode::Success ? code : written;
}

} // namespace latchkey
