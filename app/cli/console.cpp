// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include "app/cli/recordjson.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::Console)
};

/// Whether all of it went out; errno says why not.
bool write(FILE *stream, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const size_t written = std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
    return std::fflush(stream) == 0 && written == static_cast<size_t>(bytes.size());
}

// A terminal edits lines of at most this many bytes, the line break not counted, and drops what is above
// without a word.
constexpr qsizetype longestTerminalLine = 4095;

/// The terminal of this process, whatever stdin is. Puts the echo back when it goes.
class Terminal
{
public:
    explicit Terminal(bool echo)
        : m_descriptor(open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY))
    {
        if (echo || m_descriptor < 0 || tcgetattr(m_descriptor, &m_before) != 0)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ICANON | ECHONL;
        m_silenced = tcsetattr(m_descriptor, TCSAFLUSH, &silent) == 0;
    }
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;
    ~Terminal()
    {
        if (m_silenced)
            tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
        if (m_descriptor >= 0)
            close(m_descriptor);
    }
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] bool isSilenced() const { return m_silenced; }

private:
    int m_descriptor;
    termios m_before = {};
    bool m_silenced = false;
};

/// Qt escapes the control characters below a blank only, but terminals obey those of C1 too.
QString withC1Escaped(const QString &json)
{
    QString escaped;
    escaped.reserve(json.size());
    for (const QChar character : json) {
        if (character >= u'\u007f' && character <= u'\u009f')
            escaped += u"\\u%1"_s.arg(int(character.unicode()), 4, 16, QLatin1Char('0'));
        else
            escaped += character;
    }
    return escaped;
}

/// Without its line break. A line that may have been cut is refused: half a key would be sent for the whole.
Outcome<Secret> wholeLine(const Secret &line)
{
    const QByteArrayView bytes = line.reveal();
    if (!bytes.endsWith('\n'))
        return Problem::of(Problem::Category::InvalidInput, Text::tr("The line was not ended with Enter."));
    if (bytes.size() > longestTerminalLine)
        return Problem::of(Problem::Category::InvalidInput,
                           Text::tr("The line is longer than a terminal can hand over."),
                           Text::tr("Give a token with --token-stdin and keys with --key-stdin."));
    return Secret(bytes.chopped(1));
}

} // namespace

Console::Console(const Redactor &redactor, int stopDescriptor)
    : m_redactor(redactor)
    , m_stopDescriptor(stopDescriptor)
{
}

QString Console::presentable(const QString &text) const
{
    QString clean = m_redactor.redact(text);
    for (QChar &character : clean) {
        if (character.category() == QChar::Other_Control && character != u'\n')
            character = u'\ufffd';
    }
    if (!clean.endsWith(u'\n'))
        clean += u'\n';
    return clean;
}

void Console::out(const QString &text)
{
    if (!m_json)
        print(presentable(text));
}

void Console::json(const QJsonDocument &document)
{
    if (m_json)
        print(withC1Escaped(m_redactor.redact(QString::fromUtf8(document.toJson(QJsonDocument::Indented)))));
}

void Console::file(const QByteArray &utf8)
{
    print(m_redactor.redact(QString::fromUtf8(utf8)));
}

void Console::print(const QString &text)
{
    if (!write(stdout, text) && m_outputError == 0)
        m_outputError = errno;
}

Done Console::checkOutput() const
{
    if (m_outputError == 0)
        return {};
    return Problem::of(m_outputError == ENOSPC ? Problem::Category::StorageFull
                                               : Problem::Category::StorageFailed,
                       Text::tr("The output could not be written."), qt_error_string(m_outputError));
}

void Console::note(const QString &text)
{
    write(stderr, presentable(text));
}

ExitCode Console::fail(const Problem &problem)
{
    note(problem.toText());
    json(QJsonDocument(QJsonObject{{u"problem"_s, toJson(problem)}}));
    return exitCodeOf(problem);
}

ExitCode Console::failUsage(const Problem &problem)
{
    (void)fail(problem);
    return ExitCode::Usage;
}

bool Console::hasTerminal()
{
    // A terminal that nobody looks at (a script with both ends redirected) is none.
    const bool watched = isatty(STDIN_FILENO) == 1 || isatty(STDERR_FILENO) == 1;
    const Terminal terminal(true);
    return watched && terminal.descriptor() >= 0;
}

Outcome<QString> Console::ask(const QString &question)
{
    Outcome<Secret> answer = readLine(question, true);
    if (!answer)
        return std::move(answer).problem();
    return QString::fromUtf8(answer.value().reveal());
}

Outcome<bool> Console::askYesNo(const QString &question)
{
    const Outcome<QString> answer = ask(question + u" [y/N] "_s);
    if (!answer)
        return answer.problem();
    const QString word = answer.value().trimmed();
    return word.compare("y"_L1, Qt::CaseInsensitive) == 0 || word.compare("yes"_L1, Qt::CaseInsensitive) == 0;
}

Outcome<Secret> Console::askSecret(const QString &question)
{
    return readLine(question, false);
}

Outcome<Secret> Console::readLine(const QString &question, bool echo)
{
    const Terminal terminal(echo);
    if (terminal.descriptor() < 0 || (!echo && !terminal.isSilenced()))
        return Problem::of(Problem::Category::Refused, Text::tr("There is no terminal to ask at."));
    QString prompt = presentable(question);
    prompt.chop(1);
    const QByteArray bytes = prompt.toUtf8();
    if (::write(terminal.descriptor(), bytes.constData(), static_cast<size_t>(bytes.size())) < 0)
        return Problem::of(Problem::Category::Refused, Text::tr("The terminal cannot be written to."));

    // The terminal hands over whole lines, which fit.
    std::array<char, 2 * longestTerminalLine> buffer{};
    for (;;) {
        std::array<pollfd, 2> waited{{{terminal.descriptor(), POLLIN, 0}, {m_stopDescriptor, POLLIN, 0}}};
        if (poll(waited.data(), waited.size(), -1) < 0 && errno == EINTR)
            continue;
        if (waited[1].revents != 0)
            return Problem::of(Problem::Category::Canceled, Text::tr("Interrupted."));
        const ssize_t count = read(terminal.descriptor(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return Problem::of(Problem::Category::Canceled, Text::tr("Nothing was typed."));
        const Secret line(QByteArrayView(buffer.data(), count));
        explicit_bzero(buffer.data(), buffer.size());
        return wholeLine(line);
    }
}

} // namespace latchkey
