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
    const auto isAwaited = [&inputs](const EndpointState &state) { return inputs.before.contains(state); };
    if (inputs.refreshing && (inputs.endpoints.isEmpty() || std::ranges::any_of(inputs.endpoints, isAwaited)))
        return PageState::Loading;
    if (allUnreachable(inputs.endpoints))
        return PageState::Offline;
    if (std::ranges::any_of(inputs.endpoints, [](const EndpointState &e) { return e.problem.has_value(); }))
        return PageState::Failed;
    return allListed(inputs.endpoints) ? PageState::NoInstances : PageState::NotRead;
}

bool allListed(const QList<EndpointState> &endpoints)
{
    return !endpoints.isEmpty() && std::ranges::all_of(endpoints, [](const EndpointState &endpoint) {
        return endpoint.listedAt.isValid() && !endpoint.problem;
    });
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
