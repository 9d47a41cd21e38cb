// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/outcome.h"
#include "models/core/profile.h"

#include <QCoroTask>
#include <QList>
#include <QString>

#include <stop_token>

namespace latchkey {

class Session;

/// Finds the one instance that the user named, by asking Konnect: what is known from before may have been
/// renamed.
class InstanceFinder
{
public:
    /// `session` must outlive this.
    explicit InstanceFinder(Session &session);

    /// `nameOrId`: the machine name or the id. All profiles where `profileId` is empty. NotFound, or
    /// NeedsDecision where several are called so. The record is fresh, its credential and integration read.
    QCoro::Task<Outcome<InstanceRecord>> find(QString profileId, QString nameOrId, std::stop_token stop);

private:
    struct Search;
    QCoro::Task<void> searchEndpoint(Search *search, Profile profile, QString origin, QString nameOrId,
                                     std::stop_token stop);

    Session &m_session;
};

} // namespace latchkey
