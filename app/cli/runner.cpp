// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runner.h"

#include "app/cli/optiontable.h"
#include "models/services/credentialchanges.h"
#include "models/services/inventory.h"
#include "models/services/konnectclients.h"
#include "models/services/profiles.h"
#include "models/services/retention.h"

#include <QFileInfo>
#include <QUrl>

#include <algorithm>
#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;

Runner::Runner(Redactor &redactor, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_redactor(redactor)
    , m_clock(clock)
    , m_console(redactor, m_signals.descriptor())
    , m_secrets(m_console, redactor)
    , m_commands(allCommands())
{
    connect(&m_signals, &StopSignals::stopRequested, this, [this] {
        m_stop.request_stop();
        if (m_session)
            m_session->inventory().cancelRefresh();
        noteStop();
    });
}

Runner::~Runner() = default;

QCoro::Task<ExitCode> Runner::run(QStringList arguments)
{
    Outcome<Arguments> parsed = Arguments::parse(arguments, allOptions());
    if (!parsed)
        co_return m_console.failUsage(parsed.problem());
    Arguments call = std::move(parsed).value();
    m_console.setJson(call.has(u"json"_s));
    if (call.has(u"version"_s)) {
        m_console.out(u"latchkeyctl " LATCHKEY_VERSION ""_s);
        co_return ExitCode::Success;
    }
    Command *command = chooseCommand(&call);
    if (call.has(u"help"_s) || (call.words().size() == 1 && call.words().first() == "help"_L1)) {
        m_console.setJson(false);
        m_console.out(help(command));
        co_return ExitCode::Success;
    }
    if (!command) {
        const QString caption =
            call.words().isEmpty() ? tr("Say what to do.") : tr("There is no such command.");
        co_return m_console.failUsage(usageProblem(caption, tr("`latchkeyctl --help` shows what there is.")));
    }
    const Done checked = check(*command, call);
    if (!checked) {
        Problem problem = checked.problem();
        if (problem.detail.isEmpty())
            problem.detail = tr("`latchkeyctl %1 --help` shows how it is used.").arg(command->name());
        co_return m_console.failUsage(problem);
    }
    co_return co_await runCommand(command, std::move(call));
}

Command *Runner::chooseCommand(Arguments *arguments)
{
    for (const std::unique_ptr<Command> &command : m_commands) {
        const QStringList name = command->name().split(u' ');
        if (arguments->words().mid(0, name.size()) == name) {
            arguments->dropWords(name.size());
            return command.get();
        }
    }
    return nullptr;
}

Done Runner::check(const Command &command, const Arguments &arguments) const
{
    if (arguments.words().size() > command.mostWords())
        return usageProblem(
            tr("There are more words than `%1` takes. Keys and tokens are never given as arguments.")
                .arg(command.name()));
    const QStringList allowed = command.options() + commonOptions();
    for (const QString &option : arguments.optionNames()) {
        if (!allowed.contains(option))
            return usageProblem(tr("The command `%1` has no option --%2.").arg(command.name(), option));
    }
    bool isNumber = false;
    const int watch = arguments.value(u"watch"_s).toInt(&isNumber);
    if (arguments.has(u"watch"_s) && (!isNumber || watch < 0 || watch > 3600))
        return usageProblem(tr("The option --watch takes seconds, from 0 to 3600."));
    const int atOnce = arguments.value(u"at-once"_s).toInt(&isNumber);
    if (arguments.has(u"at-once"_s) && (!isNumber || atOnce < 1 || atOnce > 32))
        return usageProblem(tr("The option --at-once takes a number from 1 to 32."));
    if (arguments.has(u"keep"_s) && arguments.value(u"keep"_s) != "none"_L1 &&
        arguments.value(u"keep"_s) != "keychain"_L1)
        return usageProblem(tr("The option --keep is `keychain` or `none`."));
    if (command.talksToProfile()) {
        const bool url = arguments.has(u"url"_s);
        if (int(url) + int(arguments.has(u"demo"_s)) + int(arguments.has(u"profile"_s)) > 1)
            return usageProblem(tr("Only one of --url, --demo and --profile can be given."));
        if (url && !endpointOfUrl(arguments.value(u"url"_s)))
            return usageProblem(tr("The URL cannot be used."),
                                tr("It must begin with https://, or with http:// and a loopback address."));
        if (arguments.has(u"ca-file"_s) && !url)
            return usageProblem(tr("The option --ca-file goes with --url; a stored profile has its own."));
        if (arguments.has(u"demo"_s) && SecretSource::tokenGiven(arguments))
            return usageProblem(tr("The demo has a token of its own."));
    }
    return command.check(arguments);
}

QCoro::Task<ExitCode> Runner::runCommand(Command *command, Arguments arguments)
{
    CommandContext context{arguments,          m_console, m_secrets, m_clock, m_signals,
                           m_stop.get_token(), nullptr,   {},        false};
    if (command->needsSession()) {
        const Done opened = co_await openSession(command, &arguments);
        if (!opened) {
            (void)m_console.fail(opened.problem());
            co_return command->exitCodeFor(opened.problem());
        }
        context.session = m_session.get();
        Outcome<QString> profile = co_await chooseProfile(command, &arguments);
        if (!profile) {
            const Problem &problem = profile.problem();
            co_await m_session->close();
            if (problem.category == Problem::Category::InvalidInput)
                co_return m_console.failUsage(problem);
            (void)m_console.fail(problem);
            co_return command->exitCodeFor(problem);
        }
        context.profileId = std::move(profile).value();
    }
    const ExitCode code = co_await command->run(context);
    if (m_session) {
        // What cannot be forgotten now is taken up by a later run.
        const Outcome<QStringList> forgotten = co_await m_session->retention().forgetDue();
        static_cast<void>(forgotten);
        co_await m_session->close();
    }
    const Done written = m_console.checkOutput();
    if (!written)
        co_return m_console.fail(written.problem());
    co_return code;
}

QCoro::Task<Done> Runner::openSession(const Command *command, const Arguments *arguments)
{
    Session::Options options;
    options.demo = arguments->has(u"demo"_s);
    if (arguments->has(u"watch"_s))
        options.watchSeconds = arguments->value(u"watch"_s).toInt();
    if (options.demo)
        m_console.note(tr("This is the demo organization. Nothing of yours is opened, and no change lasts."));
    options.dataDir = Session::defaultDataDir();
    options.keychain = command->usesKeychain(*arguments);
    if (arguments->has(u"data-dir"_s))
        options.dataDir = QFileInfo(arguments->value(u"data-dir"_s)).absoluteFilePath();
    if (command->talksToProfile() && arguments->has(u"url"_s)) {
        m_temporary = std::make_unique<QTemporaryDir>();
        // Nothing is kept, but what was set and recorded counts, and a change excludes every other one of
        // this user.
        options.recordsDir = options.dataDir;
        if (command->changesCredentials())
            options.lockDir = options.dataDir;
        options.dataDir = m_temporary->path();
        options.keychain = false;
    }
    m_session = std::make_unique<Session>(options, m_redactor, m_clock);
    connect(&m_session->clients(), &KonnectClients::waiting, this,
            [this](const QString &, const QString &origin, int seconds) { noteWait(origin, seconds); });
    connect(&m_session->changes(), &CredentialChanges::advanced, this,
            [this](const Change &change) { m_begun = change.phase != ChangePhase::Prepared; });
    co_return co_await m_session->open();
}

void Runner::noteStop()
{
    if (m_begun && m_session->changes().isRunning())
        m_console.note(tr("Finishing what was begun: a change is not cut short."));
}

void Runner::noteWait(const QString &origin, int seconds)
{
    constexpr std::chrono::seconds quiet{10};
    if (seconds == 0 || !m_waitTold.value(origin).hasExpired())
        return;
    m_waitTold.insert(origin, QDeadlineTimer(quiet));
    m_console.note(tr("Konnect (%1) asks to wait: %2 s").arg(QUrl(origin).host()).arg(seconds));
}

QCoro::Task<Outcome<QString>> Runner::chooseProfile(const Command *command, const Arguments *arguments)
{
    if (!command->talksToProfile())
        co_return QString();
    Profiles &profiles = m_session->profiles();
    if (arguments->has(u"url"_s)) {
        Outcome<Secret> token = m_secrets.token(*arguments);
        if (!token)
            co_return std::move(token).problem();
        Profile profile;
        profile.name = tr("(not stored)");
        profile.endpoints = {*endpointOfUrl(arguments->value(u"url"_s))};
        if (arguments->has(u"ca-file"_s))
            profile.caFile = QFileInfo(arguments->value(u"ca-file"_s)).absoluteFilePath();
        Secret secret = std::move(token).value();
        Outcome<Profile> saved = co_await profiles.save(profile, std::move(secret), true);
        if (!saved)
            co_return std::move(saved).problem();
        co_return saved.value().id;
    }
    std::optional<Profile> chosen;
    const QString name = command->profileName(*arguments);
    if (!name.isEmpty()) {
        chosen = profiles.findByName(name);
        if (!chosen) {
            Problem problem;
            problem.category = Problem::Category::NotFound;
            problem.caption = tr("There is no profile %1.").arg(name);
            problem.detail = tr("`latchkeyctl profile list` shows those there are.");
            co_return problem;
        }
    } else if (profiles.all().size() == 1) {
        chosen = profiles.all().first();
    }
    if (SecretSource::tokenGiven(*arguments)) {
        if (!chosen)
            co_return usageProblem(tr("Say with --profile whose token this is."));
        Outcome<Secret> token = m_secrets.token(*arguments);
        if (!token)
            co_return std::move(token).problem();
        Secret secret = std::move(token).value();
        const QString id = chosen->id;
        Done used = co_await profiles.useToken(id, std::move(secret));
        if (!used)
            co_return std::move(used).problem();
    }
    if (profiles.all().isEmpty() && command->needsProfile()) {
        Problem problem;
        problem.category = Problem::Category::NotFound;
        problem.caption = tr("No profile is set up yet.");
        problem.detail = tr("`latchkeyctl profile add` adds one; --url with --token-env works without.");
        co_return problem;
    }
    co_return chosen ? chosen->id : QString();
}

QString Runner::help(const Command *command) const
{
    QString text;
    QStringList options = commonOptions();
    if (command) {
        text = u"latchkeyctl %1 %2\n\n%3\n"_s.arg(command->name(), command->synopsis(), command->summary());
        options = command->options() + options;
    } else {
        text =
            tr("latchkeyctl COMMAND [OPTION ...]\n\nKeeps the auth credentials of Konnect integration "
               "instances.\n"
               "Keys and tokens come from a prompt, stdin, a file descriptor or the environment, never from "
               "arguments.\n\nCommands:\n");
        for (const std::unique_ptr<Command> &one : m_commands)
            text += u"  %1 %2\n      %3\n"_s.arg(one->name(), one->synopsis(), one->summary());
    }
    text += tr("\nOptions:\n");
    for (const OptionSpec &option : allOptions()) {
        if (command && !options.contains(option.name))
            continue;
        const QString form =
            u"--"_s + option.name + (option.valueName.isEmpty() ? QString() : u' ' + option.valueName);
        text += u"  %1 %2\n"_s.arg(form, -28).arg(option.help);
    }
    return text + u'\n' + (command ? command->exitCodes() : exitCodeHelp());
}

} // namespace latchkey
