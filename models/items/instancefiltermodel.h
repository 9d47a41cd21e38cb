// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/health.h"
#include "models/items/instancetablemodel.h"

#include <QAbstractProxyModel>
#include <QList>
#include <QString>

#include <optional>

namespace latchkey {

/// The sidebar's views.
enum class InstanceView {
    All,
    NeedsAttention,
    Expired,
    Expiring,
    Tainted,
    MissingPermissions,
    NoCredential,
    NoKnownExpiry,
    NotChecked,
};

[[nodiscard]] bool viewAccepts(InstanceView view, const Health &health);

/// Search, view, profile and sort order over an InstanceTableModel. Keeps a vector of source rows and resets once a
/// keystroke: QSortFilterProxyModel needs seconds for 100,000 rows.
class InstanceFilterModel : public QAbstractProxyModel
{
    Q_OBJECT
public:
    explicit InstanceFilterModel(InstanceTableModel &source, QObject *parent = nullptr);

    void setNeedle(const QString &needle); ///< All words must occur, in any column or id, in any case.
    void setView(InstanceView view);
    /// Empty: all profiles. `origin` empty: all of the profile's geos.
    void setScope(const QString &profileId, const QString &origin = {});
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    [[nodiscard]] QString needle() const;
    [[nodiscard]] InstanceView view() const;
    [[nodiscard]] QModelIndex indexOf(const InstanceAddress &address) const; ///< Invalid where filtered out.
};

} // namespace latchkey
