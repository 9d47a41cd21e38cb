// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/wordsofchanges.h"

#include "app/cli/table.h"
#include "models/core/wording.h"

#include <QCoreApplication>
#include <QTimeZone>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("latchkey::WordsOfChanges", text);
}

QString given(const QString &text)
{
    return text.isEmpty() ? wording::notGiven() : text;
}

/// Local and UTC time on one line, once where they are the same.
QString exactLine(const QDateTime &moment)
{
    QStringList lines = wording::exact(moment, QTimeZone::systemTimeZone()).split(u'\n');
    lines.removeDuplicates();
    return lines.join(" = "_L1);
}

QString moment(const Timestamp &timestamp)
{
    return timestamp.isKnown() ? exactLine(timestamp.utc) : given(timestamp.raw);
}

void addCredential(Table &table, const AuthCredential &credential, const QDateTime &now)
{
    table.add({tr("Credential"), credential.id});
    table.add({tr("Type"), wording::typeLabel(credential)});
    table.add({tr("Created"), moment(credential.createdAt)});
    QString expiry = wording::expiry(credential.expiresAt, now);
    if (credential.expiresAt.isKnown())
        expiry += u" ("_s + moment(credential.expiresAt) + u')';
    table.add({tr("Expiry"), expiry});
    table.add({tr("Tainted"), !credential.tainted   ? wording::notGiven()
                              : *credential.tainted ? tr("yes")
                                                    : tr("no")});
    if (credential.type == CredentialType::AwsRole)
        table.add({tr("Role"), given(credential.roleArn)});
    if (credential.type == CredentialType::GitHubApp) {
        table.add({tr("Installation"), given(credential.installationId)});
        table.add({tr("Installed by"), given(credential.appInstalledBy)});
    }
    for (const MissingPermission &missing : credential.missingPermissions)
        table.add(
            {tr("Missing permission"), missing.message + u" ["_s + missing.scopes.join(", "_L1) + u']'});
}

} // namespace

QString describe(const InstanceRecord &record, const Health &health, const QDateTime &now)
{
    Table table({tr("State"), wording::stateLabel(health.worst)});
    table.add({{}, wording::stateExplanation(health.worst)});
    table.add({tr("Instance"), record.instance.title()});
    table.add({tr("Machine name"), given(record.instance.name)});
    table.add({tr("Instance id"), record.address.instanceId});
    table.add({tr("Integration"), given(record.instance.integrationName)});
    table.add({tr("Profile"), record.profileName + u" ("_s + record.endpointLabel + u')'});
    if (record.knowledge == InstanceRecord::Knowledge::Present)
        addCredential(table, record.credential, now);
    table.add({tr("Keys"), wording::keptKeys(record.keptKeys, QTimeZone::systemTimeZone())});
    return table.toText();
}

QString describe(const Change &change)
{
    const QString name = change.instanceTitle.isEmpty() ? change.instanceName : change.instanceTitle;
    QStringList lines{u"%1: %2"_s.arg(name, wording::phaseLabel(change.phase))};
    if (!change.newCredentialId.isEmpty())
        lines += tr("New credential: %1").arg(change.newCredentialId);
    if (!change.oldCredentialId.isEmpty())
        lines += tr("Credential that went: %1").arg(change.oldCredentialId);
    if (change.probablyOurs)
        lines +=
            tr("Konnect's answer was lost; id and time say that the new credential is the one just sent.");
    if (change.gapMs)
        lines += tr("The instance was without a credential for %1 ms.").arg(*change.gapMs);
    if (change.problem)
        lines += change.problem->toText();
    return lines.join(u'\n');
}

QString warningBefore(const ChangePreview &preview)
{
    const QString title = preview.record.instance.title();
    QStringList lines;
    switch (preview.kind) {
    case ChangeKind::Create:
        lines += tr("A credential will be created for %1.").arg(title);
        break;
    case ChangeKind::Replace:
        lines += tr("The credential %1 of %2 will be deleted and a new one created. In between, the instance "
                    "is not "
                    "authorized.")
                     .arg(preview.oldCredentialId, title);
        break;
    case ChangeKind::Delete:
        lines += tr("The credential %1 of %2 will be deleted. The instance will not be authorized; what "
                    "Konnect has "
                    "discovered stays.")
                     .arg(preview.oldCredentialId, title);
        break;
    }
    if (preview.kind != ChangeKind::Create && preview.wayBack) {
        lines += tr("Its keys are kept here since %1, so there is a way back.")
                     .arg(exactLine(preview.wayBackSince));
    } else if (preview.kind != ChangeKind::Create) {
        lines += tr("Its keys are not known here: there is no way back.");
    }
    return lines.join(u'\n');
}

} // namespace latchkey
