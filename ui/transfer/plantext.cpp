// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/plantext.h"

#include "models/core/wording.h"
#include "models/items/planmodel.h"
#include "models/items/planrunmodel.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::plantext {

namespace {

using Kind = Note::Kind;

constexpr const char *Context = "plantext";
constexpr qsizetype MostTitles = 10;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(plantext)
};

QString counted(const char *one, const char *other, qint64 n)
{
    return wording::counted(Context, one, other, n);
}

QString countOf(PlanAction action, int n)
{
    switch (action) {
    case PlanAction::Blocked:
        return counted("%n blocked", QT_TRANSLATE_N_NOOP("plantext", "%n blocked"), n);
    case PlanAction::Delete:
        return counted("%n to delete", QT_TRANSLATE_N_NOOP("plantext", "%n to delete"), n);
    case PlanAction::Replace:
        return counted("%n to replace", QT_TRANSLATE_N_NOOP("plantext", "%n to replace"), n);
    case PlanAction::Create:
        return counted("%n to create", QT_TRANSLATE_N_NOOP("plantext", "%n to create"), n);
    case PlanAction::Adopt:
        return counted("%n whose keys are kept here",
                       QT_TRANSLATE_N_NOOP("plantext", "%n whose keys are kept here"), n);
    case PlanAction::Keep:
        return counted("%n left as it is", QT_TRANSLATE_N_NOOP("plantext", "%n left as they are"), n);
    }
    return {};
}

QString listOfCounts(const Plan &plan, bool withKept)
{
    QStringList parts;
    for (const PlanAction action : {PlanAction::Blocked, PlanAction::Delete, PlanAction::Replace,
                                    PlanAction::Create, PlanAction::Adopt, PlanAction::Keep}) {
        const int n = plan.count(action);
        if (n > 0 && (withKept || action != PlanAction::Keep))
            parts << countOf(action, n);
    }
    const auto notes = std::count_if(plan.rows.cbegin(), plan.rows.cend(), [](const PlanRow &row) {
        return row.action == PlanAction::Keep && row.isWork();
    });
    if (notes > 0)
        parts << counted("%n with something to be recorded here",
                         QT_TRANSLATE_N_NOOP("plantext", "%n with something to be recorded here"), notes);
    return parts.join(u" · "_s);
}

QString shortened(const QStringList &titles)
{
    QString text = titles.first(std::min(titles.size(), MostTitles)).join(u", "_s);
    if (titles.size() > MostTitles)
        text = Text::tr("%1 and %2 more").arg(text).arg(titles.size() - MostTitles);
    return text;
}

QString sourceOf(const PlannedHeader &header)
{
    switch (header.source.kind) {
    case KeySource::Kind::Keychain:
        return header.isGiven ? Text::tr("its key is kept here")
                              : Text::tr("its key is not kept here, and has to be entered");
    case KeySource::Kind::Environment:
        return header.isGiven ? Text::tr("its key is at hand")
                              : Text::tr("its key is in the environment variable %1, which was not read")
                                    .arg(header.source.variable);
    case KeySource::Kind::Prompt:
        return header.isGiven ? Text::tr("its key was entered") : Text::tr("its key has to be entered");
    }
    return {};
}

/// `from`: of what is shown; invalid where it was never read.
QString notRead(const QString &name, const QDateTime &from, const Problem &why)
{
    const QString text =
        from.isValid()
            ? Text::tr("“%1” was not read now; what is shown of it is from %2.")
                  .arg(name, QLocale().toString(from.toLocalTime(), QLocale::ShortFormat))
            : Text::tr("“%1” was not read now, and never before: nothing of it is known.").arg(name);
    return why.isCanceled() ? text : u"%1 %2"_s.arg(text, why.caption);
}

} // namespace

NoteList::Entry counts(const Plan &plan)
{
    if (plan.rows.isEmpty())
        return {Kind::Info, Text::tr("The file names no instance: there is nothing to do.")};
    const auto unwanted = std::count_if(plan.rows.cbegin(), plan.rows.cend(), [](const PlanRow &row) {
        return row.action == PlanAction::Keep && row.wanted.wish == ConfiguredInstance::Wish::None &&
               !row.credentialId.isEmpty();
    });
    if (plan.isEmpty() && unwanted > 0) {
        return {
            Kind::Info,
            counted("There is nothing to do. %n credential stays that the file does not want, unless you "
                    "ask for deletions.",
                    QT_TRANSLATE_N_NOOP("plantext", "There is nothing to do. %n credentials stay that the "
                                                    "file does not want, unless you ask for deletions."),
                    unwanted)};
    }
    if (plan.isEmpty())
        return {Kind::Good, Text::tr("All is as the file says: there is nothing to do.")};
    return {plan.count(PlanAction::Blocked) > 0 ? Kind::Warning : Kind::Info,
            listOfCounts(plan, true) + u'.'};
}

NoteList::Entry differences(const Plan &plan)
{
    if (plan.isEmpty())
        return {Kind::Good, Text::tr("All is as the file says, as far as it is known.")};
    return {Kind::Warning, Text::tr("It is not as the file says: %1.").arg(listOfCounts(plan, false))};
}

QList<NoteList::Entry> consequences(const PlanModel &model)
{
    QList<NoteList::Entry> entries;
    if (model.countTicked(PlanAction::Replace) > 0) {
        entries.append(
            {Kind::Warning,
             Text::tr("Konnect cannot change a credential: what is replaced is deleted and created anew. In "
                      "between, its instance is not authorized for a moment.")});
    }
    const QList<int> ticked = model.ticked();
    const auto without = std::ranges::count_if(ticked, [&model](int position) {
        const PlanRow &row = model.plan().rows.at(position);
        return (row.action == PlanAction::Delete || row.action == PlanAction::Replace) && !row.wayBack;
    });
    if (without > 0) {
        entries.append({Kind::Warning,
                        counted("%n that is ticked has no way back: its old keys are not known here.",
                                QT_TRANSLATE_N_NOOP("plantext", "%n that are ticked have no way back: their "
                                                                "old keys are not known here."),
                                without)});
    } else if (model.countTicked(PlanAction::Delete) + model.countTicked(PlanAction::Replace) > 0) {
        entries.append({Kind::Good, Text::tr("There is a way back for each that is replaced or deleted: its "
                                             "old keys stay kept.")});
    }
    return entries;
}

NoteList::Entry moved(const QStringList &titles)
{
    if (titles.isEmpty())
        return {};
    return {Kind::Warning, counted("%n row is refused, because it has changed since the plan was made: %1.",
                                   QT_TRANSLATE_N_NOOP(
                                       "plantext", "%n rows are refused, because they have changed since the "
                                                   "plan was made: %1."),
                                   titles.size())
                               .arg(shortened(titles))};
}

QStringList unread(const QString &profile, const QList<EndpointState> &endpoints, const Done &read)
{
    if (!read) {
        QDateTime oldest;
        for (const EndpointState &endpoint : endpoints) {
            if (endpoint.listedAt.isValid() && (!oldest.isValid() || endpoint.listedAt < oldest))
                oldest = endpoint.listedAt;
        }
        return {notRead(profile, oldest, read.problem())};
    }
    QStringList notes;
    for (const EndpointState &endpoint : endpoints) {
        const QString name = u"%1 · %2"_s.arg(profile, endpoint.endpointLabel);
        if (endpoint.problem)
            notes << notRead(name, endpoint.listedAt, *endpoint.problem);
        if (endpoint.shortfall)
            notes << Text::tr("“%1”: %2").arg(name, endpoint.shortfall->caption);
    }
    return notes;
}

QString meant(const QString &name, const QString &profile)
{
    return Text::tr("This plan means the profile “%1” where it says “%2”.").arg(profile, name);
}

QString foreign(ForeignConfiguration::Kind kind, size_t credentials)
{
    using Tool = ForeignConfiguration::Kind;
    const QString count =
        counted("%n auth credential", QT_TRANSLATE_N_NOOP("plantext", "%n auth credentials"),
                static_cast<qint64>(credentials));
    switch (kind) {
    case Tool::ApiPayload:
        return Text::tr("This is a payload of Konnect's API, with %1.").arg(count);
    case Tool::PulumiProgram:
        return Text::tr("This is a Pulumi program, with %1.").arg(count);
    case Tool::PulumiStack:
        return Text::tr("This is a Pulumi stack, with %1.").arg(count);
    case Tool::TerraformState:
        return Text::tr("This is a Terraform state, with %1.").arg(count);
    case Tool::TerraformPlan:
        return Text::tr("This is a Terraform plan, with %1.").arg(count);
    }
    return {};
}

QString findings(qsizetype count)
{
    return counted("The file cannot be used: %n thing in it is wrong. Nothing was done.",
                   QT_TRANSLATE_N_NOOP(
                       "plantext", "The file cannot be used: %n things in it are wrong. Nothing was done."),
                   count);
}

QString verb(int ticked)
{
    return ticked == 0 ? Text::tr("Apply")
                       : counted("Apply %n row", QT_TRANSLATE_N_NOOP("plantext", "Apply %n rows"), ticked);
}

NoteList::Entry header(const PlannedHeader &header)
{
    const QString text =
        Text::tr("%1: %2, %3")
            .arg(header.name, wording::keyComparisonLabel(header.comparison), sourceOf(header));
    switch (header.comparison) {
    case KeyComparison::Same:
        return {Kind::Good, text};
    case KeyComparison::Changed:
        return {Kind::Warning, text};
    case KeyComparison::NotKnown:
        break;
    }
    return {Kind::Pending, text};
}

QString variable(const QString &name, int instances)
{
    return Text::tr("Read %1, for %2")
        .arg(name, counted("%n instance", QT_TRANSLATE_N_NOOP("plantext", "%n instances"), instances));
}

QString progress(const PlanRunModel &rows)
{
    const int failed = rows.count(PlanRowState::Failed);
    if (failed > 0)
        return Text::tr("%1 of %2 done, %3 failed.")
            .arg(rows.ended() - failed)
            .arg(rows.rowCount())
            .arg(failed);
    return Text::tr("%1 of %2 done.").arg(rows.ended()).arg(rows.rowCount());
}

NoteList::Entry summary(const PlanRunModel &rows)
{
    const int done = rows.count(PlanRowState::Succeeded) + rows.count(PlanRowState::DoneAlready);
    if (done == rows.rowCount())
        return {Kind::Good, counted("Done.", QT_TRANSLATE_N_NOOP("plantext", "All %n done."), done)};
    QStringList parts{Text::tr("%1 of %2 done").arg(done).arg(rows.rowCount())};
    const auto add = [&parts](const QString &text, int n) {
        if (n > 0)
            parts.append(text.arg(n));
    };
    const int bad = rows.count(PlanRowState::Failed);
    add(Text::tr("%1 failed"), bad);
    add(Text::tr("%1 refused, because they have changed since"), rows.count(PlanRowState::Moved));
    add(Text::tr("%1 blocked"), rows.count(PlanRowState::Blocked));
    add(Text::tr("%1 not begun"), rows.count(PlanRowState::NotStarted));
    return {bad > 0 ? Kind::Error : Kind::Warning, parts.join(u", "_s) + u'.'};
}

QList<NoteList::Entry> afterwards(const PlanRunModel &rows)
{
    QList<NoteList::Entry> entries;
    bool isOpen = false;
    bool canGoBack = false;
    for (const PlanRowResult &row : rows.result().rows) {
        const bool hasChange = !row.change.id.isEmpty();
        isOpen = isOpen || (hasChange && !isFinal(row.change.kind, row.change.phase) &&
                            (row.state == PlanRowState::Failed || row.state == PlanRowState::NotStarted));
        canGoBack = canGoBack || (row.state == PlanRowState::Succeeded && row.row.wayBack);
    }
    if (isOpen) {
        entries.append(
            {Kind::Info,
             Text::tr("What was begun is waiting among the interrupted changes, and can be finished "
                      "there. Then import the file again: what is done already is left alone.")});
    } else if (rows.count(PlanRowState::NotStarted) + rows.count(PlanRowState::Failed) +
                   rows.count(PlanRowState::Moved) >
               0) {
        entries.append(
            {Kind::Info,
             Text::tr("To go on, plan again: what is done already is left alone, and keys that were "
                      "entered are still at hand.")});
    }
    if (canGoBack) {
        entries.append(
            {Kind::Info, Text::tr("The earlier keys stay kept: each instance can go back to them with Roll "
                                  "Back.")});
    }
    return entries;
}

} // namespace latchkey::plantext
