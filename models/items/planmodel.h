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
        AddressRole,                     ///< latchkey::InstanceAddress; null where the instance was not found
        MissingKeysRole,                 ///< QStringList: headers whose keys are still to be supplied
        VariablesRole,                   ///< QStringList: environment variables that would be read
        ComparisonsRole,                 ///< QVariantList of int(KeyComparison), in the order of the headers
        LinkRole,                        ///< QUrl: where what blocks it can be mended; may be empty
    };
    explicit PlanModel(QObject *parent = nullptr);
    ~PlanModel() override;

    /// Ticked as described above.
    void setPlan(const Plan &plan);
    /// The same plan, made anew. A row that means what it meant before keeps its tick.
    void renew(const Plan &plan);
    [[nodiscard]] const Plan &plan() const { return m_plan; }
    /// The key of a header is at hand now, or not any more. `position`: as PositionRole.
    void setGiven(int position, const QString &header, bool isGiven);

    [[nodiscard]] bool isCheckable(int row) const;
    /// All that have a box.
    void setAllTicked(bool ticked);
    /// Positions, in the order of the plan.
    [[nodiscard]] QList<int> ticked() const;
    [[nodiscard]] int countTicked() const;
    /// How many that are ticked have this action.
    [[nodiscard]] int countTicked(PlanAction action) const;
    /// Whether a ticked row still lacks keys.
    [[nodiscard]] bool lacksKeys() const;
    /// That the ticked rows would read: ticking them is the user's consent. Sorted, each once.
    [[nodiscard]] QStringList tickedVariables() const;
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
    /// Which rows are ticked, or what they lack, is another.
    void tickedChanged();

private:
    /// Whether a row is ticked at first.
    using Tick = std::function<bool(const PlanRow &)>;
    void take(const Plan &plan, const Tick &tick);
    [[nodiscard]] const PlanRow &at(int row) const { return m_plan.rows.at(m_order.at(row)); }
    [[nodiscard]] bool isTicked(int row) const { return m_ticked.at(static_cast<size_t>(m_order.at(row))); }
    [[nodiscard]] QString cell(int row, Column column) const;

    Plan m_plan;
    QList<int> m_order;         ///< Of each row, its position in the plan.
    std::vector<bool> m_ticked; ///< By position.
};

[[nodiscard]] QString planActionLabel(PlanAction action);           ///< Translated.
[[nodiscard]] QString keyComparisonLabel(KeyComparison comparison); ///< Translated.

} // namespace latchkey
