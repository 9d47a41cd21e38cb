// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/health.h"
#include "models/core/instancerecord.h"
#include "models/items/instancecolumns.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QList>
#include <QTimeZone>

namespace latchkey {

/// The instances as rows, merged by address with exact row signals, so that selection and scroll survive a refresh.
class InstanceTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    /// `clock` must outlive the model. Exact times are shown in `zone`.
    InstanceTableModel(const Clock &clock, QTimeZone zone, HealthThresholds thresholds, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] QModelIndex indexOf(const InstanceAddress &address) const;
    [[nodiscard]] const InstanceRecord *record(int row) const; ///< nullptr out of range; valid until the next change.
    [[nodiscard]] const Health &health(int row) const;

public Q_SLOTS:
    void upsert(const QList<latchkey::InstanceRecord> &records);
    void remove(const QList<latchkey::InstanceAddress> &addresses);
    /// Time has passed: states and relative dates are computed anew.
    void tick();
};

} // namespace latchkey
