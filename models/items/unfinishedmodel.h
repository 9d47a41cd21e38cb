// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/unfinishedchange.h"

#include <QAbstractTableModel>
#include <QList>
#include <QTimeZone>

namespace latchkey {

/// Changes that were interrupted, in the order in which they are given. Merges by id, so that what is
/// selected stays selected.
class UnfinishedModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { InstanceColumn, ChangeColumn, ReachedColumn, TimeColumn, ColumnCount };
    enum Role {
        ChangeIdRole = Qt::UserRole + 1, ///< QString
        StandingRole,                    ///< int(Standing)
    };
    /// `zone`: in which times are shown.
    explicit UnfinishedModel(const QTimeZone &zone, QObject *parent = nullptr);
    ~UnfinishedModel() override;

    void setChanges(const QList<UnfinishedChange> &changes);
    [[nodiscard]] const QList<UnfinishedChange> &changes() const { return m_changes; }
    /// Null where there is none.
    [[nodiscard]] const UnfinishedChange *at(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(const Change &change, Column column) const;
    [[nodiscard]] qsizetype rowOf(const QString &changeId) const;

    QTimeZone m_zone;
    QList<UnfinishedChange> m_changes;
};

} // namespace latchkey
