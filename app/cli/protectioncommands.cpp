// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/protectioncommands.h"

#include "app/cli/confirmation.h"
#include "app/cli/instancefinder.h"
#include "app/cli/recordjson.h"
#include "models/core/health.h"
#include "models/services/inventory.h"
#include "models/services/preferences.h"
#include "models/services/protection.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ProtectionCommands)
};

} // namespace

QString InstancesProtectCommand::name() const
{
    return m_protect ? u"instances protect"_s : u"instances unprotect"_s;
}

QString InstancesProtectCommand::synopsis() const
{
    const QString instance = u"--instance NAME|ID [--geo GEO ...]"_s;
    return m_protect ? instance : instance + u" [--yes]"_s;
}

QString InstancesProtectCommand::summary() const
{
    return m_protect
               ? Text::tr("Protect an instance: replacing and deleting its credential will need its name.")
               : Text::tr("Take the protection of an instance away.");
}

QStringList InstancesProtectCommand::options() const
{
    QStringList all{u"instance"_s,    u"geo"_s,  u"profile"_s, u"token-env"_s,
                    u"token-stdin"_s, u"demo"_s, u"data-dir"_s};
    if (!m_protect)
        all += u"yes"_s;
    return all;
}

Done InstancesProtectCommand::check(const Arguments &arguments) const
{
    if (!arguments.has(u"instance"_s))
        return usageProblem(Text::tr("Name the instance: --instance NAME|ID."));
    if (arguments.has(u"geo"_s) && arguments.has(u"demo"_s))
        return usageProblem(Text::tr("The option --geo narrows a stored profile."));
    return {};
}

QCoro::Task<ExitCode> InstancesProtectCommand::run(CommandContext &context)
{
    InstanceFinder finder(*context.session);
    const QString wanted = context.arguments.value(u"instance"_s);
    const QStringList geos = context.arguments.values(u"geo"_s);
    const Outcome<InstanceRecord> found = co_await finder.find(context.profileId, geos, wanted, context.stop);
    if (!found)
        co_return context.console.fail(found.problem());
    const InstanceAddress address = found.value().address;
    const QString title = found.value().instance.title();
    if (!m_protect && found.value().isProtected) {
        const Done confirmed = confirm(context, title);
        if (!confirmed)
            co_return context.console.fail(confirmed.problem());
    }
    Protection &protection = context.session->protection();
    Done done;
    if (m_protect)
        done = co_await protection.protect(address);
    else
        done = co_await protection.unprotect(address);
    if (!done)
        co_return context.console.fail(done.problem());
    context.console.out(m_protect
                            ? Text::tr("“%1” is protected: replacing and deleting need its name.").arg(title)
                            : Text::tr("“%1” is not protected.").arg(title));
    const InstanceRecord record = context.session->inventory().find(address).value_or(found.value());
    context.console.json(QJsonDocument(toJson(
        record, assess(record, context.clock.now(), context.session->preferences().settings().healthRules))));
    co_return ExitCode::Success;
}

Done InstancesProtectCommand::confirm(CommandContext &context, const QString &title)
{
    return askFirst(
        context,
        {Text::tr("The credential of “%1” can then be replaced and deleted without its name.").arg(title),
         Text::tr("Unprotect it?"), Text::tr("It stays protected.")});
}

} // namespace latchkey
