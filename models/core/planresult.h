// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"
#include "models/core/plan.h"

#include <QHash>
#include <QList>
#include <QMetaType>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace latchkey {

/// What is to be planned, beside the document. No secrets.
struct PlanOptions
{
    QMap<QString, QString> profileNames; ///< See Plan::profileNames.
    bool deletes = false;                ///< The user asked for deletions.
};

/// A plan that the user read and agreed to. No secrets.
struct ApplyRequest
{
    Plan plan;
    QSet<qsizetype> rows; ///< Indexes into `plan.rows`: those to be applied.
    /// What was typed to confirm the rows that need it: see ChangeRequest::typedName.
    QHash<InstanceAddress, QString> typedNames;
    KeepKeys keep = KeepKeys::InKeychain;
    BulkOptions options;
};

enum class PlanRowState {
    Waiting,     ///< For its turn.
    Running,     ///< Something may have been sent.
    Succeeded,   ///< It ended well.
    DoneAlready, ///< It was as wanted already.
    Moved,       ///< Refused: it means something else by now. `note` says what.
    Blocked,     ///< It could not be done when it was planned, and cannot now.
    Failed,      ///< `problem` says why.
    NotStarted,  ///< The run ended before its turn. Where `change` has an id, it can be resumed.
    LeftOut,     ///< Nobody asked for it.
};
[[nodiscard]] QString planRowStateWord(PlanRowState state); ///< `waiting`, … `done_already`, …

/// What became of one row.
struct PlanRowResult
{
    PlanRow row; ///< As it was when it was applied.
    PlanRowState state = PlanRowState::Waiting;
    Change change; ///< Its id is empty where there is none.
    std::optional<Problem> problem;
    QString note; ///< Translated; may be empty.
    bool operator==(const PlanRowResult &) const = default;
};

/// What became of a plan, row by row in its order.
struct PlanResult
{
    QList<PlanRowResult> rows;
    QStringList runs; ///< Ids of the bulk runs that it was done in.

    [[nodiscard]] int count(PlanRowState state) const;
    /// Every row that was asked for is as wanted.
    [[nodiscard]] bool isAllDone() const;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::PlanRowResult)
Q_DECLARE_METATYPE(latchkey::PlanResult)
