// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/changewords.h"

#include <QCoreApplication>

namespace latchkey::changewords {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ChangeWords)
};

QString sentences(const QStringList &parts)
{
    QStringList given;
    for (const QString &part : parts) {
        if (!part.isEmpty())
            given.append(part);
    }
    return given.join(u' ');
}

QString whatKonnectSaid(const Problem &cause)
{
    return sentences({cause.caption, cause.detail});
}

/// Konnect's trace id, status and invalid parameters stay with it.
Problem retold(const Problem &cause, const QString &caption, const QString &detail)
{
    Problem problem = cause;
    problem.caption = caption;
    problem.detail = detail;
    return problem;
}

} // namespace

Problem stopped()
{
    return Problem::of(Problem::Category::Canceled,
                       Text::tr("The change was stopped before anything was sent."));
}

QString keysKept(const Change &change)
{
    if (change.kind == ChangeKind::Delete || change.type != CredentialType::MultiKey)
        return {};
    if (change.stagedVersion.isEmpty())
        return Text::tr("The new keys are not kept here: you need them again to create the credential.");
    if (change.keep == KeepKeys::InMemory)
        return Text::tr("The new keys are held in memory until Latchkey closes (version %1).")
            .arg(change.stagedVersion);
    return Text::tr("The new keys are kept in this computer's keychain (version %1).")
        .arg(change.stagedVersion);
}

Problem openChange(const Change &change)
{
    return Problem::of(
        Problem::Category::NeedsDecision,
        Text::tr("An earlier change of “%1” was interrupted.").arg(change.instanceTitle),
        Text::tr(
            "It is not known yet what became of it, so nothing was sent. Finish it, roll it back or leave it "
            "first: it is among the interrupted changes."));
}

Problem wayBackLost(const Change &change)
{
    return Problem::of(
        Problem::Category::KeychainEntryMissing,
        Text::tr("The present keys of “%1” are not in the keychain any more.").arg(change.instanceTitle),
        Text::tr("There would be no way back, so nothing was sent. Begin again if that is all right."));
}

Problem keysNeeded(const Change &change)
{
    return Problem::of(Problem::Category::NeedsDecision,
                       Text::tr("The new keys of “%1” are not kept here.").arg(change.instanceTitle),
                       Text::tr("Enter them again to finish the change. Nothing was sent."));
}

Problem stillThere(const Change &change, int attempts)
{
    return Problem::of(
        Problem::Category::OutcomeUnknown,
        Text::tr("The old credential of “%1” is still there.").arg(change.instanceTitle),
        sentences({Text::tr("Konnect was asked %n time(s) to delete %1.", nullptr, attempts)
                       .arg(change.oldCredentialId),
                   Text::tr("A late answer could still delete it: refresh before you try again."),
                   keysKept(change)}));
}

Problem deleteNotKnown(const Change &change, const Problem &unclear, const Problem &question)
{
    Problem told = retold(
        unclear,
        Text::tr("It is not known whether the credential of “%1” was deleted.").arg(change.instanceTitle),
        sentences({whatKonnectSaid(unclear), Text::tr("Asking Konnect failed too:"),
                   whatKonnectSaid(question), keysKept(change),
                   Text::tr("Refresh when Konnect answers again, and look.")}));
    told.category = Problem::Category::OutcomeUnknown;
    return told;
}

Problem notCreated(const Change &change, const Problem &cause)
{
    const QString caption =
        change.kind == ChangeKind::Replace
            ? Text::tr("“%1” has no credential now: the old one is deleted and the new one was not created.")
            : Text::tr("No credential was created for “%1”.");
    const QString next =
        change.kind == ChangeKind::Replace
            ? Text::tr("Correct what is named here and create a credential for the instance.")
            : QString();
    return retold(cause, caption.arg(change.instanceTitle),
                  sentences({whatKonnectSaid(cause), keysKept(change), next}));
}

Problem notTaken(const Change &change, const Problem &last)
{
    Problem told = retold(
        last, Text::tr("“%1” has no credential: Konnect did not take the new one.").arg(change.instanceTitle),
        sentences(
            {Text::tr("It was tried %n time(s), the last time with this end:", nullptr, change.postAttempts),
             whatKonnectSaid(last), keysKept(change),
             Text::tr("Refresh when Konnect answers again, and create the credential.")}));
    told.category = Problem::Category::OutcomeUnknown;
    return told;
}

Problem createNotKnown(const Change &change, const Problem &unclear, const Problem &question)
{
    Problem told = retold(
        unclear,
        Text::tr("It is not known whether the new credential of “%1” was created.").arg(change.instanceTitle),
        sentences({whatKonnectSaid(unclear), Text::tr("Asking Konnect failed too:"),
                   whatKonnectSaid(question), keysKept(change),
                   Text::tr("Refresh when Konnect answers again, and look.")}));
    told.category = Problem::Category::OutcomeUnknown;
    return told;
}

Problem foreign(const Change &change, const AuthCredential &found)
{
    const QString created = found.createdAt.isGiven() ? Text::tr("created at %1").arg(found.createdAt.raw)
                                                      : Text::tr("with no time of creation");
    return Problem::of(
        Problem::Category::Conflict,
        Text::tr("Somebody else created a credential for “%1” meanwhile.").arg(change.instanceTitle),
        sentences({Text::tr("It is %1, %2. Nothing of it was touched.").arg(found.id, created),
                   keysKept(change), Text::tr("Decide whether to leave it or to replace it.")}));
}

Problem notNoted(const Change &change, const Problem &storage)
{
    return retold(storage,
                  Text::tr("The change of “%1” at Konnect could not be noted on this computer.")
                      .arg(change.instanceTitle),
                  sentences({whatKonnectSaid(storage), keysKept(change)}));
}

Problem keysLost(const Change &change)
{
    return Problem::of(
        Problem::Category::KeychainEntryMissing,
        Text::tr("The new credential of “%1” was created, but its keys are not kept here any more.")
            .arg(change.instanceTitle),
        Text::tr("Something removed them from the keychain meanwhile. Keep the keys that you entered."));
}

Problem notVerified(const Change &change, const Problem &question)
{
    return retold(question,
                  Text::tr("The new credential of “%1” was created, but could not be looked at.")
                      .arg(change.instanceTitle),
                  whatKonnectSaid(question));
}

Problem notTheNewOne(const Change &change, const std::optional<AuthCredential> &found)
{
    const QString now = found ? Text::tr("Now it has %1.").arg(found->id) : Text::tr("Now it has none.");
    return Problem::of(
        Problem::Category::Conflict,
        Text::tr("“%1” no longer has the credential that was just created.").arg(change.instanceTitle),
        sentences({Text::tr("Latchkey created %1.").arg(change.newCredentialId), now,
                   Text::tr("Somebody else may be changing it.")}));
}

Problem notHealthy(const Change &change, const AuthCredential &found)
{
    QStringList reasons;
    for (const MissingPermission &missing : found.missingPermissions)
        reasons.append(missing.message.isEmpty() ? missing.scopes.join(u", "_s) : missing.message);
    if (found.tainted.value_or(false))
        reasons.prepend(Text::tr("Konnect calls it tainted: the keys do not work."));
    return Problem::of(
        Problem::Category::Refused,
        Text::tr("The new credential of “%1” was created, but is not in order.").arg(change.instanceTitle),
        reasons.join(u'\n'));
}

} // namespace latchkey::changewords
