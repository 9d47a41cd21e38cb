// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/planapplication.h"

#include "app/cli/bulkreport.h"
#include "app/cli/planreport.h"
#include "models/core/wording.h"
#include "models/services/configurationfiles.h"
#include "models/services/inventory.h"
#include "models/services/planmaker.h"
#include "models/services/planrunner.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::PlanApplication)
};

/// What would be done, as it is now.
QList<PlanRow> goingOn(const QList<DriftRow> &drift)
{
    QList<PlanRow> rows;
    for (const DriftRow &row : drift) {
        if (row.state != DriftRow::State::Moved && row.now.isWork())
            rows << row.now;
    }
    return rows;
}

/// Of what would be refused.
ExitCode codeOf(const QList<DriftRow> &drift)
{
    const bool any = std::any_of(drift.cbegin(), drift.cend(), [](const DriftRow &row) {
        return row.state == DriftRow::State::Moved || row.now.action == PlanAction::Blocked;
    });
    return any ? ExitCode::Declined : ExitCode::Success;
}

bool keepsNothing(const Arguments &arguments)
{
    return arguments.value(u"keep"_s) == "none"_L1;
}

QSet<qsizetype> allOf(const Plan &plan)
{
    QSet<qsizetype> indexes;
    for (qsizetype i = 0; i < plan.rows.size(); ++i)
        indexes.insert(i);
    return indexes;
}

/// Asks for the keys that are missing. `rows`: those that go on.
Done askForKeys(CommandContext &context, const QList<PlanRow> &rows, PlanKeys *keys)
{
    for (const PlanRow &row : rows) {
        const QStringList missing = row.missingKeys();
        if (missing.isEmpty())
            continue;
        if (!Console::hasTerminal()) {
            if (context.arguments.has(u"keep-going"_s))
                return {}; // Those rows fail, and say why.
            return Problem::of(
                Problem::Category::InvalidInput,
                Text::tr("“%1” needs keys that are not at hand: %2.").arg(row.title, missing.join(u", "_s)),
                Text::tr("Nothing was sent, and there is no terminal to ask at. A configuration can name "
                         "variables, which --allow-env NAME allows."));
        }
        SuppliedKeys entered;
        for (const QString &header : missing) {
            Outcome<Secret> key = context.secrets.ask(Text::tr("Key for %1 of %2: ").arg(header, row.title));
            if (!key)
                return std::move(key).problem();
            entered.keys.push_back({header, std::move(key).value()});
        }
        keys->supply(row.address, std::move(entered));
    }
    return {};
}

Done confirmNames(CommandContext &context, const QList<PlanRow> &rows, ApplyRequest *request)
{
    const QStringList given = context.arguments.values(u"confirm"_s);
    for (const PlanRow &row : rows) {
        if (!row.needsTypedName)
            continue;
        const QString name = row.wanted.name;
        QString typed = name;
        if (!given.contains(name)) {
            if (!Console::hasTerminal()) {
                const std::optional<InstanceRecord> record = context.session->inventory().find(row.address);
                return Problem::of(
                    Problem::Category::Refused,
                    Text::tr("Nothing was sent. %1")
                        .arg(wording::whyTypedName(name, record ? record->profileName : row.profileName,
                                                   record && record->isProtected,
                                                   record && record->production)),
                    Text::tr("Add --confirm with the machine name of each instance; that of %1 is missing.")
                        .arg(row.title));
            }
            Outcome<QString> answer =
                context.console.ask(Text::tr("Type the machine name of %1 to confirm: ").arg(row.title));
            if (!answer)
                return std::move(answer).problem();
            typed = std::move(answer).value();
        }
        request->typedNames.insert(row.address, typed);
    }
    return {};
}

/// `--confirm` of an instance that the plan does not have is a mistake; one that is as wanted by now is none.
Done checkConfirmed(const QStringList &given, const Plan &plan)
{
    const auto isInPlan = [&plan](const QString &name) {
        return std::any_of(plan.rows.cbegin(), plan.rows.cend(),
                           [&name](const PlanRow &row) { return row.wanted.name == name; });
    };
    if (std::all_of(given.cbegin(), given.cend(), isInPlan))
        return {};
    return Problem::of(Problem::Category::Refused,
                       Text::tr("Nothing was sent: --confirm names another instance."));
}

/// Fills in what was typed to confirm.
Done confirm(CommandContext &context, const QList<PlanRow> &rows, ApplyRequest *request)
{
    const bool isSaid = context.arguments.has(u"yes"_s);
    if (!rows.isEmpty() && !isSaid && !Console::hasTerminal()) {
        return Problem::of(Problem::Category::Refused, Text::tr("Nothing was sent: this was not confirmed."),
                           Text::tr("Without a terminal, add --yes."));
    }
    Done names = checkConfirmed(context.arguments.values(u"confirm"_s), request->plan);
    if (names)
        names = confirmNames(context, rows, request);
    if (!names || isSaid || rows.isEmpty())
        return names;
    const Outcome<bool> answer = context.console.askYesNo(Text::tr("Do all that?"));
    if (!answer)
        return answer.problem();
    if (!answer.value())
        return Problem::of(Problem::Category::Refused, Text::tr("Nothing was sent."));
    return {};
}

} // namespace

QStringList planApplicationOptions()
{
    return {u"dry-run"_s, u"yes"_s, u"confirm"_s, u"keep"_s, u"at-once"_s, u"keep-going"_s, u"watch"_s};
}

QString planApplicationSynopsis()
{
    return u" [--dry-run] [--yes] [--confirm NAME ...] [--keep keychain|none] [--at-once N] [--keep-going] "
           "[--watch SECONDS]"_s;
}

bool planApplicationUsesKeychain(const Arguments &arguments)
{
    return !keepsNothing(arguments) || !SecretSource::tokenGiven(arguments);
}

QCoro::Task<ExitCode> applyPlan(CommandContext &context, PreparedPlan prepared)
{
    QList<DriftRow> drift = driftOf(prepared.planned, prepared.fresh);
    if (context.arguments.has(u"dry-run"_s)) {
        context.console.out(describe(drift));
        if (context.console.isJson())
            context.console.file(configurationfiles::textOf(prepared.fresh));
        co_return prepared.readingFailed == ExitCode::Success ? codeOf(drift) : prepared.readingFailed;
    }
    const Done asked = askForKeys(context, goingOn(drift), prepared.keys.get());
    if (!asked)
        co_return context.console.fail(asked.problem());
    // Again, with the keys that were entered.
    const ConfigurationDocument document = prepared.planned.document;
    PlanOptions options;
    options.profileNames = prepared.planned.profileNames;
    options.deletes = prepared.planned.deletes;
    const std::shared_ptr<const PlanKeys> keys = prepared.keys;
    const Outcome<Plan> fresh = co_await context.session->planMaker().make(document, options, keys);
    if (!fresh)
        co_return context.console.fail(fresh.problem());
    ApplyRequest request;
    request.plan = prepared.isPlanFile ? prepared.planned : fresh.value();
    request.rows = allOf(request.plan);
    request.options = bulkOptions(context.arguments);
    request.keep = keepsNothing(context.arguments) ? KeepKeys::Nowhere : KeepKeys::InKeychain;
    drift = driftOf(request.plan, fresh.value());
    const QList<PlanRow> rows = goingOn(drift);
    if (!context.arguments.has(u"yes"_s) || rows.isEmpty())
        context.console.note(describe(drift));
    const Done confirmed = confirm(context, rows, &request);
    if (!confirmed)
        co_return context.console.fail(confirmed.problem());

    const PlanProgress progress(context, rows.size());
    const Outcome<PlanResult> ended =
        co_await context.session->planRunner().apply(std::move(request), keys, context.stop);
    if (!ended)
        co_return context.console.fail(ended.problem());
    const ExitCode code = co_await reportPlan(context, ended.value());
    if (code == ExitCode::Keychain && !keepsNothing(context.arguments))
        context.console.note(Text::tr("Where there is no keychain, add --keep none."));
    co_return code == ExitCode::Success ? prepared.readingFailed : code;
}

} // namespace latchkey
