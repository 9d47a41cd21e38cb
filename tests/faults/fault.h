// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demofault.h"
#include "models/core/problem.h"

#include <QList>
#include <QString>

namespace latchkey::test {

/// Where something goes wrong around a change: each place where it meets the world outside.
struct Place
{
    enum class Kind {
        Request,  ///< One has arrived at the service.
        Keychain, ///< One call has arrived at the keychain.
        Phase,    ///< A phase is durable and announced.
    };
    Kind kind = Kind::Request;
    QString name; ///< e.g. `DELETE auth-credential`, `write of an entry`, `phase creating`
};

/// One thing that goes wrong.
struct Fault
{
    enum class What {
        Wire,               ///< `wire`
        Keychain,           ///< The call fails with `category`,
        KeychainAfterDoing, ///< the same, and the work is done.
        ReadsOther,         ///< A read answers with other bytes than were written.
        LosesOld,           ///< Somebody removes the entry of the old keys,
        LosesNew,           ///< of the new ones.
        Busy, ///< Another process is writing into the database, for longer than Latchkey's patience,
        BusyForAMoment, ///< or for less.
        DiskRefuses,    ///< Writes fail with `systemError`.
        Deleted,        ///< Somebody removes the database,
        Restored,       ///< or puts yesterday's in its place.
    };
    What what = What::Wire;
    QString name;
    bool lasting = false; ///< Until Latchkey ends; else at one place only.
    DemoFault wire;
    Problem::Category category = Problem::Category::KeychainFailed;
    int systemError = 0;

    [[nodiscard]] bool isOfKeychain() const { return what >= What::Keychain && what <= What::LosesNew; }
    /// What is noted there is not to be found by the next start.
    [[nodiscard]] bool losesTheDatabase() const { return what == What::Deleted || what == What::Restored; }
    [[nodiscard]] bool canBeginAt(const Place &place) const;
};

[[nodiscard]] QList<Fault> storageFaults();
[[nodiscard]] QList<Fault> allFaults();

} // namespace latchkey::test
