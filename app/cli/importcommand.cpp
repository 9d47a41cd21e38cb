// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/importcommand.h"

#include "app/cli/configurationwords.h"
#include "app/cli/planapplication.h"
#include "app/cli/refreshnotes.h"
#include "models/core/wording.h"
#include "models/services/configurationfiles.h"
#include "models/services/inventory.h"
#include "models/services/planmaker.h"
#include "models/services/profiles.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ImportCommand)
};

QString kindOf(const ForeignConfiguration &foreign)
{
    using Kind = ForeignConfiguration::Kind;
    switch (foreign.kind) {
    case Kind::ApiPayload:
        return Text::tr("a payload of Konnect's API");
    case Kind::PulumiProgram:
        return Text::tr("a Pulumi program");
    case Kind::PulumiStack:
        return Text::tr("a Pulumi stack");
    case Kind::TerraformState:
        return Text::tr("a Terraform state");
    case Kind::TerraformPlan:
        return Text::tr("a Terraform plan");
    }
    return {};
}

/// `--instance` can be meant for one credential only.
Done checkInstance(const Arguments &arguments, const ForeignConfiguration &foreign)
{
    if (!arguments.has(u"instance"_s))
        return {};
    const auto silent =
        std::count_if(foreign.credentials.cbegin(), foreign.credentials.cend(),
                      [](const ForeignCredential &credential) { return !saysInstance(credential); });
    if (silent == 1)
        return {};
    return Problem::of(
        Problem::Category::InvalidInput,
        Text::tr("The option --instance is for a file with one credential that does not say whose it is."),
        Text::tr("Credentials in the file that do not say so: %1").arg(silent));
}

} // namespace

QString ImportCommand::synopsis() const
{
    return u"FILE [--profile NAME] [--instance NAME|ID] [--present]"_s + planApplicationSynopsis();
}

QString ImportCommand::summary() const
{
    return Text::tr(
        "Take what a file of another tool says, or stdin where it is -: a payload of Konnect's API, a Pulumi "
        "program or `pulumi stack export --show-secrets`, a Terraform state or `terraform show -json`. Keys "
        "of the credential that is there are kept here; others create or replace one, which is asked first.");
}

QStringList ImportCommand::options() const
{
    return QStringList{u"profile"_s,     u"instance"_s, u"present"_s, u"token-env"_s,
                       u"token-stdin"_s, u"demo"_s,     u"data-dir"_s} +
           planApplicationOptions();
}

Done ImportCommand::check(const Arguments &arguments) const
{
    if (arguments.words().isEmpty())
        return usageProblem(Text::tr("Name the file, or - for stdin."));
    if (arguments.words().constFirst() == "-"_L1 && arguments.has(u"token-stdin"_s))
        return usageProblem(Text::tr("Only one of the token and the file can come from stdin."));
    if (arguments.values(u"instance"_s).size() > 1)
        return usageProblem(Text::tr("Name one --instance."));
    return {};
}

bool ImportCommand::usesKeychain(const Arguments &arguments) const
{
    return planApplicationUsesKeychain(arguments);
}

QCoro::Task<ExitCode> ImportCommand::run(CommandContext &context)
{
    const QString file = context.arguments.words().constFirst();
    Outcome<ForeignConfiguration> found = read(context, file);
    if (!found)
        co_return context.console.fail(found.problem());
    ForeignConfiguration foreign = std::move(found).value();
    const Outcome<ExitCode> refreshed = co_await refresh(context);
    if (!refreshed)
        co_return context.console.fail(refreshed.problem());

    const bool holdsKeys = foreign.holdsKeys();
    ImportOptions options;
    options.profileId = context.profileId;
    options.instance = context.arguments.value(u"instance"_s);
    options.areOfPresent = context.arguments.has(u"present"_s);
    options.at = context.clock.now();
    ConfigurationImport imported = importOf(std::move(foreign), context.session->profiles().all(),
                                            context.session->inventory().records(), options);
    tell(context, file, holdsKeys, imported);
    if (imported.document.profiles.isEmpty()) {
        co_return context.console.fail(Problem::of(
            Problem::Category::InvalidInput, Text::tr("There is nothing in the file that can be taken.")));
    }

    PreparedPlan prepared;
    prepared.keys = std::make_shared<PlanKeys>(std::move(imported.keys));
    const PlanOptions nothingElse{};
    const std::shared_ptr<const PlanKeys> keys = prepared.keys;
    const Outcome<Plan> plan =
        co_await context.session->planMaker().make(imported.document, nothingElse, keys);
    if (!plan)
        co_return context.console.fail(plan.problem());
    prepared.planned = plan.value();
    prepared.fresh = plan.value();
    prepared.readingFailed = refreshed.value();
    const qsizetype leftOut = imported.leftOut;
    const ExitCode code = co_await applyPlan(context, std::move(prepared));
    co_return code == ExitCode::Success &&leftOut > 0 ? ExitCode::Declined : code;
}

Outcome<ForeignConfiguration> ImportCommand::read(CommandContext &context, const QString &file)
{
    Outcome<ForeignConfiguration> found = configurationfiles::readForeign(file);
    if (!found) {
        Problem problem = std::move(found).problem();
        if (file == "-"_L1 || problem.category != Problem::Category::InvalidInput)
            return problem;
        const Outcome<configurationfiles::Reading> own = configurationfiles::read(file);
        if (own && own.value().plan)
            problem.detail = Text::tr("It is Latchkey's own: `latchkeyctl plan` and `apply` take it.");
        return problem;
    }
    for (const ForeignCredential &credential : found.value().credentials)
        context.secrets.know(credential.keys);
    const Done instance = checkInstance(context.arguments, found.value());
    if (!instance)
        return instance.problem();
    context.console.note(Text::tr("This is %1. Auth credentials in it: %2")
                             .arg(kindOf(found.value()), QString::number(found.value().credentials.size())));
    return found;
}

QCoro::Task<Outcome<ExitCode>> ImportCommand::refresh(CommandContext &context)
{
    const QString profileId = context.profileId;
    const Done refreshed = co_await context.session->inventory().refresh(profileId);
    if (!refreshed)
        co_return refreshed.problem();
    if (context.stop.stop_requested())
        co_return Problem::of(Problem::Category::Canceled, Text::tr("Stopped; nothing was sent."));
    ExitCode code = ExitCode::Success;
    const QList<RefreshNote> notes = refreshNotes(*context.session, profileId);
    for (const RefreshNote &note : notes) {
        context.console.note(note.text);
        code = code == ExitCode::Success ? exitCodeOf(note.problem) : code;
    }
    co_return code;
}

void ImportCommand::tell(CommandContext &context, const QString &file, bool holdsKeys,
                         const ConfigurationImport &imported)
{
    if (holdsKeys)
        context.console.note(wording::keysInClear(file == "-"_L1 ? Text::tr("What came by stdin") : file));
    if (!imported.findings.isEmpty()) {
        context.console.note(
            findingsProblem(Text::tr("What else is to be known of it:"), imported.findings).toText());
    }
}

} // namespace latchkey
