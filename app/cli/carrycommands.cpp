// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/carrycommands.h"

#include "app/cli/confirmation.h"
#include "app/cli/recordjson.h"
#include "app/cli/refreshnotes.h"
#include "app/cli/table.h"
#include "models/core/passphrase.h"
#include "models/services/inventory.h"
#include "models/services/keycarrying.h"
#include "models/services/profiles.h"
#include "models/services/retention.h"
#include "models/transfer/keybundlereader.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using State = CarryResult::State;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::CarryCommands)
};

ExitCode exitCodeOf(const CarryResult &result)
{
    switch (result.state) {
    case State::Carried:
    case State::KeptAlready:
        return ExitCode::Success;
    case State::UnknownInstance:
        return ExitCode::NotFound;
    case State::AnotherCredential:
        return ExitCode::Conflict;
    case State::Failed:
    case State::NotTried:
        break;
    }
    return result.problem ? latchkey::exitCodeOf(*result.problem) : ExitCode::Failed;
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject toJson(const CarryResult &result)
{
    QJsonObject object{{u"result"_s, carryStateWord(result.state)},
                       {u"instance_id"_s, result.instanceId},
                       {u"instance_name"_s, orNull(result.instanceName)},
                       {u"integration"_s, orNull(result.integration)},
                       {u"profile"_s, orNull(result.profileName)},
                       {u"origin"_s, result.origin},
                       {u"credential_id"_s, orNull(result.credentialId)},
                       {u"headers"_s, QJsonArray::fromStringList(result.headers)},
                       {u"problem"_s, QJsonValue()}};
    if (result.problem)
        object.insert(u"problem"_s, latchkey::toJson(*result.problem));
    return object;
}

/// How many sets of keys are kept here and not carried.
struct Staying
{
    qsizetype earlier = 0;
    qsizetype staged = 0;
};

QCoro::Task<Staying> staying(CommandContext &context)
{
    Staying staying;
    const Outcome<QList<KeptVersion>> kept = co_await context.session->retention().kept();
    if (!kept) // The keys that are carried come from the same rows, so it was said.
        co_return staying;
    for (const KeptVersion &each : kept.value()) {
        if (each.version.state == KeyVersion::State::Staged)
            ++staying.staged;
        else if (each.version.state == KeyVersion::State::Previous)
            ++staying.earlier;
    }
    co_return staying;
}

} // namespace

QStringList CarryCommand::options() const
{
    return KeysCommand::options() + QStringList{u"profile"_s, u"passphrase-fd"_s, u"passphrase-env"_s};
}

Done CarryCommand::check(const Arguments &arguments) const
{
    if (arguments.words().size() != 1)
        return usageProblem(Text::tr("Name the file."));
    return SecretSource::checkPassphrase(arguments);
}

Outcome<QString> CarryCommand::profileId(CommandContext &context)
{
    const QString name = context.arguments.value(u"profile"_s);
    if (name.isEmpty())
        return QString();
    const std::optional<Profile> found = context.session->profiles().findByName(name);
    if (!found) {
        return Problem::of(Problem::Category::NotFound, Text::tr("There is no profile %1.").arg(name),
                           Text::tr("`latchkeyctl profile list` shows those there are."));
    }
    return found->id;
}

ExitCode CarryCommand::failReading(CommandContext &context, const Problem &problem)
{
    return problem.category == Problem::Category::InvalidInput ? context.console.failUsage(problem)
                                                               : context.console.fail(problem);
}

ExitCode CarryCommand::report(CommandContext &context, const QList<CarryResult> &results)
{
    Table table({Text::tr("INSTANCE"), Text::tr("PROFILE"), Text::tr("WHERE"), Text::tr("HEADERS"),
                 Text::tr("RESULT")});
    QJsonArray sets;
    QStringList problems;
    ExitCode code = ExitCode::Success;
    for (const CarryResult &result : results) {
        const QString word = result.state == State::Failed ? Text::tr("failed") : carryText(result);
        table.add({result.title(), result.profileName, result.origin, result.headers.join(", "_L1), word});
        if (result.problem)
            problems += u"%1: %2"_s.arg(result.title(), result.problem->toText());
        sets.append(toJson(result));
        if (code == ExitCode::Success)
            code = exitCodeOf(result);
    }
    context.console.out(table.toText());
    if (!problems.isEmpty())
        context.console.note(problems.join(u'\n'));
    context.console.json(QJsonDocument(QJsonObject{{u"sets"_s, sets}}));
    return code;
}

QString CarryOutCommand::synopsis() const
{
    return u"FILE [--profile NAME] [--passphrase-fd N | --passphrase-env VARIABLE] [--yes]"_s;
}

QString CarryOutCommand::summary() const
{
    return Text::tr(
        "Write the keys that are kept here to a new FILE for another machine, encrypted with a passphrase. "
        "It is the only file of Latchkey that holds keys.");
}

QStringList CarryOutCommand::options() const
{
    return CarryCommand::options() + QStringList(u"yes"_s);
}

Done CarryOutCommand::confirm(CommandContext &context, const QString &file, qsizetype sets)
{
    const QString effect =
        Text::tr(
            "The file %1 will hold keys (sets: %2), encrypted with a passphrase. Whoever has the file and "
            "the passphrase has the keys, for as long as they are valid. Nothing opens it without the "
            "passphrase. Send the two on different ways, and remove the file when the keys are there.")
            .arg(file)
            .arg(sets);
    return askFirst(context, {effect, Text::tr("Write it?"), Text::tr("Nothing was written.")});
}

QCoro::Task<ExitCode> CarryOutCommand::run(CommandContext &context)
{
    KeyCarrying &carrying = context.session->carrying();
    const QString file = context.arguments.words().constFirst();
    const Outcome<QString> profile = profileId(context);
    if (!profile)
        co_return context.console.fail(profile.problem());
    const Done isNew = KeyCarrying::checkTarget(file);
    if (!isNew)
        co_return context.console.fail(isNew.problem());
    const Outcome<QList<KeyVersion>> kept = co_await carrying.kept(profile.value());
    if (!kept)
        co_return context.console.fail(kept.problem());
    if (kept.value().isEmpty()) {
        const Problem none =
            Problem::of(Problem::Category::NotFound, Text::tr("No current keys are kept here."),
                        Text::tr("`latchkeyctl keys list` shows what is kept."));
        co_return context.console.fail(none);
    }
    const Staying others = co_await staying(context);
    if (others.earlier > 0)
        context.console.note(
            Text::tr("Earlier keys, which a change can be rolled back to, stay here. Sets: %1")
                .arg(others.earlier));
    if (others.staged > 0)
        context.console.note(Text::tr("Keys of changes that have not ended stay here: end those first, "
                                      "`latchkeyctl changes list` shows them. Sets: %1")
                                 .arg(others.staged));
    const Done confirmed = confirm(context, file, kept.value().size());
    if (!confirmed)
        co_return context.console.fail(confirmed.problem());
    Outcome<Secret> passphrase = context.secrets.passphrase(context.arguments, true);
    if (!passphrase)
        co_return failReading(context, passphrase.problem());
    Secret chosen = std::move(passphrase).value();
    const PassphraseVerdict verdict = judgePassphrase(chosen);
    if (!isRefused(verdict)) // Else it is the problem that comes back.
        context.console.note(passphraseHint(verdict));
    const Outcome<QList<CarryResult>> carried =
        co_await carrying.carryOut(kept.value(), file, std::move(chosen), context.stop);
    if (!carried)
        co_return context.console.fail(carried.problem());
    ExitCode code = report(context, carried.value());
    if (code == ExitCode::Success && others.staged > 0)
        code = ExitCode::Unfinished;
    context.console.note(
        Text::tr("%1 is written. On the other machine: latchkeyctl keys carry-in FILE").arg(file));
    co_return code;
}

QString CarryInCommand::synopsis() const
{
    return u"FILE [--profile NAME] [--passphrase-fd N | --passphrase-env VARIABLE]"_s;
}

QString CarryInCommand::summary() const
{
    return Text::tr(
        "Keep here what a FILE of `keys carry-out` holds, where Konnect still has the credential. "
        "Nothing is sent but questions, and nothing that is kept here is touched.");
}

QCoro::Task<ExitCode> CarryInCommand::run(CommandContext &context)
{
    KeyCarrying &carrying = context.session->carrying();
    const QString file = context.arguments.words().constFirst();
    const Outcome<QString> profile = profileId(context);
    if (!profile)
        co_return context.console.fail(profile.problem());
    Outcome<Secret> passphrase = context.secrets.passphrase(context.arguments, false);
    if (!passphrase)
        co_return failReading(context, passphrase.problem());
    Secret given = std::move(passphrase).value();
    const Outcome<std::shared_ptr<KeyBundleReader>> bundle = co_await carrying.open(file, std::move(given));
    if (!bundle)
        co_return context.console.fail(bundle.problem());
    // A machine that is new knows no instance yet.
    const Done refreshed = co_await context.session->inventory().refresh(profile.value());
    if (!refreshed)
        co_return context.console.fail(refreshed.problem());
    const QList<RefreshNote> notes = refreshNotes(*context.session, profile.value());
    for (const RefreshNote &note : notes)
        context.console.note(note.text);
    const QList<CarryResult> results =
        co_await carrying.carryIn(bundle.value(), profile.value(), context.stop);
    const ExitCode code = report(context, results);
    context.console.note(Text::tr("%1 still holds the keys: remove it where they are all here.").arg(file));
    co_return code;
}

} // namespace latchkey
