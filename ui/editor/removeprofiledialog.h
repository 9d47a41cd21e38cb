// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/profile.h"
#include "ui/common/editordialog.h"

#include <QCoroTask>

#include <functional>

namespace latchkey {

/// Asks before a profile is forgotten, and says what goes and what stays.
class RemoveProfileDialog final : public EditorDialog
{
    Q_OBJECT
public:
    using Remove = std::function<QCoro::Task<Done>(QString)>;

    /// Asked after a problem: the profile may be gone although something of it stayed.
    using IsThere = std::function<bool(const QString &)>;

    RemoveProfileDialog(const Profile &profile, Remove remove, IsThere isThere, QWidget *parent = nullptr);

Q_SIGNALS:
    void profileRemoved(const QString &profileId);

protected:
    [[nodiscard]] bool isBusy() const override { return m_running; }
    void act() override;

private:
    void finish(const Done &done);

    QString m_profileId;
    Remove m_remove;
    IsThere m_isThere;
    bool m_running = false;
};

} // namespace latchkey
