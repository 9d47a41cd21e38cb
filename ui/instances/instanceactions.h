// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"
#include "models/core/instancerecord.h"

#include <QList>

namespace latchkey {

/// Which changes make sense for what is selected. The editors and services check again, for good.
struct AllowedActions
{
    bool create = false;
    bool replace = false;
    bool remove = false;
    bool refresh = false; ///< Read this one instance anew.
    bool copy = false;
    bool rollBack = false;   ///< To the keys that were kept before the present ones.
    bool enterKeys = false;  ///< Keep the keys of a credential that was not made here.
    bool handOver = false;   ///< Copy or move the keys that are kept to another instance.
    bool forgetKeys = false; ///< The earlier ones that are kept here.
    bool recordExpiry = false;
    bool protect = false; ///< Or take its protection away, where `isProtected`.
    bool isProtected = false;
    /// Why not, where one instance is selected.
    QString whyNoRollBack;
    QString whyNoHandover;
    /// Why not, however many are selected.
    QString whyNoExpiry;
    /// Why not, where several are selected.
    QString whyNoCreate;
    QString whyNoReplace;
    QString whyNoRemove;
    bool operator==(const AllowedActions &) const = default;
};

/// A change needs an instance whose credential state is known and that is not being changed already. Of
/// several selected ones it is enough that one allows it: the dialog says which take no part.
[[nodiscard]] AllowedActions allowedActions(const QList<InstanceRecord> &selected);
/// More than MostAtOnce are selected: their records are not needed to know what is allowed.
[[nodiscard]] AllowedActions allowedForTooMany();

} // namespace latchkey
