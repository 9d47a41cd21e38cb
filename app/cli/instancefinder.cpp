// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/instancefinder.h"

#include "app/session/session.h"
#include "models/konnect/konnectclient.h"
#include "models/services/inventory.h"
#include "models/services/konnectclients.h"
#include "models/services/profiles.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::InstanceFinder)
};

bool isId(const QString &nameOrId)
{
    return !QUuid::fromString(nameOrId).isNull();
}

} // namespace

struct InstanceFinder::Search
{
    QList<InstanceAddress> found;
    QStringList places; ///< For people, as many as `found`.
    int asked = 0;
    QStringList unread;             ///< Labels of the endpoints that could not be asked.
    std::optional<Problem> problem; ///< The first of those.
};

InstanceFinder::InstanceFinder(Session &session)
    : m_session(session)
{
}

QCoro::Task<Outcome<InstanceRecord>> InstanceFinder::find(QString profileId, QStringList geos,
                                                          QString nameOrId, std::stop_token stop)
{
    Search search;
    const QList<Profile> profiles = m_session.profiles().all();
    for (const Profile &profile : profiles) {
        if (!profileId.isEmpty() && profile.id != profileId)
            continue;
        for (const Endpoint &endpoint : profile.endpoints) {
            if (geos.isEmpty() || geos.contains(endpoint.geo))
                co_await searchEndpoint(&search, profile, endpoint, nameOrId, stop);
        }
    }
    if (search.asked == 0) {
        co_return Problem::of(Problem::Category::NotFound,
                              Text::tr("No profile has the geo %1.").arg(geos.join(", "_L1)),
                              Text::tr("`latchkeyctl profile list` shows where each one is."));
    }
    if (search.found.size() > 1) {
        co_return Problem::of(Problem::Category::NeedsDecision,
                              Text::tr("Several instances are called %1.").arg(nameOrId),
                              Text::tr("Choose one with --profile or --geo, or by its id: %1")
                                  .arg(search.places.join(", "_L1)));
    }
    if (search.problem && (search.found.isEmpty() || !isId(nameOrId)))
        co_return unread(search, nameOrId);
    if (search.found.isEmpty()) {
        co_return Problem::of(Problem::Category::NotFound, Text::tr("There is no instance %1.").arg(nameOrId),
                              Text::tr("`latchkeyctl instances list` shows the names and ids of all."));
    }
    const InstanceAddress address = search.found.first();
    co_return co_await m_session.inventory().refreshOne(address);
}

Problem InstanceFinder::unread(const Search &search, const QString &nameOrId)
{
    Problem problem = *search.problem;
    if (search.asked == 1 || problem.isCanceled())
        return problem;
    if (!problem.detail.isEmpty())
        problem.detail += u'\n';
    const QString places = search.unread.join(", "_L1);
    problem.detail += search.found.isEmpty()
                          ? Text::tr("Not found elsewhere, and not asked: %1.").arg(places)
                          : Text::tr("Another %1 may be there: %2. Leave that out with --geo, or name the "
                                     "instance by its id, %3.")
                                .arg(nameOrId, places, search.found.first().instanceId);
    return problem;
}

QCoro::Task<void> InstanceFinder::searchEndpoint(Search *search, Profile profile, Endpoint endpoint,
                                                 QString nameOrId, std::stop_token stop)
{
    const auto fail = [search, label = endpoint.label()](Problem problem) {
        search->unread += label;
        if (!search->problem)
            search->problem = std::move(problem);
    };
    ++search->asked;
    const QString origin = endpoint.origin();
    Outcome<std::shared_ptr<KonnectClient>> made = co_await m_session.clients().client(profile, origin);
    if (!made) {
        fail(std::move(made).problem());
        co_return;
    }
    const std::shared_ptr<KonnectClient> client = std::move(made).value();
    QList<IntegrationInstance> candidates;
    if (isId(nameOrId)) {
        Outcome<IntegrationInstance> instance = co_await client->instance(nameOrId, stop);
        if (instance)
            candidates = {std::move(instance).value()};
        else if (instance.problem().category != Problem::Category::NotFound)
            fail(std::move(instance).problem());
    } else {
        InstanceQuery query;
        query.nameContains = nameOrId;
        Outcome<Listing<IntegrationInstance>> listing = co_await client->instances(query, {}, stop);
        if (listing)
            candidates = std::move(listing).value().items;
        else
            fail(std::move(listing).problem());
    }
    for (const IntegrationInstance &candidate : std::as_const(candidates)) {
        if (candidate.name != nameOrId && candidate.id.compare(nameOrId, Qt::CaseInsensitive) != 0)
            continue;
        search->found += InstanceAddress{profile.id, origin, candidate.id};
        search->places += u"%1 (%2, %3)"_s.arg(candidate.id, profile.name, origin);
    }
}

} // namespace latchkey
