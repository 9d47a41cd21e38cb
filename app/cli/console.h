// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/exitcode.h"
#include "models/core/outcome.h"
#include "models/core/redactor.h"
#include "models/core/secret.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QString>

namespace latchkey {

/// Where latchkeyctl writes and asks. All text is redacted, and control characters of foreign text are taken
/// out, so that no answer of a server can move the cursor of an admin.
class Console
{
public:
    /// `stopDescriptor` becomes readable when a question should be given up. `redactor` must outlive this.
    Console(const Redactor &redactor, int stopDescriptor);

    void setJson(bool json) { m_json = json; }
    [[nodiscard]] bool isJson() const { return m_json; }

    void out(const QString &text);            ///< A line (or several) on stdout; nothing with `--json`.
    void json(const QJsonDocument &document); ///< On stdout; nothing without `--json`.
    /// A file for others on stdout, with `--json` too. Line breaks and tabs stay as they are.
    void file(const QByteArray &utf8);
    void note(const QString &text); ///< On stderr.
    /// Whether all that went to stdout was written, as far as the system says.
    [[nodiscard]] Done checkOutput() const;
    /// Texts that a server may have put a secret into, for what is not written by the other functions.
    [[nodiscard]] QString redacted(const QString &text) const { return m_redactor.redact(text); }
    /// Tells the problem and answers with its exit code.
    ExitCode fail(const Problem &problem);
    /// The same for a call that is wrong in itself.
    ExitCode failUsage(const Problem &problem);

    /// Whether there is somebody to ask.
    [[nodiscard]] static bool hasTerminal();
    /// Asks at the terminal, not on stdin. Canceled by a signal or an end of input; InvalidInput where a line
    /// may not be whole.
    [[nodiscard]] Outcome<QString> ask(const QString &question);
    /// Whether the answer is yes; everything else, nothing among it, is no.
    [[nodiscard]] Outcome<bool> askYesNo(const QString &question);
    /// Asks without showing what is typed.
    [[nodiscard]] Outcome<Secret> askSecret(const QString &question);

private:
    [[nodiscard]] Outcome<Secret> readLine(const QString &question, bool echo);
    [[nodiscard]] QString presentable(const QString &text) const;
    void print(const QString &text);

    const Redactor &m_redactor;
    int m_stopDescriptor;
    bool m_json = false;
    int m_outputError = 0; ///< errno of the first that failed.
};

} // namespace latchkey
