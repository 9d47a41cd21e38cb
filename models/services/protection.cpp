// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/protection.h"

#include "models/storage/protectionstore.h"

namespace latchkey {

Protection::Protection(ProtectionStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

QCoro::Task<Done> Protection::load()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<QSet<ProtectionStore::Instance>> all = co_await m_store.all();
    if (!all)
        co_return all.problem();
    m_instances = all.value();
    co_return Done();
}

QCoro::Task<Done> Protection::protect(InstanceAddress address)
{
    return set(std::move(address), true);
}

QCoro::Task<Done> Protection::unprotect(InstanceAddress address)
{
    return set(std::move(address), false);
}

bool Protection::has(const InstanceAddress &address) const
{
    return m_instances.contains({address.origin, address.instanceId});
}

QCoro::Task<Outcome<bool>> Protection::look(InstanceAddress address)
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<bool> found = co_await m_store.has(address.origin, address.instanceId);
    if (found)
        note(address, found.value());
    co_return found;
}

QCoro::Task<Done> Protection::set(InstanceAddress address, bool isProtected)
{
    const RunningCount::Guard running = m_running.enter();
    const Done done = co_await m_store.set(address.origin, address.instanceId, isProtected);
    if (done)
        note(address, isProtected);
    co_return done;
}

void Protection::note(const InstanceAddress &address, bool isProtected)
{
    if (has(address) == isProtected)
        return;
    if (isProtected)
        m_instances.insert({address.origin, address.instanceId});
    else
        m_instances.remove({address.origin, address.instanceId});
    Q_EMIT changed(address);
}

} // namespace latchkey
