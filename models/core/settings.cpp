// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/settings.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::Settings)
};

std::optional<int> inRange(const SettingSpec &spec, const QString &text)
{
    bool ok = false;
    const int number = text.toInt(&ok);
    return ok && number >= spec.least && number <= spec.most ? std::optional(number) : std::nullopt;
}

QStringList offOrOn()
{
    return {Text::tr("off"), Text::tr("on")};
}

QStringList offOrDay()
{
    return {Text::tr("off"),      Text::tr("Monday"), Text::tr("Tuesday"),  Text::tr("Wednesday"),
            Text::tr("Thursday"), Text::tr("Friday"), Text::tr("Saturday"), Text::tr("Sunday")};
}

} // namespace

QString SettingSpec::unitOf(int number) const
{
    return choices.isEmpty() ? unit : choices.value(number - least);
}

QList<SettingSpec> settingSpecs()
{
    return {
        {u"retention.days"_s, &Settings::retentionDays, 1, 3650, Text::tr("Keep earlier keys for"),
         Text::tr("days"),
         Text::tr("Counted from when newer keys of the instance were verified. They are the way back; after "
                  "that they are removed from the keychain for good.")},
        {u"verify.watch-seconds"_s, &Settings::watchSeconds, 0, 3600, Text::tr("Watch a new credential for"),
         Text::tr("seconds"),
         Text::tr("Konnect may find out only after a while that it does not work. 0: look once, right after "
                  "it was created.")},
        {u"reminders.enabled"_s, &Settings::reminders, 0, 1, Text::tr("Remind me of what expires"),
         Text::tr("0 or 1"),
         Text::tr("A notification 30, 14, 7 and one day before, at the end, and when a credential must be "
                  "replaced, while Latchkey runs."),
         offOrOn()},
        {u"reminders.names"_s, &Settings::reminderNames, 0, 1,
         Text::tr("Name instances and profiles in notifications"), Text::tr("0 or 1"),
         Text::tr("A locked screen and other programs of yours may show them. Off: only how many there are."),
         offOrOn()},
        {u"reminders.digest-day"_s, &Settings::digestDay, 0, 7, Text::tr("Sum up every week on"),
         Text::tr("0 to 7"),
         Text::tr("1 is Monday, 7 Sunday, from nine o'clock: how many credentials need attention, if any do. "
                  "0: never."),
         offOrDay()},
        {u"refresh.minutes"_s, &Settings::refreshMinutes, 0, 10'080, Text::tr("Refresh by itself every"),
         Text::tr("minutes"),
         Text::tr("One profile after the other while Latchkey runs, not on a metered line and not during a "
                  "change. "
                  "0: never.")},
        {u"tray.enabled"_s, &Settings::tray, 0, 1, Text::tr("Show an icon in the tray"), Text::tr("0 or 1"),
         Text::tr("With how many credentials and tokens need attention. Closing the window leaves Latchkey "
                  "running there; Quit ends it."),
         offOrOn()},
        {u"autostart.enabled"_s, &Settings::autostart, 0, 1, Text::tr("Start with the desktop"),
         Text::tr("0 or 1"),
         Text::tr("In the tray where that is on, else as a minimized window. The window writes and removes "
                  "the file "
                  "for it, not latchkeyctl."),
         offOrOn()},
    };
}

Settings Settings::fromRows(const QHash<QString, QString> &rows)
{
    Settings settings;
    settings.healthRules = HealthRules::fromRows(rows);
    for (const SettingSpec &spec : settingSpecs()) {
        if (const std::optional<int> number = inRange(spec, rows.value(spec.name)))
            settings.*spec.value = *number;
    }
    return settings;
}

QHash<QString, QString> Settings::toRows() const
{
    QHash<QString, QString> rows = healthRules.toRows();
    for (const SettingSpec &spec : settingSpecs())
        rows.insert(spec.name, QString::number(this->*spec.value));
    return rows;
}

Outcome<Settings> Settings::with(const QString &name, const QString &text) const
{
    QStringList names;
    for (const SettingSpec &spec : settingSpecs()) {
        names += spec.name;
        if (spec.name != name)
            continue;
        const std::optional<int> number = inRange(spec, text.trimmed());
        if (!number) {
            return Problem::of(
                Problem::Category::InvalidInput,
                Text::tr("%1 is a whole number from %2 to %3 (%4).")
                    .arg(name, QString::number(spec.least), QString::number(spec.most), spec.unit));
        }
        Settings changed = *this;
        changed.*spec.value = *number;
        return changed;
    }
    if (HealthRules::isRow(name)) {
        const Outcome<HealthRules> rules = healthRules.with(name, text);
        if (!rules)
            return rules.problem();
        Settings changed = *this;
        changed.healthRules = rules.value();
        return changed;
    }
    names += HealthRules::families();
    return Problem::of(
        Problem::Category::NotFound, Text::tr("There is no such setting."),
        Text::tr("There are: %1; of a profile or integration: %2")
            .arg(names.join(u", "_s), u"expiry.soon/profile/NAME, expiry.soon/integration/NAME …"_s));
}

} // namespace latchkey
