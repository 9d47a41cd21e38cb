// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    bool catalogAnswered = false; ///< Until then it is not known which instances need no credential.
    bool listed = false;          ///< The list is complete.
    QSet<QString> known;          ///< Instance ids before the refresh.
    QSet<QString> listedIds;
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
    Problem problem;
    problem.category = Problem::Category::Canceled;
    problem.caption = caption;
    return problem;
}

} // namespace latchkey
