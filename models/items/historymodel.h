// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/historyentry.h"

#include <QAbstractTableModel>
#include <QList>
#include <QTimeZone>

namespace latchkey {

/// The history, newest first. Merges by number, so that what is selected stays selected.
class HistoryModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        TimeColumn,
        InstanceColumn,
        ProfileColumn,
        ChangeColumn,
        EndColumn,
        GapColumn,
        IdColumn,
        ColumnCount,
    };
    enum Role {
        NumberRole = Qt::UserRole + 1, ///< qint64
        DetailsRole,                   ///< QString of several lines: everything that the row holds.
    };
    /// `zone`: in which times are shown.
    explicit HistoryModel(const QTimeZone &zone, QObject *parent = nullptr);
    ~HistoryModel() override;

    /// Newest first, as History::entries() answers.
    void setEntries(const QList<HistoryEntry> &entries);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(const HistoryEntry &entry, Column column) const;
    [[nodiscard]] QString details(const HistoryEntry &entry) const;

    QTimeZone m_zone;
    QList<HistoryEntry> m_entries;
};

} // namespace latchkey
