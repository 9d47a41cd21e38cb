// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/memorysecretstore.h"

namespace latchkey {

QCoro::Task<Outcome<Secret>> MemorySecretStore::read(QString name)
{
    const auto entry = m_entries.find(name);
    if (entry == m_entries.end()) {
        Problem problem;
        problem.category = Problem::Category::KeychainEntryMissing;
        problem.caption = tr("This key is not in memory any more.");
        problem.detail = tr("It was held only until Latchkey closed. Enter it again.");
        co_return problem;
    }
    co_return entry->second.clone();
}

QCoro::Task<Done> MemorySecretStore::write(QString name, Secret value)
{
    m_entries.insert_or_assign(name, std::move(value));
    co_return Done();
}

QCoro::Task<Done> MemorySecretStore::remove(QString name)
{
    m_entries.erase(name);
    co_return Done();
}

QCoro::Task<Done> MemorySecretStore::probe()
{
    co_return Done();
}

QCoro::Task<Outcome<QStringList>> MemorySecretStore::list()
{
    co_return names();
}

QStringList MemorySecretStore::names() const
{
    QStringList names;
    for (const auto &entry : m_entries)
        names.append(entry.first);
    return names;
}

} // namespace latchkey
