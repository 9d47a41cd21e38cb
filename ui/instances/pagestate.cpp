// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/pagestate.h"

#include <algorithm>

namespace latchkey {

PageState pageState(const PageInputs &inputs)
{
    if (inputs.shown > 0)
        return PageState::Table;
    if (inputs.rows > 0)
        return inputs.needle.trimmed().isEmpty() ? PageState::ViewEmpty : PageState::NoMatch;
    if (inputs.refreshing)
        return PageState::Loading;
    const bool allFailed =
        !inputs.endpoints.isEmpty() &&
        std::ranges::all_of(inputs.endpoints, [](const EndpointState &e) { return e.problem.has_value(); });
    if (allFailed)
        return allUnreachable(inputs.endpoints) ? PageState::Offline : PageState::Failed;
    const bool listed =
        std::ranges::any_of(inputs.endpoints, [](const EndpointState &e) { return e.listedAt.isValid(); });
    return inputs.everRefreshed || listed ? PageState::NoInstances : PageState::Loading;
}

bool isUnreachable(const Problem &problem)
{
    return problem.category == Problem::Category::HostNotFound ||
           problem.category == Problem::Category::Network || problem.category == Problem::Category::TimedOut;
}

bool allUnreachable(const QList<EndpointState> &endpoints)
{
    return !endpoints.isEmpty() && std::ranges::all_of(endpoints, [](const EndpointState &endpoint) {
        return endpoint.problem.has_value() && isUnreachable(*endpoint.problem);
    });
}

} // namespace latchkey
