// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/instancenarrowing.h"
#include "models/items/instancetablemodel.h"
#include "models/items/mergedtable.h"

namespace latchkey {

/// A scope that credentials lack, or what Konnect says where it names none.
struct PermissionScope
{
    QString key;
    QString scope;        ///< Empty where Konnect names none.
    QStringList messages; ///< Konnect's, each once; not more than a few.
    QList<InstanceAddress> addresses;
    QStringList names; ///< Of the instances, in the same order.
    bool operator==(const PermissionScope &) const = default;
};

/// The missing permissions of all credentials by scope; those that most credentials lack come first.
class PermissionScopesModel : public MergedTable<PermissionScope>
{
    Q_OBJECT
public:
    enum Column { ScopeColumn, CountColumn, NamesColumn, MessageColumn, ColumnCount };

    /// `instances` must outlive the model.
    explicit PermissionScopesModel(const InstanceTableModel &instances, QObject *parent = nullptr);
    ~PermissionScopesModel() override;

    [[nodiscard]] InstanceNarrowing narrowingOf(int row) const;
    /// All that lack a permission, each once.
    [[nodiscard]] QList<InstanceAddress> affected() const;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    void recount();
    [[nodiscard]] QString text(const PermissionScope &scope, Column column) const;

    const InstanceTableModel &m_instances;
};

} // namespace latchkey
