// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"

#include <QHash>
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

    /// What the dialog says below a setting, by its name.
    void setNotes(const QHash<QString, QString> &notes) { m_notes = notes; }

private:
    void open();

    Preferences &m_preferences;
    Retention &m_retention;
    const Clock &m_clock;
    MainWindow &m_window;
    QHash<QString, QString> m_notes;
    QPointer<SettingsDialog> m_dialog;
};

} // namespace latchkey
