// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/historycommands.h"

#include "app/cli/table.h"
#include "models/core/wording.h"
#include "models/services/history.h"
#include "models/transfer/historyexport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::HistoryCommands)
};

QJsonArray numbers(const QList<qint64> &list)
{
    QJsonArray array;
    for (const qint64 number : list)
        array.append(number);
    return array;
}

QJsonArray breaks(const QList<HistoryBreak> &list)
{
    QJsonArray array;
    for (const HistoryBreak &broken : list) {
        array.append(QJsonObject{{u"row"_s, broken.row},
                                 {u"found_at"_s, broken.found.toUTC().toString(Qt::ISODateWithMs)}});
    }
    return array;
}

} // namespace

QStringList HistoryCommand::options() const
{
    return {u"data-dir"_s};
}

QString HistoryListCommand::summary() const
{
    return Text::tr("Show every change that was made from this computer, and how it ended.");
}

QCoro::Task<ExitCode> HistoryListCommand::run(CommandContext &context)
{
    const Outcome<QList<HistoryEntry>> entries = co_await context.session->history().entries();
    if (!entries)
        co_return context.console.fail(entries.problem());
    Table table({Text::tr("NO."), Text::tr("TIME (UTC)"), Text::tr("INSTANCE"), Text::tr("PROFILE"),
                 Text::tr("CHANGE"), Text::tr("END"), Text::tr("ID")});
    for (const HistoryEntry &entry : entries.value()) {
        const Change &change = entry.change;
        table.add({QString::number(entry.number), entry.at.toString(u"yyyy-MM-dd HH:mm:ss"_s),
                   change.instanceName, change.profileName, changeKindWord(change.kind),
                   wording::phaseLabel(change.phase), change.id});
    }
    context.console.out(entries.value().isEmpty() ? Text::tr("Nothing was changed yet.") : table.toText());
    context.console.json(QJsonDocument(historyexport::toJson(entries.value())));
    co_return ExitCode::Success;
}

QString HistoryExportCommand::summary() const
{
    return Text::tr("Write the history to a CSV or JSON file, by the ending of its name.");
}

Done HistoryExportCommand::check(const Arguments &arguments) const
{
    if (!History::canExportTo(arguments.words().value(0)))
        return usageProblem(Text::tr("Name a file that ends in .csv or .json."));
    return {};
}

QCoro::Task<ExitCode> HistoryExportCommand::run(CommandContext &context)
{
    const QString name = context.arguments.words().constFirst();
    const Outcome<qint64> rows = co_await context.session->history().exportTo(name);
    if (!rows)
        co_return context.console.fail(rows.problem());
    context.console.out(Text::tr("%1: %2 rows").arg(name).arg(rows.value()));
    co_return ExitCode::Success;
}

QString HistoryVerifyCommand::summary() const
{
    return Text::tr("Look whether somebody edited, removed or added rows of the history.");
}

QCoro::Task<ExitCode> HistoryVerifyCommand::run(CommandContext &context)
{
    const Outcome<HistoryReport> verified = co_await context.session->history().verify();
    if (!verified)
        co_return context.console.fail(verified.problem());
    const HistoryReport &report = verified.value();
    if (report.isSound())
        context.console.out(report.toText());
    else
        context.console.note(report.toText());
    context.console.json(QJsonDocument(QJsonObject{{u"sound"_s, report.isSound()},
                                                   {u"rows"_s, report.rows},
                                                   {u"unsealed"_s, report.unsealed},
                                                   {u"damaged"_s, numbers(report.damaged)},
                                                   {u"missing"_s, numbers(report.missing)},
                                                   {u"cut_tail"_s, report.cutTail},
                                                   {u"breaks"_s, breaks(report.breaks)},
                                                   {u"head_missing"_s, report.headMissing},
                                                   {u"head_repaired"_s, report.headRepaired},
                                                   {u"provable"_s, !report.keychain}}));
    if (report.keychain)
        co_return exitCodeOf(*report.keychain);
    co_return report.isSound() ? ExitCode::Success : ExitCode::Failed;
}

} // namespace latchkey
