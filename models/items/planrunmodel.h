// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/planresult.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QList>

namespace latchkey {

/// The rows of a plan that are being applied, in its order: how far each is, and what came of it. Rows that
/// nobody asked for are not shown. No secrets.
class PlanRunModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { InstanceColumn, ProfileColumn, ActionColumn, StateColumn, ResultColumn, ColumnCount };
    enum Role {
        PositionRole = Qt::UserRole + 1, ///< int: index into Plan::rows
        StateRole,                       ///< int(PlanRowState)
        ProblemRole,                     ///< latchkey::Problem; invalid where there is none
    };
    explicit PlanRunModel(QObject *parent = nullptr);
    ~PlanRunModel() override;

    /// These rows of the plan are applied now: all are waiting.
    void begin(const Plan &plan, const QList<int> &positions);
    /// The row of that position in the plan; one that is not shown is ignored.
    void setRow(qsizetype position, const PlanRowResult &row);
    /// What became of all rows of the plan.
    void setResult(const PlanResult &result);
    /// What was found later of a change that was made here.
    void follow(const Change &change);

    /// As given, with what was found later.
    [[nodiscard]] const PlanResult &result() const { return m_result; }
    [[nodiscard]] int count(PlanRowState state) const;
    /// How many have come to their end, whichever it is.
    [[nodiscard]] int ended() const;
    /// The first one that failed or was refused; -1 for none.
    [[nodiscard]] int firstBad() const;
    /// These rows as lines with tabs, with the headings, problems and trace ids.
    [[nodiscard]] QString text(const QList<int> &rows) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] const PlanRowResult &at(int row) const { return m_result.rows.at(m_positions.at(row)); }
    [[nodiscard]] QString cell(int row, Column column) const;

    PlanResult m_result;
    QList<int> m_positions;  ///< Of each row, its place in the plan.
    QHash<int, int> m_rowOf; ///< The other way round.
    QHash<QString, int> m_rowOfChange;
};

} // namespace latchkey
