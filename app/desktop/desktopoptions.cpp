// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktopoptions.h"

#include "app/session/arguments.h"
#include "app/session/session.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::DesktopOptions)
};

QList<OptionSpec> specs()
{
    return {
        {u"demo"_s, {}, Text::tr("Show the embedded demo organization; nothing of yours is opened.")},
        {u"data-dir"_s, u"DIR"_s, Text::tr("Keep the database there.")},
        {u"theme"_s, u"light|dark|system"_s, Text::tr("Colours for this run.")},
        {u"background"_s, {}, Text::tr("Start in the tray where that is on, else as a minimized window.")},
        {u"measure-startup"_s,
         {},
         Text::tr("Print the time from the start of the process to the first rows on the screen, and end.")},
        {u"announce"_s,
         {},
         Text::tr("Print `rows N` when the first rows are painted, `ready N` when all is read.")},
        {u"help"_s, {}, Text::tr("Show this help.")},
        {u"version"_s, {}, Text::tr("Show the version.")},
    };
}

} // namespace

Outcome<DesktopOptions> DesktopOptions::parse(const QStringList &arguments)
{
    Outcome<Arguments> parsed = Arguments::parse(arguments, specs());
    if (!parsed)
        return std::move(parsed).problem();
    const Arguments given = std::move(parsed).value();
    if (!given.words().isEmpty())
        return usageProblem(Text::tr("Latchkey takes options only."),
                            Text::tr("`latchkey --help` shows them."));
    DesktopOptions options;
    options.help = given.has(u"help"_s);
    options.version = given.has(u"version"_s);
    options.demo = given.has(u"demo"_s);
    options.measureStartup = given.has(u"measure-startup"_s);
    // Rows that nobody sees are never painted.
    options.background = given.has(u"background"_s) && !options.measureStartup;
    options.announce = given.has(u"announce"_s);
    options.dataDir = given.has(u"data-dir"_s) ? QFileInfo(given.value(u"data-dir"_s)).absoluteFilePath()
                                               : Session::defaultDataDir();
    if (options.demo && given.has(u"data-dir"_s))
        return usageProblem(Text::tr("The demo keeps nothing, so --data-dir has no meaning with it."));
    if (given.has(u"theme"_s)) {
        const QString word = given.value(u"theme"_s);
        if (word == "light"_L1)
            options.theme = Theme::Light;
        else if (word == "dark"_L1)
            options.theme = Theme::Dark;
        else if (word == "system"_L1)
            options.theme = Theme::System;
        else
            return usageProblem(Text::tr("The option --theme is `light`, `dark` or `system`."));
    }
    return options;
}

QString DesktopOptions::helpText()
{
    QString text =
        Text::tr("latchkey [OPTION ...]\n\n"
                 "Keeps the auth credentials of Kong Konnect integration instances in order.\n\nOptions:\n");
    for (const OptionSpec &option : specs()) {
        const QString form =
            u"--"_s + option.name + (option.valueName.isEmpty() ? QString() : u' ' + option.valueName);
        text += u"  %1 %2\n"_s.arg(form, -26).arg(option.help);
    }
    return text + Text::tr("\n`latchkeyctl` does the same without a window.\n");
}

} // namespace latchkey
