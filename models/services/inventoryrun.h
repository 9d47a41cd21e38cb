// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/integration.h"
#include "models/core/integrationinstance.h"
#include "models/core/profile.h"
#include "models/services/inventory.h"
#include "models/services/waiters.h"

#include <QCoroTask>
#include <QList>
#include <QSet>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace latchkey {

class KonnectClient;

/// One endpoint within a refresh of its profile.
struct Inventory::EndpointRun
{
    Endpoint endpoint;
    QString profileId;
    std::shared_ptr<KonnectClient> client;
    bool catalogAnswered = false;     ///< Until then it is not known which instances need no credential.
    bool listed = false;              ///< The list has answered, though maybe with a shortfall.
    std::optional<Problem> shortfall; ///< See EndpointState.
    QSet<QString> known;              ///< Instance ids before the refresh.
    /// `known` was read with a token that was believed: it tells whether this one sees the same organization.
    bool witness = false;
    QSet<QString> listedIds;
    QList<IntegrationInstance> held;           ///< Listed and not merged yet.
    std::optional<QList<Integration>> catalog; ///< Read and not taken yet.
    QList<InstanceAddress> toRead;
    std::vector<QCoro::Task<void>> reads;

    [[nodiscard]] InstanceAddress address(const QString &instanceId) const
    {
        InstanceAddress address;
        address.profileId = profileId;
        address.origin = endpoint.origin();
        address.instanceId = instanceId;
        return address;
    }
};

/// A refresh of one profile. Whoever asks for the same meanwhile waits for this one.
struct Inventory::Run
{
    QString profileId;
    Profile profile;       ///< As it was at the start.
    std::stop_source stop; ///< Requested: canceled or superseded; answers that still come are dropped.
    std::vector<std::shared_ptr<EndpointRun>> parts;
    /// Whether the token may belong to another organization. While it is asked, the lists are held apart and
    /// nothing of them is merged or saved.
    enum class Trust { Given, Asked, Proven };
    Trust trust = Trust::Given;
    bool finished = false;
    std::optional<Problem> problem; ///< Of saving.
    Waiters waiters;

    /// Another token, URL or CA: the answers would be those of another connection.
    [[nodiscard]] bool isSupersededBy(const Profile &now) const
    {
        return now.endpoints != profile.endpoints || now.tokenVersion != profile.tokenVersion ||
               now.caFile != profile.caFile;
    }
    [[nodiscard]] bool isOver() const { return stop.stop_requested(); }
};

[[nodiscard]] inline Problem canceledRefresh(const QString &caption)
{
    return Problem::of(Problem::Category::Canceled, caption);
}

} // namespace latchkey
