// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationdocument.h"
#include "models/core/instancerecord.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QMap>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <optional>

namespace latchkey {

/// What is to be done with the credential of one instance. Worst first: the order in which a plan is read.
enum class PlanAction {
    Blocked, ///< Cannot be done; PlanRow::reason says why.
    Delete,
    Replace,
    Create,
    Adopt, ///< The given keys are kept here as those of the credential that is there; nothing is sent.
    Keep,
};

/// A key as it is, against the one that the document would have.
enum class KeyComparison {
    Same,
    Changed,
    NotKnown, ///< One of the two is not known here.
};

struct PlannedHeader
{
    QString name;
    KeySource source;
    KeyComparison comparison = KeyComparison::NotKnown;
    bool isGiven = false; ///< The key is at hand: kept here, or read from where the user allowed.
    bool operator==(const PlannedHeader &) const = default;
};

/// One instance of a document against what is known of it. No secrets. One that keeps its credential may have
/// something to be recorded or protected all the same: see isWork().
struct PlanRow
{
    PlanAction action = PlanAction::Blocked;
    QString profileName; ///< As the document names it.
    QString profile;     ///< What it is called here: that of `--map`, where the two differ.
    ConfiguredInstance wanted;
    InstanceAddress address; ///< Null where the instance was not found.
    QString title;           ///< Of the instance, for people; its name where it was not found.
    QString credentialId;    ///< That was observed; empty: there is none.
    CredentialType type = CredentialType::Unknown; ///< Of the credential that was observed.
    QList<PlannedHeader> headers;                  ///< Of a wanted multi-key credential.
    bool recordsExpiry = false;  ///< What is recorded here differs from what the document says.
    bool protects = false;       ///< It is not protected here yet.
    bool needsTypedName = false; ///< Protected, or in a production profile.
    bool wayBack = false;        ///< The keys of the credential that goes are kept here.
    QString reason; ///< Why it is blocked, or what else is to be known. Translated; may be empty.
    QUrl link;      ///< Where that can be mended; may be empty.

    /// Whether there is anything to do at all.
    [[nodiscard]] bool isWork() const;
    /// What tells it from all other rows of its document.
    [[nodiscard]] QStringList place() const;
    /// The profile for people: both names where they differ.
    [[nodiscard]] QString profileText() const;
    /// Headers of a create, replace or adopt whose keys are still to be supplied.
    [[nodiscard]] QStringList missingKeys() const;
    bool operator==(const PlanRow &) const = default;
};

/// A document against the inventory: what would be done, row by row. Computed without writing anything.
struct Plan
{
    ConfigurationDocument document;      ///< That it was made from.
    QMap<QString, QString> profileNames; ///< `--map`: the document's name → the profile's.
    bool deletes = false;                ///< The user asked for deletions.
    QDateTime madeAt;                    ///< UTC
    QList<PlanRow> rows;                 ///< The worst first, then in the order of the document.

    [[nodiscard]] int count(PlanAction action) const;
    /// Nothing to do, and nothing blocked.
    [[nodiscard]] bool isEmpty() const;
};

[[nodiscard]] QString planActionWord(PlanAction action); ///< `blocked`, `delete`, …
[[nodiscard]] std::optional<PlanAction> planActionFromWord(const QString &word);
[[nodiscard]] QString keyComparisonWord(KeyComparison comparison); ///< `same`, `changed`, `not_known`
[[nodiscard]] std::optional<KeyComparison> keyComparisonFromWord(const QString &word);

/// Fingerprints of keys that are at hand, for one instance: header name (in lower case) → HMAC.
using GivenFingerprints = QHash<QString, QByteArray>;

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::PlanRow)
