// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/attentionmarks.h"

#include "models/core/health.h"
#include "models/services/changedkeys.h"
#include "models/storage/attentionstore.h"

#include <algorithm>

namespace latchkey {

AttentionMarks::AttentionMarks(AttentionStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

QCoro::Task<Done> AttentionMarks::load()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<AttentionStore::Marks> all = co_await m_store.all();
    if (!all)
        co_return all.problem();
    const AttentionStore::Marks before = std::exchange(m_marks, all.value());
    const QList<AttentionStore::Instance> different = changedKeys(before, m_marks);
    for (const auto &[origin, instanceId] : different)
        Q_EMIT changed({{}, origin, instanceId});
    co_return Done();
}

QCoro::Task<Done> AttentionMarks::snooze(InstanceAddress address, const QString &credentialId,
                                         const QDateTime &until)
{
    AttentionMark mark = markOf(address, credentialId);
    mark.snoozedUntil = until.toUTC();
    return set(std::move(address), std::move(mark));
}

QCoro::Task<Done> AttentionMarks::acknowledge(InstanceAddress address, const QString &credentialId,
                                              const QList<HealthState> &states)
{
    AttentionMark mark = markOf(address, credentialId);
    for (const HealthState state : states) {
        if (!mark.acknowledged.contains(state))
            mark.acknowledged << state;
    }
    std::sort(mark.acknowledged.begin(), mark.acknowledged.end());
    return set(std::move(address), std::move(mark));
}

QCoro::Task<Done> AttentionMarks::remind(InstanceAddress address)
{
    return set(std::move(address), {});
}

AttentionMark AttentionMarks::of(const InstanceAddress &address) const
{
    return m_marks.value({address.origin, address.instanceId});
}

QCoro::Task<Done> AttentionMarks::set(InstanceAddress address, AttentionMark mark)
{
    const RunningCount::Guard running = m_running.enter();
    const Done done = co_await m_store.set(address.origin, address.instanceId, mark);
    if (!done || of(address) == mark)
        co_return done;
    if (mark.isEmpty())
        m_marks.remove({address.origin, address.instanceId});
    else
        m_marks.insert({address.origin, address.instanceId}, mark);
    Q_EMIT changed(address);
    co_return done;
}

AttentionMark AttentionMarks::markOf(const InstanceAddress &address, const QString &credentialId) const
{
    AttentionMark mark = of(address);
    if (mark.credentialId != credentialId)
        mark = {};
    mark.credentialId = credentialId;
    return mark;
}

} // namespace latchkey
