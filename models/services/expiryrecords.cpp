// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/expiryrecords.h"

#include "models/services/changedkeys.h"
#include "models/storage/expirystore.h"

namespace latchkey {

ExpiryRecords::ExpiryRecords(ExpiryStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

QCoro::Task<Done> ExpiryRecords::load()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<ExpiryStore::Records> all = co_await m_store.all();
    if (!all)
        co_return all.problem();
    const ExpiryStore::Records before = std::exchange(m_records, all.value());
    const QList<ExpiryStore::Instance> different = changedKeys(before, m_records);
    for (const auto &[origin, instanceId] : different)
        Q_EMIT changed({{}, origin, instanceId});
    co_return Done();
}

QCoro::Task<Done> ExpiryRecords::record(InstanceAddress address, ExpiryRecord record)
{
    const RunningCount::Guard running = m_running.enter();
    if (record.isEmpty())
        record = {};
    const Done done = co_await m_store.set(address.origin, address.instanceId, record);
    if (!done || of(address) == record)
        co_return done;
    if (record.isEmpty())
        m_records.remove({address.origin, address.instanceId});
    else
        m_records.insert({address.origin, address.instanceId}, record);
    Q_EMIT changed(address);
    co_return done;
}

ExpiryRecord ExpiryRecords::of(const InstanceAddress &address) const
{
    return m_records.value({address.origin, address.instanceId});
}

} // namespace latchkey
