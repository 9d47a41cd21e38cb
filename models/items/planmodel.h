// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/plan.h"

#include <QAbstractTableModel>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace latchkey {

/// A plan to be read and ticked before anything is done, the worst first. No secrets.
///
/// Only what is work and not blocked has a box. What takes something away for good (a deletion, a replacement
/// without a way back), or would read an environment variable, is not ticked until the user does it: a
/// document that somebody else wrote does none of it by itself.
class PlanModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        TickColumn,
        InstanceColumn,
        ProfileColumn,
        ActionColumn,
        HeadersColumn,
        OtherColumn,
        ColumnCount
    };
    enum Role {
        PositionRole = Qt::UserRole + 1, ///< int: index into Plan::rows
        ActionRole,                      ///< int(PlanAction)
    };
    explicit PlanModel(QObject *parent = nullptr);
    ~PlanModel() override;

    /// Ticked as described above.
    void setPlan(const Plan &plan);
    /// The same plan, made anew. A row that means what it meant before keeps its tick, and one that the user
    /// unticked stays so whatever it means.
    void renew(const Plan &plan);
    [[nodiscard]] const Plan &plan() const { return m_plan; }

    [[nodiscard]] bool isCheckable(int row) const;
    /// All that have a box.
    void setAllTicked(bool ticked);
    /// Positions, in the order of the plan.
    [[nodiscard]] QList<int> ticked() const;
    /// How many that are ticked have this action.
    [[nodiscard]] int countTicked(PlanAction action) const;
    /// What would be done to the row, in one or more sentences.
    [[nodiscard]] QString sentence(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool setData(const QModelIndex &index, const QVariant &value,
                               int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// Other rows are ticked.
    void tickedChanged();

private:
    struct Tick
    {
        bool isTicked = false;
        bool byHand = false; ///< The user set it so.
    };
    void take(const Plan &plan, const std::function<Tick(const PlanRow &)> &tickOf);
    [[nodiscard]] const PlanRow &at(int row) const { return m_plan.rows.at(m_order.at(row)); }
    [[nodiscard]] bool isTicked(int row) const
    {
        return m_ticks.at(static_cast<size_t>(m_order.at(row))).isTicked;
    }
    [[nodiscard]] QString cell(int row, Column column) const;

    Plan m_plan;
    QList<int> m_order;        ///< Of each row, its position in the plan.
    std::vector<Tick> m_ticks; ///< By position.
};

} // namespace latchkey
