// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "models/core/wording.h"
#include "models/services/inventory.h"
#include "models/services/oldkeys.h"

#include <algorithm>

namespace latchkey {

namespace {

QString serviceOf(const CommandContext &context, const Change &change)
{
    const std::optional<InstanceRecord> known = context.session->inventory().find(change.address);
    const QString title = known ? known->instance.integrationDisplayName : QString();
    return title.isEmpty() ? change.integrationName : title;
}

} // namespace

QCoro::Task<void> noteOldKeys(CommandContext &context, QList<Change> changes)
{
    OldKeys &oldKeys = context.session->oldKeys();
    // The changes have ended as they have: whether this can be read is no part of that.
    static_cast<void>(co_await oldKeys.load());
    const QList<OldKey> all = oldKeys.all();
    QStringList lines;
    for (const Change &change : std::as_const(changes)) {
        const bool isLeft = std::any_of(all.cbegin(), all.cend(), [&change](const OldKey &each) {
            return each.replacement.id == change.id;
        });
        if (isLeft)
            lines += wording::revokeOldKey(change.instanceTitle, serviceOf(context, change));
    }
    if (!lines.isEmpty())
        context.console.note(lines.join(u'\n'));
}

} // namespace latchkey
