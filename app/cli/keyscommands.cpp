// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/keyscommands.h"

#include "app/cli/confirmation.h"
#include "app/cli/recordjson.h"
#include "app/cli/table.h"
#include "models/core/keyoverview.h"
#include "models/services/keyvault.h"
#include "models/services/profiles.h"
#include "models/services/retention.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::KeysCommands)
};

QString day(const QDateTime &moment)
{
    return QLocale().toString(moment.toLocalTime().date(), u"d MMM yyyy"_s);
}

QJsonValue moment(const QDateTime &moment)
{
    return moment.isValid() ? QJsonValue(moment.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QString profileName(const Profiles &profiles, const QString &id)
{
    const std::optional<Profile> profile = profiles.find(id);
    return profile ? profile->name : QString();
}

/// Profile and server.
QString where(const Profiles &profiles, const KeyVersion &version)
{
    const QString name = profileName(profiles, version.profileId);
    return name.isEmpty() ? version.origin : u"%1 (%2)"_s.arg(name, version.origin);
}

QString goes(const KeptVersion &kept, int days)
{
    const QDateTime at = kept.goesAt(days);
    if (at.isValid())
        return day(at);
    if (kept.loose)
        return Text::tr("stays; `keys forget` removes it");
    if (kept.version.state == KeyVersion::State::Previous && !kept.needed)
        return Text::tr("stays: no newer keys are verified");
    return Text::tr("stays");
}

QJsonObject json(const Profiles &profiles, const KeyVersion &version)
{
    return {{u"id"_s, version.id},
            {u"instance_id"_s, version.instanceId},
            {u"instance_name"_s, orNull(version.instanceName)},
            {u"profile"_s, orNull(profileName(profiles, version.profileId))},
            {u"origin"_s, version.origin},
            {u"headers"_s, QJsonArray::fromStringList(version.headers())},
            {u"state"_s, keyVersionStateWord(version.state)},
            {u"credential_id"_s, orNull(version.credentialId)},
            {u"entered"_s, version.entered},
            {u"kept_since"_s, moment(version.createdAt)},
            {u"retired_at"_s, moment(version.retiredAt)}};
}

QJsonObject json(const Profiles &profiles, const KeptVersion &kept, int days)
{
    QJsonObject object = json(profiles, kept.version);
    object.insert(u"needed_by_change"_s, kept.needed);
    object.insert(u"goes_at"_s, moment(kept.goesAt(days)));
    object.insert(u"orphan"_s, kept.loose || kept.entryMissing);
    object.insert(u"entry_missing"_s, kept.entryMissing);
    return object;
}

QString describe(const StrayEntry &stray)
{
    if (!stray.described)
        return Text::tr("%1: cannot be read, or is not what this Latchkey writes").arg(stray.name);
    if (stray.described->purpose == KeyVersion::Purpose::Token)
        return Text::tr("%1: a token for %2").arg(stray.name, stray.described->origin);
    return Text::tr("%1: keys of %2 at %3, kept since %4")
        .arg(stray.name, stray.described->instanceName, stray.described->origin,
             day(stray.described->createdAt));
}

QJsonObject json(const StrayEntry &stray)
{
    QJsonObject object{{u"id"_s, stray.name}, {u"purpose"_s, QJsonValue()}};
    if (stray.described) {
        const bool token = stray.described->purpose == KeyVersion::Purpose::Token;
        object.insert(u"purpose"_s, token ? u"token"_s : u"keys"_s);
        object.insert(u"instance_id"_s, orNull(stray.described->instanceId));
        object.insert(u"instance_name"_s, orNull(stray.described->instanceName));
        object.insert(u"origin"_s, stray.described->origin);
        object.insert(u"kept_since"_s, moment(stray.described->createdAt));
    }
    return object;
}

} // namespace

QStringList KeysCommand::options() const
{
    return {u"demo"_s, u"data-dir"_s};
}

QString KeysListCommand::summary() const
{
    return Text::tr("Show the sets of keys that are kept, when old ones go, and what is out of step with the "
                    "keychain.");
}

QCoro::Task<ExitCode> KeysListCommand::run(CommandContext &context)
{
    const Outcome<int> days = co_await context.session->retention().days();
    if (!days)
        co_return context.console.fail(days.problem());
    const Outcome<KeyOverview> found = co_await context.session->vault().overview();
    if (!found)
        co_return context.console.fail(found.problem());
    const KeyOverview &overview = found.value();
    const Profiles &profiles = context.session->profiles();

    Table table({Text::tr("VERSION"), Text::tr("INSTANCE"), Text::tr("WHERE"), Text::tr("HEADERS"),
                 Text::tr("STATE"), Text::tr("KEPT SINCE"), Text::tr("RETIRED"), Text::tr("GOES")});
    QJsonArray versions;
    for (const KeptVersion &kept : overview.versions) {
        const KeyVersion &version = kept.version;
        table.add({version.id, version.instanceName, where(profiles, version),
                   version.headers().join(", "_L1), stateText(kept), day(version.createdAt),
                   day(version.retiredAt), goes(kept, days.value())});
        versions.append(json(profiles, kept, days.value()));
    }
    context.console.out(versions.isEmpty() ? Text::tr("No keys are kept.") : table.toText());
    QStringList strays;
    QJsonArray strayArray;
    for (const StrayEntry &stray : overview.strays) {
        strays += u"  "_s + describe(stray);
        strayArray.append(json(stray));
    }
    if (!strays.isEmpty()) {
        context.console.out(Text::tr("Entries of the keychain that the database does not know (`keys "
                                     "rescue` takes sets of keys in):") +
                            u'\n' + strays.join(u'\n'));
    }
    QJsonValue silent;
    if (overview.keychainProblem) {
        context.console.note(Text::tr("The keychain was not compared with this list.") + u'\n' +
                             overview.keychainProblem->toText());
        silent = toJson(*overview.keychainProblem);
    }
    const QJsonObject all{{u"retention_days"_s, days.value()},
                          {u"versions"_s, versions},
                          {u"unknown_entries"_s, strayArray},
                          {u"keychain_problem"_s, silent}};
    context.console.json(QJsonDocument(all));
    co_return ExitCode::Success;
}

QString KeysForgetCommand::summary() const
{
    return Text::tr(
        "Remove a previous or left-over set of keys from this machine for good. Nothing changes at "
        "Konnect.");
}

QStringList KeysForgetCommand::options() const
{
    return KeysCommand::options() + QStringList(u"yes"_s);
}

Done KeysForgetCommand::check(const Arguments &arguments) const
{
    if (arguments.words().size() != 1)
        return usageProblem(Text::tr("Name the set of keys by its id; `latchkeyctl keys list` shows it."));
    return {};
}

QCoro::Task<ExitCode> KeysForgetCommand::run(CommandContext &context)
{
    const QString id = context.arguments.words().constFirst();
    const Outcome<KeyOverview> found = co_await context.session->vault().overview();
    if (!found)
        co_return context.console.fail(found.problem());
    const QList<KeptVersion> &versions = found.value().versions;
    const auto kept = std::find_if(versions.begin(), versions.end(),
                                   [&id](const KeptVersion &one) { return one.version.id == id; });
    if (kept == versions.end()) {
        const Problem unknown =
            Problem::of(Problem::Category::NotFound, Text::tr("No set of keys with this id is kept."),
                        Text::tr("`latchkeyctl keys list` shows those there are. An entry that the database "
                                 "does not know is taken in by `keys rescue` first."));
        co_return context.console.fail(unknown);
    }
    const KeyVersion version = kept->version;
    const Done confirmed = confirm(
        context,
        Text::tr(
            "The keys of %1 at %2, kept since %3, will be removed from this machine. Konnect never returns "
            "keys, so they cannot be brought back.")
            .arg(version.instanceName, version.origin, day(version.createdAt)));
    if (!confirmed)
        co_return context.console.fail(confirmed.problem());
    const Done forgotten = co_await context.session->retention().forgetNow(id);
    if (!forgotten)
        co_return context.console.fail(forgotten.problem());
    context.console.out(Text::tr("The keys are removed."));
    context.console.json(QJsonDocument(json(context.session->profiles(), version)));
    co_return ExitCode::Success;
}

Done KeysForgetCommand::confirm(CommandContext &context, const QString &effect)
{
    return askFirst(context, {effect, Text::tr("Remove them?"), Text::tr("Nothing was removed.")});
}

QString KeysRescueCommand::summary() const
{
    return Text::tr(
        "After the database was lost or an old one was put back: take in the sets of keys that the "
        "keychain has and the database does not know, as previous ones.");
}

QCoro::Task<ExitCode> KeysRescueCommand::run(CommandContext &context)
{
    const Outcome<KeyRescue> rescued = co_await context.session->vault().rescue();
    if (!rescued)
        co_return context.console.fail(rescued.problem());
    const KeyRescue &rescue = rescued.value();
    const Profiles &profiles = context.session->profiles();
    QJsonArray taken;
    QStringList lines;
    for (const KeyVersion &version : rescue.taken) {
        taken.append(json(profiles, version));
        lines += Text::tr("Taken in: %1, keys of %2 at %3, kept since %4")
                     .arg(version.id, version.instanceName, where(profiles, version), day(version.createdAt));
    }
    const auto add = [&lines](const QStringList &names, const QString &why) {
        for (const QString &name : names)
            lines += Text::tr("Left alone: %1, %2").arg(name, why);
    };
    add(rescue.tokens, Text::tr("a token that no profile names; enter it again in its profile"));
    add(rescue.removedEarlier, Text::tr("it was removed on purpose"));
    add(rescue.notUnderstood, Text::tr("it cannot be read, or is not what this Latchkey writes"));
    context.console.out(lines.isEmpty() ? Text::tr("The database knows every entry of the keychain.")
                                        : lines.join(u'\n'));
    const QJsonObject left{{u"tokens"_s, QJsonArray::fromStringList(rescue.tokens)},
                           {u"removed_earlier"_s, QJsonArray::fromStringList(rescue.removedEarlier)},
                           {u"not_understood"_s, QJsonArray::fromStringList(rescue.notUnderstood)}};
    const QJsonObject all{{u"taken"_s, taken}, {u"left_alone"_s, left}};
    context.console.json(QJsonDocument(all));
    co_return ExitCode::Success;
}

} // namespace latchkey
