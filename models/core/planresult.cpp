// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/planresult.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

QString planRowStateWord(PlanRowState state)
{
    switch (state) {
    case PlanRowState::Waiting:
        return u"waiting"_s;
    case PlanRowState::Running:
        return u"running"_s;
    case PlanRowState::Succeeded:
        return u"done"_s;
    case PlanRowState::DoneAlready:
        return u"done_already"_s;
    case PlanRowState::Moved:
        return u"moved"_s;
    case PlanRowState::Blocked:
        return u"blocked"_s;
    case PlanRowState::Failed:
        return u"failed"_s;
    case PlanRowState::NotStarted:
        return u"not_started"_s;
    case PlanRowState::LeftOut:
        return u"left_out"_s;
    }
    return {};
}

int PlanResult::count(PlanRowState state) const
{
    return static_cast<int>(std::count_if(rows.cbegin(), rows.cend(),
                                          [state](const PlanRowResult &row) { return row.state == state; }));
}

bool PlanResult::isAllDone() const
{
    return std::all_of(rows.cbegin(), rows.cend(), [](const PlanRowResult &row) {
        return row.state == PlanRowState::Succeeded || row.state == PlanRowState::DoneAlready ||
               row.state == PlanRowState::LeftOut;
    });
}

} // namespace latchkey
