// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"

#include <QHash>
#include <QObject>
#include <QPointer>

class QAction;

namespace latchkey {

class Inventory;
class MainWindow;
class Preferences;
class Profiles;
class Retention;
class SettingsDialog;
struct ThresholdScope;

/// Opens the settings over the window, and closes them with it.
class SettingsOpener : public QObject
{
    Q_OBJECT
public:
    /// All must outlive the window, which owns this.
    SettingsOpener(const QAction &action, Preferences &preferences, Retention &retention,
                   const Profiles &profiles, const Inventory &inventory, const Clock &clock,
                   MainWindow &window);
    ~SettingsOpener() override;

    /// What the dialog says below a setting, by its name.
    void setNotes(const QHash<QString, QString> &notes) { m_notes = notes; }

private:
    void open();
    [[nodiscard]] QList<ThresholdScope> scopes() const;

    Preferences &m_preferences;
    Retention &m_retention;
    const Profiles &m_profiles;
    const Inventory &m_inventory;
    const Clock &m_clock;
    MainWindow &m_window;
    QHash<QString, QString> m_notes;
    QPointer<SettingsDialog> m_dialog;
};

} // namespace latchkey
