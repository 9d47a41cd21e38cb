// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/application.h"
#include "app/desktop/desktopoptions.h"
#include "app/session/processguard.h"
#include "app/session/stopsignals.h"
#include "models/core/clock.h"
#include "models/core/redactor.h"

#include <QApplication>
#include <QIcon>
#include <QTimer>
#include <QTranslator>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

void print(FILE *stream, const QString &text)
{
    std::fputs(qUtf8Printable(text), stream);
}

/// Without a display there is no QApplication, and these need none.
bool wantsWords(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        const QByteArrayView argument(argv[i]);
        if (argument == "--help" || argument == "-h" || argument == "--version")
            return true;
    }
    return false;
}

int showWords(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto options = latchkey::DesktopOptions::parse(QCoreApplication::arguments().mid(1));
    if (!options) {
        print(stderr, options.problem().toText() + u'\n');
        return 64;
    }
    print(stdout,
          options.value().help ? latchkey::DesktopOptions::helpText() : u"latchkey " LATCHKEY_VERSION "\n"_s);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    latchkey::guardProcess();
    if (wantsWords(argc, argv))
        return showWords(argc, argv);

    latchkey::Redactor redactor;
    redactor.installAsMessageHandler();
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"latchkey"_s);
    QApplication::setApplicationDisplayName(u"Latchkey"_s); // Qt puts it behind the titles of windows.
    QApplication::setApplicationVersion(QString::fromLatin1(LATCHKEY_VERSION));
    QApplication::setDesktopFileName(QString::fromLatin1(LATCHKEY_APP_ID));
    QApplication::setWindowIcon(QIcon(u":/icons/" LATCHKEY_APP_ID ".svg"_s));
    // Closing waits for what is under way.
    QApplication::setQuitOnLastWindowClosed(false);

    const auto options = latchkey::DesktopOptions::parse(QApplication::arguments().mid(1));
    if (!options) {
        print(stderr, options.problem().toText() + u'\n');
        return 64;
    }
    // Its plural forms: without it, one instance would be "1 instance(s)".
    QTranslator english;
    if (english.load(u":/i18n/latchkey_en.qm"_s))
        QApplication::installTranslator(&english);
    const latchkey::SystemClock clock;
    latchkey::Application latchkey(options.value(), redactor, clock);
    latchkey::StopSignals signals;
    QObject::connect(&signals, &latchkey::StopSignals::stopRequested, &latchkey,
                     &latchkey::Application::close);
    QObject::connect(&latchkey, &latchkey::Application::finished, &application,
                     [](int code) { QApplication::exit(code); });
    QTimer::singleShot(0, &latchkey, &latchkey::Application::start);
    return QApplication::exec();
}
