// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/change.h"

#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

QString changeKindWord(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Create:
        return u"create"_s;
    case ChangeKind::Replace:
        return u"replace"_s;
    case ChangeKind::Delete:
        return u"delete"_s;
    case ChangeKind::Adopt:
        return u"adopt"_s;
    }
    Q_UNREACHABLE();
}

QString changePhaseWord(ChangePhase phase)
{
    switch (phase) {
    case ChangePhase::Prepared:
        return u"prepared"_s;
    case ChangePhase::Deleting:
        return u"deleting"_s;
    case ChangePhase::Deleted:
        return u"deleted"_s;
    case ChangePhase::Creating:
        return u"creating"_s;
    case ChangePhase::Created:
        return u"created"_s;
    case ChangePhase::Verified:
        return u"verified"_s;
    case ChangePhase::NotHealthy:
        return u"not_healthy"_s;
    case ChangePhase::RollingBack:
        return u"rolling_back"_s;
    case ChangePhase::RolledBack:
        return u"rolled_back"_s;
    case ChangePhase::Left:
        return u"left"_s;
    case ChangePhase::Abandoned:
        return u"abandoned"_s;
    case ChangePhase::Foreign:
        return u"foreign"_s;
    case ChangePhase::Adopted:
        return u"adopted"_s;
    }
    Q_UNREACHABLE();
}

std::optional<ChangeKind> changeKindFromWord(const QString &word)
{
    for (const ChangeKind kind :
         {ChangeKind::Create, ChangeKind::Replace, ChangeKind::Delete, ChangeKind::Adopt}) {
        if (changeKindWord(kind) == word)
            return kind;
    }
    return std::nullopt;
}

std::optional<ChangePhase> changePhaseFromWord(const QString &word)
{
    constexpr std::array All{
        ChangePhase::Prepared,   ChangePhase::Deleting, ChangePhase::Deleted,    ChangePhase::Creating,
        ChangePhase::Created,    ChangePhase::Verified, ChangePhase::NotHealthy, ChangePhase::RollingBack,
        ChangePhase::RolledBack, ChangePhase::Left,     ChangePhase::Abandoned,  ChangePhase::Foreign,
        ChangePhase::Adopted,
    };
    for (const ChangePhase phase : All) {
        if (changePhaseWord(phase) == word)
            return phase;
    }
    return std::nullopt;
}

bool isFinal(ChangeKind kind, ChangePhase phase)
{
    switch (phase) {
    case ChangePhase::Deleted:
        return kind == ChangeKind::Delete;
    case ChangePhase::RollingBack:
    case ChangePhase::Verified:
    case ChangePhase::NotHealthy:
    case ChangePhase::RolledBack:
    case ChangePhase::Left:
    case ChangePhase::Abandoned:
    case ChangePhase::Foreign:
    case ChangePhase::Adopted:
        return true;
    case ChangePhase::Prepared:
    case ChangePhase::Deleting:
    case ChangePhase::Creating:
    case ChangePhase::Created:
        return false;
    }
    Q_UNREACHABLE();
}

namespace {

/// Nobody but us is likely to have made such a credential since the POST was sent.
bool isProbablyFrom(const Change &change, const AuthCredential &found)
{
    if (change.postAttempts == 0 || found.type != change.type || !change.sentAt.isValid() ||
        !found.createdAt.isKnown())
        return false;
    if (found.type == CredentialType::AwsRole && found.roleArn != change.roleArn)
        return false;
    // The clock of a gateway may be ahead of the one that dates credentials. There was none just before.
    constexpr qint64 mostAhead = 10;
    // Three attempts with all their waits are over by then: what came later is somebody else's.
    constexpr qint64 longestSending = 20LL * 60;
    return found.createdAt.utc >= change.sentAt.addSecs(-mostAhead) &&
           found.createdAt.utc <= change.sentAt.addSecs(longestSending);
}

} // namespace

Standing standingOf(const Change &change, const std::optional<AuthCredential> &found)
{
    if (!found)
        return Standing::None;
    if (!change.oldCredentialId.isEmpty() && found->id == change.oldCredentialId)
        return Standing::Old;
    if (change.kind == ChangeKind::Delete)
        return Standing::Other;
    if (!change.newCredentialId.isEmpty())
        return found->id == change.newCredentialId ? Standing::New : Standing::Other;
    return isProbablyFrom(change, *found) ? Standing::ProbablyNew : Standing::Other;
}

} // namespace latchkey
