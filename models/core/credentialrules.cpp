// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/credentialrules.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::CredentialRules)
};

QString strategyWord(const Authorization &authorization)
{
    return authorization.rawType.isEmpty() ? Text::tr("another kind") : authorization.rawType;
}

} // namespace

std::optional<Problem> whyNotCreatable(CredentialType type, const Authorization &authorization, bool builtIn,
                                       const QString &integrationTitle)
{
    using Category = Problem::Category;
    using Strategy = Authorization::Strategy;
    if (builtIn || authorization.strategy == Strategy::None) {
        return Problem::of(
            Category::NotSupported,
            Text::tr("%1 is built into Konnect and needs no credential.").arg(integrationTitle));
    }
    if (authorization.strategy == Strategy::OAuth || authorization.strategy == Strategy::GitHubApp) {
        return Problem::of(
            Category::NotSupported,
            Text::tr("The credential for %1 comes from a consent in the browser.").arg(integrationTitle),
            Text::tr("Open the integration in Konnect's web page and authorize it there."));
    }
    if (type == CredentialType::MultiKey && authorization.strategy == Strategy::AwsRole) {
        return Problem::of(Category::Refused,
                           Text::tr("%1 takes the ARN of a role, not header keys.").arg(integrationTitle));
    }
    if (type == CredentialType::AwsRole && authorization.strategy == Strategy::MultiKey) {
        return Problem::of(Category::Refused,
                           Text::tr("%1 takes header keys, not the ARN of a role.").arg(integrationTitle));
    }
    if (type == CredentialType::MultiKey || type == CredentialType::AwsRole)
        return std::nullopt;
    return Problem::of(
        Category::NotSupported,
        Text::tr("Latchkey cannot make a credential of the kind %1.").arg(strategyWord(authorization)));
}

} // namespace latchkey
