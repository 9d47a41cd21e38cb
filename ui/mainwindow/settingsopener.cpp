// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/settingsopener.h"

#include "ui/mainwindow/mainwindow.h"
#include "ui/settings/settingsdialog.h"

#include <QAction>

namespace latchkey {

SettingsOpener::SettingsOpener(const QAction &action, Preferences &preferences, Retention &retention,
                               const Clock &clock, MainWindow &window)
    : QObject(&window)
    , m_preferences(preferences)
    , m_retention(retention)
    , m_clock(clock)
    , m_window(window)
{
    connect(&action, &QAction::triggered, this, &SettingsOpener::open);
    connect(&window, &MainWindow::closed, this, [this] {
        if (m_dialog != nullptr)
            m_dialog->close();
    });
}

SettingsOpener::~SettingsOpener() = default;

void SettingsOpener::open()
{
    if (m_dialog == nullptr) {
        m_dialog = new SettingsDialog(m_preferences, m_retention, m_clock, m_notes, &m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        // It is deleted later: until then the next one may be opened.
        connect(m_dialog, &QDialog::finished, this, [this] { m_dialog.clear(); });
    }
    m_dialog->open();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace latchkey
