// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/wordsofchanges.h"

#include "app/cli/table.h"
#include "models/core/wording.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::WordsOfChanges)
};

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

QString yesOrNo(std::optional<bool> value)
{
    if (!value)
        return wording::notGiven();
    return *value ? Text::tr("yes") : Text::tr("no");
}

QString integration(const IntegrationInstance &instance)
{
    if (instance.integrationDisplayName.isEmpty())
        return given(instance.integrationName);
    return u"%1 (%2)"_s.arg(instance.integrationDisplayName, given(instance.integrationName));
}

/// A value of any type on one line.
QString onOneLine(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    // Only arrays and objects can stand alone in a document.
    const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(wrapped.sliced(1, wrapped.size() - 2));
}

void addMembers(Table &table, const QString &title, const QJsonObject &members)
{
    if (members.isEmpty())
        table.add({title, wording::notGiven()});
    for (auto it = members.begin(); it != members.end(); ++it)
        table.add({title, u"%1 = %2"_s.arg(it.key(), onOneLine(it.value()))});
}

/// What the user recorded, and whether it is about the credential that is there.
void addRecord(Table &table, const InstanceRecord &record, const QDateTime &now)
{
    const ExpiryRecord &recorded = record.expiry;
    if (recorded.date.isValid()) {
        const bool isOfThis = recorded.credentialId == record.credential.id;
        const QString day = recorded.date.toString(Qt::ISODate);
        table.add({Text::tr("Recorded expiry"),
                   isOfThis ? u"%1 (%2)"_s.arg(wording::relative(endOfDay(recorded.date).utc, now),
                                               Text::tr("the end of %1").arg(day))
                            : Text::tr("%1, of an earlier credential: it does not count").arg(day)});
    }
    if (recorded.livesDays > 0) {
        table.add(
            {Text::tr("Recorded life"),
             wording::counted("latchkey::WordsOfChanges", "%n day from its creation",
                              QT_TRANSLATE_N_NOOP("latchkey::WordsOfChanges", "%n days from its creation"),
                              recorded.livesDays)});
    }
    if (record.instance.labels.contains(QString::fromUtf16(ExpiryLabel))) {
        const Timestamp labelled = labelledExpiry(record);
        table.add({Text::tr("Expiry by its label"), labelled.isKnown()
                                                        ? wording::relative(labelled.utc, now)
                                                        : Text::tr("not a date of this credential")});
    }
    if (!recorded.owner.isEmpty())
        table.add({Text::tr("Owner"), recorded.owner});
    if (!recorded.note.isEmpty())
        table.add({Text::tr("Note"), recorded.note});
    if (recorded.recordedAt.isValid())
        table.add({Text::tr("Recorded"), exactLine(recorded.recordedAt)});
}

/// The one that counts, and Konnect's where that is another.
void addExpiry(Table &table, const InstanceRecord &record, const QDateTime &now)
{
    const auto withMoment = [](const QString &words, const Timestamp &at) {
        return at.isKnown() ? u"%1 (%2)"_s.arg(words, moment(at)) : words;
    };
    const Expiry counts = expiryOf(record);
    const Timestamp &konnects = record.credential.expiresAt;
    table.add({Text::tr("Expiry"), withMoment(wording::expiry(record, now), counts.at)});
    if (counts.source == Expiry::Source::Recorded || counts.source == Expiry::Source::Label)
        table.add({Text::tr("Expiry at Konnect"), withMoment(wording::expiry(konnects, now), konnects)});
}

void addCredential(Table &table, const InstanceRecord &record, const QDateTime &now)
{
    const AuthCredential &credential = record.credential;
    table.add({Text::tr("Credential"), credential.id});
    table.add({Text::tr("Type"), wording::typeLabel(credential)});
    table.add({Text::tr("Created"), moment(credential.createdAt)});
    addExpiry(table, record, now);
    table.add({Text::tr("Tainted"), yesOrNo(credential.tainted)});
    if (credential.type == CredentialType::AwsRole)
        table.add({Text::tr("Role"), given(credential.roleArn)});
    if (credential.type == CredentialType::GitHubApp) {
        table.add({Text::tr("Installation"), given(credential.installationId)});
        table.add({Text::tr("Installed by"), given(credential.appInstalledBy)});
    }
    for (const MissingPermission &missing : credential.missingPermissions)
        table.add({Text::tr("Missing permission"),
                   missing.message + u" ["_s + missing.scopes.join(", "_L1) + u']'});
}

} // namespace

QString describe(const InstanceRecord &record, const Health &health, const QDateTime &now)
{
    QJsonObject labels;
    for (const auto &[name, value] : record.instance.labels.asKeyValueRange())
        labels.insert(name, value);
    Table table({Text::tr("State"), wording::stateLabel(health.worst)});
    table.add({{}, wording::stateExplanation(health.worst)});
    table.add({Text::tr("Instance"), record.instance.title()});
    table.add({Text::tr("Machine name"), given(record.instance.name)});
    table.add({Text::tr("Instance id"), record.address.instanceId});
    table.add({Text::tr("Description"), given(record.instance.description)});
    table.add({Text::tr("Integration"), integration(record.instance)});
    table.add({Text::tr("Profile"), record.profileName + u" ("_s + record.endpointLabel + u')'});
    table.add({Text::tr("Authorized"), yesOrNo(record.instance.authorized)});
    addMembers(table, Text::tr("Label"), labels);
    addMembers(table, Text::tr("Setting"), record.instance.config);
    table.add({Text::tr("Instance created"), moment(record.instance.createdAt)});
    table.add({Text::tr("Instance changed"), moment(record.instance.updatedAt)});
    if (record.knowledge == InstanceRecord::Knowledge::Present)
        addCredential(table, record, now);
    addRecord(table, record, now);
    table.add({Text::tr("Protected"),
               record.isProtected ? Text::tr("yes: replacing and deleting need its name") : Text::tr("no")});
    table.add({Text::tr("Keys"), wording::keptKeys(record.keptKeys, QTimeZone::systemTimeZone())});
    return table.toText();
}

QString describe(const Change &change)
{
    const QString name = change.instanceTitle.isEmpty() ? change.instanceName : change.instanceTitle;
    QStringList lines{u"%1: %2"_s.arg(name, wording::phaseLabel(change.phase))};
    if (!change.newCredentialId.isEmpty())
        lines +=
            (change.kind == ChangeKind::Adopt ? Text::tr("Credential: %1") : Text::tr("New credential: %1"))
                .arg(change.newCredentialId);
    // Before DELETED it may be there still, and where the change was abandoned it is.
    const bool went = change.phase != ChangePhase::Prepared && change.phase != ChangePhase::Deleting &&
                      change.phase != ChangePhase::Abandoned;
    if (went && !change.oldCredentialId.isEmpty())
        lines += Text::tr("Credential that went: %1").arg(change.oldCredentialId);
    if (change.probablyOurs)
        lines += Text::tr(
            "Konnect's answer was lost; id and time say that the new credential is the one just sent.");
    if (change.gapMs)
        lines += Text::tr("The instance was without a credential for %1 ms.").arg(*change.gapMs);
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
        lines += Text::tr("A credential will be created for %1.").arg(title);
        break;
    case ChangeKind::Replace:
        lines +=
            Text::tr(
                "The credential %1 of %2 will be deleted and a new one created. In between, the instance "
                "is not "
                "authorized.")
                .arg(preview.oldCredentialId, title);
        break;
    case ChangeKind::Delete:
        lines +=
            Text::tr("The credential %1 of %2 will be deleted. The instance will not be authorized; what "
                     "Konnect has "
                     "discovered stays.")
                .arg(preview.oldCredentialId, title);
        break;
    case ChangeKind::Adopt: // Nothing goes.
        return {};
    }
    if (preview.kind != ChangeKind::Create && preview.wayBack) {
        lines += Text::tr("Its keys are kept here since %1, so there is a way back.")
                     .arg(exactLine(preview.wayBackSince));
        if (preview.record.keptKeys.entered)
            lines += Text::tr("You entered them: nothing has verified that they are right.");
    } else if (preview.kind != ChangeKind::Create) {
        lines += Text::tr("Its keys are not known here: there is no way back.");
    }
    return lines.join(u'\n');
}

} // namespace latchkey
