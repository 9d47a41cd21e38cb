// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runner.h"
#include "app/session/processguard.h"
#include "models/core/clock.h"
#include "models/core/redactor.h"

#include <QCoreApplication>
#include <QCoroTask>
#include <QTimer>
#include <QTranslator>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    latchkey::guardProcess();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"latchkeyctl"_s);
    QCoreApplication::setApplicationVersion(QString::fromLatin1(LATCHKEY_VERSION));
    // Its plural forms: without it, one instance would be "1 instance(s)".
    QTranslator english;
    if (english.load(u":/i18n/latchkey_en.qm"_s))
        QCoreApplication::installTranslator(&english);
    latchkey::Redactor redactor;
    redactor.installAsMessageHandler();
    const latchkey::SystemClock clock;
    latchkey::Runner runner(redactor, clock);
    // From within the event loop: exit() before exec() would be lost.
    QTimer::singleShot(0, &runner, [&runner] {
        const QStringList arguments = QCoreApplication::arguments().mid(1);
        QCoro::connect(runner.run(arguments), &runner,
                       [](latchkey::ExitCode code) { QCoreApplication::exit(static_cast<int>(code)); });
    });
    return QCoreApplication::exec();
}
