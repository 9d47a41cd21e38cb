// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/changetext.h"

#include "models/core/expiry.h"
#include "models/core/profile.h"
#include "models/core/wording.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace latchkey::changetext {

namespace {

using Kind = Note::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(changetext)
};

QString shown(const QDateTime &utc)
{
    return QLocale().toString(utc.toLocalTime(), QLocale::ShortFormat);
}

QString shown(const Timestamp &moment)
{
    if (moment.isKnown())
        return shown(moment.utc);
    return moment.isGiven() ? moment.raw : wording::notGiven();
}

NoteList::Entry wayBack(const ChangePreview &preview)
{
    const InstanceRecord &record = preview.record;
    const bool known = record.knowledge == InstanceRecord::Knowledge::Present;
    switch (known ? record.credential.type : CredentialType::MultiKey) {
    case CredentialType::AwsRole:
        return {Kind::Info, Text::tr("The way back: type the present role ARN again. It is %1")
                                .arg(record.credential.roleArn.isEmpty() ? wording::notGiven()
                                                                         : record.credential.roleArn)};
    case CredentialType::OAuth:
    case CredentialType::GitHubApp:
        return {Kind::Warning,
                Text::tr("There is no way back from here: somebody must authorize the integration again "
                         "in the browser.")};
    case CredentialType::MultiKey:
    case CredentialType::Unknown:
        break;
    }
    if (!preview.wayBack)
        return {Kind::Warning, Text::tr("The old keys are not known here: there is no way back.")};
    const QString since = preview.wayBackSince.isValid()
                              ? Text::tr("There is a way back: the old keys are kept here since %1.")
                                    .arg(shown(preview.wayBackSince))
                              : Text::tr("There is a way back: the old keys are kept here.");
    if (record.keptKeys.inMemoryOnly)
        return {Kind::Warning,
                since + u' ' + Text::tr("They are only in memory and gone when Latchkey closes.")};
    if (record.keptKeys.entered) {
        return {Kind::Warning,
                since + u' ' + Text::tr("You entered them: nothing has verified that they are right.")};
    }
    return {Kind::Good, since};
}

QString whatGoes(const ChangePreview &preview)
{
    const InstanceRecord &record = preview.record;
    const QString id = preview.oldCredentialId.isEmpty() ? wording::notGiven() : preview.oldCredentialId;
    if (preview.kind == ChangeKind::Delete)
        return Text::tr("Credential %1, created %2, is deleted at Konnect.")
            .arg(id, shown(record.credential.createdAt));
    return Text::tr(
               "Konnect cannot change a credential. Credential %1, created %2, is deleted and a new one is "
               "created.")
        .arg(id, shown(record.credential.createdAt));
}

/// The label of the instance that says when its credential expires: it will be about an earlier one.
QList<NoteList::Entry> labelThatStays(const InstanceRecord &record)
{
    const QString value = expiryLabelOf(record.instance);
    if (value.isEmpty())
        return {};
    return {{Kind::Info,
             Text::tr("Its label %1 says %2 to everybody in Konnect, and goes on saying so: share the "
                      "last day of the new keys afterwards, with “Record Expiry”.")
                 .arg(QString::fromUtf16(ExpiryLabel), value)}};
}

} // namespace

QString heading(const ChangePreview &preview)
{
    const QString title = preview.record.instance.title();
    switch (preview.kind) {
    case ChangeKind::Create:
        return Text::tr("New credential for %1").arg(title);
    case ChangeKind::Replace:
        return Text::tr("Replace the credential of %1").arg(title);
    case ChangeKind::Delete:
        return Text::tr("Delete the credential of %1").arg(title);
    case ChangeKind::Adopt:
        return Text::tr("Enter the keys of %1").arg(title);
    }
    return {};
}

QString subheading(const InstanceRecord &record)
{
    QStringList parts;
    for (const QString &part : {record.instance.integrationTitle(), record.instance.name, record.profileName,
                                record.endpointLabel}) {
        if (!part.isEmpty())
            parts.append(part);
    }
    return parts.join(u" · "_s);
}

QString verb(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Create:
        return Text::tr("Create credential");
    case ChangeKind::Replace:
        return Text::tr("Replace credential");
    case ChangeKind::Delete:
        return Text::tr("Delete credential");
    case ChangeKind::Adopt:
        return Text::tr("Keep keys");
    }
    return {};
}

QList<NoteList::Entry> consequences(const ChangePreview &preview)
{
    switch (preview.kind) {
    case ChangeKind::Create:
        return labelThatStays(preview.record);
    case ChangeKind::Replace:
        return QList<NoteList::Entry>{
                   {Kind::Warning, whatGoes(preview)},
                   {Kind::Info, Text::tr("In between, the instance is not authorized for a moment. What it "
                                         "has discovered stays.")},
                   wayBack(preview)} +
               labelThatStays(preview.record);
    case ChangeKind::Delete:
        return {
            {Kind::Warning, whatGoes(preview)},
            {Kind::Warning,
             Text::tr("The instance is not authorized from then on: nothing new is discovered until it has a "
                      "credential again. What it has discovered stays.")},
            wayBack(preview)};
    case ChangeKind::Adopt:
        return {
            {Kind::Info,
             Text::tr("Nothing is sent to Konnect: the keys are kept here, so that there is a way back to "
                      "credential %1.")
                 .arg(preview.oldCredentialId)},
            {Kind::Warning,
             Text::tr("Whether they are right cannot be verified: Konnect never returns keys.")}};
    }
    return {};
}

QString ending(const Change &change)
{
    const QString title = change.instanceTitle.isEmpty() ? change.instanceName : change.instanceTitle;
    switch (change.phase) {
    case ChangePhase::Deleting:
        return Text::tr("It is not known whether the credential of %1 was deleted.").arg(title);
    case ChangePhase::Deleted:
        return change.kind == ChangeKind::Delete
                   ? QString()
                   : Text::tr("The old credential of %1 was deleted, but the new one "
                              "was not created: it has none now.")
                         .arg(title);
    case ChangePhase::Creating:
        return Text::tr("It is not known whether the new credential of %1 was created.").arg(title);
    case ChangePhase::Created:
        return change.problem
                   ? Text::tr("The new credential of %1 was created, but it could not be read back.")
                         .arg(title)
                   : QString();
    case ChangePhase::Verified:
    case ChangePhase::Adopted:
        return {};
    case ChangePhase::NotHealthy:
        return Text::tr("The new credential of %1 was created, but Konnect finds fault with it.").arg(title);
    case ChangePhase::Foreign:
        return Text::tr("%1 has a credential that somebody else created. Nothing of it was touched.")
            .arg(title);
    case ChangePhase::Prepared:
    case ChangePhase::Abandoned:
        return Text::tr("The change was given up before anything was sent.");
    case ChangePhase::RollingBack:
    case ChangePhase::RolledBack:
    case ChangePhase::Left:
        return wording::phaseLabel(change.phase);
    }
    return {};
}

QList<NoteList::Entry> complaints(const AuthCredential &credential)
{
    QList<NoteList::Entry> entries;
    if (credential.tainted.value_or(false))
        entries.append({Kind::Error, Text::tr("Konnect calls the credential tainted: it must be replaced.")});
    for (const MissingPermission &missing : credential.missingPermissions) {
        const QString scopes = missing.scopes.join(u", "_s);
        QString text = missing.message.isEmpty() ? Text::tr("A permission is missing.") : missing.message;
        if (!scopes.isEmpty())
            text += u'\n' + Text::tr("Scopes: %1").arg(scopes);
        entries.append({Kind::Warning, text});
    }
    return entries;
}

QUrl webPage(const InstanceRecord &record)
{
    // Konnect's answers are not trusted: only a web address is handed to the desktop.
    const QUrl &install = record.authorization.appInstallUrl;
    if (record.authorization.strategy == Authorization::Strategy::GitHubApp && install.isValid() &&
        install.scheme() == u"https"_s)
        return install;
    return konnectIntegrationsPage(record.endpointLabel);
}

QList<NoteList::Entry> browserExplanation(const InstanceRecord &record)
{
    QList<NoteList::Entry> entries;
    switch (record.authorization.strategy) {
    case Authorization::Strategy::OAuth:
        entries.append(
            {Kind::Info,
             Text::tr("This integration is authorized with OAuth: Konnect asks for your consent on the "
                      "service's own page. There is no key to type or to keep here.")});
        break;
    case Authorization::Strategy::GitHubApp:
        entries.append(
            {Kind::Info,
             Text::tr("This integration is authorized by installing Konnect's GitHub app in your GitHub "
                      "organization. There is no key to type or to keep here.")});
        break;
    case Authorization::Strategy::None:
        entries.append(
            {Kind::Info, Text::tr("This integration is built into Konnect and needs no credential.")});
        return entries;
    case Authorization::Strategy::NotRead:
    case Authorization::Strategy::MultiKey:
    case Authorization::Strategy::AwsRole:
    case Authorization::Strategy::Unknown:
        entries.append(
            {Kind::Info, Text::tr("Latchkey does not know how this integration is authorized (%1).")
                             .arg(record.authorization.rawType.isEmpty() ? wording::notGiven()
                                                                         : record.authorization.rawType)});
        break;
    }
    if (record.knowledge == InstanceRecord::Knowledge::Present) {
        entries.append(
            {Kind::Info,
             Text::tr("It has a credential, and Konnect takes no second one. To replace it, delete it "
                      "here first, then authorize the integration in the browser.")});
    }
    entries.append(
        {Kind::Info,
         Text::tr("Open Konnect, authorize the integration there, then refresh: Latchkey shows the new "
                  "credential and its expiry.")});
    if (!webPage(record).isValid())
        entries.append(
            {Kind::Info,
             Text::tr("This profile has a URL of its own, so its web page is not known here. Look for "
                      "Service Catalog, Integrations in Konnect.")});
    return entries;
}

QString confirmationName(const InstanceRecord &record)
{
    return record.instance.name.isEmpty() ? record.instance.title() : record.instance.name;
}

} // namespace latchkey::changetext
