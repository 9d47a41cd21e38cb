// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QString>

#include <functional>

namespace latchkey {

class BulkChanges;
class CredentialChanges;
class Inventory;
class Preferences;
class Profiles;

/// Reads each profile anew when `refresh.minutes` have passed since it was read last, whoever asked for that:
/// one profile a tick, up to a tenth later than due, so that neither all profiles nor all who use Konnect
/// come at once. After sleep each is read once.
///
/// It waits while a refresh or a change runs and on a metered line, and leaves profiles alone whose token the
/// keychain did not hand out: asking again would open a prompt that nobody asked for.
class PeriodicRefresh : public QObject
{
    Q_OBJECT
public:
    /// All must outlive this. It begins when the profiles were, or are about to be, read by somebody else.
    PeriodicRefresh(Inventory &inventory, Profiles &profiles, CredentialChanges &changes, BulkChanges &bulk,
                    Preferences &preferences, const Clock &clock, std::function<bool()> isMetered,
                    QObject *parent = nullptr);

public Q_SLOTS:
    /// Time has passed.
    void tick();

private:
    [[nodiscard]] bool mayRefresh() const;
    [[nodiscard]] QString mostOverdue(const QDateTime &now) const;
    [[nodiscard]] QDateTime lastOf(const QString &profileId, const QDateTime &now) const;
    [[nodiscard]] bool isLockedOut(const QString &profileId) const;

    /// When this tried last, and by which part of a tenth the next time is late.
    struct Try
    {
        QDateTime at;
        double late = 0;
    };

    Inventory &m_inventory;
    Profiles &m_profiles;
    CredentialChanges &m_changes;
    BulkChanges &m_bulk;
    Preferences &m_preferences;
    const Clock &m_clock;
    std::function<bool()> m_isMetered;
    QHash<QString, Try> m_tries; ///< By profile id.
    Try m_begun;
};

} // namespace latchkey
