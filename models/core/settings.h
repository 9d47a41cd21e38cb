// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/healthrules.h"
#include "models/core/outcome.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace latchkey {

/// What the user may set. Kept by storage as text under the names given here; what cannot be read is as it is
/// by default.
struct Settings
{
    int watchSeconds = 30;   ///< `verify.watch-seconds`: how long a new credential is watched. 0: one look.
    int retentionDays = 30;  ///< `retention.days`: how long keys are kept after newer ones took their place.
    HealthRules healthRules; ///< `expiry.soon`, `expiry.later`: when an expiry is worth a word.
    int reminders = 1;       ///< `reminders.enabled`: the desktop tells what expires.
    int reminderNames = 0;   ///< `reminders.names`: with names, which a locked screen may show.
    int digestDay = 1;       ///< `reminders.digest-day`: 1 Monday … 7 Sunday; 0: none.
    int refreshMinutes = 60; ///< `refresh.minutes`: how often the window reads by itself; 0: never.
    int tray = 0;            ///< `tray.enabled`: an icon in the tray, where Latchkey goes on.
    int autostart = 0;       ///< `autostart.enabled`: with the desktop, by a file that the window writes.
    bool operator==(const Settings &) const = default;

    [[nodiscard]] static Settings fromRows(const QHash<QString, QString> &rows);
    [[nodiscard]] QHash<QString, QString> toRows() const;
    /// These with one changed, by its name or that of a row of `healthRules`. NotFound where there is none of
    /// that name, InvalidInput where `text` is no number in its range or no threshold.
    [[nodiscard]] Outcome<Settings> with(const QString &name, const QString &text) const;
};

/// What there is to know about one of the settings.
struct SettingSpec
{
    QString name;
    int Settings::*value = nullptr;
    int least = 0;
    int most = 0;
    QString title;            ///< "Keep earlier keys for"
    QString unit;             ///< "days"
    QString explanation;      ///< What it does, in a sentence or two.
    QStringList choices = {}; ///< Words for `least`, the next one and so on; empty for a number with a unit.

    /// "days", or the word for this value.
    [[nodiscard]] QString unitOf(int number) const;
};

[[nodiscard]] QList<SettingSpec> settingSpecs();

} // namespace latchkey
