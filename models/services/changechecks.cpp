// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/changechecks.h"

#include "models/core/credentialrules.h"
#include "models/core/headerrules.h"
#include "models/core/wording.h"

#include <QCoreApplication>

namespace latchkey::changechecks {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ChangeChecks)
};

Refusal headers(const HeaderKeys &keys, const QList<HeaderDefinition> &definitions)
{
    if (keys.empty()) {
        Problem none =
            Problem::of(Problem::Category::InvalidInput, Text::tr("The new credential has no header."));
        none.invalidParameters.append(
            {u"config.headers"_s, u"required"_s, Text::tr("At least one header is needed."), u"body"_s});
        return none;
    }
    Problem refused =
        Problem::of(Problem::Category::InvalidInput, Text::tr("The headers cannot be used as they are."));
    for (const HeaderFinding &finding : checkHeaders(keys, definitions)) {
        if (finding.severity != HeaderFinding::Severity::Error)
            continue;
        using Kind = HeaderFinding::Kind;
        const bool aboutKey = finding.kind == Kind::KeyEmpty || finding.kind == Kind::KeyInvalid ||
                              finding.kind == Kind::KeySurroundedBySpace ||
                              finding.kind == Kind::KeyDoubledBearer;
        InvalidParameter parameter;
        parameter.field = finding.row < 0 ? u"config.headers"_s
                                          : u"config.headers[%1].%2"_s.arg(QString::number(finding.row),
                                                                           aboutKey ? u"key"_s : u"name"_s);
        parameter.reason = finding.message;
        refused.invalidParameters.append(parameter);
    }
    if (refused.invalidParameters.isEmpty())
        return std::nullopt;
    refused.caption = refused.invalidParameters.constFirst().reason;
    return refused;
}

} // namespace

Refusal organization(const Profile &profile)
{
    if (!profile.organizationInDoubt)
        return std::nullopt;
    return Problem::of(
        Problem::Category::NeedsDecision,
        Text::tr("It is not decided whether “%1” is still the same organization.").arg(profile.name),
        Text::tr("None of its known instances is visible with the token. Answer that question first, in the "
                 "window or "
                 "with `latchkeyctl profile confirm`; nothing was sent."));
}

bool needsTypedName(ChangeKind kind, bool guarded)
{
    return guarded && (kind == ChangeKind::Replace || kind == ChangeKind::Delete);
}

Refusal typedName(const Profile &profile, const ChangeRequest &request, const IntegrationInstance &instance,
                  bool isProtected)
{
    if (!needsTypedName(request.kind, profile.production || isProtected))
        return std::nullopt;
    const QString typed = request.typedName.trimmed();
    if (!typed.isEmpty() && (typed == instance.name || typed == instance.title()))
        return std::nullopt;
    const QString name = instance.name.isEmpty() ? instance.title() : instance.name;
    return Problem::of(Problem::Category::NeedsDecision,
                       wording::whyTypedName(name, profile.name, isProtected, profile.production) + u' ' +
                           Text::tr("Type “%1” to confirm.").arg(name),
                       Text::tr("Nothing was sent."));
}

Refusal budget(int heldBackSeconds)
{
    if (heldBackSeconds <= 0)
        return std::nullopt;
    Problem refused = Problem::of(
        Problem::Category::RateLimited,
        Text::tr("Konnect takes no requests for %n second(s).", nullptr, heldBackSeconds),
        Text::tr("Nothing was sent, so that the instance is not left without a credential. Try again then."));
    refused.retryAfterSeconds = heldBackSeconds;
    return refused;
}

Refusal newCredential(ChangeKind kind, const NewCredential &credential, const Authorization &authorization,
                      bool builtIn, const QString &integrationTitle)
{
    if (kind == ChangeKind::Delete)
        return std::nullopt;
    if (auto refusal = whyNotCreatable(credential.type, authorization, builtIn, integrationTitle))
        return refusal;
    if (credential.type == CredentialType::MultiKey)
        return headers(credential.headers, authorization.headers);
    if (isRoleArn(credential.roleArn))
        return std::nullopt;
    Problem refused = Problem::of(Problem::Category::InvalidInput,
                                  Text::tr("“%1” is not the ARN of a role.").arg(credential.roleArn));
    refused.invalidParameters.append({u"config.role_arn"_s, {}, refused.caption, u"body"_s});
    return refused;
}

Refusal expectedCredential(const ChangeRequest &request, const std::optional<AuthCredential> &found,
                           const QString &instanceTitle)
{
    const QString nothingSent = Text::tr("Nothing was sent. Refresh, look at it, and decide again.");
    if (request.kind == ChangeKind::Create) {
        if (!found)
            return std::nullopt;
        return Problem::of(Problem::Category::Conflict,
                           Text::tr("“%1” has a credential already.").arg(instanceTitle),
                           Text::tr("Its id is %1. Replace it if it should go.").arg(found->id));
    }
    if (!found) {
        return Problem::of(Problem::Category::Refused,
                           Text::tr("Somebody changed “%1”: its credential is gone.").arg(instanceTitle),
                           Text::tr("The credential that you saw was %1; now there is none. ")
                                   .arg(request.expectedCredentialId) +
                               nothingSent);
    }
    if (found->id == request.expectedCredentialId)
        return std::nullopt;
    if (request.expectedCredentialId.isEmpty()) {
        return Problem::of(
            Problem::Category::Refused,
            Text::tr("Latchkey was not told which credential of “%1” may go.").arg(instanceTitle),
            Text::tr("Konnect has %1. ").arg(found->id) + nothingSent);
    }
    return Problem::of(
        Problem::Category::Refused, Text::tr("Somebody changed the credential of “%1”.").arg(instanceTitle),
        Text::tr("You saw %1; now it is %2. ").arg(request.expectedCredentialId, found->id) + nothingSent);
}

} // namespace latchkey::changechecks
