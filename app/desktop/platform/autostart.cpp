// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/platform/autostart.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::Autostart)
};

constexpr qint64 Most = 64LL * 1024; // Bytes.
constexpr auto Mark = "X-Latchkey-Written=true\n";

/// A value of a desktop file.
QString escaped(QString text)
{
    return text.replace(u'\\', u"\\\\"_s);
}

/// One word of `Exec`, which is unquoted after it was read as a value.
QString quoted(QString word)
{
    for (const QChar special : {u'\\', u'"', u'`', u'$'})
        word.replace(special, u'\\' + QString(special));
    return escaped(u'"' + word.replace(u'%', u"%%"_s) + u'"');
}

bool hasControls(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(),
                       [](QChar c) { return c.category() == QChar::Other_Control; });
}

/// By the desktop's own settings.
bool isSwitchedOff(const QByteArray &text)
{
    return text.contains("\nHidden=true") || text.contains("\nX-GNOME-Autostart-enabled=false");
}

Problem failed(const QString &file, const QString &why)
{
    return Problem::of(
        Problem::Category::StorageFailed,
        Text::tr("The file that starts Latchkey with the desktop cannot be changed: %1").arg(file), why);
}

} // namespace

Autostart::Autostart(QString folder, const QString &name, QString program, QStringList arguments)
    : m_folder(std::move(folder))
    , m_file(m_folder + u'/' + name + u".desktop"_s)
    , m_program(std::move(program))
    , m_arguments(std::move(arguments))
{
}

QString Autostart::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/autostart"_s;
}

bool Autostart::isWritten() const
{
    return QFile::exists(m_file);
}

Done Autostart::set(bool on)
{
    QFile there(m_file);
    const QByteArray before = there.open(QFile::ReadOnly) ? there.read(Most) : QByteArray();
    if (there.exists() && !before.contains(Mark))
        return {};
    if (!on)
        return !there.exists() || there.remove() ? Done() : failed(m_file, there.errorString());
    if (before == content() || isSwitchedOff(before))
        return {};
    if (hasControls(m_program) || hasControls(m_arguments.join(u' ')))
        return failed(m_file, Text::tr("The program's path has a character that such a file cannot hold."));
    if (!QDir().mkpath(m_folder))
        return failed(m_file, Text::tr("Its folder cannot be made."));
    QSaveFile file(m_file);
    if (!file.open(QFile::WriteOnly) || file.write(content()) < 0 || !file.commit())
        return failed(m_file, file.errorString());
    return {};
}

QByteArray Autostart::content() const
{
    QStringList words{quoted(m_program)};
    for (const QString &argument : m_arguments)
        words << quoted(argument);
    const QString text =
        u"[Desktop Entry]\nType=Application\nName=Latchkey\nComment=%1\nTryExec=%2\nExec=%3\n"
        "Icon=" LATCHKEY_APP_ID "\nTerminal=false\n"_s;
    return text.arg(escaped(Text::tr("Reminds of credentials that expire")), escaped(m_program),
                    words.join(u' '))
               .toUtf8() +
           Mark;
}

} // namespace latchkey
