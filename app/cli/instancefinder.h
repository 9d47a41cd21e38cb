// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/outcome.h"
#include "models/core/profile.h"

#include <QCoroTask>
#include <QList>
#include <QString>
#include <QStringList>

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

    /// `nameOrId`: the machine name or the id. All profiles where `profileId` is empty, all geos where `geos`
    /// is. NotFound, or NeedsDecision where several are called so. A name counts only where every endpoint
    /// was asked, as there may be another of it; an id is one of a kind. The record is fresh, its credential
    /// and integration read.
    QCoro::Task<Outcome<InstanceRecord>> find(QString profileId, QStringList geos, QString nameOrId,
                                              std::stop_token stop);

private:
    struct Search;
    [[nodiscard]] static Problem unread(const Search &search, const QString &nameOrId);
    QCoro::Task<void> searchEndpoint(Search *search, Profile profile, Endpoint endpoint, QString nameOrId,
                                     std::stop_token stop);

    Session &m_session;
};

} // namespace latchkey
