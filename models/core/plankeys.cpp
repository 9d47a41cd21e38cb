// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/plankeys.h"

namespace latchkey {

void PlanKeys::supply(const InstanceAddress &address, SuppliedKeys keys)
{
    SuppliedKeys &all = m_supplied[{address.origin, address.instanceId}];
    for (HeaderKey &key : keys.keys) {
        // A file may say of which credential its keys are; nobody says so of one that is entered over them.
        if (headerNames(all.keys).contains(key.name, Qt::CaseInsensitive))
            all.credentialId.clear();
        all.keys.push_back(std::move(key));
    }
    if (!keys.credentialId.isEmpty())
        all.credentialId = keys.credentialId;
}

const Secret *PlanKeys::find(const InstanceAddress &address, const QString &header,
                             const KeySource &source) const
{
    if (source.kind == KeySource::Kind::Environment) {
        const auto variable = m_variables.find(source.variable);
        if (variable != m_variables.cend() && !variable->second.isEmpty())
            return &variable->second;
    }
    const auto supplied = m_supplied.find({address.origin, address.instanceId});
    if (supplied == m_supplied.cend())
        return nullptr;
    // The last one counts: it may have been entered in the place of an earlier one.
    for (auto each = supplied->second.keys.crbegin(); each != supplied->second.keys.crend(); ++each) {
        if (each->name.compare(header, Qt::CaseInsensitive) == 0)
            return &each->key;
    }
    return nullptr;
}

QString PlanKeys::credentialOf(const InstanceAddress &address) const
{
    const auto supplied = m_supplied.find({address.origin, address.instanceId});
    return supplied == m_supplied.cend() ? QString() : supplied->second.credentialId;
}

} // namespace latchkey
