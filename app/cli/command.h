// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "app/cli/exitcode.h"
#include "app/cli/secretsource.h"
#include "app/session/arguments.h"
#include "app/session/session.h"
#include "app/session/stopsignals.h"
#include "models/core/change.h"
#include "models/core/clock.h"

#include <QCoroTask>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <stop_token>
#include <vector>

namespace latchkey {

/// What a command works with. Lives as long as the command runs.
struct CommandContext
{
    const Arguments &arguments;
    Console &console;
    SecretSource &secrets;
    const Clock &clock;
    StopSignals &signals;
    std::stop_token stop;
    Session *session = nullptr; ///< Open; null for a command without one.
    QString profileId;          ///< Of `--url`, `--demo` or `--profile`; empty where none was chosen.
    bool isWatchTold = false;   ///< That something is waited for is said once, however many there are.
};

/// One command of latchkeyctl.
class Command
{
public:
    Command() = default;
    Command(const Command &) = delete;
    Command &operator=(const Command &) = delete;
    virtual ~Command() = default;

    /// One or two words, e.g. `instances list`.
    [[nodiscard]] virtual QString name() const = 0;
    /// What follows the name, for the help.
    [[nodiscard]] virtual QString synopsis() const { return {}; }
    [[nodiscard]] virtual QString summary() const = 0;
    /// Names of the options it takes beyond those that all take.
    [[nodiscard]] virtual QStringList options() const { return {}; }
    [[nodiscard]] virtual qsizetype mostWords() const { return 0; }
    [[nodiscard]] virtual bool needsSession() const { return true; }
    /// `--url`, `--token-…` and `--ca-file` describe the organization to talk to; false: they are the
    /// command's own.
    [[nodiscard]] virtual bool talksToProfile() const { return true; }
    /// The stored profile that is meant; empty where none is named.
    [[nodiscard]] virtual QString profileName(const Arguments &arguments) const
    {
        return arguments.value(QStringLiteral("profile"));
    }
    /// Without any profile there is nothing to do.
    [[nodiscard]] virtual bool needsProfile() const { return true; }
    /// It writes to Konnect, so no other Latchkey may while it runs.
    [[nodiscard]] virtual bool changesCredentials() const { return false; }
    /// What is wrong with the call can be said before anything is opened.
    [[nodiscard]] virtual Done check(const Arguments &arguments) const
    {
        Q_UNUSED(arguments)
        return {};
    }
    /// Whether the command would read or write secrets in the keychain. A token from elsewhere needs none.
    [[nodiscard]] virtual bool usesKeychain(const Arguments &arguments) const
    {
        return !SecretSource::tokenGiven(arguments);
    }
    /// What the program ends with where the command could not begin.
    [[nodiscard]] virtual ExitCode exitCodeFor(const Problem &problem) const { return exitCodeOf(problem); }
    /// For its help.
    [[nodiscard]] virtual QString exitCodes() const { return exitCodeHelp(); }
    /// `context` outlives the coroutine.
    virtual QCoro::Task<ExitCode> run(CommandContext &context) = 0;
};

/// Waits until the watch of a new credential has ended (as long as `--watch` or the setting says), or the
/// user stops it.
QCoro::Task<Change> awaitWatch(CommandContext &context, Change change);

/// Says of each of `changes` that left an old key valid at its own service that it is to be revoked there.
/// After all else that is said.
QCoro::Task<void> noteOldKeys(CommandContext &context, QList<Change> changes);

[[nodiscard]] std::vector<std::unique_ptr<Command>> allCommands();

} // namespace latchkey
