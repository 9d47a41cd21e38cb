// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/session/arguments.h"
#include "app/session/session.h"
#include "app/session/stopsignals.h"
#include "models/core/clock.h"
#include "models/core/redactor.h"

#include <QCoroTask>
#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <stop_token>

namespace latchkey {

/// One call of latchkeyctl from its arguments to its exit code.
class Runner : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive this.
    Runner(Redactor &redactor, const Clock &clock, QObject *parent = nullptr);
    ~Runner() override;

    /// `arguments` without the program's name. Once.
    QCoro::Task<ExitCode> run(QStringList arguments);

private:
    [[nodiscard]] Command *chooseCommand(Arguments *arguments);
    [[nodiscard]] Done check(const Command &command, const Arguments &arguments) const;
    QCoro::Task<ExitCode> runCommand(Command *command, Arguments arguments);
    QCoro::Task<Done> openSession(const Command *command, const Arguments *arguments);
    /// Who is meant: by --url, --demo, --profile, or because there is only one.
    QCoro::Task<Outcome<QString>> chooseProfile(const Command *command, const Arguments *arguments);
    [[nodiscard]] QString help(const Command *command) const;
    void noteStop();
    void noteWait(const QString &origin, int seconds);

    Redactor &m_redactor;
    const Clock &m_clock;
    StopSignals m_signals;
    Console m_console;
    SecretSource m_secrets;
    std::vector<std::unique_ptr<Command>> m_commands;
    std::stop_source m_stop;
    std::unique_ptr<QTemporaryDir> m_temporary; ///< Of a session without a stored profile.
    std::unique_ptr<Session> m_session;
    QHash<QString, QDeadlineTimer> m_waitTold; ///< By origin: until when it need not be told again.
    bool m_begun = false;                      ///< A change has come to where a stop no longer ends it.
};

} // namespace latchkey
