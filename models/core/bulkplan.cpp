// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/bulkplan.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

QString bulkRowStateWord(BulkRowState state)
{
    switch (state) {
    case BulkRowState::Waiting:
        return u"waiting"_s;
    case BulkRowState::Preparing:
        return u"preparing"_s;
    case BulkRowState::Prepared:
        return u"prepared"_s;
    case BulkRowState::Running:
        return u"running"_s;
    case BulkRowState::Succeeded:
        return u"done"_s;
    case BulkRowState::Failed:
        return u"failed"_s;
    case BulkRowState::NotStarted:
        return u"not_started"_s;
    case BulkRowState::Skipped:
        return u"skipped"_s;
    }
    Q_UNREACHABLE();
}

int BulkResult::count(BulkRowState state) const
{
    return static_cast<int>(std::count_if(rows.cbegin(), rows.cend(),
                                          [state](const BulkRow &row) { return row.state == state; }));
}

int BulkRun::unfinished() const
{
    return static_cast<int>(std::count_if(changes.cbegin(), changes.cend(), [](const Change &change) {
        return !isFinal(change.kind, change.phase);
    }));
}

int BulkRun::notStarted() const
{
    return static_cast<int>(std::count_if(changes.cbegin(), changes.cend(), [](const Change &change) {
        return change.phase == ChangePhase::Prepared;
    }));
}

bool BulkPreview::isOneIntegration() const
{
    return std::all_of(rows.cbegin(), rows.cend(), [this](const ChangePreview &row) {
        return row.record.instance.integrationName == rows.constFirst().record.instance.integrationName;
    });
}

int BulkPreview::obstacles() const
{
    return static_cast<int>(std::count_if(rows.cbegin(), rows.cend(),
                                          [](const ChangePreview &row) { return row.obstacle.has_value(); }));
}

bool BulkPreview::needsTypedNames() const
{
    return std::any_of(rows.cbegin(), rows.cend(),
                       [](const ChangePreview &row) { return row.needsTypedName; });
}

} // namespace latchkey
