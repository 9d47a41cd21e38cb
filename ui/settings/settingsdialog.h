// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/keyoverview.h"
#include "models/core/outcome.h"
#include "models/core/settings.h"

#include <QDialog>
#include <QHash>
#include <QList>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

class Banner;
class Preferences;
class Retention;
class SettingField;
class ThresholdsPanel;
struct ThresholdScope;

/// The settings with their units and what they do, and what is kept of earlier keys. Nothing changes before
/// Save.
class SettingsDialog : public QDialog
{
    Q_OBJECT
public:
    /// All must outlive the dialog. `notes`, by the name of a setting: how it stands with it on this machine.
    /// `scopes`: the profiles and integrations that may have thresholds of their own.
    SettingsDialog(Preferences &preferences, Retention &retention, const Clock &clock,
                   const QHash<QString, QString> &notes, const QList<ThresholdScope> &scopes,
                   QWidget *parent = nullptr);

protected:
    /// Scrolling past a field must not change it.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void addSetting(QVBoxLayout &column, const SettingSpec &spec);
    void guardFromWheel(const QWidget &list);
    void addButtons(QVBoxLayout &column);
    void read();
    /// Into the fields; what has none stays as in `m_base`.
    void fill(const Settings &settings);
    [[nodiscard]] Settings entered() const;
    /// What is kept, and what the entered retention would remove.
    void describeKept();
    void save();
    void finish(const Done &done);

    Preferences &m_preferences;
    Retention &m_retention;
    const Clock &m_clock;
    const QList<SettingSpec> m_specs = settingSpecs();
    Settings m_base; ///< As read: what the fields do not show stays as it is there.
    ThresholdsPanel *m_thresholds;
    const QHash<QString, QString> m_notes;
    QList<SettingField *> m_fields; ///< In the order of `m_specs`.
    QList<KeptVersion> m_keys;
    Banner *m_problem;
    Banner *m_warning;
    QLabel *m_kept;
    QPushButton *m_save = nullptr;
};

} // namespace latchkey
