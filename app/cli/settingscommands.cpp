// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/settingscommands.h"

#include "app/cli/confirmation.h"
#include "app/cli/table.h"
#include "models/core/keyoverview.h"
#include "models/core/settings.h"
#include "models/core/wording.h"
#include "models/services/inventory.h"
#include "models/services/preferences.h"
#include "models/services/profiles.h"
#include "models/services/retention.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::SettingsCommands)
};

QJsonObject json(const SettingSpec &spec, const Settings &settings)
{
    return {{u"name"_s, spec.name},   {u"value"_s, settings.*spec.value},
            {u"unit"_s, spec.unit},   {u"default"_s, Settings().*spec.value},
            {u"least"_s, spec.least}, {u"most"_s, spec.most}};
}

const QString OfProfile = u"/profile/"_s;
const QString OfIntegration = u"/integration/"_s;

/// `expiry.soon/profile/ID` with the profile's name in the place of its id.
QString shownName(const QString &row, const Profiles &profiles)
{
    const QString id = row.section(OfProfile, 1);
    const std::optional<Profile> profile = profiles.find(id);
    return profile ? row.section(OfProfile, 0, 0) + OfProfile + profile->name : row;
}

QString defaultOf(const QString &row)
{
    const QString general = HealthRules().toRows().value(row);
    return general.isEmpty() ? Text::tr("the general one") : general;
}

QJsonObject json(const QString &row, const QString &value, const Profiles &profiles)
{
    const QString general = HealthRules().toRows().value(row);
    return {{u"name"_s, row},
            {u"shown_name"_s, shownName(row, profiles)},
            {u"value"_s, value.isEmpty() ? QJsonValue() : QJsonValue(value)},
            {u"default"_s, general.isEmpty() ? QJsonValue() : QJsonValue(general)}};
}

QString explanationOf(const QString &row)
{
    return row.startsWith("expiry.soon"_L1) ? Text::tr("How long before its end a credential is expiring.")
                                            : Text::tr("How long before that it is worth a first word.");
}

} // namespace

QStringList SettingsCommand::options() const
{
    return {u"demo"_s, u"data-dir"_s};
}

QString SettingsListCommand::summary() const
{
    return Text::tr("Show the settings.");
}

QCoro::Task<ExitCode> SettingsListCommand::run(CommandContext &context)
{
    const Outcome<Settings> settings = co_await context.session->preferences().read();
    if (!settings)
        co_return context.console.fail(settings.problem());
    Table table({Text::tr("NAME"), Text::tr("VALUE"), Text::tr("UNIT"), Text::tr("DEFAULT"),
                 Text::tr("RANGE"), Text::tr("WHAT IT DOES")});
    QJsonArray all;
    for (const SettingSpec &spec : settingSpecs()) {
        table.add({spec.name, QString::number(settings.value().*spec.value), spec.unit,
                   QString::number(Settings().*spec.value),
                   Text::tr("%1 to %2").arg(QString::number(spec.least), QString::number(spec.most)),
                   spec.explanation});
        all.append(json(spec, settings.value()));
    }
    const Profiles &profiles = context.session->profiles();
    const QHash<QString, QString> rows = settings.value().healthRules.toRows();
    QStringList names = rows.keys();
    names.sort();
    for (const QString &name : std::as_const(names)) {
        table.add({shownName(name, profiles),
                   rows.value(name),
                   {},
                   defaultOf(name),
                   Text::tr("0 to 3650 d, 0 to 100 %"),
                   explanationOf(name)});
        all.append(json(name, rows.value(name), profiles));
    }
    context.console.out(table.toText());
    context.console.json(QJsonDocument(all));
    co_return ExitCode::Success;
}

QString SettingsSetCommand::summary() const
{
    return Text::tr(
        "Change a setting; `settings list` shows them. expiry.soon and expiry.later may be followed "
        "by /profile/NAME or /integration/NAME, and `default` takes back what was set.");
}

QStringList SettingsSetCommand::options() const
{
    return SettingsCommand::options() + QStringList(u"yes"_s);
}

Done SettingsSetCommand::check(const Arguments &arguments) const
{
    const QStringList &words = arguments.words();
    if (words.size() != 2)
        return usageProblem(
            Text::tr("Name the setting and its value; `latchkeyctl settings list` shows them."));
    const Outcome<Settings> possible = Settings().with(words.at(0), words.at(1));
    if (!possible)
        return usageProblem(possible.problem().caption, possible.problem().detail);
    return {};
}

QCoro::Task<ExitCode> SettingsSetCommand::run(CommandContext &context)
{
    const QString name = context.arguments.words().at(0);
    const QString value = context.arguments.words().at(1);
    Preferences &preferences = context.session->preferences();
    const Outcome<Settings> before = co_await preferences.read();
    if (!before)
        co_return context.console.fail(before.problem());
    const Outcome<QString> row = storedName(context, name, before.value().healthRules);
    if (!row)
        co_return context.console.fail(row.problem());
    const Outcome<Settings> wanted = before.value().with(row.value(), value);
    if (!wanted)
        co_return context.console.fail(wanted.problem());
    const Outcome<QList<KeptVersion>> kept = co_await context.session->retention().kept();
    if (!kept)
        co_return context.console.fail(kept.problem());
    const QDateTime now = context.clock.now();
    const int due = earlierKeys(kept.value(), wanted.value().retentionDays, now).due;
    if (due > earlierKeys(kept.value(), before.value().retentionDays, now).due) {
        const Done confirmed = confirm(context, due);
        if (!confirmed)
            co_return context.console.fail(confirmed.problem());
    }
    const Done saved = co_await preferences.save(wanted.value());
    if (!saved)
        co_return context.console.fail(saved.problem());
    for (const SettingSpec &spec : settingSpecs()) {
        if (spec.name != name)
            continue;
        const QString number = QString::number(wanted.value().*spec.value);
        context.console.out(
            Text::tr("%1 is %2 (%3).").arg(spec.name, number, spec.unitOf(wanted.value().*spec.value)));
        context.console.json(QJsonDocument(json(spec, wanted.value())));
    }
    if (HealthRules::isRow(name)) {
        const QString set = wanted.value().healthRules.toRows().value(row.value());
        context.console.out(set.isEmpty() ? Text::tr("%1 is taken back: the general one counts.").arg(name)
                                          : Text::tr("%1 is %2.").arg(name, set));
        context.console.json(QJsonDocument(json(row.value(), set, context.session->profiles())));
    }
    co_return ExitCode::Success;
}

Outcome<QString> SettingsSetCommand::storedName(CommandContext &context, const QString &name,
                                                const HealthRules &rules)
{
    if (const QString integration = name.section(OfIntegration, 1); !integration.isEmpty()) {
        QStringList known = rules.ofIntegration.keys();
        const QList<InstanceRecord> records = context.session->inventory().records();
        for (const InstanceRecord &record : records)
            known += record.instance.integrationName;
        if (!known.contains(integration))
            context.console.note(
                Text::tr("No instance of an integration %1 is known here.").arg(integration));
        return name;
    }
    const QString wanted = name.section(OfProfile, 1);
    // What was set for a profile that is gone can still be taken back.
    if (wanted.isEmpty() || rules.ofProfile.contains(wanted))
        return name;
    const Profiles &profiles = context.session->profiles();
    if (const std::optional<Profile> profile = profiles.findByName(wanted))
        return name.section(OfProfile, 0, 0) + OfProfile + profile->id;
    QStringList names;
    for (const Profile &profile : profiles.all())
        names += profile.name;
    return Problem::of(Problem::Category::NotFound, Text::tr("There is no profile %1.").arg(wanted),
                       names.isEmpty() ? Text::tr("None is set up yet.")
                                       : Text::tr("There are: %1").arg(names.join(u", "_s)));
}

Done SettingsSetCommand::confirm(CommandContext &context, int due)
{
    const QString effect = wording::counted(
        "latchkey::SettingsCommands", "%n earlier set of keys is older and will be removed for good.",
        QT_TRANSLATE_N_NOOP("latchkey::SettingsCommands",
                            "%n earlier sets of keys are older and will be removed for good."),
        due);
    return askFirst(context, {effect, Text::tr("Go on?"), Text::tr("Nothing was changed.")});
}

} // namespace latchkey
