// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/desktopoptions.h"
#include "models/core/clock.h"
#include "models/core/reminder.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <memory>

namespace latchkey {

class Autostart;
class MainWindow;
class MeteredLine;
class Notifier;
class PeriodicRefresh;
class Session;
class TrayIcon;
class UiState;

/// Latchkey beyond its window: notifications, the tray, the periodic refresh and the start with the desktop,
/// as the settings have them.
class Reminding : public QObject
{
    Q_OBJECT
public:
    /// All must outlive this.
    Reminding(Session &session, MainWindow &window, UiState &uiState, const DesktopOptions &options,
              const Clock &clock, QObject *parent = nullptr);
    ~Reminding() override;

    /// The icon in the tray is on, by the settings.
    [[nodiscard]] bool hasTray() const { return m_tray != nullptr; }
    /// What asks the desktop; off the critical path of the start.
    void begin();
    /// The window was closed.
    void stop();

public Q_SLOTS:
    /// A minute has passed.
    void tick();

private:
    void look();
    void followSettings();
    void followTray();
    void followAutostart();
    void show(ReminderNotice notice);
    void snooze(const latchkey::ReminderNotice &notice);
    void count();
    void describe(); ///< Not often: Qt waits for the desktop to say whether it has a tray.

    Session &m_session;
    MainWindow &m_window;
    const Clock &m_clock;
    bool m_demo;
    QString m_autostartProblem;
    std::unique_ptr<Autostart> m_autostart; ///< Not for the demo.
    std::unique_ptr<Notifier> m_notifier;
    std::unique_ptr<TrayIcon> m_tray;
    std::unique_ptr<MeteredLine> m_line;
    std::unique_ptr<PeriodicRefresh> m_refresh;
};

} // namespace latchkey
