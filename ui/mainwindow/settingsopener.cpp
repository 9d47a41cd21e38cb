// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/settingsopener.h"

#include "models/services/inventory.h"
#include "models/services/profiles.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/settings/settingsdialog.h"
#include "ui/settings/thresholdspanel.h"

#include <QAction>
#include <QMap>

namespace latchkey {

SettingsOpener::SettingsOpener(const QAction &action, Preferences &preferences, Retention &retention,
                               const Profiles &profiles, const Inventory &inventory, const Clock &clock,
                               MainWindow &window)
    : QObject(&window)
    , m_preferences(preferences)
    , m_retention(retention)
    , m_profiles(profiles)
    , m_inventory(inventory)
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
        m_dialog = new SettingsDialog(m_preferences, m_retention, m_clock, m_notes, scopes(), &m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        // It is deleted later: until then the next one may be opened.
        connect(m_dialog, &QDialog::finished, this, [this] { m_dialog.clear(); });
    }
    m_dialog->open();
    m_dialog->raise();
    m_dialog->activateWindow();
}

QList<ThresholdScope> SettingsOpener::scopes() const
{
    QList<ThresholdScope> all;
    for (const Profile &profile : m_profiles.all())
        all.append({&HealthRules::ofProfile, profile.id, tr("Profile %1").arg(profile.name)});
    QMap<QString, QString> integrations; // Titles by name.
    const QList<InstanceRecord> records = m_inventory.records();
    for (const InstanceRecord &record : records) {
        const IntegrationInstance &instance = record.instance;
        if (!record.builtIn && !instance.integrationName.isEmpty())
            integrations.insert(instance.integrationName, instance.integrationTitle());
    }
    for (auto each = integrations.cbegin(); each != integrations.cend(); ++each)
        all.append({&HealthRules::ofIntegration, each.key(), tr("Integration %1").arg(*each)});
    return all;
}

} // namespace latchkey
