// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/plan.h"

#include <QList>
#include <QMetaType>
#include <QString>

namespace latchkey {

/// A row of a plan, when it is to be applied.
struct DriftRow
{
    enum class State {
        GoesOn,   ///< It still means the same.
        AsWanted, ///< Nothing of it is left to do, but perhaps what `now` records and protects.
        Moved,    ///< Something else would be done by now: it is refused.
    };
    State state = State::GoesOn;
    PlanRow now;  ///< As it would be planned now; as it was planned where there is none.
    QString what; ///< Moved: what is different. Translated.
    bool operator==(const DriftRow &) const = default;
};

/// A plan that was made some time ago against `fresh`, which is made now from the same document. One row for
/// each of `planned`, in its order.
[[nodiscard]] QList<DriftRow> driftOf(const Plan &planned, const Plan &fresh);

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::DriftRow)
