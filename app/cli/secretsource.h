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
    /// Keys that stand in a file: no text shows them from here on.
    void know(const HeaderKeys &keys);
    /// Asks for one at the terminal; `question` says for what.
    [[nodiscard]] Outcome<Secret> ask(const QString &question);
    /// `--passphrase-fd N` or `--passphrase-env VARIABLE`, else a prompt; where it is `chosen` now, twice.
    [[nodiscard]] Outcome<Secret> passphrase(const Arguments &arguments, bool chosen);
    /// What is wrong with how it is to be given.
    [[nodiscard]] static Done checkPassphrase(const Arguments &arguments);

private:
    /// The number of an open file descriptor that the option names.
    [[nodiscard]] static Outcome<int> descriptorOf(const Arguments &arguments, const QString &option);
    [[nodiscard]] Outcome<Secret> passphraseFromPrompt(bool chosen);
    [[nodiscard]] Outcome<std::vector<Secret>> readLines(int descriptor, qsizetype expected);
    [[nodiscard]] Outcome<Secret> fromEnvironment(const QString &variable);
    [[nodiscard]] Outcome<HeaderKeys> keysFromEnvironment(const QStringList &pairs,
                                                          const QStringList &headers);
    [[nodiscard]] Outcome<HeaderKeys> keysFromPrompt(const QStringList &headers);

    Console &m_console;
    Redactor &m_redactor;
};

} // namespace latchkey
