// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/keyversion.h"
#include "models/core/plan.h"
#include "models/core/profile.h"

#include <optional>
#include <utility>

namespace latchkey {

/// What is at hand for the keys of one instance. No secrets.
struct KnownKeys
{
    std::optional<KeyVersion> current;  ///< See KeyVault::current().
    std::optional<KeyVersion> previous; ///< See KeyVault::previous().
    /// Keys beside those that are kept: read from where the user allowed, or typed. An empty HMAC where
    /// there is nothing to compare with.
    GivenFingerprints given;
    QString givenFor;        ///< The credential that the given keys are known to be of; empty: nobody says.
    bool unfinished = false; ///< A change of the instance has not ended.
};

struct PlanInput
{
    /// Origin and instance id.
    using Instance = std::pair<QString, QString>;

    ConfigurationDocument document;
    QMap<QString, QString> profileNames; ///< See Plan::profileNames.
    bool deletes = false;                ///< The user asked for deletions.
    QDateTime at;                        ///< UTC
    QList<Profile> profiles;
    QList<InstanceRecord> records;
    QHash<Instance, KnownKeys> keys;
};

/// What the document would have done. Asks nobody and writes nothing.
///
/// Instances are found by profile, integration and machine name, never made. A key of which nothing is known
/// is no reason to touch a credential: so a document that was exported elsewhere has nothing to do here. Nor
/// is one that is said to be a present credential's own. An instance that several profiles see is done in the
/// first where it can be.
[[nodiscard]] Plan makePlan(const PlanInput &input);

/// What is recorded once the document is followed: it adds and changes, and takes nothing away. The date only
/// where there is a credential that it is of.
[[nodiscard]] ExpiryRecord withWanted(ExpiryRecord record, const ConfiguredExpiry &wanted,
                                      const QString &credentialId);

} // namespace latchkey
