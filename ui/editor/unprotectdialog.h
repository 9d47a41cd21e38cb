// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/outcome.h"
#include "ui/common/editordialog.h"

#include <QCoroTask>

#include <functional>

namespace latchkey {

/// Asks before the protection of an instance is taken away.
class UnprotectDialog final : public EditorDialog
{
    Q_OBJECT
public:
    using Unprotect = std::function<QCoro::Task<Done>(InstanceAddress)>;

    UnprotectDialog(const InstanceRecord &record, Unprotect unprotect, QWidget *parent = nullptr);

protected:
    [[nodiscard]] bool isBusy() const override { return m_running; }
    void act() override;

private:
    void finish(const Done &done);

    InstanceAddress m_address;
    Unprotect m_unprotect;
    bool m_running = false;
};

} // namespace latchkey
