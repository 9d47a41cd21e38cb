// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/changescommands.h"

#include "app/cli/bulkreport.h"
#include "app/cli/recordjson.h"
#include "app/cli/table.h"
#include "app/cli/wordsofchanges.h"
#include "models/core/wording.h"
#include "models/services/bulkchanges.h"
#include "models/services/changerecovery.h"
#include "models/services/credentialchanges.h"
#include "models/storage/changejournal.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ChangesCommands)
};

QStringList profileOptions()
{
    return {u"profile"_s, u"token-env"_s, u"token-stdin"_s, u"demo"_s, u"data-dir"_s};
}

QString describe(const UnfinishedChange &unfinished)
{
    QStringList lines{latchkey::describe(unfinished.change), unfinished.whatIsThere()};
    if (!unfinished.change.run.isEmpty())
        lines += Text::tr("One of several, of the run %1.").arg(unfinished.change.run);
    const auto add = [&](const QString &word, RecoveryStep step) {
        const RecoveryOffer offer = unfinished.offer(step);
        lines += offer.possible ? u"  %1 %2: %3"_s.arg(word, unfinished.change.id, offer.text)
                                : Text::tr("  (%1 is not possible: %2)").arg(word, offer.text);
    };
    add(u"finish"_s, RecoveryStep::Finish);
    add(u"rollback"_s, RecoveryStep::RollBack);
    add(u"leave"_s, RecoveryStep::Leave);
    return lines.join(u'\n');
}

QString standingWord(Standing standing)
{
    switch (standing) {
    case Standing::NotKnown:
        return u"not_known"_s;
    case Standing::Old:
        return u"old"_s;
    case Standing::None:
        return u"none"_s;
    case Standing::New:
        return u"new"_s;
    case Standing::ProbablyNew:
        return u"probably_new"_s;
    case Standing::Other:
        return u"other"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject json(const RecoveryOffer &offer)
{
    return {{u"possible"_s, offer.possible}, {u"needs_keys"_s, offer.needsKeys}, {u"text"_s, offer.text}};
}

QJsonObject json(const UnfinishedChange &unfinished)
{
    QJsonObject object{{u"change"_s, toJson(unfinished.change)},
                       {u"standing"_s, standingWord(unfinished.standing)},
                       {u"finish"_s, json(unfinished.offer(RecoveryStep::Finish))},
                       {u"rollback"_s, json(unfinished.offer(RecoveryStep::RollBack))},
                       {u"leave"_s, json(unfinished.offer(RecoveryStep::Leave))}};
    if (unfinished.obstacle)
        object.insert(u"obstacle"_s, toJson(*unfinished.obstacle));
    return object;
}

} // namespace

QString ChangesListCommand::summary() const
{
    return Text::tr("Show changes that were interrupted, what Konnect has now, and what can be done.");
}

QStringList ChangesListCommand::options() const
{
    return profileOptions();
}

QCoro::Task<ExitCode> ChangesListCommand::run(CommandContext &context)
{
    const Outcome<QList<UnfinishedChange>> examined =
        co_await context.session->recovery().examine(context.stop);
    if (!examined)
        co_return context.console.fail(examined.problem());
    QJsonArray array;
    QStringList texts;
    QStringList runs;
    for (const UnfinishedChange &unfinished : examined.value()) {
        array.append(json(unfinished));
        texts += describe(unfinished);
        const QString &run = unfinished.change.run;
        if (!run.isEmpty() && !runs.contains(run))
            runs += run;
    }
    for (const QString &run : std::as_const(runs))
        texts += Text::tr("All of the run: `latchkeyctl changes finish --run %1`\n"
                          "To end what was not begun: `latchkeyctl changes giveup --run %1`")
                     .arg(run);
    context.console.out(texts.isEmpty() ? Text::tr("No change is unfinished.") : texts.join(u"\n\n"_s));
    context.console.json(QJsonDocument(array));
    co_return ExitCode::Success;
}

QString ChangesEndCommand::name() const
{
    switch (m_step) {
    case RecoveryStep::Finish:
        return u"changes finish"_s;
    case RecoveryStep::RollBack:
        return u"changes rollback"_s;
    case RecoveryStep::Leave:
        break;
    }
    return u"changes leave"_s;
}

QString ChangesEndCommand::synopsis() const
{
    const QString keys = u" [--header NAME ...] [--key-stdin | --key-env NAME=VARIABLE ... | --key-fd N]"_s;
    switch (m_step) {
    case RecoveryStep::Finish:
        return u"CHANGE-ID"_s + keys +
               u" [--watch SECONDS] [--yes]\n  or: changes finish --run RUN-ID [--at-once N] [--keep-going]"
               " [--watch SECONDS] [--yes]"_s;
    case RecoveryStep::RollBack:
        return u"CHANGE-ID [--watch SECONDS] [--yes] [--confirm NAME]"_s;
    case RecoveryStep::Leave:
        break;
    }
    return u"CHANGE-ID"_s;
}

QString ChangesEndCommand::summary() const
{
    switch (m_step) {
    case RecoveryStep::Finish:
        return Text::tr("Go on with an interrupted change, or with all of a run over several instances. Keys "
                        "are needed only where none are kept here.");
    case RecoveryStep::RollBack:
        return Text::tr(
            "Bring back what was there before a change, interrupted or ended, with the keys kept here.");
    case RecoveryStep::Leave:
        break;
    }
    return Text::tr("Leave everything as it is now, and do not ask about this change any more.");
}

QStringList ChangesEndCommand::options() const
{
    QStringList all = profileOptions();
    if (m_step == RecoveryStep::Finish)
        all += QStringList{u"header"_s, u"key-stdin"_s, u"key-env"_s,   u"key-fd"_s,
                           u"run"_s,    u"at-once"_s,   u"keep-going"_s};
    if (m_step == RecoveryStep::RollBack)
        all += u"confirm"_s;
    if (m_step != RecoveryStep::Leave)
        all += QStringList{u"yes"_s, u"watch"_s};
    return all;
}

Done ChangesEndCommand::check(const Arguments &arguments) const
{
    if (arguments.words().size() != (arguments.has(u"run"_s) ? 0 : 1))
        return usageProblem(Text::tr("Name the change by its id; `latchkeyctl changes list` shows it."));
    if (arguments.values(u"confirm"_s).size() > 1)
        return usageProblem(Text::tr("One instance is confirmed by one --confirm."));
    for (const QString &option : {u"header"_s, u"key-stdin"_s, u"key-env"_s, u"key-fd"_s}) {
        if (arguments.has(u"run"_s) && arguments.has(option))
            return usageProblem(Text::tr("Keys are entered for one change alone: name it by its id."));
    }
    if (arguments.has(u"key-stdin"_s) && arguments.has(u"token-stdin"_s))
        return usageProblem(Text::tr("Only one of the token and the keys can come from stdin."));
    return {};
}

QCoro::Task<ExitCode> ChangesEndCommand::run(CommandContext &context)
{
    if (context.arguments.has(u"run"_s)) {
        const ExitCode code = co_await finishRun(context);
        co_return code;
    }
    const QString id = context.arguments.words().constFirst();
    ChangeRecovery &recovery = context.session->recovery();
    if (m_step == RecoveryStep::Leave) {
        const Outcome<Change> left = co_await recovery.leave(id);
        if (!left)
            co_return context.console.fail(left.problem());
        context.console.out(latchkey::describe(left.value()));
        context.console.json(QJsonDocument(toJson(left.value())));
        co_return ExitCode::Success;
    }
    const Outcome<UnfinishedChange> looked = co_await recovery.examineOne(id, context.stop);
    if (!looked)
        co_return context.console.fail(looked.problem());
    const RecoveryOffer offer = looked.value().offer(m_step);
    if (!offer.possible) {
        const Problem why = looked.value().obstacle.value_or(
            Problem::of(Problem::Category::Refused, Text::tr("That is not possible."), offer.text));
        co_return context.console.fail(why);
    }
    const Outcome<bool> confirmed = confirm(context, offer.text);
    if (!confirmed)
        co_return context.console.fail(confirmed.problem());

    HeaderKeys typed;
    if (offer.needsKeys) {
        const QStringList headers = context.arguments.values(u"header"_s);
        if (headers.isEmpty())
            co_return context.console.failUsage(
                usageProblem(Text::tr("The keys are not kept here: name the headers with --header.")));
        Outcome<HeaderKeys> keys = context.secrets.keys(context.arguments, headers);
        if (!keys)
            co_return context.console.fail(keys.problem());
        typed = std::move(keys).value();
    }
    Outcome<Change> ended = Problem();
    if (m_step == RecoveryStep::Finish)
        ended = co_await context.session->changes().finish(id, std::move(typed), context.stop);
    else
        ended = co_await recovery.rollBack(id, context.arguments.value(u"confirm"_s), context.stop);
    if (!ended)
        co_return context.console.fail(ended.problem());
    const Change change = co_await awaitWatch(context, ended.value());
    const ExitCode code = exitCodeOf(change);
    const QString text = latchkey::describe(change);
    if (code == ExitCode::Success)
        context.console.out(text);
    else
        context.console.note(text);
    context.console.json(QJsonDocument(toJson(change)));
    const QList<Change> made{change};
    co_await noteOldKeys(context, made);
    co_return code;
}

QCoro::Task<ExitCode> ChangesEndCommand::finishRun(CommandContext &context)
{
    BulkChanges &bulk = context.session->bulk();
    const QString id = context.arguments.value(u"run"_s);
    const Outcome<QList<BulkRun>> runs = co_await bulk.unfinishedRuns();
    if (!runs)
        co_return context.console.fail(runs.problem());
    QStringList effect{Text::tr("These changes will be gone on with, in this order:")};
    int rows = 0;
    for (const BulkRun &run : runs.value()) {
        if (run.id != id)
            continue;
        rows = run.unfinished();
        for (const Change &change : run.changes) {
            if (!isFinal(change.kind, change.phase))
                effect += u"  %1: %2"_s.arg(change.instanceTitle, wording::phaseLabel(change.phase));
        }
    }
    if (rows > 0) { // Else resume() says why not.
        const Outcome<bool> confirmed = confirm(context, effect.join(u'\n'));
        if (!confirmed)
            co_return context.console.fail(confirmed.problem());
    }
    const BulkOptions options = bulkOptions(context.arguments);
    const BulkProgress progress(context, rows);
    const Outcome<BulkResult> ended = co_await bulk.resume(id, options, context.stop);
    if (!ended)
        co_return context.console.fail(ended.problem());
    const ExitCode code = co_await reportBulk(context, ended.value());
    co_return code;
}

QString ChangesGiveUpCommand::summary() const
{
    return Text::tr(
        "End what was prepared for a run over several instances and never begun. Nothing is sent; "
        "the new keys of these are removed.");
}

QStringList ChangesGiveUpCommand::options() const
{
    return {u"run"_s, u"demo"_s, u"data-dir"_s};
}

Done ChangesGiveUpCommand::check(const Arguments &arguments) const
{
    if (!arguments.has(u"run"_s))
        return usageProblem(Text::tr("Name the run: --run RUN-ID; `latchkeyctl changes list` shows it."));
    return {};
}

QCoro::Task<ExitCode> ChangesGiveUpCommand::run(CommandContext &context)
{
    const QString id = context.arguments.value(u"run"_s);
    const Outcome<QList<Change>> given = co_await context.session->bulk().giveUp(id);
    if (!given)
        co_return context.console.fail(given.problem());
    QStringList lines;
    QJsonArray array;
    for (const Change &change : given.value()) {
        lines += latchkey::describe(change);
        array.append(toJson(change));
    }
    context.console.out(lines.isEmpty() ? Text::tr("All that is left of this run was begun.")
                                        : lines.join(u'\n'));
    context.console.json(QJsonDocument(array));
    co_return ExitCode::Success;
}

Outcome<bool> ChangesEndCommand::confirm(CommandContext &context, const QString &effect) const
{
    if (context.arguments.has(u"yes"_s))
        return true;
    context.console.note(effect);
    if (!Console::hasTerminal()) {
        return Problem::of(Problem::Category::Refused, Text::tr("Nothing was sent: this was not confirmed."),
                           Text::tr("Without a terminal, add --yes."));
    }
    const Outcome<QString> answer = context.console.ask(Text::tr("Go on? [y/N] "));
    if (!answer)
        return answer.problem();
    if (answer.value().compare("y"_L1, Qt::CaseInsensitive) != 0 &&
        answer.value().compare("yes"_L1, Qt::CaseInsensitive) != 0)
        return Problem::of(Problem::Category::Refused, Text::tr("Nothing was sent."));
    return true;
}

} // namespace latchkey
