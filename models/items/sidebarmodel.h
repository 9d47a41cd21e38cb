// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/profile.h"
#include "models/core/refresh.h"
#include "models/items/instancefiltermodel.h"

#include <QAbstractItemModel>

namespace latchkey {

/// Views with counts, then profiles with their geos, as a tree of three groups' depth.
class SidebarModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum class Kind { Group, View, Profile, Endpoint };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int(Kind)
        ViewRole,                    ///< int(InstanceView)
        ProfileIdRole,
        OriginRole,
        CountRole,                   ///< int, -1 where none is shown
        ColourRole,                  ///< `#rrggbb` or empty
        ProblemRole,                 ///< Caption of the endpoint's problem, or empty
        ProductionRole,              ///< bool
    };
    explicit SidebarModel(InstanceTableModel &instances, QObject *parent = nullptr);
    ~SidebarModel() override;

public Q_SLOTS:
    void setProfiles(const QList<latchkey::Profile> &profiles);
    void setEndpoints(const QList<latchkey::EndpointState> &endpoints);
};

} // namespace latchkey
