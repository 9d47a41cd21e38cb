// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/profiles.h"

#include "models/services/connectiontest.h"
#include "models/services/keyvault.h"
#include "models/services/konnectclients.h"
#include "models/storage/profilestore.h"
#include "models/storage/snapshotstore.h"

#include <QSet>
#include <QUuid>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

Problem invalid(const QString &field, const QString &caption, const QString &detail = {})
{
    Problem problem = Problem::of(Problem::Category::InvalidInput, caption, detail);
    InvalidParameter parameter;
    parameter.field = field;
    parameter.reason = caption;
    problem.invalidParameters.append(parameter);
    return problem;
}

} // namespace

Profiles::Profiles(ProfileStore &store, SnapshotStore &snapshot, KeyVault &vault, KonnectClients &clients,
                   QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_snapshot(snapshot)
    , m_vault(vault)
    , m_clients(clients)
{
}

QCoro::Task<Done> Profiles::load()
{
    const RunningCount::Guard running = m_running.enter();
    Outcome<QList<Profile>> stored = co_await m_store.all();
    if (!stored)
        co_return std::move(stored).problem();
    m_profiles = std::move(stored).value();
    m_storedTokens.clear();
    Q_EMIT profilesChanged();
    QStringList tokens;
    for (const Profile &profile : std::as_const(m_profiles))
        tokens.append(profile.tokenVersion);
    Done tidied = co_await m_vault.forgetTokensExcept(tokens);
    co_return tidied;
}

qsizetype Profiles::indexOf(const QString &profileId) const
{
    for (qsizetype i = 0; i < m_profiles.size(); ++i) {
        if (m_profiles.at(i).id == profileId)
            return i;
    }
    return -1;
}

std::optional<Profile> Profiles::find(const QString &profileId) const
{
    const qsizetype index = indexOf(profileId);
    return index < 0 ? std::nullopt : std::optional(m_profiles.at(index));
}

std::optional<Profile> Profiles::findByName(const QString &idOrName) const
{
    if (std::optional<Profile> byId = find(idOrName))
        return byId;
    for (const Profile &profile : m_profiles) {
        if (profile.name.compare(idOrName, Qt::CaseInsensitive) == 0)
            return profile;
    }
    return std::nullopt;
}

std::optional<Problem> Profiles::refusalOf(const Profile &profile, const Secret &token) const
{
    if (profile.name.isEmpty())
        return invalid(u"name"_s, tr("The profile needs a name."));
    for (const Profile &other : m_profiles) {
        if (other.id != profile.id && other.name.compare(profile.name, Qt::CaseInsensitive) == 0)
            return invalid(u"name"_s, tr("There is a profile “%1” already.").arg(other.name));
    }
    if (profile.endpoints.isEmpty())
        return invalid(u"url"_s, tr("The profile “%1” needs a geo or a URL.").arg(profile.name));
    QSet<QString> origins;
    for (const Endpoint &endpoint : profile.endpoints) {
        if (!endpointOfUrl(endpoint.baseUrl.toString())) {
            return invalid(u"url"_s,
                           tr("“%1” cannot be used as a URL.").arg(endpoint.baseUrl.toDisplayString()),
                           tr("It must begin with https://; http:// is only for this computer."));
        }
        if (origins.contains(endpoint.origin()))
            return invalid(u"url"_s, tr("%1 is given twice.").arg(endpoint.label()));
        origins.insert(endpoint.origin());
    }
    const std::optional<Profile> before = find(profile.id);
    if (!profile.id.isEmpty() && !before)
        return Problem::of(Problem::Category::NotFound,
                           tr("The profile “%1” does not exist any more.").arg(profile.name));
    if (!before || before->tokenVersion.isEmpty() || !token.isEmpty())
        return std::nullopt;
    // A kept token is bound to where it was entered for; it never travels to another server by a changed URL.
    const QStringList known = before->origins();
    for (const QString &origin : profile.origins()) {
        if (!known.contains(origin)) {
            return invalid(u"token"_s, tr("Enter the token of “%1” again.").arg(profile.name),
                           tr("The kept token was entered for %1 and is not sent to %2 by itself.")
                               .arg(known.join(u", "_s), origin));
        }
    }
    return std::nullopt;
}

bool Profiles::hasPassingToken(const QString &profileId) const
{
    return !m_storedTokens.value(profileId).isEmpty();
}

void Profiles::replaceOrAdd(const Profile &profile)
{
    const qsizetype index = indexOf(profile.id);
    if (index < 0)
        m_profiles.append(profile);
    else
        m_profiles[index] = profile;
}

QCoro::Task<Outcome<Profile>> Profiles::save(Profile profile, Secret token, bool tokenInMemory)
{
    const RunningCount::Guard running = m_running.enter();
    profile.name = profile.name.trimmed();
    if (std::optional<Problem> refusal = refusalOf(profile, token))
        co_return *std::move(refusal);

    const std::optional<Profile> before = find(profile.id);
    const QString storedBefore = before ? m_storedTokens.value(before->id, before->tokenVersion) : QString();
    if (profile.id.isEmpty())
        profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    profile.tokenVersion = before ? before->tokenVersion : QString();
    profile.organizationInDoubt = before && before->organizationInDoubt;

    const bool newToken = !token.isEmpty();
    if (newToken) {
        Outcome<QString> version =
            co_await m_vault.storeToken(profile.id, profile.origins(), std::move(token), tokenInMemory);
        if (!version)
            co_return std::move(version).problem();
        profile.tokenVersion = std::move(version).value();
        // The doubt was about the token before; the next refresh looks again.
        profile.organizationInDoubt = false;
    }

    Profile row = profile;
    if (tokenInMemory)
        row.tokenVersion.clear();
    Done saved;
    if (before)
        saved = co_await m_store.update(row, newToken);
    else
        saved = co_await m_store.add(row);
    if (!saved) {
        if (newToken)
            co_await m_vault.forget(profile.tokenVersion);
        co_return std::move(saved).problem();
    }
    if (newToken && tokenInMemory)
        m_storedTokens.insert(profile.id, QString());
    else if (newToken)
        m_storedTokens.remove(profile.id);
    replaceOrAdd(profile);
    m_clients.forget(profile.id);
    Q_EMIT profilesChanged();

    // Only now: until the row was saved the old token was the profile's. What cannot be removed now is
    // removed by the vault at a later start.
    if (newToken && before && !before->tokenVersion.isEmpty())
        co_await m_vault.forget(before->tokenVersion);
    if (newToken && !storedBefore.isEmpty() && storedBefore != before->tokenVersion)
        co_await m_vault.forget(storedBefore);
    co_return Outcome<Profile>(std::move(profile));
}

QCoro::Task<Done> Profiles::remove(QString profileId)
{
    const RunningCount::Guard running = m_running.enter();
    const std::optional<Profile> profile = find(profileId);
    if (!profile)
        co_return Problem::of(Problem::Category::NotFound, tr("There is no such profile any more."));
    Done removed = co_await m_store.remove(profileId);
    if (!removed)
        co_return std::move(removed).problem();
    QSet<QString> tokens{profile->tokenVersion, m_storedTokens.take(profileId)};
    tokens.remove(QString());
    if (const qsizetype index = indexOf(profileId); index >= 0)
        m_profiles.removeAt(index);
    m_clients.forget(profileId);
    Q_EMIT profilesChanged();

    Done result = co_await m_snapshot.forgetProfile(profileId);
    const QStringList versions(tokens.cbegin(), tokens.cend());
    for (const QString &version : versions) {
        Done forgotten = co_await m_vault.forget(version);
        if (forgotten)
            continue;
        Problem problem = std::move(forgotten).problem();
        problem.detail = problem.caption + u' ' + tr("Latchkey removes it at a later start.");
        problem.caption = tr("“%1” was removed, but its token is still in the keychain.").arg(profile->name);
        result = problem;
    }
    co_return result;
}

QCoro::Task<Done> Profiles::setDoubt(QString profileId, bool doubt)
{
    const std::optional<Profile> profile = find(profileId);
    if (!profile || profile->organizationInDoubt == doubt)
        co_return Done();
    // What a passing token sees says nothing about the stored one.
    const bool passing = hasPassingToken(profileId);
    // Doubt holds at once, whether it can be stored or not; trust only when it is stored.
    if (doubt || passing)
        setDoubtHere(profileId, doubt);
    if (passing)
        co_return Done();
    Done saved = co_await m_store.setDoubt(profileId, doubt);
    if (saved && !doubt)
        setDoubtHere(profileId, false);
    co_return saved;
}

void Profiles::setDoubtHere(const QString &profileId, bool doubt)
{
    const qsizetype index = indexOf(profileId);
    if (index < 0)
        return;
    m_profiles[index].organizationInDoubt = doubt;
    Q_EMIT profilesChanged();
}

QCoro::Task<Done> Profiles::answerOrganizationQuestion(QString profileId, bool sameOrganization)
{
    const RunningCount::Guard running = m_running.enter();
    if (!sameOrganization) {
        Done forgotten = co_await m_snapshot.forgetProfile(profileId);
        if (!forgotten)
            co_return std::move(forgotten).problem();
        Q_EMIT organizationReplaced(profileId);
    }
    Done saved = co_await setDoubt(profileId, false);
    if (saved && sameOrganization)
        Q_EMIT organizationConfirmed(profileId);
    co_return saved;
}

QCoro::Task<Done> Profiles::doubtOrganization(QString profileId)
{
    const RunningCount::Guard running = m_running.enter();
    Done doubted = co_await setDoubt(profileId, true);
    co_return doubted;
}

QCoro::Task<Done> Profiles::believeOrganization(QString profileId)
{
    const RunningCount::Guard running = m_running.enter();
    Done believed = co_await setDoubt(profileId, false);
    co_return believed;
}

QCoro::Task<Done> Profiles::useToken(QString profileId, Secret token)
{
    const RunningCount::Guard running = m_running.enter();
    const std::optional<Profile> profile = find(profileId);
    if (!profile || token.isEmpty()) {
        co_return Problem::of(Problem::Category::Refused,
                              profile ? tr("The token for “%1” is empty.").arg(profile->name)
                                      : tr("There is no such profile any more."));
    }
    Outcome<QString> version =
        co_await m_vault.storeToken(profileId, profile->origins(), std::move(token), true);
    if (!version)
        co_return std::move(version).problem();
    const qsizetype index = indexOf(profileId);
    if (index < 0) {
        co_await m_vault.forget(version.value());
        co_return Done();
    }
    const QString before = m_profiles.at(index).tokenVersion;
    const bool heldOneInMemory = m_storedTokens.contains(profileId);
    if (!heldOneInMemory)
        m_storedTokens.insert(profileId, before);
    m_profiles[index].tokenVersion = version.value();
    // The doubt is about the stored token; the next refresh looks at this one.
    if (hasPassingToken(profileId))
        m_profiles[index].organizationInDoubt = false;
    m_clients.forget(profileId);
    Q_EMIT profilesChanged();
    if (heldOneInMemory && !before.isEmpty())
        co_await m_vault.forget(before);
    co_return Done();
}

QCoro::Task<QList<EndpointTest>> Profiles::test(Profile profile, Secret token, std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    // Each endpoint by itself: one geo may fail while the others work.
    std::vector<QCoro::Task<EndpointTest>> tests;
    tests.reserve(static_cast<size_t>(profile.endpoints.size()));
    for (const Endpoint &endpoint : std::as_const(profile.endpoints)) {
        tests.push_back(testEndpoint(&m_clients, &m_vault, profile, endpoint, token.clone(), stop));
    }
    QList<EndpointTest> results;
    for (QCoro::Task<EndpointTest> &each : tests) {
        EndpointTest result = co_await each;
        results.append(result);
    }
    co_return results;
}

} // namespace latchkey
