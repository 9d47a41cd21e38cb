// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instanceactions.h"

namespace latchkey {

AllowedActions allowedActions(const QList<InstanceRecord> &selected)
{
    AllowedActions allowed;
    allowed.copy = !selected.isEmpty();
    if (selected.size() != 1)
        return allowed;
    const InstanceRecord &record = selected.first();
    allowed.refresh = !record.changing;
    if (record.changing || record.builtIn)
        return allowed;
    allowed.create = record.knowledge == InstanceRecord::Knowledge::Absent;
    allowed.replace = record.knowledge == InstanceRecord::Knowledge::Present;
    allowed.remove = allowed.replace;
    return allowed;
}

} // namespace latchkey
