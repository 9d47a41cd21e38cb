// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/instancenarrowing.h"
#include "models/items/instancetablemodel.h"
#include "models/items/mergedtable.h"

#include <array>

namespace latchkey {

class Recount;

/// The instances of an integration or a profile, each counted once by its worst state.
struct BreakdownRow
{
    enum Part { ActNow, Expiring, Incomplete, Unknown, InOrder, PartCount };
    QString key; ///< Name of the integration, or id of the profile.
    QString name;
    std::array<int, PartCount> counts{};
    int total = 0;
    bool operator==(const BreakdownRow &) const = default;
};

/// How the instances of each integration, or of each profile, stand. The worst come first.
class ExpiryBreakdownModel : public MergedTable<BreakdownRow>
{
    Q_OBJECT
public:
    enum class By { Integration, Profile };
    enum Column {
        NameColumn,
        ActNowColumn,
        ExpiringColumn,
        IncompleteColumn,
        UnknownColumn,
        InOrderColumn,
        TotalColumn,
        ColumnCount
    };

    /// `instances` must outlive the model.
    ExpiryBreakdownModel(By by, const InstanceTableModel &instances, QObject *parent = nullptr);
    ~ExpiryBreakdownModel() override;

    [[nodiscard]] InstanceNarrowing narrowingOf(int row) const;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// The tooltip says which states a column has.
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] static BreakdownRow::Part partOf(HealthState worst);

private:
    void recount();

    By m_by;
    const InstanceTableModel &m_instances;
};

} // namespace latchkey
