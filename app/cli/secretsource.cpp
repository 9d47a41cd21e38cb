// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/secretsource.h"

#include "models/core/lines.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestInput = qsizetype(1024) * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::SecretSource)
};

/// Splits at line breaks; the last line may lack one.
std::vector<Secret> splitLines(QByteArrayView text)
{
    std::vector<Secret> lines;
    for (const QByteArrayView line : linesOf(text))
        lines.emplace_back(line);
    return lines;
}

/// Clears the variable and overwrites its bytes: removed, they would stay in the block that the system shows
/// of a process (/proc/PID/environ) until its end.
void forgetVariable(const QByteArray &name)
{
    const QByteArray start = name + '=';
    for (char **each = environ; each && *each; ++each) {
        if (qstrncmp(*each, start.constData(), size_t(start.size())) == 0)
            explicit_bzero(*each + start.size(), qstrlen(*each + start.size()));
    }
    qunsetenv(name.constData());
}

Secret cleanToken(const Secret &token)
{
    QByteArrayView bytes = token.reveal().trimmed();
    if (bytes.size() > 7 && bytes.first(7).compare("Bearer ", Qt::CaseInsensitive) == 0)
        bytes = bytes.sliced(7).trimmed();
    return Secret(bytes);
}

} // namespace

SecretSource::SecretSource(Console &console, Redactor &redactor)
    : m_console(console)
    , m_redactor(redactor)
{
}

bool SecretSource::tokenGiven(const Arguments &arguments)
{
    return arguments.has(u"token-stdin"_s) || arguments.has(u"token-env"_s);
}

Outcome<Secret> SecretSource::token(const Arguments &arguments)
{
    Outcome<Secret> read =
        usageProblem(Text::tr("Give the token in one way: --token-stdin or --token-env VARIABLE."));
    const bool standardInput = arguments.has(u"token-stdin"_s);
    const bool environment = arguments.has(u"token-env"_s);
    if (standardInput && environment)
        return read;
    if (standardInput) {
        Outcome<std::vector<Secret>> lines = readLines(STDIN_FILENO, 1);
        if (!lines)
            return std::move(lines).problem();
        read = std::move(lines.value().front());
    } else if (environment) {
        read = fromEnvironment(arguments.value(u"token-env"_s));
    } else if (Console::hasTerminal()) {
        read = m_console.askSecret(Text::tr("Token: "));
    } else {
        read = usageProblem(Text::tr("There is no terminal to ask for the token at."),
                            Text::tr("Give it with --token-stdin or --token-env VARIABLE."));
    }
    if (!read)
        return read;
    Secret token = cleanToken(read.value());
    if (token.isEmpty())
        return usageProblem(Text::tr("The token is empty."));
    m_redactor.learn(token);
    return token;
}

Outcome<HeaderKeys> SecretSource::keys(const Arguments &arguments, const QStringList &headers)
{
    const bool standardInput = arguments.has(u"key-stdin"_s);
    const bool environment = arguments.has(u"key-env"_s);
    const bool descriptor = arguments.has(u"key-fd"_s);
    if (int(standardInput) + int(environment) + int(descriptor) > 1)
        return usageProblem(Text::tr("Give the keys in one way: --key-stdin, --key-env or --key-fd."));
    if (environment)
        return keysFromEnvironment(arguments.values(u"key-env"_s), headers);
    if (!standardInput && !descriptor)
        return keysFromPrompt(headers);

    int from = STDIN_FILENO;
    if (descriptor) {
        const Outcome<int> given = descriptorOf(arguments, u"key-fd"_s);
        if (!given)
            return given.problem();
        from = given.value();
    }
    Outcome<std::vector<Secret>> lines = readLines(from, headers.size());
    if (!lines)
        return std::move(lines).problem();
    HeaderKeys keys;
    for (qsizetype i = 0; i < headers.size(); ++i)
        keys.push_back({headers.at(i), std::move(lines.value()[static_cast<size_t>(i)])});
    return keys;
}

Outcome<int> SecretSource::descriptorOf(const Arguments &arguments, const QString &option)
{
    bool isNumber = false;
    const int descriptor = arguments.value(option).toInt(&isNumber);
    if (!isNumber || descriptor < 0)
        return usageProblem(
            Text::tr("The option --%1 needs the number of an open file descriptor.").arg(option));
    return descriptor;
}

Done SecretSource::checkPassphrase(const Arguments &arguments)
{
    if (!arguments.has(u"passphrase-fd"_s))
        return {};
    if (arguments.has(u"passphrase-env"_s))
        return usageProblem(Text::tr("Give the passphrase in one way: --passphrase-fd or --passphrase-env."));
    const Outcome<int> descriptor = descriptorOf(arguments, u"passphrase-fd"_s);
    return descriptor ? Done() : Done(descriptor.problem());
}

Outcome<Secret> SecretSource::passphrase(const Arguments &arguments, bool chosen)
{
    Done isSound = checkPassphrase(arguments);
    if (!isSound)
        return std::move(isSound).problem();
    if (arguments.has(u"passphrase-env"_s))
        return fromEnvironment(arguments.value(u"passphrase-env"_s));
    if (!arguments.has(u"passphrase-fd"_s))
        return passphraseFromPrompt(chosen);
    Outcome<std::vector<Secret>> lines = readLines(descriptorOf(arguments, u"passphrase-fd"_s).value(), 1);
    if (!lines)
        return std::move(lines).problem();
    return std::move(lines.value().front());
}

Outcome<Secret> SecretSource::passphraseFromPrompt(bool chosen)
{
    if (!Console::hasTerminal())
        return usageProblem(Text::tr("There is no terminal to ask for the passphrase at."),
                            Text::tr("Give it with --passphrase-fd N or --passphrase-env VARIABLE."));
    Outcome<Secret> first = m_console.askSecret(chosen ? Text::tr("A passphrase for the file: ")
                                                       : Text::tr("Passphrase of the file: "));
    if (!first)
        return first;
    m_redactor.learn(first.value());
    if (!chosen)
        return first;
    const Outcome<Secret> second = m_console.askSecret(Text::tr("The same once more: "));
    if (!second)
        return second.problem();
    m_redactor.learn(second.value());
    if (!second.value().equals(first.value()))
        return usageProblem(Text::tr("The two passphrases are not the same."));
    return first;
}

Outcome<std::vector<Secret>> SecretSource::readLines(int descriptor, qsizetype expected)
{
    // One allocation from the start: a growing array would leave copies of keys behind.
    QByteArray text;
    text.reserve(longestInput + 1);
    std::array<char, 4096> buffer{};
    std::optional<Problem> problem;
    for (;;) {
        const ssize_t count = read(descriptor, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            problem = usageProblem(Text::tr("The secrets cannot be read: %1").arg(qt_error_string(errno)));
        else if (text.size() + count > longestInput)
            problem = usageProblem(Text::tr("The secrets are too long: more than 1 MiB came."));
        if (count <= 0 || problem)
            break;
        text.append(buffer.data(), count);
    }
    explicit_bzero(buffer.data(), buffer.size());
    if (problem) {
        wipe(text);
        return *problem;
    }
    std::vector<Secret> lines = splitLines(text);
    wipe(text);
    for (const Secret &line : lines)
        m_redactor.learn(line);
    if (qsizetype(lines.size()) != expected) {
        return usageProblem(Text::tr("Lines that were expected, one for each secret: %1").arg(expected),
                            Text::tr("Lines that came: %1").arg(lines.size()));
    }
    return lines;
}

Outcome<Secret> SecretSource::fromEnvironment(const QString &variable)
{
    static const QRegularExpression name(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    // A key typed in place of the name must not be repeated here.
    if (!name.match(variable).hasMatch())
        return usageProblem(Text::tr("Name an environment variable; secrets are never read from arguments."));
    const QByteArray local = variable.toLocal8Bit();
    if (!qEnvironmentVariableIsSet(local.constData()))
        return usageProblem(Text::tr("The environment variable %1 is not set.").arg(variable));
    QByteArray value = qgetenv(local.constData());
    Secret secret = Secret::takeFrom(value);
    forgetVariable(local);
    m_redactor.learn(secret);
    return secret;
}

Outcome<HeaderKeys> SecretSource::keysFromEnvironment(const QStringList &pairs, const QStringList &headers)
{
    QHash<QString, QString> variables;
    for (const QString &pair : pairs) {
        const qsizetype equals = pair.indexOf(u'=');
        if (equals <= 0 || equals == pair.size() - 1)
            return usageProblem(
                Text::tr("The option --key-env needs NAME=VARIABLE, the header and where its key is."));
        const QString header = pair.left(equals);
        if (!headers.contains(header, Qt::CaseInsensitive))
            return usageProblem(Text::tr("There is no header %1 in this credential.").arg(header),
                                Text::tr("Its headers: %1").arg(headers.join(", "_L1)));
        variables.insert(header.toLower(), pair.mid(equals + 1));
    }
    HeaderKeys keys;
    for (const QString &header : headers) {
        if (!variables.contains(header.toLower()))
            return usageProblem(Text::tr("No variable is named for the header %1.").arg(header),
                                Text::tr("Add --key-env %1=VARIABLE.").arg(header));
        Outcome<Secret> key = fromEnvironment(variables.value(header.toLower()));
        if (!key)
            return std::move(key).problem();
        keys.push_back({header, std::move(key).value()});
    }
    return keys;
}

void SecretSource::know(const HeaderKeys &keys)
{
    for (const HeaderKey &header : keys)
        m_redactor.learn(header.key);
}

Outcome<Secret> SecretSource::ask(const QString &question)
{
    Outcome<Secret> key = m_console.askSecret(question);
    if (key)
        m_redactor.learn(key.value());
    return key;
}

Outcome<HeaderKeys> SecretSource::keysFromPrompt(const QStringList &headers)
{
    if (!Console::hasTerminal())
        return usageProblem(Text::tr("There is no terminal to ask for the keys at."),
                            Text::tr("Give them with --key-stdin, --key-env NAME=VARIABLE or --key-fd N."));
    HeaderKeys keys;
    for (const QString &header : headers) {
        Outcome<Secret> key = ask(Text::tr("Key for %1: ").arg(header));
        if (!key)
            return std::move(key).problem();
        keys.push_back({header, std::move(key).value()});
    }
    return keys;
}

} // namespace latchkey
