// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/health.h"
#include "models/items/instancenarrowing.h"
#include "models/items/instancetablemodel.h"

#include <QAbstractProxyModel>
#include <QList>
#include <QString>

#include <vector>

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

/// Search, view, profile, narrowing and sort order over an InstanceTableModel. Keeps a vector of source rows
/// and resets once a keystroke: QSortFilterProxyModel needs seconds for 100,000 rows.
class InstanceFilterModel : public QAbstractProxyModel
{
    Q_OBJECT
public:
    explicit InstanceFilterModel(InstanceTableModel &source, QObject *parent = nullptr);

    void setNeedle(const QString &needle); ///< All words must occur, in any column or id, in any case.
    void setView(InstanceView view);
    /// Empty: all profiles. `origin` empty: all of the profile's geos.
    void setScope(const QString &profileId, const QString &origin = {});
    /// Besides view and profile; one that is not active shows all of them.
    void setNarrowing(const InstanceNarrowing &narrowing);
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    [[nodiscard]] QString needle() const { return m_needle; }
    [[nodiscard]] InstanceView view() const { return m_view; }
    [[nodiscard]] const InstanceNarrowing &narrowing() const { return m_narrowing; }
    [[nodiscard]] QString profileId() const { return m_profileId; }
    [[nodiscard]] QString origin() const { return m_origin; }
    [[nodiscard]] bool isInScope(const InstanceAddress &address) const;
    [[nodiscard]] int rowsInScope() const; ///< Of all views, whatever the search hides.
    [[nodiscard]] QModelIndex indexOf(const InstanceAddress &address) const; ///< Invalid where filtered out.

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] QModelIndex mapToSource(const QModelIndex &proxyIndex) const override;
    [[nodiscard]] QModelIndex mapFromSource(const QModelIndex &sourceIndex) const override;

private:
    using Rows = std::vector<int>; ///< Source rows.

    [[nodiscard]] bool accepts(int sourceRow) const;
    [[nodiscard]] bool comesBefore(int a, int b) const;
    [[nodiscard]] bool isInPlace(int sourceRow) const;
    [[nodiscard]] Rows sortedAnew() const;
    [[nodiscard]] Rows merged(const Rows &order, Rows added) const;
    /// The visible rows, in the present order; `candidates` are in that order already.
    [[nodiscard]] Rows accepted(const Rows &candidates) const;
    void filterAnew(const Rows &candidates);
    void rebuild();
    void indexRows();
    void indexVisible();

    /// Brings the view from the visible rows to `wanted` with row signals, or a reset where they would be too
    /// many.
    void showRows(const Rows &wanted);
    void removeVisible(const std::vector<std::pair<int, int>> &ranges);
    void reorderVisible(const Rows &wanted);

    void onDataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight);
    void onRowsInserted(int first, int last);
    void onRowsAboutToBeRemoved(int first, int last);
    void onRowsRemoved(int first, int last);
    void announce(const QModelIndex &topLeft, const QModelIndex &bottomRight);

    InstanceTableModel &m_source;
    QString m_needle;
    QStringList m_words;
    InstanceView m_view = InstanceView::All;
    QString m_profileId;
    QString m_origin;
    InstanceNarrowing m_narrowing;
    int m_sortColumn = int(InstanceColumn::State); ///< -1: in the source's order.
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    Rows m_order;                       ///< All source rows, sorted.
    Rows m_visible;                     ///< Those that are accepted, in the same order.
    std::vector<int> m_orderPosition;   ///< Source row to index into m_order.
    std::vector<int> m_visiblePosition; ///< Source row to proxy row, -1 where filtered out.
};

} // namespace latchkey
