// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/keyvault.h"

namespace latchkey {

/// One operation of a vault that is under way, for as long as this object lives.
class KeyVault::Running
{
public:
    explicit Running(KeyVault &vault)
        : m_vault(vault)
    {
        ++m_vault.m_running;
    }
    Running(const Running &) = delete;
    Running &operator=(const Running &) = delete;
    ~Running()
    {
        // Later: whoever waits may destroy the vault, and this operation's frame is still in use.
        if (--m_vault.m_running == 0)
            QMetaObject::invokeMethod(&m_vault, &KeyVault::becameIdle, Qt::QueuedConnection);
    }

private:
    KeyVault &m_vault;
};

} // namespace latchkey
