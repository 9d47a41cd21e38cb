// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "app/session/arguments.h"
#include "models/core/newcredential.h"
#include "models/core/outcome.h"
#include "models/core/redactor.h"

#include <QStringList>

namespace latchkey {

/// Reads keys and tokens from a prompt, stdin, a file descriptor or an environment variable: never from
/// arguments, which every user of the machine can see. What it reads is told to the redactor.
class SecretSource
{
public:
    /// Both must outlive this.
    SecretSource(Console &console, Redactor &redactor);

    /// `--token-stdin`, `--token-env VARIABLE`, else the prompt. White space around it and a leading `Bearer
    /// ` are dropped.
    [[nodiscard]] Outcome<Secret> token(const Arguments &arguments);
    [[nodiscard]] static bool tokenGiven(const Arguments &arguments);
    /// `--key-stdin`, `--key-fd N` or `--key-env NAME=VARIABLE`, else a prompt for each header.
    [[nodiscard]] Outcome<HeaderKeys> keys(const Arguments &arguments, const QStringList &headers);
    /// Of an environment variable that the user named.
    [[nodiscard]] Outcome<Secret> variable(const QString &name) { return fromEnvironment(name); }
    /// Asks for one at the terminal; `question` says for what.
    [[nodiscard]] Outcome<Secret> ask(const QString &question);

private:
    [[nodiscard]] Outcome<std::vector<Secret>> readLines(int descriptor, qsizetype expected);
    [[nodiscard]] Outcome<Secret> fromEnvironment(const QString &variable);
    [[nodiscard]] Outcome<HeaderKeys> keysFromEnvironment(const QStringList &pairs,
                                                          const QStringList &headers);
    [[nodiscard]] Outcome<HeaderKeys> keysFromPrompt(const QStringList &headers);

    Console &m_console;
    Redactor &m_redactor;
};

} // namespace latchkey
