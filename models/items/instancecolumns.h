// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace latchkey {

enum class InstanceColumn {
    State,
    Instance,
    Integration,
    Profile,
    Type,
    Expiry,
    Permissions,
    Created,
    Labels,
    ColumnCount
};

/// Roles carry enums and values, never icons or colours: ui/common turns them into those.
enum InstanceRole {
    AddressRole = Qt::UserRole + 1, ///< latchkey::InstanceAddress
    RecordRole,                     ///< latchkey::InstanceRecord
    HealthRole,                     ///< int(HealthState), the worst
    SortRole,                       ///< Raw value of the column: dates as QDateTime, states as int
    HaystackRole,                   ///< Lower-case text of all columns and ids, for the search
    ProfileColourRole,              ///< `#rrggbb` or empty
    StaleRole,                      ///< bool: the last read failed, or it was never read
    ProtectedRole,                  ///< bool: by the user
};

} // namespace latchkey
