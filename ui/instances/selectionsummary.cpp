// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/selectionsummary.h"

#include <QMap>

#include <algorithm>

namespace latchkey {

SelectionSummary summaryOf(const QList<InstanceRecord> &selected)
{
    SelectionSummary summary;
    summary.instances = int(selected.size());
    QMap<QString, int> integrations;
    for (const InstanceRecord &record : selected) {
        ++integrations[record.instance.integrationTitle()];
        summary.production += record.production ? 1 : 0;
        switch (record.knowledge) {
        case InstanceRecord::Knowledge::Present:
            ++summary.withCredential;
            summary.keysKept += record.keptKeys.current ? 1 : 0;
            break;
        case InstanceRecord::Knowledge::Absent:
            summary.withoutCredential += record.builtIn ? 0 : 1;
            break;
        case InstanceRecord::Knowledge::NotChecked:
            summary.notChecked += record.builtIn ? 0 : 1;
            break;
        }
    }
    for (auto each = integrations.cbegin(); each != integrations.cend(); ++each)
        summary.integrations.append({each.key(), each.value()});
    std::ranges::stable_sort(summary.integrations, std::ranges::greater(), &SelectionSummary::Part::count);
    return summary;
}

} // namespace latchkey
