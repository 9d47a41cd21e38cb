// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/planreport.h"

#include "app/cli/recordjson.h"
#include "app/cli/table.h"
#include "models/core/wording.h"
#include "models/services/planrunner.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QMap>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::PlanReport)
};

QStringList titles()
{
    return {Text::tr("ACTION"),     Text::tr("PROFILE"), Text::tr("INTEGRATION"), Text::tr("INSTANCE"),
            Text::tr("CREDENTIAL"), Text::tr("KEYS"),    Text::tr("NOTE")};
}

/// Where its key comes from.
QString sourceOf(const PlannedHeader &header, bool isMissing)
{
    if (isMissing)
        return Text::tr("to be entered");
    if (header.source.kind == KeySource::Kind::Environment)
        return u"env:"_s + header.source.variable;
    if (header.source.kind == KeySource::Kind::Keychain)
        return Text::tr("kept here");
    return header.isGiven ? Text::tr("given") : Text::tr("asked for where it is needed");
}

QString keysOf(const PlanRow &row)
{
    const QStringList missing = row.missingKeys();
    QStringList texts;
    for (const PlannedHeader &header : row.headers) {
        const QString comparison = wording::keyComparisonLabel(header.comparison);
        texts << u"%1: %2, %3"_s.arg(header.name, comparison,
                                     sourceOf(header, missing.contains(header.name)));
    }
    return texts.join(u"; "_s);
}

QString noteOf(const PlanRow &row)
{
    QStringList notes;
    const bool goes = row.action == PlanAction::Replace || row.action == PlanAction::Delete;
    if (goes && !row.wayBack)
        notes << Text::tr("There is no way back: its keys are not kept here.");
    if (row.needsTypedName)
        notes << Text::tr("Its name has to be typed.");
    if (row.recordsExpiry)
        notes << Text::tr("Its expiry is recorded.");
    if (row.protects)
        notes << Text::tr("It becomes protected.");
    if (!row.reason.isEmpty())
        notes << row.reason;
    if (row.link.isValid())
        notes << row.link.toString();
    return notes.join(u' ');
}

QStringList cells(const PlanRow &row, const QString &action, const QString &note)
{
    return {action, row.profileText(), row.wanted.integration, row.wanted.name, row.credentialId, keysOf(row),
            note};
}

bool isSaid(const PlanRow &row)
{
    return row.action == PlanAction::Blocked || row.isWork() || !row.reason.isEmpty();
}

QString summaryOf(const QMap<QString, int> &counts)
{
    QStringList parts;
    for (auto each = counts.cbegin(); each != counts.cend(); ++each)
        parts << u"%1: %2"_s.arg(each.key(), QString::number(each.value()));
    return parts.isEmpty() ? Text::tr("The file names no instance.") : parts.join(u", "_s);
}

ExitCode exitCodeOf(const PlanRowResult &result)
{
    switch (result.state) {
    case PlanRowState::Moved:
    case PlanRowState::Blocked:
        return ExitCode::Declined;
    case PlanRowState::Failed: {
        const Change &change = result.change;
        if (change.id.isEmpty() || change.phase == ChangePhase::Prepared)
            return latchkey::exitCodeOf(*result.problem);
        const ExitCode ofChange = latchkey::exitCodeOf(change);
        // The change ended well; what was to be recorded with it could not be.
        return ofChange == ExitCode::Success ? latchkey::exitCodeOf(*result.problem) : ofChange;
    }
    default:
        return ExitCode::Success;
    }
}

ExitCode worst(const PlanResult &result)
{
    ExitCode first = ExitCode::Success;
    for (const PlanRowResult &row : result.rows) {
        const ExitCode code = exitCodeOf(row);
        if (code == ExitCode::Unfinished)
            return code;
        if (first == ExitCode::Success)
            first = code;
    }
    const bool cut = result.count(PlanRowState::NotStarted) > 0;
    return first == ExitCode::Success && cut ? ExitCode::Interrupted : first;
}

bool isLeft(const PlanRowResult &result)
{
    const Change &change = result.change;
    return !change.id.isEmpty() && !isFinal(change.kind, change.phase) &&
           (result.state == PlanRowState::NotStarted || result.state == PlanRowState::Failed);
}

QCoro::Task<PlanResult> watched(CommandContext &context, PlanResult result)
{
    for (qsizetype i = 0; i < result.rows.size(); ++i) {
        const PlanRowResult before = result.rows.at(i);
        if (before.state != PlanRowState::Succeeded || before.change.phase != ChangePhase::Created)
            continue;
        const Change change = co_await awaitWatch(context, before.change);
        PlanRowResult &row = result.rows[i];
        row.change = change;
        if (latchkey::exitCodeOf(change) == ExitCode::Success)
            continue;
        row.state = PlanRowState::Failed;
        row.problem = change.problem.value_or(
            Problem::of(Problem::Category::OutcomeUnknown, Text::tr("The new credential is not in order.")));
    }
    co_return result;
}

} // namespace

QString describe(const Plan &plan)
{
    QList<DriftRow> rows;
    for (const PlanRow &row : plan.rows)
        rows << DriftRow{DriftRow::State::GoesOn, row, {}};
    return describe(rows);
}

QString describe(const QList<DriftRow> &rows)
{
    Table table(titles());
    QMap<QString, int> counts;
    bool any = false;
    for (const DriftRow &row : rows) {
        QString action = wording::planActionLabel(row.now.action);
        QString note = noteOf(row.now);
        if (row.state == DriftRow::State::Moved) {
            action = wording::planRowStateLabel(PlanRowState::Moved);
            note = row.what;
        } else if (row.state == DriftRow::State::AsWanted && !isSaid(row.now)) {
            action = wording::planRowStateLabel(PlanRowState::DoneAlready);
        }
        ++counts[action];
        if (row.state != DriftRow::State::Moved && !isSaid(row.now))
            continue;
        table.add(cells(row.now, action, note));
        any = true;
    }
    return any ? table.toText() + summaryOf(counts) : summaryOf(counts);
}

PlanProgress::PlanProgress(CommandContext &context, qsizetype rows)
    : m_context(context)
    , m_rows(rows)
{
    connect(&context.session->planRunner(), &PlanRunner::advanced, this,
            [this](qsizetype index, const PlanRowResult &row) {
                // Each phase comes as Running.
                if (row.state != PlanRowState::Running || m_begun.contains(index))
                    return;
                m_begun.insert(index);
                m_context.console.note(
                    u"[%1/%2] "_s.arg(m_begun.size()).arg(m_rows) +
                    Text::tr("%1: %2").arg(wording::planActionLabel(row.row.action), row.row.title));
            });
}

QCoro::Task<ExitCode> reportPlan(CommandContext &context, PlanResult result)
{
    const PlanResult ended = co_await watched(context, result);
    Table table({Text::tr("PROFILE"), Text::tr("INSTANCE"), Text::tr("ACTION"), Text::tr("RESULT"),
                 Text::tr("NEW CREDENTIAL"), Text::tr("NOTE")});
    QJsonArray array;
    QStringList problems;
    QList<Change> changes;
    QMap<QString, int> counts;
    for (const PlanRowResult &row : ended.rows) {
        const QString state = wording::planRowStateLabel(row.state);
        ++counts[state];
        array.append(toJson(row));
        if (!row.change.id.isEmpty())
            changes << row.change;
        if (row.problem)
            problems << u"%1: %2"_s.arg(row.row.title, row.problem->toText());
        if (row.state == PlanRowState::DoneAlready && row.note.isEmpty())
            continue;
        table.add({row.row.profileText(), row.row.title, wording::planActionLabel(row.row.action), state,
                   row.change.newCredentialId, row.note});
    }
    context.console.out(table.toText() + summaryOf(counts));
    context.console.json(QJsonDocument(array));
    if (!problems.isEmpty())
        context.console.note(problems.join(u'\n'));
    for (const QString &run : ended.runs) {
        const auto isOfIt = [&run](const PlanRowResult &row) { return isLeft(row) && row.change.run == run; };
        if (std::any_of(ended.rows.cbegin(), ended.rows.cend(), isOfIt)) {
            context.console.note(
                Text::tr("Go on with what was begun: `latchkeyctl changes finish --run %1`. To end what was "
                         "not: `latchkeyctl changes giveup --run %1`. Then apply the file again.")
                    .arg(run));
        }
    }
    co_await noteOldKeys(context, changes);
    co_return worst(ended);
}

} // namespace latchkey
