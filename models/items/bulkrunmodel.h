// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"

#include <QAbstractTableModel>
#include <QList>
#include <QString>

namespace latchkey {

/// The rows of a bulk run in the order in which they run: how far each is, and what came of it. No secrets.
class BulkRunModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { InstanceColumn, StateColumn, ResultColumn, ColumnCount };
    enum Role {
        AddressRole = Qt::UserRole + 1, ///< latchkey::InstanceAddress
        StateRole,                      ///< int(BulkRowState)
        PhaseRole,                      ///< int(ChangePhase); invalid where nothing is prepared
        ProblemRole,                    ///< latchkey::Problem; invalid where there is none
    };
    explicit BulkRunModel(QObject *parent = nullptr);
    ~BulkRunModel() override;

    /// A run of these begins: all are waiting.
    void begin(const QList<InstanceRecord> &records, ChangeKind kind);
    /// The row at `row.position`, which has to be of the same instance; others are ignored.
    void setRow(const BulkRow &row);
    /// What became of each.
    void setRows(const QList<BulkRow> &rows);
    /// What was found later of a change that this run made.
    void follow(const Change &change);

    [[nodiscard]] const QList<BulkRow> &rows() const { return m_rows; }
    [[nodiscard]] int count(BulkRowState state) const;
    /// How many have come to their end, whichever it is.
    [[nodiscard]] int ended() const;
    /// All rows as lines with tabs, with the headings, problems and trace ids.
    [[nodiscard]] QString text() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString cell(int row, Column column) const;

    QList<InstanceRecord> m_records;
    QList<BulkRow> m_rows; ///< One for each record.
};

[[nodiscard]] QString bulkRowStateLabel(BulkRowState state); ///< Translated.

} // namespace latchkey
