// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/plan.h"
#include "models/core/planresult.h"
#include "models/core/wording.h"

#include <QCoreApplication>

namespace latchkey::wording {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(wording)
};

} // namespace

QString planActionLabel(PlanAction action)
{
    switch (action) {
    case PlanAction::Blocked:
        return Words::tr("Blocked");
    case PlanAction::Delete:
        return Words::tr("Delete");
    case PlanAction::Replace:
        return Words::tr("Replace");
    case PlanAction::Create:
        return Words::tr("Create");
    case PlanAction::Adopt:
        return Words::tr("Will be kept here");
    case PlanAction::Keep:
        return Words::tr("Leave as it is");
    }
    return {};
}

QString planPlace(const PlanRow &row)
{
    if (row.wanted.endpoint.isEmpty())
        return row.profileText();
    return QStringLiteral("%1 · %2").arg(row.profileText(), row.wanted.endpoint);
}

QString keyComparisonLabel(KeyComparison comparison)
{
    switch (comparison) {
    case KeyComparison::Same:
        return Words::tr("same");
    case KeyComparison::Changed:
        return Words::tr("changed");
    case KeyComparison::NotKnown:
        return Words::tr("not known");
    }
    return {};
}

QString planRowStateLabel(PlanRowState state)
{
    switch (state) {
    case PlanRowState::Waiting:
        return Words::tr("Waits for its turn");
    case PlanRowState::Running:
        return Words::tr("Under way");
    case PlanRowState::Succeeded:
        return Words::tr("Done");
    case PlanRowState::DoneAlready:
        return Words::tr("Is so already");
    case PlanRowState::Moved:
        return Words::tr("Refused: it has changed since");
    case PlanRowState::Blocked:
        return Words::tr("Blocked");
    case PlanRowState::Failed:
        return Words::tr("Failed");
    case PlanRowState::NotStarted:
        return Words::tr("Not begun");
    case PlanRowState::LeftOut:
        return Words::tr("Left out");
    }
    return {};
}

QString keysInClear(const QString &file)
{
    return Words::tr(
               "%1 holds keys in clear. Once they are kept here, remove them from that file and from every "
               "copy of it, as in backups and in Git. A key that others may have read is to be replaced by a "
               "new one at its own service.")
        .arg(file);
}

} // namespace latchkey::wording
