// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/platform/trayicon.h"
#include "tests/support/testmain.h"
#include "ui/common/icons.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace latchkey;

namespace {

QImage image(const QIcon &icon, int size)
{
    return icon.pixmap(QSize(size, size), 1.0).toImage();
}

} // namespace

class TstTrayIcon : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theNumberIsInTheIcon()
    {
        for (const int size : {16, 22, 32, 64}) {
            const QImage none = image(TrayIcon::iconWith(0), size);
            QCOMPARE(none, image(applicationIcon(), size));
            const QImage three = image(TrayIcon::iconWith(3), size);
            QCOMPARE(three.size(), QSize(size, size));
            QVERIFY(three != none);
            QVERIFY(three != image(TrayIcon::iconWith(4), size));
            QCOMPARE(image(TrayIcon::iconWith(10), size), image(TrayIcon::iconWith(4711), size));
        }
    }

    void theNumberIsInTheToolTipToo()
    {
        TrayIcon tray;
        QCOMPARE(tray.toolTip(), u"Latchkey: nothing needs attention"_s);
        tray.setCount(1);
        QCOMPARE(tray.toolTip(), u"Latchkey: 1 credential or token needs attention"_s);
        tray.setCount(12);
        QCOMPARE(tray.toolTip(), u"Latchkey: 12 credentials and tokens need attention"_s);
        tray.setCount(0);
        QCOMPARE(tray.toolTip(), u"Latchkey: nothing needs attention"_s);
    }

    void theMenuTellsWhatIsWanted()
    {
        TrayIcon tray;
        QSignalSpy open(&tray, &TrayIcon::openRequested);
        QSignalSpy refresh(&tray, &TrayIcon::refreshRequested);
        QSignalSpy quit(&tray, &TrayIcon::quitRequested);
        for (const QString &name : {u"trayOpen"_s, u"trayRefresh"_s, u"trayQuit"_s}) {
            auto *action = tray.menu().findChild<QAction *>(name);
            QVERIFY2(action != nullptr, qPrintable(name));
            action->trigger();
        }
        QCOMPARE(open.count(), 1);
        QCOMPARE(refresh.count(), 1);
        QCOMPARE(quit.count(), 1);
    }

    void withoutATrayNothingIsShown()
    {
        QVERIFY(!TrayIcon::isAvailable());
        TrayIcon tray;
        QVERIFY(!tray.showMessage(u"a title"_s, u"a text"_s));
    }
};

LATCHKEY_TEST_MAIN(QApplication, TstTrayIcon)
#include "tst_trayicon.moc"
