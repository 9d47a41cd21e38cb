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
    Loading,     ///< A refresh runs, and something of the scope has not answered to it.
    NotRead,     ///< Something of the scope was never read, and nothing reads it.
    Offline,     ///< No server of the scope could be reached.
    Failed,      ///< At least one geo of the scope answered with a problem.
    NoInstances, ///< Konnect has none: each geo of the scope said so.
    NoMatch,     ///< The search hides all.
    ViewEmpty,   ///< The view has none.
};

struct PageInputs
{
    int rows = 0;  ///< Known instances of the scope.
    int shown = 0; ///< After view, profile and search.
    QString needle;
    InstanceView view = InstanceView::All;
    bool refreshing = false;
    QList<EndpointState> endpoints; ///< All of the scope.
    QList<EndpointState> before;    ///< As they were when the refresh began that runs.
};

[[nodiscard]] PageState pageState(const PageInputs &inputs);

/// Each of them, and there is one, was listed in the last try.
[[nodiscard]] bool allListed(const QList<EndpointState> &endpoints);
/// The server was not reached at all, which is another matter than a server that refuses.
[[nodiscard]] bool isUnreachable(const Problem &problem);
/// There is at least one endpoint, and none could be reached in the last try.
[[nodiscard]] bool allUnreachable(const QList<EndpointState> &endpoints);

} // namespace latchkey
