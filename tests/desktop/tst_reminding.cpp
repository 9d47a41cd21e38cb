// SPDX-License-Identifier: GPL-3.0-or-later
// Runs on a bus of its own: tests/support/with-keyring.sh --bus-only.
#include "app/desktop/application.h"
#include "app/desktop/closetotray.h"
#include "app/desktop/platform/autostart.h"
#include "app/desktop/reminding.h"
#include "app/session/session.h"
#include "models/core/settings.h"
#include "models/services/inventory.h"
#include "models/services/preferences.h"
#include "models/services/reminders.h"
#include "models/storage/database.h"
#include "models/storage/settingsstore.h"
#include "tests/desktop/fakenotifications.h"
#include "tests/support/await.h"
#include "tests/support/dialoganswer.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"
#include "ui/common/uistate.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace latchkey;
using namespace latchkey::test;

namespace {

constexpr qint64 Day = 24LL * 60 * 60;

MainWindow *openWindow()
{
    const QWidgetList widgets = QApplication::topLevelWidgets();
    for (QWidget *widget : widgets) {
        if (auto *window = qobject_cast<MainWindow *>(widget))
            return window;
    }
    return nullptr;
}

} // namespace

/// A window without profiles, which the program itself opened, and what is beyond it.
class TstReminding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_service = std::make_unique<FakeNotifications>();
    }
    void cleanup()
    {
        m_reminding.reset();
        if (m_session) {
            auto closed = m_session->close();
            QTRY_VERIFY(closed.isReady());
        }
        m_session.reset();
        if (m_application) {
            QSignalSpy finished(m_application.get(), &Application::finished);
            m_application->close();
            QTRY_COMPARE(finished.count(), 1);
            QCOMPARE(finished.constFirst().constFirst().toInt(), 0);
        }
        m_application.reset();
        m_service.reset();
        m_dir.reset();
    }

    void theDesktopIsToldOnce()
    {
        start();
        remind();
        QTRY_COMPARE(m_service->all.size(), 1);
        const FakeNotifications::Shown shown = m_service->all.constFirst();
        QVERIFY2(shown.title.startsWith(u"Demo: "_s), qPrintable(shown.title));
        QVERIFY2(!shown.body.contains(u"Datadog"_s), qPrintable(shown.body));
        settle();
        tick();
        QCOMPARE(m_service->all.size(), 1);
        m_clock.advance(40 * Day);
        tick();
        QTRY_COMPARE(m_service->all.size(), 2);
    }

    void aClickOpensTheWindow()
    {
        start({u"--background"_s}, {{u"tray.enabled"_s, u"1"_s}});
        QVERIFY(!openWindow()->isVisible());
        remind();
        QTRY_COMPARE(m_service->all.size(), 1);
        Q_EMIT m_service->ActionInvoked(m_service->all.constFirst().id, u"default"_s);
        QTRY_VERIFY(openWindow()->isVisible());
    }

    void aSnoozeComesBackAfterADay()
    {
        start();
        remind();
        QTRY_COMPARE(m_service->all.size(), 1);
        settle();
        const QString title = m_service->all.constFirst().title;
        QSignalSpy changed(&m_session->inventory(), &Inventory::recordsChanged);
        Q_EMIT m_service->ActionInvoked(m_service->all.constFirst().id, u"snooze"_s);
        QTRY_VERIFY(changed.count() > 0);
        m_clock.advance(Day - 60);
        tick();
        QCOMPARE(m_service->all.size(), 1);
        m_clock.advance(60);
        tick();
        QTRY_COMPARE(m_service->all.size(), 2);
        QCOMPARE(m_service->all.constLast().title, title);
    }

    void startedInTheBackgroundItIsInTheTrayOrMinimized()
    {
        start({u"--background"_s});
        QVERIFY(openWindow()->isVisible());
        QVERIFY(openWindow()->isMinimized());
    }

    void closingHidesAndQuittingEnds()
    {
        start();
        MainWindow *window = openWindow();
        UiState state(m_dir->filePath(u"state.ini"_s));
        bool hasTray = true;
        const CloseToTray closing(*window, state, [&hasTray] { return hasTray; });
        QSignalSpy closed(window, &MainWindow::closed);
        // The first time it asks.
        {
            DialogAnswer answer(u"closeToTrayBox"_s);
            answer.click(u"keepRunning"_s);
            window->close();
            QTRY_VERIFY(answer.done());
        }
        QTRY_VERIFY(!window->isVisible());
        window->bringToFront();
        QVERIFY(window->isVisible());
        window->close();
        QVERIFY(!window->isVisible());
        QCOMPARE(closed.count(), 0);
        window->bringToFront();
        hasTray = false;
        QSignalSpy finished(m_application.get(), &Application::finished);
        window->close();
        QCOMPARE(closed.count(), 1);
        QTRY_COMPARE(finished.count(), 1);
        m_application.reset();
    }

    void theWindowComesBackWhereTheTrayIsSwitchedOff()
    {
        start();
        remind();
        MainWindow *window = openWindow();
        setTray(true);
        QVERIFY(m_reminding->hasTray());
        window->hide();
        setTray(false);
        QVERIFY(!m_reminding->hasTray());
        QVERIFY(window->isVisible());
        QVERIFY(window->isMinimized());
        // One that is there stays as it is.
        window->bringToFront();
        setTray(true);
        setTray(false);
        QVERIFY(window->isVisible());
        QVERIFY(!window->isMinimized());
    }

    void aHiddenWindowQuits()
    {
        start();
        openWindow()->hide();
        QSignalSpy finished(m_application.get(), &Application::finished);
        openWindow()->quit();
        QTRY_COMPARE(finished.count(), 1);
        m_application.reset();
    }

    void theSettingsDecideOnTheAutostart()
    {
        const auto written = [] {
            return QDir(Autostart::defaultFolder()).entryList({u"*.desktop"_s}, QDir::Files).size();
        };
        // That of the usual data folder is another one's, whatever is set in this.
        Autostart usual(Autostart::defaultFolder(), QStringLiteral(LATCHKEY_APP_ID), u"/bin/latchkey"_s, {});
        QVERIFY(usual.set(true));
        start({}, {{u"autostart.enabled"_s, u"1"_s}});
        QTRY_COMPARE(written(), 2);
        end();
        start({}, {{u"autostart.enabled"_s, u"0"_s}});
        QTRY_COMPARE(written(), 1);
        QVERIFY(usual.isWritten());
        QVERIFY(usual.set(false));
    }

    void theSettingsSayHowItStands()
    {
        m_service->vanish();
        start();
        const auto note = [](const QString &name) {
            auto *action = openWindow()->findChild<QAction *>(u"settings"_s);
            action->trigger();
            auto *dialog = openWindow()->findChild<QDialog *>(u"settingsDialog"_s);
            auto *label = dialog->findChild<QLabel *>(u"settingNote_"_s + name);
            const QString text = label != nullptr ? label->text() : QString();
            delete dialog;
            return text;
        };
        QTRY_VERIFY2(note(u"reminders.enabled"_s).contains(u"No notification service"_s),
                     qPrintable(note(u"reminders.enabled"_s)));
        QVERIFY(note(u"tray.enabled"_s).contains(u"no tray"_s));
        QVERIFY(note(u"autostart.enabled"_s).contains(Autostart::defaultFolder()));
    }

private:
    /// The program with an empty data folder, and what is set there.
    void start(const QStringList &arguments = {}, const QHash<QString, QString> &settings = {})
    {
        const QString folder = m_dir->filePath(u"data"_s);
        QVERIFY(Session::makeDataDir(folder));
        if (!settings.isEmpty()) {
            Database database(folder + u"/latchkey.sqlite"_s);
            QVERIFY(await(database.open())->ok());
            QVERIFY(await(SettingsStore(database).setAll(settings))->ok());
        }
        m_options = DesktopOptions::parse(QStringList{u"--data-dir"_s, folder} + arguments).value();
        m_application = std::make_unique<Application>(m_options, m_redactor, m_clock);
        m_application->start();
        QTRY_VERIFY(openWindow() != nullptr);
    }
    void end()
    {
        QSignalSpy finished(m_application.get(), &Application::finished);
        m_application->close();
        QTRY_COMPARE(finished.count(), 1);
        m_application.reset();
    }
    /// The demo organization behind the same window.
    void remind()
    {
        DesktopOptions options;
        options.demo = true;
        Session::Options demo;
        demo.demo = true;
        m_session = std::make_unique<Session>(demo, m_redactor, m_clock);
        QVERIFY(await(m_session->open())->ok());
        m_uiState = std::make_unique<UiState>(m_dir->filePath(u"state.ini"_s));
        m_reminding = std::make_unique<Reminding>(*m_session, *openWindow(), *m_uiState, options, m_clock);
        m_reminding->begin();
        QVERIFY(await(m_session->inventory().refresh())->ok());
    }
    void setTray(bool on)
    {
        Settings settings = m_session->preferences().settings();
        settings.tray = on ? 1 : 0;
        QVERIFY(await(m_session->preferences().save(settings))->ok());
    }
    /// What was shown is written down.
    void settle()
    {
        auto idle = m_session->reminders().idle();
        QTRY_VERIFY(idle.isReady());
    }
    /// A minute passes; what is to be shown after it may still be on its way.
    void tick()
    {
        QSignalSpy looked(&m_session->reminders(), &Reminders::looked);
        QTRY_VERIFY(!m_session->inventory().progress().running);
        // One while the last notification is still on its way is passed over.
        QTRY_VERIFY((m_reminding->tick(), looked.count() > 0));
    }

    FakeClock m_clock;
    Redactor m_redactor;
    DesktopOptions m_options;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeNotifications> m_service;
    std::unique_ptr<Application> m_application;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<UiState> m_uiState;
    std::unique_ptr<Reminding> m_reminding;
};

LATCHKEY_TEST_MAIN(QApplication, TstReminding)
#include "tst_reminding.moc"
