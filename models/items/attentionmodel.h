// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/oldkey.h"
#include "models/core/playbook.h"
#include "models/core/profile.h"
#include "models/core/refresh.h"
#include "models/items/instancetablemodel.h"
#include "models/items/mergedtable.h"

#include <QFlags>

namespace latchkey {

class Recount;

/// A credential, the token of a profile or an old key that somebody should do something about.
struct AttentionItem
{
    enum class Kind { Credential, Token, OldKey };
    enum Action {
        Replace = 1,
        Create = 2,
        RecordExpiry = 4,
        Snooze = 8,
        Acknowledge = 16,
        Remind = 32, ///< Takes Snooze, Acknowledge and Revoked back.
        CheckAgain = 64,
        EditProfile = 128, ///< Of a token: to enter a new one, or its expiry.
        Revoked = 256,     ///< Of an old key: to tick it off.
    };
    Q_DECLARE_FLAGS(Actions, Action)

    enum class Quiet { No, Snoozed, Acknowledged, Revoked };

    InstanceAddress key; ///< Of a token, its profile alone; of an old key, see OldKey::key().
    Kind kind = Kind::Credential;
    InstanceAddress instance; ///< Null for a token.
    QString credentialId;     ///< Empty where the instance has none; of an old key, the one that it was for.
    QString title;
    QString integration; ///< Machine name; empty of a token.
    QString integrationTitle;
    QString profileName;
    QString endpointLabel;
    HealthState worst = HealthState::NotChecked;
    QList<HealthState> reasons; ///< All that hold, worst first.
    Expiry expiry;
    Quiet quiet = Quiet::No;
    bool refused = false; ///< A token that Konnect does not accept.
    Actions actions;

    /// Those of the reasons that need attention.
    [[nodiscard]] QList<HealthState> attentionReasons() const;
    bool operator==(const AttentionItem &) const = default;
};

/// What wants attention, soonest first, of the same time worst first; what has no time comes last. What is
/// not checked is not in it: nothing is known of it. Tokens are in it by what is written down in their
/// profile, and where Konnect refuses one. Old keys come after all else: nothing stops working by them.
class AttentionModel : public MergedTable<AttentionItem>
{
    Q_OBJECT
public:
    enum Column { StateColumn, TitleColumn, ExpiryColumn, PlaceColumn, ColumnCount };
    // Roles are those of InstanceRole: AddressRole, HealthRole, StaleRole (here: quiet).

    /// `instances` and `clock` must outlive the model.
    AttentionModel(const InstanceTableModel &instances, const Clock &clock, Playbooks playbooks,
                   QObject *parent = nullptr);
    ~AttentionModel() override;

    void setProfiles(const QList<Profile> &profiles);
    void setEndpoints(const QList<EndpointState> &endpoints);
    void setOldKeys(const QList<OldKey> &oldKeys);
    /// Nothing but what is in this state, whatever else it is.
    void setOnly(HealthState state);
    /// Also what was snoozed or acknowledged, and old keys for a while after they were revoked.
    void setQuietShown(bool shown);
    /// Also what expired more than `ancientDays` days ago.
    void setAncientShown(bool shown);
    void setAncientDays(int days);
    /// Time has passed.
    void tick();

    [[nodiscard]] int quiet() const { return m_quiet; }     ///< Shown or not.
    [[nodiscard]] int ancient() const { return m_ancient; } ///< Shown or not, of those that are not quiet.
    [[nodiscard]] int ancientDays() const { return m_ancientDays; }
    /// Of all instances, whatever their state: the last read failed, or was more than a day ago.
    [[nodiscard]] int unread() const { return m_unread; }
    /// What there is to do, a sentence for each reason, and how old the values are where the last try to
    /// read them failed.
    [[nodiscard]] QStringList adviceOf(int row) const;
    /// How a new key is made, or an old one revoked, step by step; may be empty.
    [[nodiscard]] QStringList stepsOf(int row) const;
    /// Where that is done, else where Konnect shows the integration; may be invalid.
    [[nodiscard]] QUrl upstreamOf(int row) const;
    [[nodiscard]] int rowOf(const InstanceAddress &key) const; ///< -1 where it is not shown.

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// After rows, quiet(), ancient() and unread() were worked out anew.
    void counted();

private:
    struct Candidate
    {
        qint64 due = 0; ///< ms since the epoch; the greatest value where there is no time.
        QString title;  ///< Folded to lower case.
        AttentionItem item;
    };

    void recount();
    void add(std::vector<Candidate> &candidates, Candidate candidate);
    [[nodiscard]] Candidate ofInstance(int row) const;
    /// nullopt where its end is far off or not known, and Konnect accepts it.
    [[nodiscard]] std::optional<Candidate> ofToken(const Profile &profile) const;
    [[nodiscard]] Candidate ofOldKey(const OldKey &oldKey) const;
    void announceTime();
    [[nodiscard]] const InstanceRecord *recordOf(const AttentionItem &item) const; ///< May be gone.
    [[nodiscard]] const OldKey *oldKeyOf(const AttentionItem &item) const;         ///< May be gone.
    [[nodiscard]] QStringList adviceOf(const AttentionItem &item, const OldKey &oldKey) const;
    [[nodiscard]] QString stateText(const AttentionItem &item) const;
    [[nodiscard]] QString text(const AttentionItem &item, Column column) const;
    [[nodiscard]] QString expiryText(const AttentionItem &item) const;

    const InstanceTableModel &m_instances;
    const Clock &m_clock;
    Playbooks m_playbooks;
    QDateTime m_now;   ///< All rows are as of one moment.
    QDateTime m_words; ///< When "in 6 days" was announced last.
    QList<Profile> m_profiles;
    QList<EndpointState> m_endpoints;
    QList<OldKey> m_oldKeys;
    Recount *m_recount;
    std::optional<HealthState> m_only;
    bool m_quietShown = false;
    bool m_ancientShown = true;
    int m_ancientDays = 90;
    int m_quiet = 0;
    int m_ancient = 0;
    int m_unread = 0;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(AttentionItem::Actions)

} // namespace latchkey
