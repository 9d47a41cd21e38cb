// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "models/services/changewatch.h"

#include <QCoreApplication>

#include <functional>

namespace latchkey {

QCoro::Task<Change> awaitWatch(CommandContext &context, Change change)
{
    ChangeWatch &watch = context.session->watch();
    if (!watch.isWatching(change.id))
        co_return change;
    context.console.note(QCoreApplication::translate(
        "latchkey::AwaitWatch",
        "Created. Konnect is asked for a while whether it is in order; Ctrl+C ends that."));
    // The stop comes from the event loop, as everything here does.
    const std::function<void()> end = [&watch] { watch.stop(); };
    const std::stop_callback onStop(context.stop, end);
    Change ended = co_await watch.ended(change);
    co_return ended;
}

} // namespace latchkey
