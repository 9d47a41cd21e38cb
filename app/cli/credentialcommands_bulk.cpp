// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bulkreport.h"
#include "app/cli/credentialcommands.h"
#include "app/cli/instancefinder.h"
#include "app/cli/wordsofchanges.h"
#include "models/core/wording.h"
#include "models/services/bulkchanges.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

// One run over several instances, with one set of keys for all.

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::CredentialCommands)
};

} // namespace

QCoro::Task<Outcome<QList<InstanceRecord>>> CredentialChangeCommand::findAll(CommandContext &context)
{
    InstanceFinder finder(*context.session);
    const QStringList geos = context.arguments.values(u"geo"_s);
    const QStringList names = context.arguments.values(u"instance"_s);
    QList<InstanceRecord> all;
    for (const QString &name : names) {
        const Outcome<InstanceRecord> found =
            co_await finder.find(context.profileId, geos, name, context.stop);
        if (!found)
            co_return found.problem();
        const InstanceRecord &record = found.value();
        for (const InstanceRecord &other : std::as_const(all)) {
            if (other.address == record.address)
                co_return Problem::of(
                    Problem::Category::Refused,
                    Text::tr("The instance %1 is named twice; nothing was sent.").arg(record.instance.name));
        }
        all.append(record);
    }
    co_return all;
}

QCoro::Task<ExitCode> CredentialChangeCommand::runBulk(CommandContext &context)
{
    const Outcome<QList<InstanceRecord>> found = co_await findAll(context);
    if (!found)
        co_return context.console.fail(found.problem());
    QList<InstanceAddress> addresses;
    for (const InstanceRecord &record : found.value())
        addresses.append(record.address);
    BulkChanges &bulk = context.session->bulk();
    const BulkPreview preview = bulk.preview(m_kind, addresses);
    Outcome<BulkRequest> planned = plan(context, preview);
    if (!planned)
        co_return failReading(context, planned.problem());
    BulkRequest request = std::move(planned).value();
    const Done confirmed = confirmAll(context, preview, &request);
    if (!confirmed)
        co_return context.console.fail(confirmed.problem());

    const BulkProgress progress(context, static_cast<int>(addresses.size()));
    const Outcome<BulkResult> ended = co_await bulk.run(std::move(request), context.stop);
    if (!ended)
        co_return context.console.fail(ended.problem());
    QList<Change> changes;
    for (const BulkRow &row : ended.value().rows)
        changes.append(row.change);
    co_await checkExpiry(context, changes);
    const ExitCode code = co_await reportBulk(context, ended.value());
    if (code == ExitCode::Keychain && m_kind != ChangeKind::Delete)
        context.console.note(Text::tr("Nothing was sent. Where there is no keychain, add --keep none."));
    co_return code;
}

Outcome<BulkRequest> CredentialChangeCommand::plan(CommandContext &context, const BulkPreview &preview) const
{
    BulkRequest request;
    request.options = bulkOptions(context.arguments);
    for (const ChangePreview &row : preview.rows) {
        if (row.obstacle && !request.options.keepGoing)
            return *row.obstacle;
    }
    NewCredential credential;
    if (m_kind != ChangeKind::Delete) {
        if (!preview.isOneIntegration())
            return usageProblem(Text::tr("One set of keys is for instances of one integration."));
        Outcome<NewCredential> read = readCredential(context, preview.rows.constFirst().record);
        if (!read)
            return std::move(read).problem();
        credential = std::move(read).value();
    }
    for (const ChangePreview &row : preview.rows) {
        ChangeRequest change;
        change.kind = m_kind;
        change.address = row.record.address;
        change.expectedCredentialId = row.oldCredentialId;
        if (m_kind != ChangeKind::Delete) {
            change.keep = keepsNothing(context.arguments) ? KeepKeys::Nowhere : KeepKeys::InKeychain;
            change.credential = credential.clone();
            change.expires = dateFromText(context.arguments.value(u"expires"_s));
        }
        request.rows.push_back(std::move(change));
    }
    return request;
}

Done CredentialChangeCommand::confirmAll(CommandContext &context, const BulkPreview &preview,
                                         BulkRequest *request) const
{
    if (m_kind == ChangeKind::Create && !preview.needsTypedNames())
        return {};
    const bool isSaid = context.arguments.has(u"yes"_s);
    if (!isSaid) {
        for (const ChangePreview &row : preview.rows)
            context.console.note(row.obstacle ? row.obstacle->caption : warningBefore(row));
        if (!Console::hasTerminal()) {
            return Problem::of(Problem::Category::Refused,
                               Text::tr("Nothing was sent: this was not confirmed."),
                               Text::tr("Without a terminal, add --yes."));
        }
    }
    if (Done typed = confirmProduction(context, preview, request); !typed || preview.needsTypedNames())
        return typed;
    if (isSaid)
        return {};
    const qsizetype count = preview.rows.size();
    const Outcome<bool> answer =
        context.console.askYesNo(m_kind == ChangeKind::Delete ? Text::tr("Delete all %1?").arg(count)
                                                              : Text::tr("Replace all %1?").arg(count));
    if (!answer)
        return answer.problem();
    if (!answer.value())
        return Problem::of(Problem::Category::Refused, Text::tr("Nothing was sent."));
    return {};
}

Done CredentialChangeCommand::confirmProduction(CommandContext &context, const BulkPreview &preview,
                                                BulkRequest *request)
{
    QStringList given = context.arguments.values(u"confirm"_s);
    for (qsizetype i = 0; i < preview.rows.size(); ++i) {
        const ChangePreview &row = preview.rows.at(i);
        const QString name = row.record.instance.name;
        const bool isGiven = given.removeAll(name) > 0;
        if (!row.needsTypedName)
            continue;
        QString typed = name;
        if (!isGiven) {
            if (!Console::hasTerminal()) {
                return Problem::of(
                    Problem::Category::Refused,
                    Text::tr("Nothing was sent. %1")
                        .arg(wording::whyTypedName(name, row.record.profileName, row.record.isProtected,
                                                   row.record.production)),
                    Text::tr("Add --confirm with the machine name of each instance; that of %1 is missing.")
                        .arg(row.record.instance.title()));
            }
            Outcome<QString> answer = context.console.ask(
                Text::tr("Type the machine name of %1 to confirm: ").arg(row.record.instance.title()));
            if (!answer)
                return std::move(answer).problem();
            typed = std::move(answer).value();
        }
        request->rows.at(static_cast<size_t>(i)).typedName = typed;
    }
    if (given.isEmpty())
        return {};
    return Problem::of(Problem::Category::Refused,
                       Text::tr("Nothing was sent: --confirm names another instance."));
}

} // namespace latchkey
