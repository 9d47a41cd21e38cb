// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/foreigncredential.h"
#include "models/core/outcome.h"
#include "models/core/plan.h"
#include "models/core/planresult.h"
#include "models/core/refresh.h"
#include "ui/common/notelist.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace latchkey {

class PlanModel;
class PlanRunModel;

/// What is said about a configuration, its plan and what became of it.
namespace plantext {

/// "2 blocked · 1 replaced · 14 left as they are"; a sentence where nothing is to be done.
[[nodiscard]] NoteList::Entry counts(const Plan &plan);
/// The same of a comparison.
[[nodiscard]] NoteList::Entry differences(const Plan &plan);
/// What is to be known before the rows that are ticked are applied.
[[nodiscard]] QList<NoteList::Entry> consequences(const PlanModel &model);
/// Of a plan that was saved: the rows that are refused.
[[nodiscard]] NoteList::Entry moved(const QStringList &titles);
/// What is shown of a profile and was not read now, for `read` failed or was left out; and what could be read
/// in part only. Empty for nothing.
[[nodiscard]] QStringList unread(const QString &profile, const QList<EndpointState> &endpoints,
                                 const Done &read);
/// Of a plan that was saved: a profile that is meant by another name.
[[nodiscard]] QString meant(const QString &name, const QString &profile);
/// Of a file of another tool.
[[nodiscard]] QString foreign(ForeignConfiguration::Kind kind, size_t credentials);
/// Of a file that is refused.
[[nodiscard]] QString findings(qsizetype count);
[[nodiscard]] QString verb(int ticked);
/// What stands beside a header: how its key compares, and where it is to come from.
[[nodiscard]] NoteList::Entry header(const PlannedHeader &header);
[[nodiscard]] QString variable(const QString &name, int instances);
[[nodiscard]] QString progress(const PlanRunModel &rows);
[[nodiscard]] NoteList::Entry summary(const PlanRunModel &rows);
/// What can be done next; empty for nothing.
[[nodiscard]] QList<NoteList::Entry> afterwards(const PlanRunModel &rows);

} // namespace plantext
} // namespace latchkey
