// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/handovercommands.h"

#include "app/cli/instancefinder.h"
#include "app/cli/recordjson.h"
#include "app/cli/wordsofchanges.h"
#include "models/core/wording.h"
#include "models/services/keyhandover.h"
#include "models/services/profiles.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::HandoverCommand)
};

QString placeOf(const InstanceRecord &record)
{
    return Text::tr("%1 (profile %2, %3)")
        .arg(record.instance.title(), record.profileName, record.address.origin);
}

/// The name of the instance where it is among those given with --confirm, else what is typed.
Outcome<QString> typedName(CommandContext &context, const InstanceRecord &record)
{
    const QString name = record.instance.name;
    if (context.arguments.values(u"confirm"_s).contains(name))
        return name;
    if (!Console::hasTerminal()) {
        return Problem::of(
            Problem::Category::Refused,
            Text::tr("Nothing was sent. %1")
                .arg(wording::whyTypedName(name, record.profileName, record.isProtected, record.production)),
            Text::tr("Add --confirm %1.").arg(name));
    }
    return context.console.ask(
        Text::tr("Type the machine name of “%1” to confirm: ").arg(record.instance.title()));
}

} // namespace

QString HandoverCommand::name() const
{
    return m_kind == HandoverKind::Copy ? u"credential copy"_s : u"credential move"_s;
}

QString HandoverCommand::synopsis() const
{
    return CredentialCommand::synopsis() +
           u" --to NAME|ID [--to-profile NAME] [--watch SECONDS] [--yes] [--confirm NAME ...]"_s;
}

QString HandoverCommand::summary() const
{
    return m_kind == HandoverKind::Copy
               ? Text::tr("Send the keys that are kept for an instance to another of the same integration.")
               : Text::tr("The same, and delete the credential of the first instance afterwards.");
}

QStringList HandoverCommand::options() const
{
    return CredentialCommand::options() +
           QStringList{u"to"_s, u"to-profile"_s, u"watch"_s, u"yes"_s, u"confirm"_s};
}

Done HandoverCommand::check(const Arguments &arguments) const
{
    Done common = CredentialCommand::check(arguments);
    if (!common)
        return common;
    if (!arguments.has(u"to"_s))
        return usageProblem(Text::tr("Name the instance that gets the keys: --to NAME|ID."));
    if (arguments.has(u"url"_s))
        return usageProblem(Text::tr("Without a stored profile no keys are kept."));
    if (arguments.has(u"demo"_s) && arguments.has(u"to-profile"_s))
        return usageProblem(Text::tr("The demo has only one profile."));
    return {};
}

QCoro::Task<Outcome<InstanceRecord>> HandoverCommand::findTarget(CommandContext &context) const
{
    const QString wanted = context.arguments.value(u"to"_s);
    const QString profileName = context.arguments.value(u"to-profile"_s);
    QString profileId = context.profileId;
    if (!profileName.isEmpty()) {
        const QList<Profile> profiles = context.session->profiles().all();
        const auto found = std::ranges::find(profiles, profileName, &Profile::name);
        if (found == profiles.end()) {
            co_return Problem::of(Problem::Category::NotFound,
                                  Text::tr("There is no profile %1.").arg(profileName),
                                  Text::tr("`latchkeyctl profile list` shows all."));
        }
        profileId = found->id;
    }
    InstanceFinder finder(*context.session);
    // --geo narrows where the first one is looked for.
    Outcome<InstanceRecord> target = co_await finder.find(profileId, {}, wanted, context.stop);
    co_return target;
}

QCoro::Task<ExitCode> HandoverCommand::run(CommandContext &context)
{
    InstanceFinder finder(*context.session);
    const QString wanted = context.arguments.value(u"instance"_s);
    const QStringList geos = context.arguments.values(u"geo"_s);
    const Outcome<InstanceRecord> source =
        co_await finder.find(context.profileId, geos, wanted, context.stop);
    if (!source)
        co_return context.console.fail(source.problem());
    const Outcome<InstanceRecord> target = co_await findTarget(context);
    if (!target)
        co_return context.console.fail(target.problem());

    KeyHandover &handover = context.session->handover();
    const HandoverPreview preview = handover.preview(m_kind, source.value().address, target.value().address);
    if (preview.obstacle)
        co_return context.console.fail(*preview.obstacle);
    HandoverRequest request;
    request.kind = m_kind;
    request.from = source.value().address;
    request.to = target.value().address;
    request.expectedHere = preview.here.oldCredentialId;
    request.expectedThere = preview.there.oldCredentialId;
    const Done confirmed = confirm(context, preview, request);
    if (!confirmed)
        co_return context.console.fail(confirmed.problem());

    const Outcome<HandoverResult> ended = co_await handover.run(request, context.stop);
    if (!ended)
        co_return context.console.fail(ended.problem());
    HandoverResult result = ended.value();
    result.there = co_await awaitWatch(context, result.there);
    const ExitCode code = report(context, result);
    const QList<Change> made{result.there};
    co_await noteOldKeys(context, made);
    co_return code;
}

QString HandoverCommand::warningBefore(const HandoverPreview &preview) const
{
    QStringList lines{Text::tr("The keys that are kept for %1 will be sent to %2.")
                          .arg(placeOf(preview.here.record), placeOf(preview.there.record))};
    if (preview.crossesOrigins)
        lines += Text::tr("That is another server than the one they were entered for.");
    if (preview.there.kind == ChangeKind::Replace)
        lines += latchkey::warningBefore(preview.there);
    if (m_kind == HandoverKind::Move)
        lines += Text::tr("Afterwards: ") + latchkey::warningBefore(preview.here);
    return lines.join(u'\n');
}

Done HandoverCommand::confirm(CommandContext &context, const HandoverPreview &preview,
                              HandoverRequest &request) const
{
    if (!context.arguments.has(u"yes"_s)) {
        context.console.note(warningBefore(preview));
        if (!Console::hasTerminal()) {
            return Problem::of(Problem::Category::Refused,
                               Text::tr("Nothing was sent: this was not confirmed."),
                               Text::tr("Without a terminal, add --yes."));
        }
        const Outcome<bool> answer = context.console.askYesNo(
            m_kind == HandoverKind::Copy ? Text::tr("Copy the keys?") : Text::tr("Move the credential?"));
        if (!answer)
            return answer.problem();
        if (!answer.value())
            return Problem::of(Problem::Category::Refused, Text::tr("Nothing was sent."));
    }
    const auto fill = [&context](const ChangePreview &change, QString &typed) -> Done {
        if (!change.needsTypedName)
            return {};
        Outcome<QString> name = typedName(context, change.record);
        if (!name)
            return std::move(name).problem();
        typed = std::move(name).value();
        return {};
    };
    Done there = fill(preview.there, request.typedThere);
    return there ? fill(preview.here, request.typedHere) : there;
}

ExitCode HandoverCommand::report(CommandContext &context, const HandoverResult &result) const
{
    ExitCode code = exitCodeOf(result.there);
    QString text = describe(result.there);
    QJsonArray changes{toJson(result.there)};
    if (result.here) {
        text += u'\n' + describe(*result.here);
        changes.append(toJson(*result.here));
    }
    if (m_kind == HandoverKind::Move && !result.isDone(m_kind)) {
        if (!result.here)
            text += u'\n' + Text::tr("The first instance keeps its credential.");
        if (!result.here && result.problemHere)
            text += u'\n' + result.problemHere->toText();
        if (code == ExitCode::Success)
            code = result.here ? exitCodeOf(*result.here) : exitCodeOf(*result.problemHere);
    }
    if (code == ExitCode::Success)
        context.console.out(text);
    else
        context.console.note(text);
    context.console.json(QJsonDocument(changes));
    return code;
}

} // namespace latchkey
