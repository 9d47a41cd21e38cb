// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/konnectclients.h"

#include "models/konnect/cafile.h"
#include "models/konnect/connection.h"
#include "models/konnect/konnectclient.h"
#include "models/services/keyvault.h"
#include "models/services/waiters.h"

#include <algorithm>

namespace latchkey {

namespace {

using Answer = Outcome<std::shared_ptr<KonnectClient>>;

/// Asking the keychain again at once would only open the next prompt, or wait for the next deadline.
bool holdsForAllWhoWait(const Problem &problem)
{
    switch (problem.category) {
    case Problem::Category::KeychainUnavailable:
    case Problem::Category::KeychainLocked:
    case Problem::Category::KeychainRefused:
    case Problem::Category::KeychainHung:
        return true;
    default:
        return false;
    }
}

} // namespace

/// A token on its way out of the keychain, and those who wait for their turn.
struct KonnectClients::TokenRead
{
    bool finished = false;
    std::optional<Problem> problem;
    Waiters waiters;
};

KonnectClients::KonnectClients(KeyVault &vault, Redactor &redactor, const Clock &clock,
                               const TransportLimits &limits, QObject *parent)
    : QObject(parent)
    , m_vault(vault)
    , m_redactor(redactor)
    , m_clock(clock)
    , m_limits(std::make_unique<TransportLimits>(limits))
    , m_closing(std::make_shared<bool>(false))
{
}

KonnectClients::~KonnectClients()
{
    // Nobody is inside a client any more, and no event loop may come that would delete it later.
    *m_closing = true;
}

std::shared_ptr<KonnectClient> KonnectClients::kept(const QString &profileId, const QString &origin) const
{
    return m_clients.value(profileId).value(origin);
}

QCoro::Task<Answer> KonnectClients::client(Profile profile, QString origin)
{
    const RunningCount::Guard running = m_running.enter();
    if (std::shared_ptr<KonnectClient> there = kept(profile.id, origin))
        co_return Answer(there);
    if (profile.tokenVersion.isEmpty()) {
        co_return Problem::of(Problem::Category::Unauthorized,
                              tr("The token of “%1” is not known here.").arg(profile.name),
                              tr("Enter it in the profile, or give it to latchkeyctl with --token-env or "
                                 "--token-stdin."));
    }
    while (m_tokenRead) {
        const std::shared_ptr<TokenRead> before = m_tokenRead;
        co_await before->waiters.wait();
        if (before->problem && holdsForAllWhoWait(*before->problem)) {
            Problem shared = *before->problem;
            co_return shared;
        }
        if (std::shared_ptr<KonnectClient> there = kept(profile.id, origin))
            co_return Answer(there);
    }

    const auto read = std::make_shared<TokenRead>();
    m_tokenRead = read;
    const quint64 forgotten = m_forgotten;
    Outcome<Secret> token = co_await m_vault.token(profile.tokenVersion, origin);
    m_tokenRead.reset();
    if (!token)
        read->problem = token.problem();

    Answer answer =
        token ? make(profile, origin, std::move(token).value(), *m_limits) : Answer(token.problem());
    // A client with a token or CA that was replaced meanwhile must not be found by the next caller.
    if (answer && forgotten == m_forgotten)
        m_clients[profile.id].insert(origin, answer.value());
    if (answer) {
        connect(answer.value().get(), &KonnectClient::waiting, this,
                [this, id = profile.id, origin](int seconds) { Q_EMIT waiting(id, origin, seconds); });
    }
    read->waiters.resumeAll();
    co_return answer;
}

Answer KonnectClients::probeClient(const Profile &profile, const QString &origin, Secret token) const
{
    TransportLimits limits = *m_limits;
    limits.readAttempts = 1;
    return make(profile, origin, std::move(token), limits);
}

Answer KonnectClients::make(const Profile &profile, const QString &origin, Secret token,
                            const TransportLimits &limits) const
{
    const auto endpoint = std::find_if(profile.endpoints.cbegin(), profile.endpoints.cend(),
                                       [&origin](const Endpoint &each) { return each.origin() == origin; });
    if (endpoint == profile.endpoints.cend()) {
        return Problem::of(Problem::Category::Refused,
                           tr("The profile “%1” does not reach %2.").arg(profile.name, origin));
    }
    Outcome<QByteArray> pem = readCaFile(profile.caFile);
    if (!pem)
        return std::move(pem).problem();
    Connection connection;
    connection.baseUrl = endpoint->baseUrl;
    connection.token = std::move(token);
    connection.extraCaPem = std::move(pem).value();
    connection.limits = limits;
    // Whoever lets go last may be inside one of the client's own signals.
    return std::shared_ptr<KonnectClient>(new KonnectClient(std::move(connection), m_redactor, m_clock),
                                          [closing = m_closing](KonnectClient *client) {
                                              if (*closing)
                                                  delete client;
                                              else
                                                  client->deleteLater();
                                          });
}

void KonnectClients::forget(const QString &profileId)
{
    ++m_forgotten;
    m_clients.remove(profileId);
}

} // namespace latchkey
