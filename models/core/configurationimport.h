// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationdocument.h"
#include "models/core/foreigncredential.h"
#include "models/core/instancerecord.h"
#include "models/core/plankeys.h"
#include "models/core/profile.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace latchkey {

/// What the user says beside the file.
struct ImportOptions
{
    QString profileId; ///< Only its instances are meant; empty: those of all profiles.
    /// Machine name or id of the instance that is meant where the file does not say (saysInstance()); empty
    /// for none.
    QString instance;
    /// Where the file does not say of which credential its keys are: of the one that is there. They are kept
    /// then, and nothing is replaced.
    bool areOfPresent = false;
    QDateTime at; ///< UTC
};

/// What another tool's file says, as a document that can be planned. Move-only: it carries keys.
struct ConfigurationImport
{
    /// Keys of which the file has none come from the keychain where they are kept; all others count as
    /// entered.
    ConfigurationDocument document;
    PlanKeys keys; ///< Those in clear, for the instance that each is of, and no other one.
    /// What is to be known about it, and what was left out; the path is the resource's place in the file.
    QList<DocumentFinding> findings;
    qsizetype leftOut = 0; ///< How many of these are about something that is not in the document.
};

/// Instances are found by their id, else by integration and machine name. One that is not known here is in
/// the document all the same, as long as the file names it and it is clear in which profile: so the plan says
/// that it is missing.
[[nodiscard]] ConfigurationImport importOf(ForeignConfiguration foreign, const QList<Profile> &profiles,
                                           const QList<InstanceRecord> &records,
                                           const ImportOptions &options);

/// Whether the file says to which instance it belongs.
[[nodiscard]] bool saysInstance(const ForeignCredential &credential);

} // namespace latchkey
