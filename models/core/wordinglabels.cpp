// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wording.h"

#include <QCoreApplication>

namespace latchkey::wording {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(wording)
};

} // namespace

QString stateLabel(HealthState state)
{
    switch (state) {
    case HealthState::MustBeReplaced:
        return Words::tr("Must be replaced");
    case HealthState::Expired:
        return Words::tr("Expired");
    case HealthState::ExpiringSoon:
        return Words::tr("Expiring soon");
    case HealthState::ExpiringLater:
        return Words::tr("Expiring");
    case HealthState::MissingPermissions:
        return Words::tr("Missing permissions");
    case HealthState::NoCredential:
        return Words::tr("No credential");
    case HealthState::NotChecked:
        return Words::tr("Not checked");
    case HealthState::NoKnownExpiry:
        return Words::tr("No known expiry");
    case HealthState::Healthy:
        return Words::tr("Healthy");
    case HealthState::NotNeeded:
        return Words::tr("Not needed");
    }
    Q_UNREACHABLE();
}

QString stateExplanation(HealthState state)
{
    switch (state) {
    case HealthState::MustBeReplaced:
        return Words::tr("Konnect says that this credential no longer works: replace it.");
    case HealthState::Expired:
        return Words::tr("The credential has expired: replace it.");
    case HealthState::ExpiringSoon:
        return Words::tr("The credential expires in the next days: replace it before that.");
    case HealthState::ExpiringLater:
        return Words::tr("The credential expires in the next weeks: plan its replacement.");
    case HealthState::MissingPermissions:
        return Words::tr(
            "The key works but lacks permissions: grant them at the service, or replace the credential.");
    case HealthState::NoCredential:
        return Words::tr("The instance has no credential: create one to authorize it.");
    case HealthState::NotChecked:
        return Words::tr("Konnect has not answered about this credential yet: refresh to read it.");
    case HealthState::NoKnownExpiry:
        return Words::tr(
            "Nobody knows when this credential expires: look it up at the service and record it.");
    case HealthState::Healthy:
        return Words::tr("The credential works and does not expire soon: nothing to do.");
    case HealthState::NotNeeded:
        return Words::tr("The integration is built into Konnect and needs no credential.");
    }
    Q_UNREACHABLE();
}

QString stateWord(HealthState state)
{
    switch (state) {
    case HealthState::MustBeReplaced:
        return u"must_be_replaced"_s;
    case HealthState::Expired:
        return u"expired"_s;
    case HealthState::ExpiringSoon:
        return u"expiring_soon"_s;
    case HealthState::ExpiringLater:
        return u"expiring_later"_s;
    case HealthState::MissingPermissions:
        return u"missing_permissions"_s;
    case HealthState::NoCredential:
        return u"no_credential"_s;
    case HealthState::NotChecked:
        return u"not_checked"_s;
    case HealthState::NoKnownExpiry:
        return u"no_known_expiry"_s;
    case HealthState::Healthy:
        return u"healthy"_s;
    case HealthState::NotNeeded:
        return u"not_needed"_s;
    }
    Q_UNREACHABLE();
}

QString expirySourceWord(Expiry::Source source)
{
    switch (source) {
    case Expiry::Source::None:
        return u"none"_s;
    case Expiry::Source::Konnect:
        return u"konnect"_s;
    case Expiry::Source::Recorded:
        return u"recorded"_s;
    case Expiry::Source::Label:
        return u"label"_s;
    }
    Q_UNREACHABLE();
}

QString expirySourceLabel(Expiry::Source source)
{
    switch (source) {
    case Expiry::Source::None:
        return Words::tr("nobody knows");
    case Expiry::Source::Konnect:
        return Words::tr("Konnect says so");
    case Expiry::Source::Recorded:
        return Words::tr("recorded in Latchkey");
    case Expiry::Source::Label:
        return Words::tr("by the label of the instance");
    }
    Q_UNREACHABLE();
}

QString profileToken(const QString &profile)
{
    return Words::tr("Token of “%1”").arg(profile);
}

QString expiryEvent(const QString &title)
{
    return Words::tr("%1 expires").arg(title);
}

QString typeLabel(const AuthCredential &credential)
{
    switch (credential.type) {
    case CredentialType::MultiKey:
        return Words::tr("Header keys");
    case CredentialType::OAuth:
        return Words::tr("OAuth");
    case CredentialType::GitHubApp:
        return Words::tr("GitHub app");
    case CredentialType::AwsRole:
        return Words::tr("AWS role");
    case CredentialType::Unknown:
        return credential.rawType.isEmpty() ? Words::tr("Unknown")
                                            : Words::tr("Unknown (%1)").arg(credential.rawType);
    }
    Q_UNREACHABLE();
}

QString strategyLabel(Authorization::Strategy strategy)
{
    switch (strategy) {
    case Authorization::Strategy::NotRead:
        return Words::tr("Not read");
    case Authorization::Strategy::None:
        return Words::tr("None needed");
    case Authorization::Strategy::MultiKey:
        return Words::tr("Header keys");
    case Authorization::Strategy::OAuth:
        return Words::tr("OAuth");
    case Authorization::Strategy::GitHubApp:
        return Words::tr("GitHub app");
    case Authorization::Strategy::AwsRole:
        return Words::tr("AWS role");
    case Authorization::Strategy::Unknown:
        return Words::tr("Unknown");
    }
    Q_UNREACHABLE();
}

QString whyTypedName(const QString &instance, const QString &profile, bool isProtected, bool production)
{
    if (isProtected && production)
        return Words::tr("“%1” is protected, and “%2” is a production profile.").arg(instance, profile);
    if (isProtected)
        return Words::tr("“%1” is protected.").arg(instance);
    return production ? Words::tr("“%1” is a production profile.").arg(profile) : QString();
}

QString protectedLabel()
{
    return Words::tr("Protected");
}

QString revokeOldKey(const QString &instance, const QString &service)
{
    return Words::tr("Revoke the old key of “%1” at %2: it is still valid there.").arg(instance, service);
}

QString phaseLabel(ChangePhase phase)
{
    switch (phase) {
    case ChangePhase::Prepared:
        return Words::tr("Prepared, nothing sent yet");
    case ChangePhase::Deleting:
        return Words::tr("Removing the old credential");
    case ChangePhase::Deleted:
        return Words::tr("Credential removed");
    case ChangePhase::Creating:
        return Words::tr("Sending the new credential");
    case ChangePhase::Created:
        return Words::tr("Created");
    case ChangePhase::Verified:
        return Words::tr("Created and verified");
    case ChangePhase::NotHealthy:
        return Words::tr("Created, but Konnect does not call it healthy");
    case ChangePhase::RollingBack:
        return Words::tr("Going back to the previous keys");
    case ChangePhase::RolledBack:
        return Words::tr("Back to the previous keys");
    case ChangePhase::Left:
        return Words::tr("Left as it is");
    case ChangePhase::Abandoned:
        return Words::tr("Given up, nothing was sent");
    case ChangePhase::Foreign:
        return Words::tr("Somebody else's credential was found and left alone");
    case ChangePhase::Adopted:
        return Words::tr("Keys entered and kept, not verified");
    }
    Q_UNREACHABLE();
}

} // namespace latchkey::wording
