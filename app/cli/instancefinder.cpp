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

} // namespace

struct InstanceFinder::Search
{
    QList<InstanceAddress> found;
    QStringList places;             ///< For people, as many as `found`.
    std::optional<Problem> problem; ///< The first: one of the endpoints could not be asked.
};

InstanceFinder::InstanceFinder(Session &session)
    : m_session(session)
{
}

QCoro::Task<Outcome<InstanceRecord>> InstanceFinder::find(QString profileId, QString nameOrId,
                                                          std::stop_token stop)
{
    Search search;
    const QList<Profile> profiles = m_session.profiles().all();
    for (const Profile &profile : profiles) {
        if (!profileId.isEmpty() && profile.id != profileId)
            continue;
        const QStringList origins = profile.origins();
        for (const QString &origin : origins)
            co_await searchEndpoint(&search, profile, origin, nameOrId, stop);
    }
    if (search.found.size() > 1) {
        co_return Problem::of(
            Problem::Category::NeedsDecision, Text::tr("Several instances are called %1.").arg(nameOrId),
            Text::tr("Choose one with --profile, or by its id: %1").arg(search.places.join(", "_L1)));
    }
    // An endpoint that could not be asked may have one of that name too.
    if (search.problem)
        co_return *search.problem;
    if (search.found.isEmpty()) {
        co_return Problem::of(Problem::Category::NotFound, Text::tr("There is no instance %1.").arg(nameOrId),
                              Text::tr("`latchkeyctl instances list` shows the names and ids of all."));
    }
    const InstanceAddress address = search.found.first();
    co_return co_await m_session.inventory().refreshOne(address);
}

QCoro::Task<void> InstanceFinder::searchEndpoint(Search *search, Profile profile, QString origin,
                                                 QString nameOrId, std::stop_token stop)
{
    const auto fail = [search](Problem problem) {
        if (!search->problem)
            search->problem = std::move(problem);
    };
    Outcome<std::shared_ptr<KonnectClient>> made = co_await m_session.clients().client(profile, origin);
    if (!made) {
        fail(std::move(made).problem());
        co_return;
    }
    const std::shared_ptr<KonnectClient> client = std::move(made).value();
    QList<IntegrationInstance> candidates;
    if (!QUuid::fromString(nameOrId).isNull()) {
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
