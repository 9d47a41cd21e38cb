// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/periodicrefresh.h"

#include "models/core/settings.h"
#include "models/services/bulkchanges.h"
#include "models/services/credentialchanges.h"
#include "models/services/inventory.h"
#include "models/services/preferences.h"
#include "models/services/profiles.h"

#include <QRandomGenerator>

#include <utility>

namespace latchkey {

PeriodicRefresh::PeriodicRefresh(Inventory &inventory, Profiles &profiles, CredentialChanges &changes,
                                 BulkChanges &bulk, Preferences &preferences, const Clock &clock,
                                 std::function<bool()> isMetered, QObject *parent)
    : QObject(parent)
    , m_inventory(inventory)
    , m_profiles(profiles)
    , m_changes(changes)
    , m_bulk(bulk)
    , m_preferences(preferences)
    , m_clock(clock)
    , m_isMetered(std::move(isMetered))
    , m_begun{clock.now(), 0}
{
}

void PeriodicRefresh::tick()
{
    const QDateTime now = m_clock.now();
    const QString profileId = mayRefresh() ? mostOverdue(now) : QString();
    if (profileId.isEmpty() || m_isMetered())
        return;
    m_tries.insert(profileId, {now, QRandomGenerator::global()->generateDouble()});
    // What fails is said of its endpoint.
    QCoro::connect(m_inventory.refresh(profileId), this, [](const Done &) {});
}

bool PeriodicRefresh::mayRefresh() const
{
    return m_preferences.settings().refreshMinutes > 0 && !m_inventory.progress().running &&
           !m_changes.isRunning() && !m_bulk.isRunning();
}

QString PeriodicRefresh::mostOverdue(const QDateTime &now) const
{
    const qint64 interval = m_preferences.settings().refreshMinutes * 60LL;
    QString most;
    qint64 longest = -1;
    for (const Profile &profile : m_profiles.all()) {
        const QDateTime last = lastOf(profile.id, now);
        const double late = static_cast<double>(interval) / 10 * m_tries.value(profile.id, m_begun).late;
        // A clock that was put back behind all that is known: nobody can say how long ago it was.
        const qint64 overdue = last.isValid() ? last.secsTo(now) - interval - static_cast<qint64>(late) : 0;
        if (overdue > longest && !isLockedOut(profile.id)) {
            longest = overdue;
            most = profile.id;
        }
    }
    return most;
}

QDateTime PeriodicRefresh::lastOf(const QString &profileId, const QDateTime &now) const
{
    QDateTime last;
    const auto consider = [&last, &now](const QDateTime &moment) {
        if (moment.isValid() && moment <= now && (!last.isValid() || last < moment))
            last = moment;
    };
    consider(m_begun.at);
    consider(m_tries.value(profileId).at);
    const QList<EndpointState> endpoints = m_inventory.endpoints();
    for (const EndpointState &state : endpoints) {
        if (state.profileId == profileId)
            consider(state.listedAt);
    }
    return last;
}

bool PeriodicRefresh::isLockedOut(const QString &profileId) const
{
    const QList<EndpointState> endpoints = m_inventory.endpoints();
    for (const EndpointState &state : endpoints) {
        if (state.profileId != profileId || !state.problem)
            continue;
        switch (state.problem->category) {
        case Problem::Category::KeychainUnavailable:
        case Problem::Category::KeychainLocked:
        case Problem::Category::KeychainRefused:
        case Problem::Category::KeychainHung:
            return true;
        default:
            break;
        }
    }
    return false;
}

} // namespace latchkey
