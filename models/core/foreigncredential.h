// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationdocument.h"
#include "models/core/newcredential.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <vector>

namespace latchkey {

/// One auth credential as another tool's file describes it. Move-only: it may carry keys.
struct ForeignCredential
{
    QString place;        ///< Where in the file, for people: a resource's name, or a path.
    QString instanceId;   ///< Empty where the file does not say; then `instanceName` and `integration` count.
    QString instanceName; ///< Machine name; may be empty.
    QString instanceTitle; ///< Display name; may be empty.
    QString integration;   ///< Machine name; may be empty.
    QString credentialId;  ///< Konnect's id; empty where the file is from before its creation.
    CredentialType type = CredentialType::MultiKey;
    QStringList headers;       ///< Names, also of those whose key is not there.
    bool lacksHeaders = false; ///< Besides these the file has some whose names cannot be read.
    HeaderKeys keys;           ///< Only those that the file has in clear.
    QString roleArn;           ///< AwsRole.
    QDateTime createdAt;       ///< UTC; invalid where not given.
    QDateTime expiresAt;       ///< UTC; invalid where not given.
    QString note; ///< Why keys are missing and what to do, e.g. that they are encrypted. Translated; may be
                  ///< empty.
};

/// What was read from another tool's file.
struct ForeignConfiguration
{
    enum class Kind { ApiPayload, PulumiProgram, PulumiStack, TerraformState, TerraformPlan };
    Kind kind = Kind::ApiPayload;
    std::vector<ForeignCredential> credentials;
    QList<DocumentFinding> findings; ///< What was left out, and why. Nothing of it stops the rest.

    /// The file holds keys in clear: the user is to be told.
    [[nodiscard]] bool holdsKeys() const;
};

} // namespace latchkey
