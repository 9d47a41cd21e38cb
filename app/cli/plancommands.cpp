// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/configurationcommands.h"
#include "app/cli/configurationwords.h"
#include "app/cli/planreport.h"
#include "app/cli/refreshnotes.h"
#include "models/services/configurationfiles.h"
#include "models/services/inventory.h"
#include "models/services/planmaker.h"
#include "models/services/profiles.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

// A file against what is there.

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::PlanCommands)
};

/// `--map NAME=PROFILE`: the name may have no `=`, the profile's may.
std::optional<std::pair<QString, QString>> mappingOf(const QString &text)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals <= 0 || equals == text.size() - 1)
        return std::nullopt;
    return std::pair(text.left(equals), text.mid(equals + 1));
}

bool isVariable(const QString &name)
{
    static const QRegularExpression pattern(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    return pattern.match(name).hasMatch();
}

/// What the user said beside the file. Refused where it is about something that the file does not have.
Done takeOptions(const Arguments &arguments, bool isPlanFile, Plan *plan)
{
    if (isPlanFile) {
        if (arguments.has(u"map"_s) || arguments.has(u"delete"_s))
            return usageProblem(
                Text::tr("A plan says by itself which profiles are meant and whether anything is deleted."));
        return {};
    }
    plan->deletes = arguments.has(u"delete"_s);
    for (const QString &given : arguments.values(u"map"_s)) {
        const auto mapping = mappingOf(given);
        const auto isMeant = [&mapping](const ConfiguredProfile &profile) {
            return mapping && profile.name == mapping->first;
        };
        const QList<ConfiguredProfile> &profiles = plan->document.profiles;
        if (std::none_of(profiles.cbegin(), profiles.cend(), isMeant))
            return usageProblem(Text::tr("The file has no profile of the name that --map gives."));
        plan->profileNames.insert(mapping->first, mapping->second);
    }
    return {};
}

QString meantBy(const Plan &plan, const QString &name)
{
    return plan.profileNames.value(name, name);
}

/// Only what the file says of one profile.
Done narrow(const QString &profileName, Plan *plan)
{
    const auto isAnother = [plan, &profileName](const QString &name) {
        return meantBy(*plan, name).compare(profileName, Qt::CaseInsensitive) != 0;
    };
    plan->document.profiles.removeIf(
        [&isAnother](const ConfiguredProfile &profile) { return isAnother(profile.name); });
    plan->rows.removeIf([&isAnother](const PlanRow &row) { return isAnother(row.profileName); });
    if (!plan->document.profiles.isEmpty())
        return {};
    return Problem::of(Problem::Category::NotFound,
                       Text::tr("The file says nothing of the profile %1.").arg(profileName),
                       Text::tr("Where it has another name there, add --map NAME=%1.").arg(profileName));
}

/// Only variables that the user allowed and the file names.
Done readVariables(CommandContext &context, const ConfigurationDocument &document, PlanKeys *keys)
{
    const QStringList named = variablesOf(document);
    QStringList allowed = context.arguments.values(u"allow-env"_s);
    allowed.removeDuplicates();
    for (const QString &name : std::as_const(allowed)) {
        if (!named.contains(name)) {
            // It may be a key that was typed in the wrong place, so it is not repeated.
            context.console.note(
                Text::tr("A variable of --allow-env is not named by the file, and was not read."));
            continue;
        }
        Outcome<Secret> key = context.secrets.variable(name);
        if (!key)
            return std::move(key).problem();
        keys->setVariable(name, std::move(key).value());
    }
    return {};
}

Problem notUsable(const QString &file, const QList<DocumentFinding> &findings)
{
    Problem problem = findingsProblem(Text::tr("The file %1 cannot be used.").arg(file), findings);
    if (file == "-"_L1) // That is read once.
        return problem;
    const Outcome<ForeignConfiguration> foreign = configurationfiles::readForeign(file);
    if (foreign && !foreign.value().credentials.empty()) {
        problem.detail =
            Text::tr("It is a file of another tool. What such a file says is taken by `latchkeyctl import`.");
    }
    return problem;
}

ExitCode codeOf(const Plan &plan)
{
    return plan.count(PlanAction::Blocked) > 0 ? ExitCode::Declined : ExitCode::Success;
}

} // namespace

QString PlanningCommand::synopsis() const
{
    return u"FILE [--profile NAME] [--map NAME=PROFILE ...] [--allow-env NAME ...]"_s;
}

QStringList PlanningCommand::options() const
{
    return {u"profile"_s,     u"map"_s,  u"allow-env"_s, u"token-env"_s,
            u"token-stdin"_s, u"demo"_s, u"data-dir"_s};
}

Done PlanningCommand::check(const Arguments &arguments) const
{
    if (arguments.words().isEmpty())
        return usageProblem(Text::tr("Name the file, or - for stdin."));
    if (arguments.words().constFirst() == "-"_L1 && arguments.has(u"token-stdin"_s))
        return usageProblem(Text::tr("Only one of the token and the file can come from stdin."));
    const QStringList variables = arguments.values(u"allow-env"_s);
    // What is no name may be a key, so it is not repeated.
    if (std::any_of(variables.cbegin(), variables.cend(),
                    [](const QString &name) { return !isVariable(name); }))
        return usageProblem(Text::tr("The option --allow-env takes the name of a variable."));
    const QStringList mappings = arguments.values(u"map"_s);
    if (std::any_of(mappings.cbegin(), mappings.cend(), [](const QString &text) { return !mappingOf(text); }))
        return usageProblem(Text::tr("The option --map takes NAME=PROFILE."));
    return {};
}

QCoro::Task<Outcome<PreparedPlan>> PlanningCommand::prepare(CommandContext &context, bool deletes)
{
    const QString file = context.arguments.words().constFirst();
    const Outcome<configurationfiles::Reading> read = configurationfiles::read(file);
    if (!read)
        co_return read.problem();
    if (!read.value().plan)
        co_return notUsable(file, read.value().findings);
    PreparedPlan prepared;
    prepared.isPlanFile = read.value().isPlan;
    prepared.planned = *read.value().plan;
    Done taken = takeOptions(context.arguments, prepared.isPlanFile, &prepared.planned);
    if (taken && context.arguments.has(u"profile"_s)) {
        const std::optional<Profile> profile = context.session->profiles().find(context.profileId);
        taken = narrow(profile ? profile->name : QString(), &prepared.planned);
    }
    if (!taken)
        co_return std::move(taken).problem();
    prepared.planned.deletes = prepared.planned.deletes || deletes;
    prepared.keys = std::make_shared<PlanKeys>();
    const Done variables = readVariables(context, prepared.planned.document, prepared.keys.get());
    if (!variables)
        co_return variables.problem();
    const Plan planned = prepared.planned;
    prepared.readingFailed = co_await refresh(context, planned);
    if (context.stop.stop_requested())
        co_return Problem::of(Problem::Category::Canceled, Text::tr("Stopped; nothing was sent."));
    PlanOptions options;
    options.profileNames = planned.profileNames;
    options.deletes = planned.deletes;
    const ConfigurationDocument document = planned.document;
    const std::shared_ptr<const PlanKeys> keys = prepared.keys;
    const Outcome<Plan> fresh = co_await context.session->planMaker().make(document, options, keys);
    if (!fresh)
        co_return fresh.problem();
    prepared.fresh = fresh.value();
    if (!prepared.isPlanFile)
        prepared.planned = prepared.fresh;
    co_return prepared;
}

QCoro::Task<ExitCode> PlanningCommand::refresh(CommandContext &context, Plan plan)
{
    ExitCode code = ExitCode::Success;
    for (const ConfiguredProfile &named : std::as_const(plan.document.profiles)) {
        const std::optional<Profile> profile =
            context.session->profiles().findByName(meantBy(plan, named.name));
        if (!profile || context.stop.stop_requested()) // The plan says that there is none.
            continue;
        const QString id = profile->id;
        const Done refreshed = co_await context.session->inventory().refresh(id);
        if (!refreshed) {
            context.console.note(refreshed.problem().toText());
            code = code == ExitCode::Success ? exitCodeOf(refreshed.problem()) : code;
        }
        for (const RefreshNote &note : refreshNotes(*context.session, id)) {
            context.console.note(note.text);
            code = code == ExitCode::Success ? exitCodeOf(note.problem) : code;
        }
    }
    co_return code;
}

QString PlanCommand::synopsis() const
{
    return PlanningCommand::synopsis() + u" [--delete] [--out FILE|-] [--output table|json]"_s;
}

QString PlanCommand::summary() const
{
    return Text::tr(
        "Show what a configuration would have done, the worst first, or write that to a file which "
        "can be reviewed and applied. Nothing is changed.");
}

QStringList PlanCommand::options() const
{
    return PlanningCommand::options() + QStringList{u"delete"_s, u"out"_s, u"output"_s};
}

Done PlanCommand::check(const Arguments &arguments) const
{
    const QString form = arguments.value(u"output"_s);
    if (!form.isEmpty() && form != "table"_L1 && form != "json"_L1)
        return usageProblem(Text::tr("The option --output is `table` or `json`."));
    return PlanningCommand::check(arguments);
}

QCoro::Task<ExitCode> PlanCommand::run(CommandContext &context)
{
    const Outcome<PreparedPlan> prepared = co_await prepare(context, false);
    if (!prepared)
        co_return context.console.fail(prepared.problem());
    const Plan &plan = prepared.value().fresh;
    const QByteArray text = configurationfiles::textOf(plan);
    const bool asJson = context.console.isJson() || context.arguments.value(u"output"_s) == "json"_L1;
    const QString file = context.arguments.value(u"out"_s);
    if (file == "-"_L1 || (asJson && file.isEmpty()))
        context.console.file(text);
    else if (!asJson)
        context.console.out(describe(plan));
    if (!file.isEmpty() && file != "-"_L1) {
        const Done written = writeOut(context, text);
        if (!written)
            co_return context.console.fail(written.problem());
    }
    const ExitCode reading = prepared.value().readingFailed;
    co_return reading == ExitCode::Success ? codeOf(plan) : reading;
}

QString DiffCommand::summary() const
{
    return Text::tr("Compare a configuration with what is there. Nothing is changed.");
}

QString DiffCommand::exitCodes() const
{
    return Text::tr("Exit codes:\n"
                    "    0  all is as the file says, as far as it is known\n"
                    "    2  something is different, or cannot be\n"
                    "Those of what stands in the way are as with the other commands.\n");
}

QCoro::Task<ExitCode> DiffCommand::run(CommandContext &context)
{
    // A credential that shall not be there is a difference.
    const Outcome<PreparedPlan> prepared = co_await prepare(context, true);
    if (!prepared)
        co_return context.console.fail(prepared.problem());
    const Plan &plan = prepared.value().fresh;
    context.console.out(plan.isEmpty() ? Text::tr("All is as the file says.") : describe(plan));
    if (context.console.isJson())
        context.console.file(configurationfiles::textOf(plan));
    if (prepared.value().readingFailed != ExitCode::Success)
        co_return prepared.value().readingFailed;
    co_return plan.isEmpty() ? ExitCode::Success : ExitCode::Unfinished;
}

} // namespace latchkey
