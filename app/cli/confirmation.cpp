// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/confirmation.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::Confirmation)
};

} // namespace

Done askFirst(CommandContext &context, const Confirmation &confirmation)
{
    if (context.arguments.has(u"yes"_s))
        return {};
    context.console.note(confirmation.effect);
    if (!Console::hasTerminal()) {
        return Problem::of(Problem::Category::Refused, confirmation.declined,
                           Text::tr("Without a terminal, add --yes."));
    }
    const Outcome<bool> answer = context.console.askYesNo(confirmation.question);
    if (!answer)
        return answer.problem();
    if (!answer.value())
        return Problem::of(Problem::Category::Refused, confirmation.declined);
    return {};
}

} // namespace latchkey
