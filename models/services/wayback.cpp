// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/wayback.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::WayBack)
};

Problem noWayBack(const Change &change, const QString &why)
{
    return Problem::of(Problem::Category::Refused,
                       Text::tr("There is no way back for “%1”.").arg(change.instanceTitle), why);
}

} // namespace

Outcome<ChangeRequest> wayBack(const Change &change, const QString &presentId)
{
    ChangeRequest request;
    request.address = change.address;
    request.undoes = change.id;
    request.expectedCredentialId = presentId;
    if (change.kind == ChangeKind::Create) {
        if (presentId.isEmpty())
            return noWayBack(change, Text::tr("The credential that was created is gone already."));
        request.kind = ChangeKind::Delete;
        return request;
    }
    request.kind = presentId.isEmpty() ? ChangeKind::Create : ChangeKind::Replace;
    request.credential.type = change.type;
    request.keep = change.keep == KeepKeys::InMemory ? KeepKeys::InMemory : KeepKeys::InKeychain;
    switch (change.type) {
    case CredentialType::MultiKey:
        if (change.previousVersion.isEmpty()) {
            return noWayBack(change,
                             Text::tr("The old keys are not known here, and Konnect never returns them."));
        }
        request.fromVersion = change.previousVersion;
        return request;
    case CredentialType::AwsRole:
        if (change.previousRoleArn.isEmpty())
            return noWayBack(change, Text::tr("The ARN of the old role is not known."));
        request.credential.roleArn = change.previousRoleArn;
        return request;
    case CredentialType::OAuth:
    case CredentialType::GitHubApp:
    case CredentialType::Unknown:
        break;
    }
    return noWayBack(change,
                     Text::tr("A credential of this kind comes from a consent in the browser. Authorize "
                              "it there again."));
}

} // namespace latchkey
