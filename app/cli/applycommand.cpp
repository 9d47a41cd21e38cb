// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/configurationcommands.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ApplyCommand)
};

} // namespace

QString ApplyCommand::synopsis() const
{
    return PlanningCommand::synopsis() + u" [--delete]"_s + planApplicationSynopsis();
}

QString ApplyCommand::summary() const
{
    return Text::tr("Do what a configuration or a plan says: create, replace and delete credentials, record "
                    "expiries, protect. What has changed since a plan was made is refused.");
}

QStringList ApplyCommand::options() const
{
    return PlanningCommand::options() + planApplicationOptions() + QStringList(u"delete"_s);
}

bool ApplyCommand::usesKeychain(const Arguments &arguments) const
{
    return planApplicationUsesKeychain(arguments);
}

QCoro::Task<ExitCode> ApplyCommand::run(CommandContext &context)
{
    Outcome<PreparedPlan> prepared = co_await prepare(context, false);
    if (!prepared)
        co_return context.console.fail(prepared.problem());
    PreparedPlan plan = std::move(prepared).value();
    co_return co_await applyPlan(context, std::move(plan));
}

} // namespace latchkey
