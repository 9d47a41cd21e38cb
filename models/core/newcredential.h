// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/authcredential.h"
#include "models/core/secret.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace latchkey {

/// A header name with its key, on its way to Konnect or the keychain.
struct HeaderKey
{
    QString name;
    Secret key;
};
using HeaderKeys = std::vector<HeaderKey>;

[[nodiscard]] HeaderKeys clone(const HeaderKeys &keys);
[[nodiscard]] QStringList headerNames(const HeaderKeys &keys);

/// What a POST of an auth credential carries. Only multi-key and AWS role delegation can be created here: the
/// other types need a consent in the browser.
struct NewCredential
{
    CredentialType type = CredentialType::MultiKey; ///< MultiKey or AwsRole.
    HeaderKeys headers;                             ///< MultiKey.
    QString roleArn;                                ///< AwsRole.

    [[nodiscard]] NewCredential clone() const { return {type, latchkey::clone(headers), roleArn}; }
};

} // namespace latchkey
