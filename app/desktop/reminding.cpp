// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/reminding.h"

#include "app/desktop/closetotray.h"
#include "app/desktop/platform/autostart.h"
#include "app/desktop/platform/meteredline.h"
#include "app/desktop/platform/notifier.h"
#include "app/desktop/platform/trayicon.h"
#include "app/session/session.h"
#include "models/core/attention.h"
#include "models/core/health.h"
#include "models/core/reminderplan.h"
#include "models/core/settings.h"
#include "models/services/attentionmarks.h"
#include "models/services/inventory.h"
#include "models/services/periodicrefresh.h"
#include "models/services/preferences.h"
#include "models/services/profiles.h"
#include "models/services/reminders.h"
#include "ui/mainwindow/mainwindow.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<Autostart> autostartFor(const DesktopOptions &options)
{
    if (options.demo)
        return nullptr;
    const QString usual = QStringLiteral(LATCHKEY_APP_ID);
    const QString name = Session::nameFor(options.dataDir, usual);
    QStringList arguments{u"--background"_s};
    if (name != usual)
        arguments << u"--data-dir"_s << options.dataDir;
    return std::make_unique<Autostart>(Autostart::defaultFolder(), name,
                                       QCoreApplication::applicationFilePath(), arguments);
}

} // namespace

Reminding::Reminding(Session &session, MainWindow &window, UiState &uiState, const DesktopOptions &options,
                     const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_window(window)
    , m_clock(clock)
    , m_demo(options.demo)
    , m_autostart(autostartFor(options))
    , m_refresh(std::make_unique<PeriodicRefresh>(session.inventory(), session.profiles(), session.changes(),
                                                  session.bulk(), session.preferences(), clock,
                                                  [this] { return m_line && m_line->isMetered(); }))
{
    new CloseToTray(
        window, uiState, [this] { return hasTray() && TrayIcon::isAvailable(); }, this);
    connect(&session.reminders(), &Reminders::due, this, &Reminding::show);
    connect(&session.preferences(), &Preferences::changed, this, &Reminding::followSettings);
    connect(&session.inventory(), &Inventory::recordsChanged, this, &Reminding::count);
    connect(&session.inventory(), &Inventory::recordsRemoved, this, &Reminding::count);
    connect(&session.inventory(), &Inventory::progressChanged, this, &Reminding::count);
    followTray();
}

Reminding::~Reminding() = default;

void Reminding::begin()
{
    m_notifier = std::make_unique<Notifier>(QDBusConnection::sessionBus());
    m_notifier->setFallback([this](const QString &title, const QString &body) {
        return m_tray != nullptr && m_tray->showMessage(title, body);
    });
    Reminders &reminders = m_session.reminders();
    connect(m_notifier.get(), &Notifier::shown, &reminders, &Reminders::shown);
    connect(m_notifier.get(), &Notifier::notShown, &reminders, &Reminders::notShown);
    connect(m_notifier.get(), &Notifier::openRequested, &m_window, &MainWindow::bringToFront);
    connect(m_notifier.get(), &Notifier::snoozeRequested, this, &Reminding::snooze);
    connect(m_notifier.get(), &Notifier::stateChanged, this, &Reminding::describe);
    m_notifier->probe();
    m_line = std::make_unique<MeteredLine>(QDBusConnection::systemBus());
    connect(m_line.get(), &MeteredLine::answered, this, &Reminding::look);
    followSettings();
}

void Reminding::stop()
{
    disconnect(&m_session.preferences(), nullptr, this, nullptr);
    disconnect(&m_session.inventory(), nullptr, this, nullptr);
    m_session.reminders().stop();
    m_line.reset();
    m_refresh.reset();
    m_notifier.reset();
    m_tray.reset();
}

void Reminding::tick()
{
    // Its answer lets the rest go on.
    if (m_line)
        m_line->ask();
}

void Reminding::look()
{
    // First: what is about to be read anew is not said as it was.
    m_refresh->tick();
    m_session.reminders().tick();
    count();
}

void Reminding::followSettings()
{
    followTray();
    followAutostart();
    describe();
}

void Reminding::followTray()
{
    const bool wanted = m_session.preferences().settings().tray != 0;
    if (wanted == hasTray())
        return;
    if (!wanted) {
        m_tray.reset();
        // Nothing else would bring a hidden window back.
        if (!m_window.isVisible())
            m_window.showMinimized();
        return;
    }
    m_tray = std::make_unique<TrayIcon>();
    connect(m_tray.get(), &TrayIcon::openRequested, &m_window, &MainWindow::bringToFront);
    connect(m_tray.get(), &TrayIcon::refreshRequested, &m_window, [this] { m_window.refresh(); });
    // Later: the menu that was clicked goes with the window.
    connect(m_tray.get(), &TrayIcon::quitRequested, &m_window, &MainWindow::quit, Qt::QueuedConnection);
    count();
}

void Reminding::followAutostart()
{
    if (!m_autostart)
        return;
    const Done done = m_autostart->set(m_session.preferences().settings().autostart != 0);
    m_autostartProblem = done ? QString() : done.problem().toText();
    if (!done)
        m_window.showProblem(done.problem());
}

void Reminding::show(ReminderNotice notice)
{
    if (!m_notifier) {
        m_session.reminders().notShown();
        return;
    }
    if (m_demo)
        notice.title = tr("Demo: %1").arg(notice.title);
    m_notifier->show(notice);
}

void Reminding::snooze(const ReminderNotice &notice)
{
    const QDateTime now = m_clock.now();
    const QDateTime until = now.addDays(1);
    const auto tell = [this](const Done &done) {
        if (!done)
            m_window.showProblem(done.problem());
    };
    for (const Reminder &reminder : notice.reminders) {
        if (!reminder.subject.isToken())
            QCoro::connect(m_session.attentionMarks().snooze(reminder.address, reminder.subject.credentialId,
                                                             putOffUntil(reminder, until, now)),
                           this, tell);
    }
    QCoro::connect(m_session.reminders().snoozeTokens(notice, until), this, tell);
}

void Reminding::count()
{
    // While it reads, the number would only flicker.
    if (!m_tray || m_session.inventory().progress().running)
        return;
    const QList<InstanceRecord> records = m_session.inventory().records();
    const HealthRules &rules = m_session.preferences().settings().healthRules;
    const QDateTime now = m_clock.now();
    const auto attention = std::count_if(records.cbegin(), records.cend(), [&](const InstanceRecord &record) {
        return wantsAttention(record, assess(record, now, rules), now);
    });
    const QList<EndpointState> endpoints = m_session.inventory().endpoints();
    const QList<Profile> &profiles = m_session.profiles().all();
    const auto tokens = std::count_if(profiles.cbegin(), profiles.cend(), [&](const Profile &profile) {
        return stateOfToken(profile, isTokenRefused(profile, endpoints), rules, now).has_value();
    });
    m_tray->setCount(static_cast<int>(attention + tokens));
}

void Reminding::describe()
{
    QHash<QString, QString> notes;
    if (m_notifier && !m_notifier->isServed())
        notes.insert(u"reminders.enabled"_s, tr("No notification service answers on this desktop: what "
                                                "expires is seen in the window, or at the "
                                                "icon in the tray."));
    if (!TrayIcon::isAvailable())
        notes.insert(u"tray.enabled"_s, tr("This desktop shows no tray now."));
    const QString autostart = u"autostart.enabled"_s;
    if (!m_autostart)
        notes.insert(autostart, tr("The demo never starts by itself."));
    else if (!m_autostartProblem.isEmpty())
        notes.insert(autostart, m_autostartProblem);
    else
        notes.insert(autostart, (m_autostart->isWritten() ? tr("Written: %1") : tr("The file would be %1."))
                                    .arg(m_autostart->file()));
    m_window.setSettingNotes(notes);
}

} // namespace latchkey
