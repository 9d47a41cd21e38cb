// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/keyoverview.h"
#include "models/core/outcome.h"
#include "ui/common/editordialog.h"
#include "ui/common/notelist.h"

#include <QCoroTask>

#include <functional>

namespace latchkey {

/// Asks before the earlier keys of an instance are removed from this machine for good, and names each set.
class ForgetKeysDialog final : public EditorDialog
{
    Q_OBJECT
public:
    /// What it needs of Retention.
    struct Services
    {
        std::function<QCoro::Task<Outcome<QList<KeptVersion>>>()> kept;
        std::function<QCoro::Task<Done>(QString versionId)> forget;
    };

    ForgetKeysDialog(const InstanceRecord &record, Services services, QWidget *parent = nullptr);

protected:
    [[nodiscard]] bool isBusy() const override { return m_running; }
    void act() override;

private:
    void read();
    void fill(const QList<KeptVersion> &all);
    void forgetNext();
    void setRunning(bool running);

    InstanceAddress m_address;
    Services m_services;
    NoteList *m_notes;
    QStringList m_ids; ///< Of the sets that would go.
    bool m_running = false;
};

} // namespace latchkey
