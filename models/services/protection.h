// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QObject>
#include <QSet>
#include <QString>

#include <utility>

namespace latchkey {

class ProtectionStore;

/// Which instances the user protects: to replace or delete the credential of one, its name has to be typed,
/// as in a production profile. Known to this machine only, for all profiles that see the instance.
class Protection : public QObject
{
    Q_OBJECT
public:
    /// `store` must outlive this.
    explicit Protection(ProtectionStore &store, QObject *parent = nullptr);

    QCoro::Task<Done> load();
    QCoro::Task<Done> protect(InstanceAddress address);
    /// The user was asked.
    QCoro::Task<Done> unprotect(InstanceAddress address);
    /// As far as this Latchkey knows.
    [[nodiscard]] bool has(const InstanceAddress &address) const;
    /// Asks the database: another Latchkey may have changed it since.
    QCoro::Task<Outcome<bool>> look(InstanceAddress address);
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    void changed(const latchkey::InstanceAddress &address);

private:
    QCoro::Task<Done> set(InstanceAddress address, bool isProtected);
    void note(const InstanceAddress &address, bool isProtected);

    ProtectionStore &m_store;
    QSet<std::pair<QString, QString>> m_instances; ///< Origin and instance id.
    RunningCount m_running;
};

} // namespace latchkey
