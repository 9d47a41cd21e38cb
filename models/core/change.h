// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/newcredential.h"

#include <QDate>
#include <QDateTime>
#include <QMetaType>
#include <QString>

#include <optional>

namespace latchkey {

enum class ChangeKind {
    Create,
    Replace,
    Delete,
    Adopt, ///< Keys of a credential that somebody else made are kept here; nothing is sent.
};

/// Where a change stands. A row is durable in the journal before its step is taken.
enum class ChangePhase {
    Prepared, ///< Everything checkable was checked, the new keys are staged; nothing was sent.
    Deleting, ///< The DELETE may have been sent.
    Deleted,
    Creating,    ///< The POST may have been sent.
    Created,     ///< Konnect answered 201; the staged version is current.
    Verified,    ///< Konnect's GET shows the new credential, untainted and with all permissions.
    NotHealthy,  ///< Created, but Konnect calls it tainted or lacking permissions.
    RollingBack, ///< A change of its own (`Change::undoes`) takes it back; that one is what goes on.
    RolledBack,
    Left,      ///< The user left it as it is.
    Abandoned, ///< Given up before anything was sent.
    Foreign,   ///< Somebody else's credential was found; nothing of it was touched.
    Adopted,   ///< The keys that the user entered are current; Konnect cannot say whether they are right.
};

[[nodiscard]] QString changeKindWord(ChangeKind kind);    ///< `create`, `replace`, `delete`, `adopt`
[[nodiscard]] QString changePhaseWord(ChangePhase phase); ///< `prepared`, …
[[nodiscard]] std::optional<ChangeKind> changeKindFromWord(const QString &word);
[[nodiscard]] std::optional<ChangePhase> changePhaseFromWord(const QString &word);

/// No further step of this change follows. A Delete also ends at Deleted. Created is not the end: nobody has
/// looked at the new credential yet.
[[nodiscard]] bool isFinal(ChangeKind kind, ChangePhase phase);

/// Where the new keys are kept.
enum class KeepKeys {
    InKeychain,
    InMemory, ///< There is no keychain and the user chose to hold them until Latchkey closes.
    Nowhere,  ///< `--keep none`; finishing after a crash asks for them again. Also for AWS roles, which hold
              ///< no secret.
};

/// What the user asked for. Move-only: it carries keys.
struct ChangeRequest
{
    ChangeKind kind = ChangeKind::Create;
    InstanceAddress address;
    QString expectedCredentialId; ///< The credential that the user saw and agreed to lose; empty for Create.
    NewCredential credential;     ///< Not for Delete.
    KeepKeys keep = KeepKeys::InKeychain;
    /// What the user typed to confirm a change of a protected instance, or in a production profile: the
    /// instance's name.
    QString typedName;
    /// The way back: keys of this instance that are kept here under this version, in the place of
    /// `credential.headers`.
    QString fromVersion;
    /// Where `fromVersion` is kept for another instance, that one. Its keys are then kept for this one too.
    std::optional<InstanceAddress> keysOf;
    QString undoes; ///< Id of the change that this one takes back; may be empty.
    QString run;    ///< Id of the bulk run that it is a row of; empty for a change of its own.
    QDate expires;  ///< The last day of the new keys, as the user entered it; invalid for none.
};

/// A change as the journal knows it: no secrets.
struct Change
{
    QString id; ///< uuid
    ChangeKind kind = ChangeKind::Create;
    ChangePhase phase = ChangePhase::Prepared;
    InstanceAddress address;
    QString profileName;
    QString instanceName;
    QString instanceTitle;
    QString integrationName;
    CredentialType type = CredentialType::MultiKey;
    QString roleArn;         ///< AwsRole: not secret, needed to finish.
    QString oldCredentialId; ///< Empty for Create.
    QString newCredentialId; ///< Empty until known.
    QString stagedVersion; ///< Key version of the new keys; empty for Delete, AwsRole and KeepKeys::Nowhere.
    QString previousVersion; ///< The version to go back to; empty where the old keys are not known here.
    QString previousRoleArn; ///< AwsRole: the ARN of the credential that goes, as Konnect showed it.
    QString undoes;          ///< Id of the change that this one takes back; empty for most.
    KeepKeys keep = KeepKeys::InKeychain;
    int postAttempts = 0;
    bool probablyOurs =
        false;           ///< The POST's answer was lost; id and time of what was found say that it is ours.
    QDateTime startedAt; ///< UTC
    QDateTime updatedAt; ///< UTC
    std::optional<qint64> gapMs;    ///< How long the instance was without a credential.
    std::optional<Problem> problem; ///< The last one.
    QDateTime
        sentAt;    ///< UTC by Konnect's own clock (its last `Date` before the POST); invalid where not known.
    QString run;   ///< Id of the bulk run that it is a row of; empty for most.
    QDate expires; ///< To be recorded for the new credential; invalid for none.
    bool operator==(const Change &) const = default;
};

/// What a change that has not ended finds at Konnect: only a GET can tell.
enum class Standing {
    NotKnown,    ///< It could not be asked.
    Old,         ///< The credential from before the change is there.
    None,        ///< No credential is there.
    New,         ///< The one that this change created.
    ProbablyNew, ///< The answer to the POST was lost; id, type and time say that this is what it created.
    Other,       ///< Somebody else's.
};
/// `found`: what a GET shows now.
[[nodiscard]] Standing standingOf(const Change &change, const std::optional<AuthCredential> &found);

/// What a change would do, for the user to read before it is done.
struct ChangePreview
{
    ChangeKind kind = ChangeKind::Create;
    InstanceRecord record;
    QString oldCredentialId;
    bool wayBack = false;            ///< The old keys are kept here.
    QDateTime wayBackSince;          ///< UTC; when they were kept.
    bool needsTypedName = false;     ///< See wording::whyTypedName().
    std::optional<Problem> obstacle; ///< Why it cannot be done now.
    QDateTime at;                    ///< UTC; when this was said.
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::Change)
