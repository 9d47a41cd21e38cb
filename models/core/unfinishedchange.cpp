// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/unfinishedchange.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::UnfinishedChange)
};

RecoveryOffer can(const QString &text)
{
    return {true, false, text};
}

RecoveryOffer cannot(const QString &text)
{
    return {false, false, text};
}

bool hasKeys(const Change &change)
{
    return change.type == CredentialType::MultiKey;
}

RecoveryOffer withNewKeys(const UnfinishedChange &unfinished, const QString &text)
{
    if (!hasKeys(unfinished.change) || unfinished.keys.staged)
        return can(text);
    return {true, true, text + u' ' + Text::tr("The new keys are not kept here: you enter them again.")};
}

RecoveryOffer finishOffer(const UnfinishedChange &unfinished)
{
    const Change &change = unfinished.change;
    const bool isDelete = change.kind == ChangeKind::Delete;
    switch (unfinished.standing) {
    case Standing::NotKnown:
        break;
    case Standing::Old:
        if (isDelete)
            return can(Text::tr("Deletes the credential %1.").arg(change.oldCredentialId));
        return withNewKeys(
            unfinished,
            Text::tr("Deletes the credential %1 and creates the new one.").arg(change.oldCredentialId));
    case Standing::None:
        if (isDelete)
            return can(Text::tr("Notes that the credential is deleted. Nothing is sent."));
        return withNewKeys(unfinished, Text::tr("Creates the new credential."));
    case Standing::New:
    case Standing::ProbablyNew:
        return can(Text::tr("Takes the new credential as it is and looks whether it is in order."));
    case Standing::Other:
        return cannot(Text::tr("Somebody else created a credential meanwhile. It is left alone; replace it "
                               "afterwards if it should go."));
    }
    return cannot(Text::tr("It is not known what Konnect has now."));
}

RecoveryOffer rollBackOffer(const UnfinishedChange &unfinished)
{
    const Change &change = unfinished.change;
    const bool old = hasKeys(change) ? unfinished.keys.previous : !change.previousRoleArn.isEmpty();
    const QString noWay =
        change.type == CredentialType::MultiKey || change.type == CredentialType::AwsRole
            ? Text::tr("The old keys are not known here, and Konnect never returns them.")
            : Text::tr(
                  "A credential of this kind comes from a consent in the browser. Authorize it there again.");
    switch (unfinished.standing) {
    case Standing::NotKnown:
        break;
    case Standing::Old:
        return can(
            Text::tr("The old credential is still there: nothing is sent, and the new keys are discarded."));
    case Standing::None:
        if (change.kind == ChangeKind::Create)
            return can(Text::tr("There was no credential before and is none now: nothing is sent."));
        return old ? can(Text::tr("Creates a credential with the old keys again.")) : cannot(noWay);
    case Standing::New:
    case Standing::ProbablyNew:
        if (change.kind == ChangeKind::Create)
            return can(Text::tr("Deletes the new credential."));
        return old ? can(Text::tr("Deletes the new credential and creates one with the old keys again."))
                   : cannot(noWay);
    case Standing::Other:
        return cannot(Text::tr("Somebody else created a credential meanwhile. It is left alone."));
    }
    return cannot(Text::tr("It is not known what Konnect has now."));
}

} // namespace

RecoveryOffer UnfinishedChange::offer(RecoveryStep step) const
{
    switch (step) {
    case RecoveryStep::Finish:
        return finishOffer(*this);
    case RecoveryStep::RollBack:
        return rollBackOffer(*this);
    case RecoveryStep::Leave:
        break;
    }
    return can(Text::tr("Nothing is sent: what Konnect has stays as it is, and the kept keys stay kept."));
}

bool UnfinishedChange::rollBackDeletesUnconfirmed() const
{
    return change.kind == ChangeKind::Create &&
           (standing == Standing::New || standing == Standing::ProbablyNew);
}

QString UnfinishedChange::whatIsThere() const
{
    switch (standing) {
    case Standing::NotKnown:
        return obstacle ? Text::tr("What Konnect has now is not known: %1").arg(obstacle->caption)
                        : Text::tr("What Konnect has now is not known.");
    case Standing::Old:
        return Text::tr("The old credential %1 is still there.").arg(change.oldCredentialId);
    case Standing::None:
        return Text::tr("The instance has no credential.");
    case Standing::New:
        return Text::tr("The new credential %1 is there.").arg(change.newCredentialId);
    case Standing::ProbablyNew:
        return Text::tr("A credential is there, %1, which this change most likely created.")
            .arg(found ? found->id : QString());
    case Standing::Other:
        return Text::tr("Somebody else's credential is there: %1.").arg(found ? found->id : QString());
    }
    Q_UNREACHABLE();
}

} // namespace latchkey
