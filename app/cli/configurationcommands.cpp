// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/configurationcommands.h"

#include "app/cli/configurationwords.h"
#include "app/cli/refreshnotes.h"
#include "models/core/configurationexport.h"
#include "models/services/configurationfiles.h"
#include "models/services/inventory.h"
#include "models/services/profiles.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ConfigurationCommands)
};

/// Those of the profile that are named; all where none is.
Outcome<QList<InstanceRecord>> chosen(const QList<InstanceRecord> &records, const QString &profileId,
                                      const QStringList &names)
{
    QList<InstanceRecord> all;
    QStringList left = names;
    for (const InstanceRecord &record : records) {
        if (!profileId.isEmpty() && record.address.profileId != profileId)
            continue;
        const auto isNamed = [&record](const QString &name) {
            return name == record.instance.name || name == record.address.instanceId;
        };
        if (!names.isEmpty() && std::none_of(names.cbegin(), names.cend(), isNamed))
            continue;
        left.removeIf(isNamed);
        all << record;
    }
    if (left.isEmpty())
        return all;
    return Problem::of(Problem::Category::NotFound,
                       Text::tr("There is no instance %1.").arg(left.constFirst()),
                       Text::tr("`latchkeyctl instances list` shows those there are."));
}

} // namespace

QString ExportCommand::synopsis() const
{
    return u"[--profile NAME] [--instance NAME|ID ...] [--out FILE|-]"_s;
}

QString ExportCommand::summary() const
{
    return Text::tr("Write what is there as a configuration that can be kept, reviewed and applied again. It "
                    "holds no keys.");
}

QStringList ExportCommand::options() const
{
    return {u"profile"_s,     u"instance"_s, u"out"_s,     u"token-env"_s,
            u"token-stdin"_s, u"demo"_s,     u"data-dir"_s};
}

QCoro::Task<ExitCode> ExportCommand::run(CommandContext &context)
{
    Inventory &inventory = context.session->inventory();
    const QString profileId = context.profileId;
    const Done refreshed = co_await inventory.refresh(profileId);
    if (!refreshed)
        co_return context.console.fail(refreshed.problem());
    ExitCode code = ExitCode::Success;
    for (const RefreshNote &note : refreshNotes(*context.session, profileId)) {
        context.console.note(note.text);
        code = code == ExitCode::Success ? exitCodeOf(note.problem) : code;
    }
    const Outcome<QList<InstanceRecord>> records =
        chosen(inventory.records(), profileId, context.arguments.values(u"instance"_s));
    if (!records)
        co_return context.console.fail(records.problem());
    const ConfigurationExport exported = configurationOf(context.session->profiles().all(), records.value());
    for (const QString &note : exported.notes)
        context.console.note(note);
    const QByteArray text = configurationfiles::textOf(exported.document);
    const Done written = writeOut(context, text);
    if (!written)
        co_return context.console.fail(written.problem());
    // What Konnect says is not trusted: a name may be none that a configuration can have.
    const QList<DocumentFinding> findings = configurationfiles::findingsIn(text);
    if (!findings.isEmpty()) {
        const Problem problem = findingsProblem(
            Text::tr("Something in it has to be changed before it can be read again."), findings);
        context.console.note(problem.toText());
        code = code == ExitCode::Success ? exitCodeOf(problem) : code;
    }
    co_return code;
}

} // namespace latchkey
