// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/exitcode.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

ExitCode exitCodeOf(const Problem &problem)
{
    using enum Problem::Category;
    switch (problem.category) {
    case Unauthorized:
    case Forbidden:
        return ExitCode::Unauthorized;
    case NotFound:
        return ExitCode::NotFound;
    case Conflict:
        return ExitCode::Conflict;
    case RateLimited:
    case ServerError:
    case BadAnswer:
    case Redirected:
    case HostNotFound:
    case Tls:
    case Network:
    case TimedOut:
        return ExitCode::Unreachable;
    case OutcomeUnknown:
        return ExitCode::Unfinished;
    case Canceled:
        return ExitCode::Interrupted;
    case KeychainUnavailable:
    case KeychainLocked:
    case KeychainRefused:
    case KeychainHung:
    case KeychainEntryMissing:
    case KeychainFailed:
        return ExitCode::Keychain;
    case InUse:
    case StorageBusy:
        return ExitCode::InUse;
    case Refused:
    case NeedsDecision:
    case NotSupported:
        return ExitCode::Declined;
    case InvalidInput:
        return ExitCode::BadInput;
    case StorageFailed:
    case StorageFull:
    case StorageReadOnly:
        return ExitCode::Failed;
    }
    return ExitCode::Failed;
}

ExitCode exitCodeOf(const Change &change)
{
    switch (change.phase) {
    case ChangePhase::Verified:
    case ChangePhase::RolledBack:
    case ChangePhase::Adopted:
        return ExitCode::Success;
    case ChangePhase::Deleted:
        return change.kind == ChangeKind::Delete ? ExitCode::Success : ExitCode::Unfinished;
    case ChangePhase::Foreign:
        return ExitCode::Conflict;
    case ChangePhase::Created:
        // It is there; only the look at it afterwards failed.
        return change.problem ? ExitCode::Unfinished : ExitCode::Success;
    case ChangePhase::Abandoned:
        return change.problem ? exitCodeOf(*change.problem) : ExitCode::Declined;
    case ChangePhase::Prepared:
    case ChangePhase::Deleting:
    case ChangePhase::Creating:
    case ChangePhase::NotHealthy:
    case ChangePhase::RollingBack:
    case ChangePhase::Left:
        return ExitCode::Unfinished;
    }
    return ExitCode::Unfinished;
}

ExitCode exitCodeOf(ExpiryReport::Verdict verdict)
{
    return static_cast<ExitCode>(verdict);
}

QString exitCodeHelp()
{
    return QCoreApplication::translate(
        "latchkey::ExitCode", "Exit codes:\n"
                              "    0  done\n"
                              "    1  failed on this machine (database, files)\n"
                              "    2  something was sent and did not end well, or its outcome is unknown\n"
                              "    3  the token is wrong or expired, or lacks the Integration Admin role\n"
                              "    4  profile, instance or credential not found\n"
                              "    5  a credential is there already, or somebody else's was found\n"
                              "    6  Konnect cannot be reached, or answers nonsense\n"
                              "    7  the keychain is missing, locked, refused or silent\n"
                              "    8  another Latchkey is changing something\n"
                              "    9  not confirmed, or a precondition does not hold; nothing was sent\n"
                              "   64  wrong usage\n"
                              "   65  keys or other input that cannot be used\n"
                              "  130  interrupted\n"
                              "`latchkeyctl expiry` has its own from 0 to 4: see its help.\n");
}

} // namespace latchkey
