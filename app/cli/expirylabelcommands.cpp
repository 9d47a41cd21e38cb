// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/expirylabelcommands.h"

#include "app/cli/confirmation.h"
#include "app/cli/instancefinder.h"
#include "models/core/expiry.h"
#include "models/services/expirylabels.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ExpiryLabelCommands)
};

const QString Label = QString::fromUtf16(ExpiryLabel);

} // namespace

QString ExpiryLabelCommand::name() const
{
    return m_share ? u"expiry share"_s : u"expiry unshare"_s;
}

QString ExpiryLabelCommand::synopsis() const
{
    return u"--instance NAME|ID [--geo GEO ...] [--yes]"_s;
}

QString ExpiryLabelCommand::summary() const
{
    return m_share
               ? Text::tr("Share the recorded expiry in Konnect, as the label %1 of the instance.").arg(Label)
               : Text::tr("Take the label %1 away from the instance in Konnect.").arg(Label);
}

QStringList ExpiryLabelCommand::options() const
{
    return {u"instance"_s,    u"geo"_s,  u"profile"_s,  u"token-env"_s,
            u"token-stdin"_s, u"demo"_s, u"data-dir"_s, u"yes"_s};
}

Done ExpiryLabelCommand::check(const Arguments &arguments) const
{
    if (arguments.values(u"instance"_s).size() != 1)
        return usageProblem(Text::tr("Name the instance: --instance NAME|ID."));
    if (arguments.has(u"geo"_s) && arguments.has(u"demo"_s))
        return usageProblem(Text::tr("The option --geo narrows a stored profile."));
    return {};
}

QCoro::Task<ExitCode> ExpiryLabelCommand::run(CommandContext &context)
{
    InstanceFinder finder(*context.session);
    const QString wanted = context.arguments.value(u"instance"_s);
    const QStringList geos = context.arguments.values(u"geo"_s);
    const Outcome<InstanceRecord> found = co_await finder.find(context.profileId, geos, wanted, context.stop);
    if (!found)
        co_return context.console.fail(found.problem());
    const InstanceRecord &record = found.value();
    const bool isPresent = record.knowledge == InstanceRecord::Knowledge::Present;
    const QDate day = m_share && isPresent ? record.expiry.lastDay(record.credential) : QDate();
    if (m_share && !day.isValid()) {
        const Problem nothing = Problem::of(
            Problem::Category::Refused,
            Text::tr("Nothing is recorded about the expiry of “%1”.").arg(record.instance.title()),
            Text::tr("Record it first, with `latchkeyctl expiry record`. Nothing was sent."));
        co_return context.console.fail(nothing);
    }
    const Done confirmed = confirm(context, record, day);
    if (!confirmed)
        co_return context.console.fail(confirmed.problem());
    ExpiryLabels &labels = context.session->expiryLabels();
    std::optional<Outcome<LabelReport>> ended;
    if (m_share)
        ended.emplace(co_await labels.share(record.address, day));
    else
        ended.emplace(co_await labels.unshare(record.address));
    if (!*ended)
        co_return context.console.fail(ended->problem());
    co_return tell(context, record, day, ended->value());
}

Done ExpiryLabelCommand::confirm(CommandContext &context, const InstanceRecord &record,
                                 const QDate &day) const
{
    const QString title = record.instance.title();
    if (m_share) {
        return askFirst(context,
                        {Text::tr("“%1” gets the label %2=%3. Everybody with access to the instance in "
                                  "Konnect sees it. Its other labels stay as they are.")
                             .arg(title, Label, day.toString(Qt::ISODate)),
                         Text::tr("Share it?"), Text::tr("Nothing was sent.")});
    }
    return askFirst(
        context, {Text::tr("“%1” loses the label %2. Its other labels stay as they are.").arg(title, Label),
                  Text::tr("Take it away?"), Text::tr("Nothing was sent.")});
}

ExitCode ExpiryLabelCommand::tell(CommandContext &context, const InstanceRecord &record, const QDate &day,
                                  const LabelReport &report) const
{
    const QString title = record.instance.title();
    const QString date = day.toString(Qt::ISODate);
    context.console.out(m_share ? Text::tr("“%1” has the label %2=%3.").arg(title, Label, date)
                                : Text::tr("“%1” does not have the label %2.").arg(title, Label));
    const auto note = [&context](const QString &text, const QStringList &labels) {
        if (!labels.isEmpty())
            context.console.note(text.arg(labels.join(u", "_s)));
    };
    note(Text::tr("Labels that were gone meanwhile and were put back: %1"), report.restored);
    note(Text::tr("Labels that somebody else has changed meanwhile: %1"), report.changed);
    note(Text::tr("Labels that are gone and could not be put back: %1"), report.lost);
    context.console.json(QJsonDocument(QJsonObject{
        {u"instance"_s, record.instance.name},
        {u"id"_s, record.address.instanceId},
        {u"label"_s, Label},
        {u"value"_s, m_share ? QJsonValue(date) : QJsonValue()},
        {u"restored"_s, QJsonArray::fromStringList(report.restored)},
        {u"changed"_s, QJsonArray::fromStringList(report.changed)},
        {u"lost"_s, QJsonArray::fromStringList(report.lost)},
    }));
    return report.lost.isEmpty() ? ExitCode::Success : ExitCode::Unfinished;
}

} // namespace latchkey
