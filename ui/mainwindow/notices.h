// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/clock.h"
#include "models/core/refresh.h"

#include <QObject>
#include <QTimer>

#include <stop_token>

namespace latchkey {

class BannerStack;
class ChangeRecovery;
class CredentialChanges;
class Inventory;
class KeyVault;
class Profiles;

/// Says in banners what concerns the whole window: demo, keychain, organizations in doubt, geos that fail,
/// waiting, old values, changes that were interrupted.
class Notices : public QObject
{
    Q_OBJECT
public:
    struct Services
    {
        Profiles &profiles;
        Inventory &inventory;
        KeyVault &vault;
        CredentialChanges &changes;
        ChangeRecovery &recovery;
        const Clock &clock;
    };

    /// All must outlive this.
    Notices(BannerStack &banners, Services services, bool demo, QObject *parent = nullptr);

    void showProblem(const QString &key, const Problem &problem);
    /// Asks the journal; call after changes.
    void readUnfinished();
    /// Time has passed.
    void tick();
    /// Latchkey closes: nothing is asked any more.
    void stop() { m_stop.request_stop(); }

Q_SIGNALS:
    void refreshRequested(const QString &profileId);
    void editProfileRequested(const QString &profileId);
    /// The user wants to answer whether the profile is another organization now.
    void answerRequested(const QString &profileId);
    void lookAtUnfinishedRequested();

private:
    void showDemo();
    void showKeychain();
    void showDoubts();
    void showEndpoints();
    void showEndpoint(const EndpointState &endpoint);
    void showOffline(const QList<EndpointState> &endpoints);
    void showShortfalls(const QList<EndpointState> &endpoints);
    void showFailedReads();
    void showProgress(const RefreshProgress &progress);
    void showWaiting();
    void showAge();
    /// Asks Konnect how the interrupted changes stand. Those that turn out well are said no word of.
    void lookAtUnfinished();
    void showUnfinished(const QList<Change> &changes);
    [[nodiscard]] QString tokenExpiryOf(const QString &profileId) const;
    [[nodiscard]] QString nameOf(const EndpointState &endpoint) const;

    BannerStack &m_banners;
    Services m_services;
    QTimer m_second; ///< Counts the wait down.
    int m_waitingSeconds = 0;
    bool m_refreshing = false;
    bool m_endpointsFail = false;
    std::stop_source m_stop;
    bool m_lookedAtUnfinished = false;
    bool m_changedElsewhere =
        false; ///< Another Latchkey is changing something: what is unfinished may be its.
};

} // namespace latchkey
