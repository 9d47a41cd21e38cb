// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/expirycommands.h"

#include "app/cli/instancefinder.h"
#include "app/cli/recordjson.h"
#include "app/cli/refreshnotes.h"
#include "app/cli/table.h"
#include "models/core/wording.h"
#include "models/services/expiryfeeds.h"
#include "models/services/expiryrecords.h"
#include "models/services/inventory.h"
#include "models/services/preferences.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ExpiryCommands)
};

const QString Forms = u"table|json|csv|ics|prometheus"_s;

QString formOf(const Arguments &arguments)
{
    if (arguments.has(u"output"_s))
        return arguments.value(u"output"_s);
    return arguments.has(u"json"_s) ? u"json"_s : u"table"_s;
}

/// `30` or `30d`: what a threshold in days is written like.
std::optional<int> daysOf(const QString &text)
{
    const std::optional<Threshold> threshold = Threshold::fromText(text);
    return threshold && threshold->unit == Threshold::Unit::Days ? std::optional(threshold->amount)
                                                                 : std::nullopt;
}

std::optional<int> lifeOf(const QString &text)
{
    const std::optional<int> days = daysOf(text);
    return days && *days > 0 ? days : std::nullopt;
}

/// What servers and people wrote is redacted before a form can cut it in two.
void redact(ExpiryReport &report, const Console &console)
{
    for (ExpiryItem &item : report.items) {
        InstanceRecord &record = item.record;
        for (QString *text : {&record.profileName, &record.instance.name, &record.instance.displayName,
                              &record.instance.integrationName, &record.instance.integrationDisplayName,
                              &record.expiry.owner, &record.expiry.note})
            *text = console.redacted(*text);
    }
}

QString dayOf(const ExpiryItem &item)
{
    if (item.lastDay.isValid())
        return item.lastDay.toString(Qt::ISODate);
    return item.expiry.isKnown() ? item.expiry.at.utc.toString(u"yyyy-MM-dd HH:mm'Z'"_s) : QString();
}

QString expiryOf(const ExpiryItem &item, const QDateTime &now)
{
    return item.record.knowledge == InstanceRecord::Knowledge::Present ? wording::expiry(item.record, now)
                                                                       : QString();
}

QString tableOf(const ExpiryReport &report)
{
    Table table({Text::tr("EXPIRES"), Text::tr("DATE"), Text::tr("STATE"), Text::tr("WHAT"),
                 Text::tr("INTEGRATION"), Text::tr("PROFILE"), Text::tr("WHERE"), Text::tr("OWNER"),
                 Text::tr("CHECKED"), Text::tr("ID")});
    for (const ExpiryItem &item : report.items) {
        const InstanceRecord &record = item.record;
        const bool isToken = item.kind == ExpiryItem::Kind::ProfileToken;
        table.add({expiryOf(item, report.at), dayOf(item), wording::stateLabel(item.health.worst),
                   item.title(), record.instance.integrationName, record.profileName, record.endpointLabel,
                   record.expiry.owner, isToken ? QString() : wording::age(record.checkedAt, report.at),
                   record.address.instanceId});
    }
    return table.toText();
}

QString sumOf(const ExpiryReport::Counts &counts)
{
    return Text::tr("Due: %1. Checked: %2. Not checked: %3. No known expiry: %4.")
        .arg(counts.due)
        .arg(counts.checked)
        .arg(counts.unchecked)
        .arg(counts.noKnownExpiry);
}

void print(Console &console, const ExpiryReport &report, const QString &form)
{
    using Format = ExpiryFeeds::Format;
    if (form == "json"_L1) {
        // Its own, which leaves nothing in it that a terminal would obey.
        console.setJson(true);
        console.json(QJsonDocument::fromJson(ExpiryFeeds::write(report, Format::Json)));
    } else if (form == "csv"_L1) {
        console.file(ExpiryFeeds::write(report, Format::Csv));
    } else if (form == "ics"_L1) {
        console.file(ExpiryFeeds::write(report, Format::Calendar));
    } else if (form == "prometheus"_L1) {
        console.file(ExpiryFeeds::write(report, Format::Metrics));
    } else {
        if (!report.items.isEmpty())
            console.out(tableOf(report));
        console.out(sumOf(report.counts));
    }
}

} // namespace

QString ExpiryCommand::synopsis() const
{
    return u"[--output %1] [--within DAYS] [--strict]"_s.arg(Forms);
}

QString ExpiryCommand::summary() const
{
    return Text::tr(
        "Refresh, and show what expires when, soonest first: credentials, by the earlier of "
        "Konnect's date and the recorded one, and tokens of profiles. The exit code tells whether "
        "something is to be done.");
}

QStringList ExpiryCommand::options() const
{
    return {u"output"_s,    u"within"_s,      u"strict"_s,  u"profile"_s, u"url"_s,
            u"token-env"_s, u"token-stdin"_s, u"ca-file"_s, u"demo"_s,    u"data-dir"_s};
}

Done ExpiryCommand::check(const Arguments &arguments) const
{
    if (!Forms.split(u'|').contains(formOf(arguments)))
        return usageProblem(Text::tr("The option --output is one of %1.").arg(Forms));
    if (arguments.has(u"json"_s) && formOf(arguments) != "json"_L1)
        return usageProblem(Text::tr("The options --json and --output ask for different things."));
    if (arguments.has(u"within"_s) && !daysOf(arguments.value(u"within"_s)))
        return usageProblem(Text::tr("The option --within takes days, from 0 to 3650: 30 or 30d."));
    return {};
}

/// 2 to 4 say something about what was checked, so that nothing else may end with them.
ExitCode ExpiryCommand::exitCodeFor(const Problem &problem) const
{
    const ExitCode code = exitCodeOf(problem);
    return code == ExitCode::Interrupted ? code : exitCodeOf(ExpiryReport::Verdict::NothingChecked);
}

QString ExpiryCommand::exitCodes() const
{
    return Text::tr("Exit codes of this command, the worst that holds in the order 1, 3, 2, 4:\n"
                    "    0  all were checked, and nothing is due\n"
                    "    1  nothing could be checked\n"
                    "    2  something is expiring; with --strict also: something has no known expiry, no\n"
                    "       credential or not all permissions\n"
                    "    3  something has expired or is tainted\n"
                    "    4  nothing is due, but some could not be checked\n"
                    "   64  wrong usage\n"
                    "  130  interrupted\n");
}

QCoro::Task<ExitCode> ExpiryCommand::run(CommandContext &context)
{
    Session &session = *context.session;
    const Done refreshed = co_await session.inventory().refresh(context.profileId);
    if (!refreshed && refreshed.problem().isCanceled())
        co_return context.console.fail(refreshed.problem());
    // What was read and could not be stored is worth telling all the same.
    if (!refreshed)
        context.console.note(refreshed.problem().toText());
    ExpiryReport::Question question;
    question.profileId = context.profileId;
    question.withinDays = daysOf(context.arguments.value(u"within"_s));
    question.strict = context.arguments.has(u"strict"_s);
    const ExpiryFeeds feeds(session.inventory(), session.profiles(), session.preferences(), context.clock);
    ExpiryReport report = feeds.report(question);
    redact(report, context.console);
    print(context.console, report, formOf(context.arguments));

    const QList<RefreshNote> notes = refreshNotes(session, context.profileId);
    for (const RefreshNote &note : notes)
        context.console.note(note.text);
    if (notes.isEmpty() && report.counts.unchecked > 0)
        context.console.note(
            Text::tr("Credentials that could not be read, and are shown as they were before: %1")
                .arg(report.counts.unchecked));
    co_return exitCodeOf(report.verdict);
}

QStringList ExpiryRecordsCommand::options() const
{
    return {u"instance"_s,    u"geo"_s,  u"profile"_s, u"token-env"_s,
            u"token-stdin"_s, u"demo"_s, u"data-dir"_s};
}

Done ExpiryRecordsCommand::check(const Arguments &arguments) const
{
    if (arguments.values(u"instance"_s).size() != 1)
        return usageProblem(Text::tr("Name one instance: --instance NAME|ID."));
    if (arguments.has(u"geo"_s) && arguments.has(u"demo"_s))
        return usageProblem(Text::tr("The option --geo narrows a stored profile."));
    return {};
}

QCoro::Task<ExitCode> ExpiryRecordsCommand::run(CommandContext &context)
{
    InstanceFinder finder(*context.session);
    const QString name = context.arguments.value(u"instance"_s);
    const QStringList geos = context.arguments.values(u"geo"_s);
    const Outcome<InstanceRecord> found = co_await finder.find(context.profileId, geos, name, context.stop);
    if (!found)
        co_return context.console.fail(found.problem());
    const InstanceAddress address = found.value().address;
    const Outcome<ExpiryRecord> next = wanted(context, found.value());
    if (!next)
        co_return context.console.fail(next.problem());
    const Done done = co_await context.session->expiryRecords().record(address, next.value());
    if (!done)
        co_return context.console.fail(done.problem());
    const InstanceRecord record = context.session->inventory().find(address).value_or(found.value());
    const QDateTime now = context.clock.now();
    const HealthRules &rules = context.session->preferences().settings().healthRules;
    context.console.out(told(record, now));
    context.console.json(QJsonDocument(toJson(record, assess(record, now, rules))));
    co_return ExitCode::Success;
}

QString ExpiryRecordCommand::synopsis() const
{
    return u"--instance NAME|ID [--geo GEO ...] (--date YYYY-MM-DD | --lives DAYS) [--owner TEXT] [--note TEXT]"_s;
}

QString ExpiryRecordCommand::summary() const
{
    return Text::tr("Record when the credential of an instance expires, which Konnect often does not know. "
                    "Kept on this machine, for every profile that sees the instance.");
}

QStringList ExpiryRecordCommand::options() const
{
    return ExpiryRecordsCommand::options() + QStringList{u"date"_s, u"lives"_s, u"owner"_s, u"note"_s};
}

Done ExpiryRecordCommand::check(const Arguments &arguments) const
{
    Done common = ExpiryRecordsCommand::check(arguments);
    if (!common)
        return common;
    if (arguments.has(u"date"_s) == arguments.has(u"lives"_s))
        return usageProblem(Text::tr("Say when it expires: --date YYYY-MM-DD or --lives DAYS."));
    if (arguments.has(u"date"_s) && !dateFromText(arguments.value(u"date"_s)).isValid())
        return usageProblem(Text::tr("The option --date takes a day of the calendar, as in 2027-03-15."));
    if (arguments.has(u"lives"_s) && !lifeOf(arguments.value(u"lives"_s)))
        return usageProblem(Text::tr("The option --lives takes days, from 1 to 3650."));
    return {};
}

Outcome<ExpiryRecord> ExpiryRecordCommand::wanted(const CommandContext &context,
                                                  const InstanceRecord &instance) const
{
    const Arguments &arguments = context.arguments;
    const bool hasDate = arguments.has(u"date"_s);
    if (hasDate && instance.knowledge != InstanceRecord::Knowledge::Present) {
        return Problem::of(
            Problem::Category::Refused,
            Text::tr("“%1” has no credential that could expire on a day.").arg(instance.instance.title()),
            Text::tr("--lives records how long its credentials live."));
    }
    // Who is to be asked stays true; another kind of date would count beside the one that is given.
    ExpiryRecord record = instance.expiry;
    record.credentialId = hasDate ? instance.credential.id : QString();
    record.date = dateFromText(arguments.value(u"date"_s));
    record.livesDays = lifeOf(arguments.value(u"lives"_s)).value_or(0);
    if (arguments.has(u"owner"_s))
        record.owner = arguments.value(u"owner"_s);
    if (arguments.has(u"note"_s))
        record.note = arguments.value(u"note"_s);
    record.recordedAt = context.clock.now();
    return record;
}

QString ExpiryRecordCommand::told(const InstanceRecord &instance, const QDateTime &now) const
{
    const QString title = instance.instance.title();
    if (instance.knowledge != InstanceRecord::Knowledge::Present)
        return Text::tr("Recorded for the next credential of “%1”.").arg(title);
    return Text::tr("“%1” expires: %2.").arg(title, wording::expiry(instance, now));
}

QString ExpiryForgetCommand::synopsis() const
{
    return u"--instance NAME|ID [--geo GEO ...]"_s;
}

QString ExpiryForgetCommand::summary() const
{
    return Text::tr("Forget what was recorded about the expiry of an instance's credentials.");
}

Outcome<ExpiryRecord> ExpiryForgetCommand::wanted(const CommandContext &, const InstanceRecord &) const
{
    return ExpiryRecord();
}

QString ExpiryForgetCommand::told(const InstanceRecord &instance, const QDateTime &) const
{
    return Text::tr("Nothing is recorded for “%1”.").arg(instance.instance.title());
}

} // namespace latchkey
