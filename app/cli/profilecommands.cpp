// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/profilecommands.h"

#include "app/cli/recordjson.h"
#include "app/cli/table.h"
#include "models/core/expiry.h"
#include "models/services/profiles.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ProfileCommands)
};

Problem noProfile(const QString &name)
{
    Problem problem;
    problem.category = Problem::Category::NotFound;
    problem.caption = Text::tr("There is no profile %1.").arg(name);
    problem.detail = Text::tr("`latchkeyctl profile list` shows those there are.");
    return problem;
}

/// An invalid day for `none`.
Outcome<QDate> describedTokenExpiry(const Arguments &arguments)
{
    const QString text = arguments.value(u"token-expires"_s);
    const QDate day = dateFromText(text);
    if (!day.isValid() && text != "none"_L1 && arguments.has(u"token-expires"_s))
        return usageProblem(Text::tr("The last day of a token is written as YYYY-MM-DD, or `none`."));
    return day;
}

/// What `profile add` was told; the id is Latchkey's.
Outcome<Profile> describedProfile(const Arguments &arguments)
{
    Profile profile;
    profile.name = arguments.words().first();
    const QStringList geos = arguments.values(u"geo"_s);
    for (const QString &geo : geos) {
        if (!konnectGeos().contains(geo))
            return usageProblem(Text::tr("There is no geo %1.").arg(geo),
                                Text::tr("Konnect has: %1").arg(konnectGeos().join(", "_L1)));
        const Endpoint endpoint = endpointOfGeo(geo);
        if (!profile.endpoints.contains(endpoint))
            profile.endpoints += endpoint;
    }
    if (arguments.has(u"url"_s)) {
        const std::optional<Endpoint> endpoint = endpointOfUrl(arguments.value(u"url"_s));
        if (!endpoint)
            return usageProblem(
                Text::tr("The URL cannot be used."),
                Text::tr("It must begin with https://, or with http:// and a loopback address."));
        profile.endpoints += *endpoint;
    }
    if (profile.endpoints.isEmpty() || (!geos.isEmpty() && arguments.has(u"url"_s)))
        return usageProblem(Text::tr("Say where the organization is: --geo (repeatable) or --url."));
    static const QRegularExpression colour(u"^#[0-9a-fA-F]{6}$"_s);
    profile.colour = arguments.value(u"colour"_s);
    if (!profile.colour.isEmpty() && !colour.match(profile.colour).hasMatch())
        return usageProblem(Text::tr("A colour is written like #1a7f37."));
    if (arguments.has(u"ca-file"_s))
        profile.caFile = QFileInfo(arguments.value(u"ca-file"_s)).absoluteFilePath();
    profile.production = arguments.has(u"production"_s);
    Outcome<QDate> tokenExpires = describedTokenExpiry(arguments);
    if (!tokenExpires)
        return std::move(tokenExpires).problem();
    profile.tokenExpires = tokenExpires.value();
    return profile;
}

QString resultLabel(ConnectionStep::Result result)
{
    switch (result) {
    case ConnectionStep::Result::Passed:
        return Text::tr("passed");
    case ConnectionStep::Result::Failed:
        return Text::tr("FAILED");
    case ConnectionStep::Result::NotReached:
        break;
    }
    return Text::tr("not reached");
}

QString stepLabel(ConnectionStep::Kind kind)
{
    switch (kind) {
    case ConnectionStep::Kind::ReadCa:
        return Text::tr("Read the CA file");
    case ConnectionStep::Kind::ResolveHost:
        return Text::tr("Find the server");
    case ConnectionStep::Kind::Connect:
        return Text::tr("Connect");
    case ConnectionStep::Kind::Tls:
        return Text::tr("Secure the connection (TLS)");
    case ConnectionStep::Kind::Authenticate:
        return Text::tr("Sign in with the token");
    case ConnectionStep::Kind::ListInstances:
        return Text::tr("List the instances");
    case ConnectionStep::Kind::ReadCatalog:
        break;
    }
    return Text::tr("Read the integration catalog");
}

/// That of the step that failed.
ExitCode exitCodeOf(const EndpointTest &test)
{
    for (const ConnectionStep &step : test.steps) {
        if (step.problem)
            return exitCodeOf(*step.problem);
    }
    return test.passed() ? ExitCode::Success : ExitCode::Unreachable;
}

} // namespace

QString ProfileAddCommand::synopsis() const
{
    return u"NAME (--geo GEO ... | --url URL) [--ca-file FILE] [--colour #RRGGBB] [--production] "
           "[--token-expires YYYY-MM-DD] [--keep none]"_s;
}

QString ProfileAddCommand::summary() const
{
    return Text::tr(
        "Set up an organization. Its token is asked for, or comes from --token-stdin or --token-env.");
}

QStringList ProfileAddCommand::options() const
{
    return {u"geo"_s,    u"url"_s,        u"token-env"_s,     u"token-stdin"_s, u"ca-file"_s,
            u"colour"_s, u"production"_s, u"token-expires"_s, u"keep"_s,        u"data-dir"_s};
}

Done ProfileAddCommand::check(const Arguments &arguments) const
{
    if (arguments.words().isEmpty())
        return usageProblem(Text::tr("Name the profile."));
    Outcome<Profile> profile = describedProfile(arguments);
    if (!profile)
        return std::move(profile).problem();
    return {};
}

bool ProfileAddCommand::usesKeychain(const Arguments &arguments) const
{
    return arguments.value(u"keep"_s) != "none"_L1;
}

QCoro::Task<ExitCode> ProfileAddCommand::run(CommandContext &context)
{
    const Profile described = describedProfile(context.arguments).value();
    Profiles &profiles = context.session->profiles();
    if (profiles.findByName(described.name)) {
        co_return context.console.failUsage(
            usageProblem(Text::tr("There is a profile %1 already.").arg(described.name)));
    }
    const bool keep = usesKeychain(context.arguments);
    Outcome<Secret> token = context.secrets.token(context.arguments);
    if (!token) {
        co_return context.console.failUsage(token.problem());
    }
    Secret secret = std::move(token).value();
    Outcome<Profile> saved = co_await profiles.save(described, std::move(secret), !keep);
    if (!saved) {
        Problem problem = saved.problem();
        if (exitCodeOf(problem) == ExitCode::Keychain)
            problem.detail += Text::tr("\nNothing was set up. Where there is no keychain, add --keep none.");
        co_return context.console.fail(problem);
    }
    context.console.out(Text::tr("The profile %1 is set up.").arg(saved.value().name));
    if (!keep)
        context.console.out(
            Text::tr("Its token is not kept: give it with --token-env or --token-stdin each time."));
    context.console.json(QJsonDocument(toJson(saved.value())));
    co_return ExitCode::Success;
}

QString ProfileSetCommand::synopsis() const
{
    return u"NAME --token-expires YYYY-MM-DD|none"_s;
}

QString ProfileSetCommand::summary() const
{
    return Text::tr("Write down until when a profile's token works: Konnect does not say.");
}

QStringList ProfileSetCommand::options() const
{
    return {u"token-expires"_s, u"data-dir"_s};
}

Done ProfileSetCommand::check(const Arguments &arguments) const
{
    if (arguments.words().isEmpty() || !arguments.has(u"token-expires"_s))
        return usageProblem(Text::tr("Name the profile, and say what to set: --token-expires."));
    Outcome<QDate> tokenExpires = describedTokenExpiry(arguments);
    return tokenExpires ? Done() : Done(std::move(tokenExpires).problem());
}

QCoro::Task<ExitCode> ProfileSetCommand::run(CommandContext &context)
{
    const QString name = context.arguments.words().first();
    Profiles &profiles = context.session->profiles();
    const std::optional<Profile> found = profiles.findByName(name);
    if (!found)
        co_return context.console.fail(noProfile(name));
    Profile profile = *found;
    profile.tokenExpires = describedTokenExpiry(context.arguments).value();
    Secret theOneThereIs;
    const Outcome<Profile> saved = co_await profiles.save(profile, std::move(theOneThereIs), false);
    if (!saved)
        co_return context.console.fail(saved.problem());
    context.console.out(profile.tokenExpires.isValid()
                            ? Text::tr("The token of %1 works until the end of %2.")
                                  .arg(profile.name, profile.tokenExpires.toString(Qt::ISODate))
                            : Text::tr("Until when the token of %1 works is not known.").arg(profile.name));
    context.console.json(QJsonDocument(toJson(saved.value())));
    co_return ExitCode::Success;
}

QString ProfileListCommand::summary() const
{
    return Text::tr("Show the organizations that are set up.");
}

QStringList ProfileListCommand::options() const
{
    return {u"demo"_s, u"data-dir"_s};
}

QCoro::Task<ExitCode> ProfileListCommand::run(CommandContext &context)
{
    Table table({Text::tr("NAME"), Text::tr("WHERE"), Text::tr("PRODUCTION"), Text::tr("TOKEN"),
                 Text::tr("TOKEN UNTIL")});
    QJsonArray json;
    for (const Profile &profile : context.session->profiles().all()) {
        QStringList places;
        for (const Endpoint &endpoint : profile.endpoints)
            places += endpoint.label();
        table.add({profile.name, places.join(", "_L1), profile.production ? Text::tr("yes") : Text::tr("no"),
                   profile.tokenVersion.isEmpty() ? Text::tr("not kept") : Text::tr("kept"),
                   profile.tokenExpires.isValid() ? profile.tokenExpires.toString(Qt::ISODate)
                                                  : Text::tr("not known")});
        json.append(toJson(profile));
    }
    if (json.isEmpty())
        context.console.out(Text::tr("No profile is set up yet. `latchkeyctl profile add` adds one."));
    else
        context.console.out(table.toText());
    context.console.json(QJsonDocument(json));
    co_return ExitCode::Success;
}

QString ProfileRemoveCommand::synopsis() const
{
    return u"NAME [--yes]"_s;
}

QString ProfileRemoveCommand::summary() const
{
    return Text::tr("Remove a profile and its token from this machine. Nothing changes at Konnect.");
}

QStringList ProfileRemoveCommand::options() const
{
    return {u"yes"_s, u"data-dir"_s};
}

Done ProfileRemoveCommand::check(const Arguments &arguments) const
{
    if (arguments.words().isEmpty())
        return usageProblem(Text::tr("Name the profile to remove."));
    return {};
}

QCoro::Task<ExitCode> ProfileRemoveCommand::run(CommandContext &context)
{
    const QString name = context.arguments.words().first();
    Profiles &profiles = context.session->profiles();
    const std::optional<Profile> profile = profiles.findByName(name);
    if (!profile)
        co_return context.console.fail(noProfile(name));
    if (!context.arguments.has(u"yes"_s)) {
        Problem declined;
        declined.category = Problem::Category::Refused;
        declined.caption = Text::tr("The profile %1 was not removed.").arg(profile->name);
        declined.detail = Text::tr("Without a terminal, add --yes.");
        if (!Console::hasTerminal())
            co_return context.console.fail(declined);
        const Outcome<bool> answer = context.console.askYesNo(
            Text::tr("Remove the profile %1 and its token from this machine?").arg(profile->name));
        if (!answer)
            co_return context.console.fail(answer.problem());
        declined.detail.clear();
        if (!answer.value())
            co_return context.console.fail(declined);
    }
    const Done removed = co_await profiles.remove(profile->id);
    if (!removed)
        co_return context.console.fail(removed.problem());
    context.console.out(Text::tr("The profile %1 is removed.").arg(profile->name));
    context.console.json(QJsonDocument(toJson(*profile)));
    co_return ExitCode::Success;
}

QString ProfileTestCommand::synopsis() const
{
    return u"[NAME]"_s;
}

QString ProfileTestCommand::summary() const
{
    return Text::tr("Try each endpoint of a profile and name the step that fails.");
}

QStringList ProfileTestCommand::options() const
{
    return {u"profile"_s, u"url"_s, u"token-env"_s, u"token-stdin"_s, u"ca-file"_s, u"demo"_s, u"data-dir"_s};
}

Done ProfileTestCommand::check(const Arguments &arguments) const
{
    const bool otherwise = arguments.has(u"profile"_s) || arguments.has(u"url"_s) || arguments.has(u"demo"_s);
    if (!arguments.words().isEmpty() && otherwise)
        return usageProblem(Text::tr("Say in one way what to test: NAME, --profile, --url or --demo."));
    return {};
}

QString ProfileTestCommand::profileName(const Arguments &arguments) const
{
    return arguments.words().isEmpty() ? Command::profileName(arguments) : arguments.words().first();
}

QCoro::Task<ExitCode> ProfileTestCommand::run(CommandContext &context)
{
    Profiles &profiles = context.session->profiles();
    const std::optional<Profile> profile = profiles.find(context.profileId);
    if (!profile)
        co_return context.console.failUsage(usageProblem(Text::tr("Name the profile to test.")));

    Secret kept;
    const QList<EndpointTest> tests = co_await profiles.test(*profile, std::move(kept), context.stop);
    QJsonArray json;
    ExitCode code = ExitCode::Success;
    for (const EndpointTest &test : tests) {
        Table table({test.endpoint.label(), {}, {}});
        for (const ConnectionStep &step : test.steps)
            table.add({u"  "_s + stepLabel(step.kind), resultLabel(step.result), step.detail});
        context.console.out(table.toText());
        if (test.instances >= 0)
            context.console.out(Text::tr("Instances that are visible there: %1").arg(test.instances));
        json.append(toJson(test));
        if (code == ExitCode::Success)
            code = exitCodeOf(test);
    }
    context.console.json(QJsonDocument(json));
    if (context.stop.stop_requested())
        co_return ExitCode::Interrupted;
    co_return code;
}

QString ProfileConfirmCommand::synopsis() const
{
    return u"NAME (--same | --another)"_s;
}

QString ProfileConfirmCommand::summary() const
{
    return Text::tr(
        "Say whether a profile is still the same organization, where none of its known instances is "
        "visible with another token.");
}

QStringList ProfileConfirmCommand::options() const
{
    return {u"same"_s, u"another"_s, u"data-dir"_s};
}

Done ProfileConfirmCommand::check(const Arguments &arguments) const
{
    if (arguments.words().isEmpty())
        return usageProblem(Text::tr("Name the profile."));
    if (arguments.has(u"same"_s) == arguments.has(u"another"_s))
        return usageProblem(Text::tr("Say either --same or --another."));
    return {};
}

QCoro::Task<ExitCode> ProfileConfirmCommand::run(CommandContext &context)
{
    const QString name = context.arguments.words().first();
    Profiles &profiles = context.session->profiles();
    const std::optional<Profile> profile = profiles.findByName(name);
    if (!profile)
        co_return context.console.fail(noProfile(name));
    if (!profile->organizationInDoubt) {
        co_return context.console.fail(
            Problem::of(Problem::Category::Refused,
                        Text::tr("There is no question about the organization of %1.").arg(profile->name)));
    }
    const bool same = context.arguments.has(u"same"_s);
    const Done answered = co_await profiles.answerOrganizationQuestion(profile->id, same);
    if (!answered)
        co_return context.console.fail(answered.problem());
    context.console.out(
        same
            ? Text::tr("%1 is the same organization: what its next list lacks is gone.").arg(profile->name)
            : Text::tr("What was known of %1 is forgotten. The keys that are kept stay.").arg(profile->name));
    context.console.json(QJsonDocument(toJson(profiles.find(profile->id).value_or(*profile))));
    co_return ExitCode::Success;
}

} // namespace latchkey
