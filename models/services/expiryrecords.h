// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/expiry.h"
#include "models/core/instancerecord.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>
#include <QString>

#include <utility>

namespace latchkey {

class ExpiryStore;

/// What the user recorded about the expiry of credentials. Known to this machine only, for all profiles that
/// see the instance.
class ExpiryRecords : public QObject
{
    Q_OBJECT
public:
    /// `store` must outlive this.
    explicit ExpiryRecords(ExpiryStore &store, QObject *parent = nullptr);

    /// As they are in the database now: another Latchkey may have changed them. May be called again.
    QCoro::Task<Done> load();
    /// In the place of the one that is there; an empty one forgets it.
    QCoro::Task<Done> record(InstanceAddress address, ExpiryRecord record);
    /// By origin and instance id; an empty one where nothing is recorded.
    [[nodiscard]] ExpiryRecord of(const InstanceAddress &address) const;
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    /// For every profile that sees it; `profileId` may be empty.
    void changed(const latchkey::InstanceAddress &address);

private:
    ExpiryStore &m_store;
    QHash<std::pair<QString, QString>, ExpiryRecord> m_records; ///< By origin and instance id.
    RunningCount m_running;
};

} // namespace latchkey
