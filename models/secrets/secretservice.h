// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QCoreApplication>
#include <QCoroTask>

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
};

} // namespace latchkey
