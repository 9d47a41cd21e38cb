// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/refresh.h"
#include "models/items/instancefiltermodel.h"

#include <QList>
#include <QString>

namespace latchkey {

/// What the place of the table shows.
enum class PageState {
    Table,
    Loading,     ///< Nothing is known yet, and a refresh runs.
    Offline,     ///< Nothing is known yet, and no server could be reached.
    Failed,      ///< Nothing is known yet, and every geo answered with a problem.
    NoInstances, ///< Konnect has none.
    NoMatch,     ///< The search hides all.
    ViewEmpty,   ///< The view or the profile has none.
};

struct PageInputs
{
    int rows = 0;  ///< Known instances.
    int shown = 0; ///< After view, profile and search.
    QString needle;
    InstanceView view = InstanceView::All;
    bool refreshing = false;
    bool everRefreshed = false; ///< A refresh has ended since the program started.
    QList<EndpointState> endpoints;
};

[[nodiscard]] PageState pageState(const PageInputs &inputs);

/// The server was not reached at all, which is another matter than a server that refuses.
[[nodiscard]] bool isUnreachable(const Problem &problem);
/// There is at least one endpoint, and none could be reached in the last try.
[[nodiscard]] bool allUnreachable(const QList<EndpointState> &endpoints);

} // namespace latchkey
