// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/credentialcommands.h"

#include "app/cli/instancefinder.h"
#include "app/cli/recordjson.h"
#include "app/cli/wordsofchanges.h"
#include "models/core/headerrules.h"
#include "models/core/health.h"
#include "models/core/wording.h"
#include "models/forms/expirydate.h"
#include "models/services/credentialchanges.h"
#include "models/services/expiryofchanges.h"
#include "models/services/expiryrecords.h"
#include "models/services/keyadoption.h"
#include "models/services/keyvault.h"
#include "models/services/preferences.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::CredentialCommands)
};

/// Without a stored profile the journal goes with the process, so nobody could finish the change.
QString warningOfKeepingNothing(const Arguments &arguments)
{
    if (arguments.has(u"url"_s))
        return Text::tr(
            "The keys will not be kept, and neither will a note of this change. If it is "
            "interrupted, look with `latchkeyctl credential show` and create the credential again.");
    return Text::tr(
        "The keys will not be kept. If this is interrupted, finishing it will ask for them again, "
        "and they cannot be restored from here.");
}

QString oddityOf(const QDate &expires, const QDateTime &now)
{
    ExpiryDate typed(now);
    typed.setDate(expires);
    return typed.warning();
}

/// Names from the command line, else those that the integration defines.
Outcome<QStringList> chosenHeaders(const Arguments &arguments, const InstanceRecord &record)
{
    const QStringList given = arguments.values(u"header"_s);
    if (!given.isEmpty())
        return given;
    QStringList defined;
    for (const HeaderDefinition &header : record.authorization.headers)
        defined += header.name;
    if (defined.isEmpty())
        return usageProblem(Text::tr("Name the headers with --header: the integration does not define any."));
    return defined;
}

} // namespace

bool CredentialChangeCommand::keepsNothing(const Arguments &arguments)
{
    return arguments.value(u"keep"_s) == "none"_L1;
}

QString CredentialCommand::synopsis() const
{
    return u"--instance NAME|ID [--geo GEO ...]"_s;
}

QStringList CredentialCommand::options() const
{
    return {u"instance"_s,    u"geo"_s,     u"profile"_s, u"url"_s,     u"token-env"_s,
            u"token-stdin"_s, u"ca-file"_s, u"demo"_s,    u"data-dir"_s};
}

Done CredentialCommand::check(const Arguments &arguments) const
{
    if (!arguments.has(u"instance"_s))
        return usageProblem(Text::tr("Name the instance: --instance NAME|ID."));
    if (arguments.has(u"geo"_s) && (arguments.has(u"url"_s) || arguments.has(u"demo"_s)))
        return usageProblem(Text::tr("The option --geo narrows a stored profile."));
    if (arguments.values(u"instance"_s).size() > 1 && !takesSeveral())
        return usageProblem(Text::tr("The command `%1` takes one instance.").arg(name()));
    return {};
}

QString CredentialShowCommand::summary() const
{
    return Text::tr(
        "Show the credential of an instance: every field that Konnect returns. Keys are never returned.");
}

QCoro::Task<ExitCode> CredentialShowCommand::run(CommandContext &context)
{
    InstanceFinder finder(*context.session);
    const QString wanted = context.arguments.value(u"instance"_s);
    const QStringList geos = context.arguments.values(u"geo"_s);
    const Outcome<InstanceRecord> found = co_await finder.find(context.profileId, geos, wanted, context.stop);
    if (!found)
        co_return context.console.fail(found.problem());
    const QDateTime now = context.clock.now();
    const Health health = assess(found.value(), now, context.session->preferences().settings().healthRules);
    context.console.out(describe(found.value(), health, now));
    context.console.json(QJsonDocument(toJson(found.value(), health)));
    co_return ExitCode::Success;
}

QString CredentialChangeCommand::name() const
{
    return u"credential "_s + changeKindWord(m_kind);
}

QString CredentialChangeCommand::synopsis() const
{
    QString instance = CredentialCommand::synopsis();
    if (takesSeveral())
        instance = u"--instance NAME|ID ... [--geo GEO ...] [--at-once N] [--keep-going]"_s;
    const QString sources =
        u" [--header NAME ...] [--key-stdin | --key-env NAME=VARIABLE ... | --key-fd N]"_s;
    const QString expires = u" [--expires YYYY-MM-DD]"_s;
    const QString keys = sources + expires + u" [--role-arn ARN] [--keep keychain|none] [--watch SECONDS]"_s;
    const QString confirmation = u" [--yes] [--confirm NAME ...]"_s;
    switch (m_kind) {
    case ChangeKind::Create:
        return instance + keys;
    case ChangeKind::Replace:
        return instance + keys + confirmation;
    case ChangeKind::Adopt:
        return instance + sources + expires;
    case ChangeKind::Delete:
        break;
    }
    return instance + confirmation;
}

QString CredentialChangeCommand::summary() const
{
    switch (m_kind) {
    case ChangeKind::Create:
        return Text::tr("Create the credential of an instance that has none, or of several.");
    case ChangeKind::Replace:
        return Text::tr("Delete the credential of an instance, or of several, and create a new one.");
    case ChangeKind::Adopt:
        return Text::tr(
            "Keep the keys of a credential that was not made here. Nothing is sent to Konnect, which "
            "cannot say whether they are right.");
    case ChangeKind::Delete:
        break;
    }
    return Text::tr(
        "Delete the credential of an instance, or of several. What Konnect has discovered stays.");
}

QStringList CredentialChangeCommand::options() const
{
    const QStringList sources{u"header"_s, u"key-stdin"_s, u"key-env"_s, u"key-fd"_s, u"expires"_s};
    const QStringList sending{u"role-arn"_s, u"keep"_s, u"watch"_s};
    const QStringList confirmation{u"yes"_s, u"confirm"_s};
    const QStringList several{u"at-once"_s, u"keep-going"_s};
    QStringList all = CredentialCommand::options();
    if (m_kind != ChangeKind::Delete)
        all += sources;
    if (m_kind == ChangeKind::Create || m_kind == ChangeKind::Replace)
        all += sending;
    if (m_kind == ChangeKind::Replace || m_kind == ChangeKind::Delete)
        all += confirmation;
    if (takesSeveral())
        all += several;
    return all;
}

Done CredentialChangeCommand::check(const Arguments &arguments) const
{
    Done common = CredentialCommand::check(arguments);
    if (!common)
        return common;
    for (const QString &header : arguments.values(u"header"_s)) {
        // It may be NAME=KEY or `NAME: KEY`, so it is not repeated.
        if (!isFieldName(header))
            return usageProblem(
                Text::tr("A header name cannot be used. Give only names with --header; keys are never read "
                         "from arguments."));
    }
    if (arguments.values(u"confirm"_s).size() > 1 && arguments.values(u"instance"_s).size() == 1)
        return usageProblem(Text::tr("One instance is confirmed by one --confirm."));
    if (arguments.has(u"key-stdin"_s) && arguments.has(u"token-stdin"_s))
        return usageProblem(Text::tr("Only one of the token and the keys can come from stdin."));
    if (arguments.has(u"expires"_s) && !dateFromText(arguments.value(u"expires"_s)).isValid())
        return usageProblem(Text::tr("The option --expires takes a day written as 2027-03-31."));
    if (arguments.has(u"expires"_s) && arguments.has(u"url"_s))
        return usageProblem(Text::tr("Without a stored profile the expiry cannot be recorded."));
    if (m_kind == ChangeKind::Adopt && arguments.has(u"url"_s))
        return usageProblem(Text::tr("Without a stored profile the keys cannot be kept."));
    if (m_kind != ChangeKind::Delete && arguments.has(u"url"_s) && !keepsNothing(arguments))
        return usageProblem(Text::tr("Without a stored profile the keys cannot be kept: add --keep none."));
    return {};
}

bool CredentialChangeCommand::usesKeychain(const Arguments &arguments) const
{
    const bool keepsKeys = m_kind != ChangeKind::Delete && !keepsNothing(arguments);
    return keepsKeys || !SecretSource::tokenGiven(arguments);
}

QCoro::Task<ExitCode> CredentialChangeCommand::run(CommandContext &context)
{
    if (context.arguments.values(u"instance"_s).size() > 1) {
        const ExitCode code = co_await runBulk(context);
        co_return code;
    }
    InstanceFinder finder(*context.session);
    const QString wanted = context.arguments.value(u"instance"_s);
    const QStringList geos = context.arguments.values(u"geo"_s);
    Outcome<InstanceRecord> found = co_await finder.find(context.profileId, geos, wanted, context.stop);
    if (!found)
        co_return context.console.fail(found.problem());
    const InstanceRecord record = std::move(found).value();

    CredentialChanges &changes = context.session->changes();
    KeyAdoption &adoption = context.session->adoption();
    const bool adopts = m_kind == ChangeKind::Adopt;
    if (const std::optional<KeyVersion> kept = context.session->vault().current(record.address)) {
        // So that nobody is told of a way back whose entry has gone.
        co_await context.session->vault().keys(kept->id, record.address);
    }
    const ChangePreview preview =
        adopts ? adoption.preview(record.address) : changes.preview(m_kind, record.address);
    if (preview.obstacle)
        co_return context.console.fail(*preview.obstacle);

    ChangeRequest request;
    request.kind = m_kind;
    request.address = record.address;
    request.expectedCredentialId = preview.oldCredentialId;
    request.expires = dateFromText(context.arguments.value(u"expires"_s));
    if (const QString warning = oddityOf(request.expires, preview.at); !warning.isEmpty())
        context.console.note(Text::tr("Warning: %1").arg(warning));
    if (m_kind != ChangeKind::Delete) {
        request.keep = keepsNothing(context.arguments) ? KeepKeys::Nowhere : KeepKeys::InKeychain;
        Outcome<NewCredential> credential = readCredential(context, record);
        if (!credential)
            co_return failReading(context, credential.problem());
        request.credential = std::move(credential).value();
    }
    if (adopts) {
        HeaderKeys keys = std::move(request.credential.headers);
        const Outcome<Change> kept = co_await adoption.adopt(record.address, request.expectedCredentialId,
                                                             std::move(keys), context.stop, request.expires);
        QList<Change> entered;
        if (kept)
            entered.append(kept.value());
        co_await checkExpiry(context, entered);
        co_return kept ? report(context, kept.value()) : context.console.fail(kept.problem());
    }
    Outcome<QString> confirmed = confirm(context, preview);
    if (!confirmed)
        co_return context.console.fail(confirmed.problem());
    request.typedName = std::move(confirmed).value();

    const Outcome<Change> ended = co_await changes.run(std::move(request), context.stop);
    if (ended) {
        const Change change = co_await awaitWatch(context, ended.value());
        const QList<Change> made{change};
        co_await checkExpiry(context, made);
        const ExitCode code = report(context, change);
        co_await noteOldKeys(context, made);
        co_return code;
    }
    Problem problem = ended.problem();
    if (exitCodeOf(problem) == ExitCode::Keychain && m_kind != ChangeKind::Delete)
        problem.detail += Text::tr("\nNothing was sent. Where there is no keychain, add --keep none.");
    co_return context.console.fail(problem);
}

Outcome<NewCredential> CredentialChangeCommand::readCredential(CommandContext &context,
                                                               const InstanceRecord &record) const
{
    NewCredential credential;
    if (record.authorization.strategy == Authorization::Strategy::AwsRole) {
        credential.type = CredentialType::AwsRole;
        if (context.arguments.has(u"expires"_s))
            return usageProblem(Text::tr("This instance takes an AWS role, which does not expire."));
        credential.roleArn = context.arguments.value(u"role-arn"_s);
        if (credential.roleArn.isEmpty())
            return usageProblem(Text::tr("This instance needs an AWS role: --role-arn ARN."));
        if (!isRoleArn(credential.roleArn))
            return usageProblem(
                Text::tr("The role is not written like arn:aws:iam::123456789012:role/name."));
        return credential;
    }
    if (context.arguments.has(u"role-arn"_s))
        return usageProblem(Text::tr("This instance does not take an AWS role."));
    Outcome<QStringList> headers = chosenHeaders(context.arguments, record);
    if (!headers)
        return std::move(headers).problem();
    if (keepsNothing(context.arguments))
        context.console.note(warningOfKeepingNothing(context.arguments));
    Outcome<HeaderKeys> keys = context.secrets.keys(context.arguments, headers.value());
    if (!keys)
        return std::move(keys).problem();
    credential.headers = std::move(keys).value();

    const QList<HeaderFinding> findings = checkHeaders(credential.headers, record.authorization.headers);
    QStringList errors;
    for (const HeaderFinding &finding : findings) {
        if (finding.severity == HeaderFinding::Severity::Warning)
            context.console.note(Text::tr("Warning: %1").arg(finding.message));
        else
            errors += finding.message;
    }
    if (!errors.isEmpty()) {
        Problem problem = Problem::of(Problem::Category::InvalidInput,
                                      Text::tr("The keys cannot be used; nothing was sent."));
        for (const QString &error : std::as_const(errors))
            problem.invalidParameters += InvalidParameter{u"config.headers"_s, {}, error, {}};
        return problem;
    }
    return credential;
}

Outcome<QString> CredentialChangeCommand::confirm(CommandContext &context, const ChangePreview &preview) const
{
    if (m_kind == ChangeKind::Create && !preview.needsTypedName)
        return QString();
    const bool terminal = Console::hasTerminal();
    if (!context.arguments.has(u"yes"_s)) {
        context.console.note(warningBefore(preview));
        if (!terminal) {
            return Problem::of(Problem::Category::Refused,
                               Text::tr("Nothing was sent: this was not confirmed."),
                               Text::tr("Without a terminal, add --yes."));
        }
    }
    const QString name = preview.record.instance.name;
    if (preview.needsTypedName) {
        const QString typed = context.arguments.value(u"confirm"_s);
        if (!typed.isEmpty() && typed != name)
            return Problem::of(Problem::Category::Refused,
                               Text::tr("Nothing was sent: --confirm names another instance."));
        if (!typed.isEmpty())
            return typed;
        if (!terminal) {
            return Problem::of(
                Problem::Category::Refused,
                Text::tr("Nothing was sent. %1")
                    .arg(wording::whyTypedName(name, preview.record.profileName, preview.record.isProtected,
                                               preview.record.production)),
                Text::tr("Add --confirm with the instance's machine name."));
        }
        return context.console.ask(Text::tr("Type the instance's machine name to confirm: "));
    }
    if (context.arguments.has(u"yes"_s))
        return QString();
    const Outcome<bool> answer = context.console.askYesNo(
        m_kind == ChangeKind::Delete ? Text::tr("Delete it?") : Text::tr("Replace it?"));
    if (!answer)
        return answer.problem();
    if (!answer.value())
        return Problem::of(Problem::Category::Refused, Text::tr("Nothing was sent."));
    return QString();
}

QCoro::Task<void> CredentialChangeCommand::checkExpiry(CommandContext &context, QList<Change> changes)
{
    co_await context.session->expiryOfChanges().idle();
    for (const Change &change : std::as_const(changes)) {
        if (!change.expires.isValid() || change.newCredentialId.isEmpty())
            continue;
        const ExpiryRecord recorded = context.session->expiryRecords().of(change.address);
        if (recorded.credentialId != change.newCredentialId || recorded.date != change.expires)
            context.console.note(
                Text::tr("The expiry of “%1” could not be recorded.").arg(change.instanceTitle));
    }
}

ExitCode CredentialChangeCommand::failReading(CommandContext &context, const Problem &problem)
{
    const bool isUsage =
        problem.category == Problem::Category::InvalidInput && problem.invalidParameters.isEmpty();
    return isUsage ? context.console.failUsage(problem) : context.console.fail(problem);
}

ExitCode CredentialChangeCommand::report(CommandContext &context, const Change &change) const
{
    const ExitCode code = exitCodeOf(change);
    const QString text = describe(change);
    if (code == ExitCode::Success)
        context.console.out(text);
    else
        context.console.note(text);
    context.console.json(QJsonDocument(toJson(change)));
    return code;
}

} // namespace latchkey
