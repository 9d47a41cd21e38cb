// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/attentionmodel.h"

#include "models/core/attention.h"
#include "models/items/recount.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 NoTime = std::numeric_limits<qint64>::max();
/// For so many days after it was ticked off, an old key can be found again.
constexpr int RevokedDays = 30;
/// An old key has no state of its own: it comes after all that need attention, and looks like this one.
constexpr HealthState StateOfOldKeys = HealthState::NoKnownExpiry;

bool isTime(HealthState state)
{
    return state == HealthState::Expired || state == HealthState::ExpiringSoon ||
           state == HealthState::ExpiringLater;
}

AttentionItem::Actions actionsOf(const InstanceRecord &record, bool quiet)
{
    using Item = AttentionItem;
    Item::Actions actions = quiet ? Item::Actions(Item::Remind) : Item::Snooze | Item::Acknowledge;
    if (record.changing)
        return actions;
    actions |= Item::CheckAgain;
    if (record.knowledge == InstanceRecord::Knowledge::Present)
        actions |= Item::Replace | Item::RecordExpiry;
    else
        actions |= Item::Create;
    return actions;
}

AttentionItem::Quiet quietOf(const InstanceRecord &record, const Health &health, const QDateTime &now)
{
    if (wantsAttention(record, health, now))
        return AttentionItem::Quiet::No;
    return record.attention.isSnoozed(now) ? AttentionItem::Quiet::Snoozed
                                           : AttentionItem::Quiet::Acknowledged;
}

AttentionItem::Quiet quietOf(const OldKey &oldKey, const QDateTime &now)
{
    if (!oldKey.isOpen())
        return AttentionItem::Quiet::Revoked;
    return oldKey.isSnoozed(now) ? AttentionItem::Quiet::Snoozed : AttentionItem::Quiet::No;
}

AttentionItem::Actions actionsOf(const OldKey &oldKey, bool quiet)
{
    using Item = AttentionItem;
    Item::Actions actions = quiet ? Item::Remind : Item::Snooze;
    if (oldKey.isOpen())
        actions |= Item::Revoked;
    return actions;
}

/// What is known is from before `since`. What was never read is not known at all.
bool isUnread(const InstanceRecord &record, const QDateTime &since)
{
    return !record.builtIn && record.knowledge != InstanceRecord::Knowledge::NotChecked &&
           (record.lastProblem || record.checkedAt < since);
}

} // namespace

QList<HealthState> AttentionItem::attentionReasons() const
{
    QList<HealthState> needing = reasons;
    needing.removeIf([](HealthState state) { return state > HealthState::NoCredential; });
    return needing;
}

AttentionModel::AttentionModel(const InstanceTableModel &instances, const Clock &clock, Playbooks playbooks,
                               QObject *parent)
    : MergedTable(parent)
    , m_instances(instances)
    , m_clock(clock)
    , m_playbooks(std::move(playbooks))
    , m_recount(new Recount(instances, this))
{
    connect(m_recount, &Recount::due, this, &AttentionModel::recount);
    recount();
}

AttentionModel::~AttentionModel() = default;

void AttentionModel::setProfiles(const QList<Profile> &profiles)
{
    if (profiles == m_profiles)
        return;
    m_profiles = profiles;
    m_recount->soon();
}

void AttentionModel::setEndpoints(const QList<EndpointState> &endpoints)
{
    m_endpoints = endpoints;
    m_recount->soon();
}

void AttentionModel::setOldKeys(const QList<OldKey> &oldKeys)
{
    m_oldKeys = oldKeys;
    m_recount->soon();
}

void AttentionModel::setOnly(HealthState state)
{
    m_only = state;
    recount();
}

void AttentionModel::setQuietShown(bool shown)
{
    if (std::exchange(m_quietShown, shown) != shown)
        recount();
}

void AttentionModel::setAncientShown(bool shown)
{
    if (std::exchange(m_ancientShown, shown) != shown)
        recount();
}

void AttentionModel::setAncientDays(int days)
{
    if (std::exchange(m_ancientDays, days) != days)
        recount();
}

void AttentionModel::tick()
{
    recount();
}

int AttentionModel::rowOf(const InstanceAddress &key) const
{
    const auto found = std::ranges::find(rows(), key, &AttentionItem::key);
    return found == rows().cend() ? -1 : static_cast<int>(found - rows().cbegin());
}

void AttentionModel::recount()
{
    m_now = m_clock.now();
    m_quiet = 0;
    m_ancient = 0;
    m_unread = 0;
    const QDateTime aDayAgo = m_now.addDays(-1);
    std::vector<Candidate> candidates;
    for (const Profile &profile : std::as_const(m_profiles)) {
        if (std::optional<Candidate> token = ofToken(profile))
            add(candidates, std::move(*token));
    }
    for (int row = 0; row < m_instances.rowCount(); ++row) {
        m_unread += isUnread(*m_instances.record(row), aDayAgo) ? 1 : 0;
        const Health &health = m_instances.health(row);
        if (health.needsAttention() && (!m_only || health.has(*m_only)))
            add(candidates, ofInstance(row));
    }
    for (const OldKey &oldKey : std::as_const(m_oldKeys)) {
        const bool isLongOver = !oldKey.isOpen() && oldKey.revokedAt.addDays(RevokedDays) < m_now;
        if (!m_only && !isLongOver)
            add(candidates, ofOldKey(oldKey));
    }
    std::ranges::sort(candidates, [](const Candidate &a, const Candidate &b) {
        return std::tie(a.due, a.item.worst, a.title, a.item.key.instanceId) <
               std::tie(b.due, b.item.worst, b.title, b.item.key.instanceId);
    });
    std::vector<AttentionItem> items;
    items.reserve(candidates.size());
    for (Candidate &candidate : candidates)
        items.push_back(std::move(candidate.item));
    showRows(std::move(items));
    announceTime();
    Q_EMIT counted();
}

void AttentionModel::announceTime()
{
    constexpr qint64 Lasting = 30; // Seconds: the words are of minutes at the finest.
    if (m_words.isValid() && qAbs(m_words.secsTo(m_now)) < Lasting)
        return;
    m_words = m_now;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, ExpiryColumn), index(rowCount() - 1, ExpiryColumn));
}

void AttentionModel::add(std::vector<Candidate> &candidates, Candidate candidate)
{
    const AttentionItem &item = candidate.item;
    const QDateTime &ends = item.expiry.at.utc;
    const bool isQuiet = item.quiet != AttentionItem::Quiet::No;
    const bool isAncient = ends.isValid() && ends.addDays(m_ancientDays) < m_now;
    m_quiet += isQuiet ? 1 : 0;
    m_ancient += isAncient && !isQuiet ? 1 : 0;
    if ((m_quietShown || !isQuiet) && (m_ancientShown || !isAncient))
        candidates.push_back(std::move(candidate));
}

AttentionModel::Candidate AttentionModel::ofInstance(int row) const
{
    const InstanceRecord &record = *m_instances.record(row);
    const Health &health = m_instances.health(row);
    Candidate made;
    AttentionItem &item = made.item;
    item.key = record.address;
    item.instance = record.address;
    item.credentialId = record.credential.id;
    item.title = record.instance.title();
    item.integration = record.instance.integrationName;
    item.integrationTitle = record.instance.integrationDisplayName;
    item.profileName = record.profileName;
    item.endpointLabel = record.endpointLabel;
    item.worst = health.worst;
    item.reasons = health.reasons;
    item.expiry = expiryOf(record);
    item.quiet = quietOf(record, health, m_now);
    item.actions = actionsOf(record, item.quiet != AttentionItem::Quiet::No);
    made.title = m_instances.sortKey(row, InstanceColumn::Instance).text;
    const bool hasTime = std::any_of(health.reasons.cbegin(), health.reasons.cend(), isTime);
    made.due = hasTime ? item.expiry.at.utc.toMSecsSinceEpoch() : NoTime;
    // What must be replaced is due now, if not since its end.
    if (health.has(HealthState::MustBeReplaced))
        made.due = qMin(made.due, m_now.toMSecsSinceEpoch());
    return made;
}

std::optional<AttentionModel::Candidate> AttentionModel::ofToken(const Profile &profile) const
{
    const Timestamp end = endOfDay(profile.tokenExpires);
    const bool refused = isTokenRefused(profile, m_endpoints);
    const std::optional<HealthState> state = stateOfToken(profile, refused, m_instances.rules(), m_now);
    if (!state)
        return std::nullopt;
    Candidate made;
    AttentionItem &item = made.item;
    item.worst = *state;
    item.key.profileId = profile.id;
    item.kind = AttentionItem::Kind::Token;
    item.title = tr("Token of %1").arg(profile.name);
    item.reasons = {item.worst};
    if (end.isKnown())
        item.expiry = {end, Expiry::Source::Recorded};
    item.refused = refused;
    item.actions = AttentionItem::EditProfile;
    made.title = item.title.toLower();
    made.due = end.isKnown() ? end.utc.toMSecsSinceEpoch() : NoTime;
    if (refused)
        made.due = qMin(made.due, m_now.toMSecsSinceEpoch());
    return made;
}

AttentionModel::Candidate AttentionModel::ofOldKey(const OldKey &oldKey) const
{
    const Change &change = oldKey.replacement;
    Candidate made;
    AttentionItem &item = made.item;
    item.key = oldKey.key();
    item.kind = AttentionItem::Kind::OldKey;
    item.instance = change.address;
    item.credentialId = change.oldCredentialId;
    item.title = change.instanceTitle;
    item.integration = change.integrationName;
    item.profileName = change.profileName;
    if (const InstanceRecord *record = recordOf(item)) {
        item.integrationTitle = record->instance.integrationDisplayName;
        item.endpointLabel = record->endpointLabel;
    }
    item.worst = StateOfOldKeys;
    item.quiet = quietOf(oldKey, m_now);
    item.actions = actionsOf(oldKey, item.quiet != AttentionItem::Quiet::No);
    made.title = item.title.toLower();
    made.due = NoTime;
    return made;
}

const InstanceRecord *AttentionModel::recordOf(const AttentionItem &item) const
{
    return m_instances.record(m_instances.indexOf(item.instance).row());
}

const OldKey *AttentionModel::oldKeyOf(const AttentionItem &item) const
{
    if (item.kind != AttentionItem::Kind::OldKey)
        return nullptr;
    const auto found = std::ranges::find(m_oldKeys, item.key, &OldKey::key);
    return found == m_oldKeys.cend() ? nullptr : &*found;
}

int AttentionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AttentionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AttentionItem &item = *at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(item, column);
    case Qt::ToolTipRole:
        return column == StateColumn ? adviceOf(index.row()).join(u'\n') : text(item, column);
    case Qt::AccessibleTextRole: {
        const QString shown = text(item, column);
        return u"%1: %2"_s.arg(headerData(column, Qt::Horizontal).toString(),
                               shown.isEmpty() ? tr("none") : shown);
    }
    case AddressRole:
        return QVariant::fromValue(item.key);
    case HealthRole:
        return static_cast<int>(item.worst);
    case StaleRole:
        return item.quiet != AttentionItem::Quiet::No;
    default:
        return {};
    }
}

} // namespace latchkey
