// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"

#include <QObject>
#include <QPointer>

class QAction;

namespace latchkey {

class MainWindow;
class Preferences;
class Retention;
class SettingsDialog;

/// Opens the settings over the window, and closes them with it.
class SettingsOpener : public QObject
{
    Q_OBJECT
public:
    /// All must outlive the window, which owns this.
    SettingsOpener(const QAction &action, Preferences &preferences, Retention &retention, const Clock &clock,
                   MainWindow &window);
    ~SettingsOpener() override;

private:
    void open();

    Preferences &m_preferences;
    Retention &m_retention;
    const Clock &m_clock;
    MainWindow &m_window;
    QPointer<SettingsDialog> m_dialog;
};

} // namespace latchkey
