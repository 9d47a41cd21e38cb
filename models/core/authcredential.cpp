// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/authcredential.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QString credentialTypeWord(CredentialType type)
{
    switch (type) {
    case CredentialType::MultiKey:
        return u"multi_key_auth"_s;
    case CredentialType::OAuth:
        return u"oauth"_s;
    case CredentialType::GitHubApp:
        return u"github_app_installation"_s;
    case CredentialType::AwsRole:
        return u"aws_role_delegation"_s;
    case CredentialType::Unknown:
        return {};
    }
    Q_UNREACHABLE();
}

CredentialType credentialTypeFromWord(const QString &word)
{
    for (const CredentialType type : {CredentialType::MultiKey, CredentialType::OAuth,
                                      CredentialType::GitHubApp, CredentialType::AwsRole}) {
        if (credentialTypeWord(type) == word)
            return type;
    }
    return CredentialType::Unknown;
}

} // namespace latchkey
