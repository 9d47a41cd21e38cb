// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bulkreport.h"

#include "app/cli/recordjson.h"
#include "app/cli/table.h"
#include "models/core/wording.h"
#include "models/services/bulkchanges.h"
#include "models/services/inventory.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::BulkReport)
};

IntegrationInstance instanceOf(const CommandContext &context, const BulkRow &row)
{
    if (const std::optional<InstanceRecord> known = context.session->inventory().find(row.address))
        return known->instance;
    IntegrationInstance instance;
    instance.id = row.address.instanceId;
    instance.name = row.change.instanceName;
    instance.displayName = row.change.instanceTitle;
    return instance;
}

QString resultOf(const BulkRow &row)
{
    switch (row.state) {
    case BulkRowState::NotStarted:
        return Text::tr("Not begun");
    case BulkRowState::Skipped:
        return Text::tr("Left out, nothing was sent");
    case BulkRowState::Failed:
        if (row.change.id.isEmpty())
            return Text::tr("Failed, nothing was sent");
        return Text::tr("Failed: %1").arg(wording::phaseLabel(row.change.phase));
    case BulkRowState::Waiting:
    case BulkRowState::Preparing:
    case BulkRowState::Prepared:
    case BulkRowState::Running:
    case BulkRowState::Succeeded:
        break;
    }
    return wording::phaseLabel(row.change.phase);
}

ExitCode exitCodeOf(const BulkRow &row)
{
    const bool nothingSent = row.change.id.isEmpty() || row.change.phase == ChangePhase::Prepared;
    if (row.state == BulkRowState::Failed)
        return nothingSent ? latchkey::exitCodeOf(*row.problem) : latchkey::exitCodeOf(row.change);
    return row.state == BulkRowState::Succeeded ? latchkey::exitCodeOf(row.change) : ExitCode::Success;
}

ExitCode worst(const BulkResult &result)
{
    ExitCode first = ExitCode::Success;
    for (const BulkRow &row : result.rows) {
        const ExitCode code = exitCodeOf(row);
        if (code == ExitCode::Unfinished)
            return code;
        if (first == ExitCode::Success)
            first = code;
    }
    const bool cut = result.count(BulkRowState::NotStarted) > 0;
    return first == ExitCode::Success && cut ? ExitCode::Interrupted : first;
}

bool isLeft(const BulkRow &row)
{
    return row.state == BulkRowState::NotStarted ||
           (row.state == BulkRowState::Failed && !row.change.id.isEmpty() &&
            !isFinal(row.change.kind, row.change.phase));
}

} // namespace

BulkOptions bulkOptions(const Arguments &arguments)
{
    BulkOptions options;
    options.atOnce = std::max(1, arguments.value(u"at-once"_s).toInt());
    options.keepGoing = arguments.has(u"keep-going"_s);
    return options;
}

BulkProgress::BulkProgress(CommandContext &context, int rows)
    : m_context(context)
    , m_rows(rows)
{
    connect(&context.session->bulk(), &BulkChanges::advanced, this,
            [this](const QString &, const BulkRow &row) {
                // Each phase comes as Running.
                const bool begins = row.state == BulkRowState::Running && !m_begun.contains(row.position);
                if (!begins && row.state != BulkRowState::Preparing)
                    return;
                if (begins)
                    m_begun.insert(row.position);
                const QString what = begins ? Text::tr("Changing %1") : Text::tr("Checking %1");
                m_context.console.note(u"[%1/%2] "_s.arg(row.position + 1).arg(m_rows) +
                                       what.arg(instanceOf(m_context, row).title()));
            });
}

QCoro::Task<ExitCode> reportBulk(CommandContext &context, BulkResult result)
{
    for (qsizetype i = 0; i < result.rows.size(); ++i) {
        if (result.rows.at(i).state != BulkRowState::Succeeded)
            continue;
        const Change before = result.rows.at(i).change;
        const Change watched = co_await awaitWatch(context, before);
        BulkRow &row = result.rows[i];
        row.change = watched;
        row.problem = watched.problem;
        if (latchkey::exitCodeOf(watched) != ExitCode::Success)
            row.state = BulkRowState::Failed;
    }
    Table table({Text::tr("INSTANCE"), Text::tr("RESULT"), Text::tr("NEW CREDENTIAL")});
    QJsonArray array;
    QStringList problems;
    QList<Change> changes;
    for (const BulkRow &row : std::as_const(result.rows)) {
        changes.append(row.change);
        const IntegrationInstance instance = instanceOf(context, row);
        table.add({instance.title(), resultOf(row), row.change.newCredentialId});
        array.append(toJson(row, instance));
        if (row.problem)
            problems += u"%1: %2"_s.arg(instance.title(), row.problem->toText());
    }
    context.console.out(table.toText());
    context.console.json(QJsonDocument(array));
    if (!problems.isEmpty())
        context.console.note(problems.join(u'\n'));
    if (std::any_of(result.rows.cbegin(), result.rows.cend(), isLeft)) {
        context.console.note(
            Text::tr("Go on with the rest: `latchkeyctl changes finish --run %1`. To end what was not begun: "
                     "`latchkeyctl changes giveup --run %1`.")
                .arg(result.runId));
    }
    co_await noteOldKeys(context, changes);
    co_return worst(result);
}

} // namespace latchkey
