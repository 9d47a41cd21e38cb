// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/application.h"

#include "app/desktop/platform/changeinhibitor.h"
#include "app/desktop/reminding.h"
#include "app/desktop/singleinstance.h"
#include "app/desktop/startupmeter.h"
#include "app/session/session.h"
#include "models/items/instancetablemodel.h"
#include "models/items/sidebarmodel.h"
#include "models/services/credentialchanges.h"
#include "models/services/dailyretention.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/services/preferences.h"
#include "models/services/profiles.h"
#include "ui/common/uistate.h"
#include "ui/mainwindow/finishingbox.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QMessageBox>
#include <QProcess>
#include <QSessionManager>
#include <QTimeZone>

#include <chrono>
#include <cstdio>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void print(const QString &line)
{
    std::fputs(qUtf8Printable(line + u'\n'), stdout);
    std::fflush(stdout);
}

} // namespace

Application::Application(DesktopOptions options, Redactor &redactor, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_redactor(redactor)
    , m_clock(clock)
{
}

Application::~Application() = default;

void Application::start()
{
    if (!m_options.demo) {
        const Done folder = Session::makeDataDir(m_options.dataDir);
        if (!folder) {
            failToStart(folder.problem());
            return;
        }
        m_singleInstance = std::make_unique<SingleInstance>(m_options.dataDir);
        const SingleInstance::Start start = m_singleInstance->start(!m_options.background);
        if (start == SingleInstance::Start::Raised) {
            finish(0);
            return;
        }
        if (start == SingleInstance::Start::OtherSilent) {
            Problem problem;
            problem.category = Problem::Category::InUse;
            problem.caption = m_singleInstance->explanation();
            failToStart(problem);
            return;
        }
    }
    Session::Options options;
    options.dataDir = m_options.dataDir;
    options.demo = m_options.demo;
    m_session = std::make_unique<Session>(options, m_redactor, m_clock);
    QCoro::connect(m_session->open(), this, [this](const Done &opened) {
        if (opened)
            showWindow();
        else
            failToStart(opened.problem());
    });
}

void Application::showWindow()
{
    if (m_closing)
        return;
    m_uiState = std::make_unique<UiState>(m_session->dataDir() + u"/window.ini"_s);
    applyTheme(*qApp, m_options.theme.value_or(m_uiState->theme()));
    m_instances = std::make_unique<InstanceTableModel>(m_clock, QTimeZone::systemTimeZone(),
                                                       m_session->preferences().settings().healthRules);
    m_sidebar = std::make_unique<SidebarModel>(*m_instances);
    connectModels();
    m_window = std::make_unique<MainWindow>(MainWindow::Parts{m_session->profiles(),
                                                              m_session->inventory(),
                                                              m_session->vault(),
                                                              m_session->changes(),
                                                              m_session->recovery(),
                                                              m_session->adoption(),
                                                              m_session->bulk(),
                                                              m_session->handover(),
                                                              m_session->history(),
                                                              m_session->protection(),
                                                              m_session->attentionMarks(),
                                                              m_session->preferences(),
                                                              m_session->retention(),
                                                              m_session->expiryRecords(),
                                                              m_session->expiryLabels(),
                                                              m_session->expiryOfChanges(),
                                                              m_session->oldKeys(),
                                                              m_session->planMaker(),
                                                              m_session->planRunner(),
                                                              m_clock,
                                                              *m_instances,
                                                              *m_sidebar,
                                                              *m_uiState,
                                                              m_session->isDemo()});
    connect(m_window.get(), &MainWindow::closed, this, &Application::onWindowClosed);
    connect(m_window.get(), &MainWindow::openDemoRequested, this, [] {
        // A process of its own: the demo must not share anything with what the user has.
        QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--demo"_s});
    });
    if (m_singleInstance)
        connect(m_singleInstance.get(), &SingleInstance::raiseRequested, m_window.get(),
                &MainWindow::bringToFront);
    m_retention = std::make_unique<DailyRetention>(m_session->retention(), m_clock);
    m_reminding = std::make_unique<Reminding>(*m_session, *m_window, *m_uiState, m_options, m_clock);
    watchForRows();
    bringUpWindow();
    if (!m_session->profiles().all().isEmpty())
        m_window->refresh();
    connect(qApp, &QGuiApplication::commitDataRequest, this, &Application::onSessionEnds,
            Qt::DirectConnection);
    // Off the critical path: a keychain can take seconds to answer.
    QTimer::singleShot(0, this, [this] {
        if (m_closing)
            return;
        m_reminding->begin();
        connect(&m_minute, &QTimer::timeout, m_reminding.get(), &Reminding::tick);
        m_inhibitor = std::make_unique<ChangeInhibitor>(m_session->changes(), QDBusConnection::systemBus());
        connect(m_inhibitor.get(), &ChangeInhibitor::machineStops, this,
                [this] { m_session->pauseChanges(); });
        QCoro::connect(m_session->vault().probe(), this, [this](const Done &usable) {
            if (m_closing)
                return;
            connect(&m_minute, &QTimer::timeout, m_retention.get(), &DailyRetention::tick);
            if (usable)
                m_retention->tick();
        });
    });
}

void Application::bringUpWindow()
{
    if (!m_options.background)
        m_window->show();
    else if (!m_reminding->hasTray())
        m_window->showMinimized();
}

void Application::connectModels()
{
    Inventory &inventory = m_session->inventory();
    Profiles &profiles = m_session->profiles();
    connect(&inventory, &Inventory::recordsChanged, m_instances.get(), &InstanceTableModel::upsert);
    connect(&inventory, &Inventory::recordsRemoved, m_instances.get(), &InstanceTableModel::remove);
    connect(&inventory, &Inventory::endpointsChanged, m_sidebar.get(),
            [this] { m_sidebar->setEndpoints(m_session->inventory().endpoints()); });
    connect(&profiles, &Profiles::profilesChanged, m_sidebar.get(),
            [this] { m_sidebar->setProfiles(m_session->profiles().all()); });
    const Preferences &preferences = m_session->preferences();
    connect(&preferences, &Preferences::changed, m_instances.get(),
            [this] { m_instances->setRules(m_session->preferences().settings().healthRules); });
    m_sidebar->setProfiles(profiles.all());
    m_sidebar->setEndpoints(inventory.endpoints());
    m_instances->upsert(inventory.records());
    // "in 6 days" and the states grow old by themselves.
    m_minute.setInterval(1min);
    connect(&m_minute, &QTimer::timeout, m_instances.get(), &InstanceTableModel::tick);
    m_minute.start();
}

void Application::watchForRows()
{
    connect(m_window.get(), &MainWindow::rowsPainted, this, &Application::onRowsPainted);
    const bool noProfile = m_session->profiles().all().isEmpty();
    if (m_options.measureStartup && noProfile) {
        Problem problem;
        problem.category = Problem::Category::NotFound;
        problem.caption = tr("There are no rows to wait for: set up a profile, or add --demo.");
        failToStart(problem);
        return;
    }
    if (!m_options.announce)
        return;
    connect(&m_session->inventory(), &Inventory::progressChanged, this,
            [this](const RefreshProgress &progress) {
                if (!progress.running)
                    announceReady();
            });
    if (noProfile)
        QTimer::singleShot(0, this, &Application::announceReady);
}

void Application::onRowsPainted(int rows)
{
    if (m_options.announce)
        print(u"rows %1"_s.arg(rows));
    if (!m_options.measureStartup)
        return;
    print(u"%1 ms, %2 rows"_s.arg(millisecondsSinceProcessStart().value_or(-1)).arg(rows));
    close();
}

void Application::announceReady()
{
    if (m_readyAnnounced)
        return;
    m_readyAnnounced = true;
    // What was read last is on the screen before the line is out.
    m_window->repaint();
    // What tells of painted rows is on its way by then.
    QMetaObject::invokeMethod(
        this, [this] { print(u"ready %1"_s.arg(m_instances->rowCount())); }, Qt::QueuedConnection);
}

void Application::close()
{
    if (m_window)
        m_window->quit();
    else
        onWindowClosed();
}

void Application::onWindowClosed()
{
    if (m_closing)
        return;
    m_closing = true;
    m_minute.stop();
    if (m_reminding)
        m_reminding->stop();
    // Only reading may be left to wait for: a new window need not wait with us.
    if (m_singleInstance && m_session && !m_session->changes().isRunning())
        m_singleInstance->release();
    if (!m_session) {
        finish(0);
        return;
    }
    if (m_session->changes().isRunning())
        sayThatAChangeIsFinishing();
    QCoro::connect(m_session->close(), this, [this] { finish(0); });
}

void Application::sayThatAChangeIsFinishing()
{
    m_finishing = std::make_unique<FinishingBox>(m_session->inventory());
    m_finishing->show();
    // Another start must not bring the window back.
    if (m_singleInstance && m_window) {
        m_singleInstance->disconnect(m_window.get());
        connect(m_singleInstance.get(), &SingleInstance::raiseRequested, m_finishing.get(), &QWidget::raise);
    }
}

void Application::onSessionEnds(QSessionManager &manager)
{
    if (!m_session || !m_session->changes().isRunning())
        return;
    m_session->pauseChanges();
    // A session that asks nobody cannot be stopped: what has begun ends when the signal to end comes.
    if (!manager.allowsInteraction())
        return;
    manager.cancel();
    if (m_closing || !m_window)
        return;
    const Problem problem = Problem::of(Problem::Category::InUse,
                                        tr("A credential is being changed, so the log-out was stopped."),
                                        tr("Log out again when it has ended. What had not begun waits until "
                                           "you finish it."));
    m_window->showProblem(problem);
    m_window->bringToFront();
}

void Application::failToStart(const Problem &problem)
{
    m_closing = true;
    std::fputs(qUtf8Printable(m_redactor.redact(problem.toText()) + u'\n'), stderr);
    // A script reads stderr; a person who clicked an icon sees only a window.
    if (m_options.measureStartup || m_options.announce || QGuiApplication::platformName() == "offscreen"_L1) {
        finish(1);
        return;
    }
    auto *box = new QMessageBox(QMessageBox::Critical, tr("Latchkey cannot start"), problem.caption,
                                QMessageBox::Close);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(problem.detail);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QDialog::finished, this, [this] { finish(1); });
    box->open();
}

void Application::finish(int exitCode)
{
    // From the event loop: whoever called may be one of the parts that go next.
    QTimer::singleShot(0, this, [this, exitCode] { Q_EMIT finished(exitCode); });
}

} // namespace latchkey
