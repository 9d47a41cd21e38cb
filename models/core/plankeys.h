// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationdocument.h"
#include "models/core/instancerecord.h"
#include "models/core/newcredential.h"
#include "models/core/secret.h"

#include <QString>

#include <map>
#include <utility>

namespace latchkey {

/// Keys for one instance that the user entered, or that stand in another tool's file.
struct SuppliedKeys
{
    HeaderKeys keys;
    QString credentialId; ///< The credential that they are known to be of; empty: nobody says.
};

/// The keys for a plan, beside those that are kept here. Move-only.
class PlanKeys
{
public:
    /// Of a variable of the environment that the user allowed to be read: no other one is known here.
    void setVariable(const QString &name, Secret key) { m_variables.insert_or_assign(name, std::move(key)); }
    void forgetVariable(const QString &name) { m_variables.erase(name); }
    [[nodiscard]] bool hasVariable(const QString &name) const { return m_variables.contains(name); }
    /// Added to those that the instance has already.
    void supply(const InstanceAddress &address, SuppliedKeys keys);
    /// All that was supplied for the instance.
    void forget(const InstanceAddress &address) { m_supplied.erase({address.origin, address.instanceId}); }

    /// For a header of the instance; null where there is none. Those of another instance are never looked at.
    [[nodiscard]] const Secret *find(const InstanceAddress &address, const QString &header,
                                     const KeySource &source) const;
    /// Of the supplied ones; see SuppliedKeys.
    [[nodiscard]] QString credentialOf(const InstanceAddress &address) const;

private:
    using Instance = std::pair<QString, QString>; ///< Origin and instance id.

    std::map<QString, Secret> m_variables;
    std::map<Instance, SuppliedKeys> m_supplied;
};

} // namespace latchkey
