// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/connectiontest.h"

#include "models/konnect/cafile.h"
#include "models/konnect/konnectclient.h"
#include "models/services/keyvault.h"
#include "models/services/konnectclients.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Kind = ConnectionStep::Kind;
using Result = ConnectionStep::Result;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ConnectionTest)
};

EndpointTest begin(const Endpoint &endpoint)
{
    EndpointTest test;
    test.endpoint = endpoint;
    for (const Kind kind : {Kind::ReadCa, Kind::ResolveHost, Kind::Connect, Kind::Tls, Kind::Authenticate,
                            Kind::ListInstances, Kind::ReadCatalog}) {
        ConnectionStep step;
        step.kind = kind;
        test.steps.append(step);
    }
    return test;
}

void pass(EndpointTest &test, Kind kind, const QString &detail = {})
{
    for (ConnectionStep &step : test.steps) {
        if (step.kind == kind) {
            step.result = Result::Passed;
            step.detail = detail;
        }
    }
}

/// Everything before `kind` passed, as it could not have been reached otherwise.
void fail(EndpointTest &test, Kind kind, const Problem &problem)
{
    for (ConnectionStep &step : test.steps) {
        if (step.kind == kind) {
            step.result = Result::Failed;
            step.detail = problem.toText();
            step.problem = problem;
            return;
        }
        step.result = Result::Passed;
    }
}

void leave(EndpointTest &test, Kind kind)
{
    for (ConnectionStep &step : test.steps) {
        if (step.kind == kind)
            step.result = Result::NotReached;
    }
}

/// Which step the first request stumbled over.
Kind stepOf(const Problem &problem)
{
    switch (problem.category) {
    case Problem::Category::HostNotFound:
        return Kind::ResolveHost;
    case Problem::Category::Network:
    case Problem::Category::TimedOut:
        return Kind::Connect;
    case Problem::Category::Tls:
        return Kind::Tls;
    case Problem::Category::Unauthorized:
    case Problem::Category::Forbidden:
        return Kind::Authenticate;
    default:
        return Kind::ListInstances;
    }
}

void failWithoutRequest(EndpointTest &test, Kind kind, const Problem &problem)
{
    fail(test, kind, problem);
    for (const Kind onTheWire : {Kind::ResolveHost, Kind::Connect, Kind::Tls}) {
        if (onTheWire != kind)
            leave(test, onTheWire);
    }
}

} // namespace

QCoro::Task<EndpointTest> testEndpoint(KonnectClients *clients, KeyVault *vault, Profile profile,
                                       Endpoint endpoint, Secret token, std::stop_token stop)
{
    EndpointTest test = begin(endpoint);
    const QString origin = endpoint.origin();
    Outcome<QByteArray> pem = readCaFile(profile.caFile);
    if (!pem) {
        fail(test, Kind::ReadCa, pem.problem());
        co_return test;
    }
    const QString caDetail = profile.caFile.isEmpty() ? Text::tr("The system's certificates.")
                                                      : Text::tr("Added: %1").arg(profile.caFile);
    pass(test, Kind::ReadCa, caDetail);

    if (token.isEmpty() && profile.tokenVersion.isEmpty()) {
        const Problem none =
            Problem::of(Problem::Category::Unauthorized, Text::tr("There is no token to try."));
        failWithoutRequest(test, Kind::Authenticate, none);
        co_return test;
    }
    if (token.isEmpty()) {
        Outcome<Secret> kept = co_await vault->token(profile.tokenVersion, origin);
        if (!kept) {
            failWithoutRequest(test, Kind::Authenticate, kept.problem());
            co_return test;
        }
        token = std::move(kept).value();
    }
    Outcome<std::shared_ptr<KonnectClient>> made = clients->probeClient(profile, origin, std::move(token));
    if (!made) {
        failWithoutRequest(test, Kind::ResolveHost, made.problem());
        co_return test;
    }
    const std::shared_ptr<KonnectClient> client = made.value();

    InstanceQuery query;
    KonnectClient::PageArrived noPages;
    Outcome<Listing<IntegrationInstance>> listing = co_await client->instances(query, noPages, stop);
    if (!listing) {
        if (listing.problem().isCanceled())
            co_return test;
        const Kind step = stepOf(listing.problem());
        fail(test, step, listing.problem());
        // Whoever answered so need not even have looked at the token.
        if (step == Kind::ListInstances)
            leave(test, Kind::Authenticate);
        co_return test;
    }
    test.instances = static_cast<int>(listing.value().items.size());
    pass(test, Kind::ResolveHost, endpoint.baseUrl.host());
    pass(test, Kind::Connect);
    pass(test, Kind::Tls,
         endpoint.baseUrl.scheme() == "https"_L1 ? QString()
                                                 : Text::tr("Plain http, on this computer only."));
    pass(test, Kind::Authenticate);
    pass(test, Kind::ListInstances, Text::tr("%n instance(s)", nullptr, test.instances));

    Outcome<Listing<Integration>> catalog = co_await client->integrations(stop);
    if (catalog)
        pass(test, Kind::ReadCatalog,
             Text::tr("%n integration(s)", nullptr, static_cast<int>(catalog.value().items.size())));
    else
        fail(test, Kind::ReadCatalog, catalog.problem());
    co_return test;
}

} // namespace latchkey
