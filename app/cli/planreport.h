// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/core/plandrift.h"
#include "models/core/planresult.h"

#include <QObject>
#include <QSet>

namespace latchkey {

/// The rows of a plan that have something to say, and how many of each there are.
[[nodiscard]] QString describe(const Plan &plan);
/// The same of a plan that is to be applied now: with what has moved since.
[[nodiscard]] QString describe(const QList<DriftRow> &rows);

/// Says which row begins, as long as it lives. `context` must outlive it.
class PlanProgress : public QObject
{
    Q_OBJECT
public:
    PlanProgress(CommandContext &context, qsizetype rows);

private:
    CommandContext &m_context;
    const qsizetype m_rows;
    QSet<qsizetype> m_begun;
};

/// Waits for what is watched, then tells what became of each row and how to go on. The exit code is 2 where
/// anything that was sent did not end well, else that of the first row that is not as wanted.
QCoro::Task<ExitCode> reportPlan(CommandContext &context, PlanResult result);

} // namespace latchkey
