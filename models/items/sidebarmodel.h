// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/profile.h"
#include "models/core/refresh.h"
#include "models/items/instancefiltermodel.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QTimer>

#include <array>
#include <vector>

namespace latchkey {

/// The dashboard, views with counts, then profiles with their geos, as a tree of three groups' depth.
class SidebarModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum class Kind { Dashboard, Group, View, Profile, Endpoint };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int(Kind)
        ViewRole,                    ///< int(InstanceView)
        ProfileIdRole,
        OriginRole,
        CountRole,      ///< int, -1 where none is shown
        ColourRole,     ///< `#rrggbb` or empty
        ProblemRole,    ///< Caption of the endpoint's problem, or empty
        ProductionRole, ///< bool
    };
    explicit SidebarModel(InstanceTableModel &instances, QObject *parent = nullptr);
    ~SidebarModel() override;

public Q_SLOTS:
    void setProfiles(const QList<latchkey::Profile> &profiles);
    void setEndpoints(const QList<latchkey::EndpointState> &endpoints);

public:
    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

    [[nodiscard]] QModelIndex indexOfDashboard() const;
    [[nodiscard]] QModelIndex indexOfView(InstanceView view) const;
    /// `origin` empty: the profile itself. Invalid where there is none, or its geo has no row of its own.
    [[nodiscard]] QModelIndex indexOfScope(const QString &profileId, const QString &origin = {}) const;

private:
    struct Entry
    {
        quintptr key = 0; ///< Never changes while the profile is shown: persistent indexes hold it.
        Profile profile;
        [[nodiscard]] int childCount() const;
    };
    struct Counts
    {
        std::array<int, 9> views{};
        QHash<QString, int> profiles;
        QHash<std::pair<QString, QString>, int> endpoints; ///< (profile id, origin)
        bool operator==(const Counts &) const = default;
    };

    [[nodiscard]] Kind kindOf(const QModelIndex &index) const;
    [[nodiscard]] int entryOfKey(quintptr key) const;
    [[nodiscard]] int entryOfId(const QString &profileId) const;
    [[nodiscard]] const Entry *entryAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex profilesGroup() const;
    [[nodiscard]] QString label(const QModelIndex &index) const;
    [[nodiscard]] int count(const QModelIndex &index) const;
    [[nodiscard]] QString problem(const QModelIndex &index) const;
    [[nodiscard]] QString toolTip(const QModelIndex &index) const;
    [[nodiscard]] QString accessibleText(const QModelIndex &index) const;
    void replaceProfile(int row, const Profile &profile);
    void announceProfiles();
    void recount();

    InstanceTableModel &m_instances;
    std::vector<Entry> m_entries;
    QList<EndpointState> m_states;
    Counts m_counts;
    quintptr m_nextKey;
    QTimer m_recount; ///< A refresh brings many batches between two paints: counted once.
};

} // namespace latchkey
