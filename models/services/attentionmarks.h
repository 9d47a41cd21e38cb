// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/attention.h"
#include "models/core/instancerecord.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <utility>

namespace latchkey {

class AttentionStore;

/// Which credentials the user does not want to be told of just now. Known to this machine only, for all
/// profiles that see the instance.
class AttentionMarks : public QObject
{
    Q_OBJECT
public:
    /// `store` must outlive this.
    explicit AttentionMarks(AttentionStore &store, QObject *parent = nullptr);

    /// As they are in the database now: another Latchkey may have changed them. May be called again.
    QCoro::Task<Done> load();
    /// Not before `until` (UTC). What was acknowledged of this credential stays so; of another one, not.
    QCoro::Task<Done> snooze(InstanceAddress address, const QString &credentialId, const QDateTime &until);
    /// Not of `states` again, besides those that were acknowledged before. `credentialId` is empty where the
    /// instance has none.
    QCoro::Task<Done> acknowledge(InstanceAddress address, const QString &credentialId,
                                  const QList<HealthState> &states);
    QCoro::Task<Done> remind(InstanceAddress address); ///< Takes both back.
    /// By origin and instance id; an empty one where nothing was said.
    [[nodiscard]] AttentionMark of(const InstanceAddress &address) const;
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    /// For every profile that sees it; `profileId` may be empty.
    void changed(const latchkey::InstanceAddress &address);

private:
    QCoro::Task<Done> set(InstanceAddress address, AttentionMark mark);
    [[nodiscard]] AttentionMark markOf(const InstanceAddress &address, const QString &credentialId) const;

    AttentionStore &m_store;
    QHash<std::pair<QString, QString>, AttentionMark> m_marks; ///< By origin and instance id.
    RunningCount m_running;
};

} // namespace latchkey
