// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>

class QMessageBox;

namespace latchkey {

class MainWindow;
class UiState;

/// Closing the window hides it while it can be found again in the tray; *Quit* and the end of the session
/// close it. The first time the user is asked.
class CloseToTray : public QObject
{
    Q_OBJECT
public:
    /// All must outlive this. `canHide`: there is an icon in a tray now.
    CloseToTray(MainWindow &window, UiState &uiState, std::function<bool()> canHide,
                QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void ask();

    MainWindow &m_window;
    UiState &m_uiState;
    std::function<bool()> m_canHide;
    QPointer<QMessageBox> m_box;
    bool m_sessionEnds = false;
};

} // namespace latchkey
