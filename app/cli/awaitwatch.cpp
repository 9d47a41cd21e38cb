// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "models/services/changewatch.h"
#include "models/services/preferences.h"

#include <QCoreApplication>

#include <functional>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::AwaitWatch)
};

void tell(CommandContext &context)
{
    if (std::exchange(context.isWatchTold, true))
        return;
    const Arguments &call = context.arguments;
    const int set = context.session->preferences().settings().watchSeconds;
    const int seconds = call.has(u"watch"_s) ? call.value(u"watch"_s).toInt() : set;
    QString text =
        Text::tr("Created. Konnect is asked for %1 s (--watch) whether it is in order; Ctrl+C ends that.")
            .arg(seconds);
    // Of the others nothing is noted that could be gone on with.
    if (!call.has(u"url"_s) && !call.has(u"demo"_s))
        text += u' ' + Text::tr("`changes list` and the start of the window look again.");
    context.console.note(text);
}

} // namespace

QCoro::Task<Change> awaitWatch(CommandContext &context, Change change)
{
    ChangeWatch &watch = context.session->watch();
    if (!watch.isWatching(change.id))
        co_return change;
    tell(context);
    // The stop comes from the event loop, as everything here does.
    const std::function<void()> end = [&watch] { watch.stop(); };
    const std::stop_callback onStop(context.stop, end);
    Change ended = co_await watch.ended(change);
    co_return ended;
}

} // namespace latchkey
