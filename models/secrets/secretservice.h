// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QCoreApplication>
#include <QCoroTask>
#include <QString>
#include <QStringList>

#include <chrono>

namespace latchkey {

/// What the Secret Service itself says about its default keyring. Asks over D-Bus, never opens a prompt.
class SecretService
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::SecretService)
public:
    /// ok: there, answering and unlocked. Else KeychainUnavailable (no bus, no service, no default keyring),
    /// KeychainLocked, or KeychainHung (no answer within `deadline`, which holds for each of the few
    /// questions). Where there is no Secret Service (not Linux): always ok.
    [[nodiscard]] static QCoro::Task<Done> state(std::chrono::milliseconds deadline);

    /// The names under which QtKeychain keeps entries for `service`, sorted; else the problem of `state()`.
    /// Where there is no Secret Service (not Linux): NotSupported.
    [[nodiscard]] static QCoro::Task<Outcome<QStringList>> names(QString service,
                                                                 std::chrono::milliseconds deadline);
};

} // namespace latchkey
