// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    bool rollBack = false;  ///< To the keys that were kept before the present ones.
    bool enterKeys = false; ///< Keep the keys of a credential that was not made here.
    bool handOver = false;  ///< Copy or move the keys that are kept to another instance.
    QString whyNoHandover;  ///< Why not, where one instance is selected.
    QString whyNoRollBack;  ///< Why `rollBack` is not allowed, where one instance is selected.
    bool operator==(const AllowedActions &) const = default;
};

/// A change needs exactly one instance, whose credential state is known and that is not being changed
/// already.
[[nodiscard]] AllowedActions allowedActions(const QList<InstanceRecord> &selected);

} // namespace latchkey
