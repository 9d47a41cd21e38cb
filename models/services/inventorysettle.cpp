// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/inventory.h"
#include "models/services/inventoryrun.h"
#include "models/services/profiles.h"
#include "models/storage/snapshotstore.h"

namespace latchkey {

// What a refresh of a profile comes to, and what is kept of it.

QCoro::Task<Done> Inventory::settle(std::shared_ptr<Run> run)
{
    bool knewSome = false;
    bool seesOne = false;
    QList<InstanceAddress> gone;
    for (const std::shared_ptr<EndpointRun> &part : run->parts) {
        if (!part->listed)
            continue;
        for (const QString &instanceId : std::as_const(part->known)) {
            knewSome = true;
            if (part->listedIds.contains(instanceId))
                seesOne = true;
            else
                gone.append(part->address(instanceId));
        }
    }
    // None of what was known is there: more likely a token of another organization than a cleared one.
    const bool doubtful = knewSome && !seesOne && !m_confirmed.contains(run->profileId);
    if (doubtful) {
        Done doubted = co_await m_profiles.doubtOrganization(run->profileId);
        if (!doubted)
            co_return std::move(doubted).problem();
    } else {
        m_confirmed.remove(run->profileId);
        gone.removeIf([this](const InstanceAddress &address) { return m_records.value(address).changing; });
        removeRecords(gone);
        Done removed = co_await m_snapshot.removeRecords(gone);
        if (!removed)
            co_return std::move(removed).problem();
    }
    Done saved = co_await saveUnsaved();
    co_return saved;
}

QCoro::Task<Done> Inventory::saveUnsaved()
{
    QList<InstanceRecord> records;
    for (const InstanceAddress &address : std::exchange(m_unsaved, {})) {
        const auto record = m_records.constFind(address);
        if (record != m_records.cend())
            records.append(*record);
    }
    if (records.isEmpty())
        co_return Done();
    Done saved = co_await m_snapshot.saveRecords(records);
    if (!saved) {
        for (const InstanceRecord &record : std::as_const(records))
            m_unsaved.insert(record.address);
    }
    co_return saved;
}

QCoro::Task<void> Inventory::saveInBackground()
{
    const RunningCount::Guard running = m_running.enter();
    // What is not saved now is saved with the next refresh; nothing depends on it.
    co_await saveUnsaved();
}

QCoro::Task<void> Inventory::saveEndpoint(EndpointState state)
{
    const RunningCount::Guard running = m_running.enter();
    co_await m_snapshot.saveEndpoint(state);
}

} // namespace latchkey
