// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/health.h"

#include <QString>

#include <functional>

namespace latchkey {

/// What the instances are narrowed to besides view, profile and search: a week of the timeline, say.
struct InstanceNarrowing
{
    QString caption; ///< For people, e.g. "Datadog".
    /// Whether a row belongs to it. Called for each row whenever it changes; keeps no references.
    std::function<bool(const InstanceRecord &, const Health &)> accepts;

    [[nodiscard]] bool isActive() const { return static_cast<bool>(accepts); }
};

} // namespace latchkey
