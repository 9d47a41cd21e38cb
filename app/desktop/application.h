// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/desktopoptions.h"
#include "models/core/clock.h"
#include "models/core/redactor.h"

#include <QObject>
#include <QSessionManager>
#include <QTimer>

#include <memory>

namespace latchkey {

class ChangeInhibitor;
class DailyRetention;
class FinishingBox;
class InstanceTableModel;
class MainWindow;
class Reminding;
class Session;
class SidebarModel;
class SingleInstance;
class UiState;

/// The composition root of the window: a session, the item models that show it, and the window above them.
class Application : public QObject
{
    Q_OBJECT
public:
    /// `redactor` and `clock` must outlive this.
    Application(DesktopOptions options, Redactor &redactor, const Clock &clock, QObject *parent = nullptr);
    ~Application() override;

    /// Opens the session, shows what is known, then refreshes. Call it from the event loop.
    void start();
    /// As if the user chose to quit.
    void close();

Q_SIGNALS:
    /// Everything is closed; the process may end with this code.
    void finished(int exitCode);

private:
    void showWindow();
    /// In the tray, or minimized, where it was started so.
    void bringUpWindow();
    void connectModels();
    void watchForRows();
    void onRowsPainted(int rows);
    void announceReady();
    void onWindowClosed();
    void sayThatAChangeIsFinishing();
    /// The user logs out: a change under way ends first.
    void onSessionEnds(QSessionManager &manager);
    void failToStart(const Problem &problem);
    void finish(int exitCode);

    DesktopOptions m_options;
    Redactor &m_redactor;
    const Clock &m_clock;
    std::unique_ptr<SingleInstance> m_singleInstance; ///< Not for the demo.
    std::unique_ptr<Session> m_session;
    std::unique_ptr<DailyRetention> m_retention;
    std::unique_ptr<UiState> m_uiState;
    std::unique_ptr<InstanceTableModel> m_instances;
    std::unique_ptr<SidebarModel> m_sidebar;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Reminding> m_reminding;
    std::unique_ptr<ChangeInhibitor> m_inhibitor;
    std::unique_ptr<FinishingBox> m_finishing; ///< While closing waits for a change.
    QTimer m_minute;
    bool m_readyAnnounced = false;
    bool m_closing = false;
};

} // namespace latchkey
