// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/attentionmodel.h"

#include "models/core/attention.h"
#include "models/core/wording.h"
#include "models/items/recount.h"

#include <limits>
#include <tuple>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 NoTime = std::numeric_limits<qint64>::max();

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

/// Empty where it wants attention.
QString quietWord(const InstanceRecord &record, const Health &health, const QDateTime &now)
{
    if (wantsAttention(record, health, now))
        return {};
    const QDateTime &until = record.attention.snoozedUntil;
    return until.isValid() && now < until ? AttentionModel::tr("snoozed")
                                          : AttentionModel::tr("acknowledged");
}

QString placeOf(const InstanceRecord &record)
{
    const IntegrationInstance &instance = record.instance;
    QStringList parts{instance.integrationDisplayName.isEmpty() ? instance.integrationName
                                                                : instance.integrationDisplayName,
                      record.profileName, record.endpointLabel};
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

/// Where Konnect shows the integrations of a geo; invalid for a custom URL.
QUrl konnectPage(const InstanceRecord &record)
{
    if (!konnectGeos().contains(record.endpointLabel))
        return {};
    return QUrl(u"https://cloud.konghq.com/%1/service-catalog/integrations"_s.arg(record.endpointLabel));
}

/// Where Konnect makes tokens.
QUrl tokenPage()
{
    return QUrl(u"https://cloud.konghq.com/global/account/tokens"_s);
}

} // namespace

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
    m_profiles = profiles;
    recount();
}

void AttentionModel::setEndpoints(const QList<EndpointState> &endpoints)
{
    m_endpoints = endpoints;
    m_recount->soon();
}

void AttentionModel::setQuietShown(bool shown)
{
    m_quietShown = shown;
    recount();
}

void AttentionModel::setAncientShown(bool shown)
{
    m_ancientShown = shown;
    recount();
}

void AttentionModel::setAncientDays(int days)
{
    m_ancientDays = days;
    recount();
}

void AttentionModel::tick()
{
    recount();
}

int AttentionModel::rowOf(const QString &key) const
{
    const auto found = std::ranges::find(rows(), key, &AttentionItem::key);
    return found == rows().cend() ? -1 : static_cast<int>(found - rows().cbegin());
}

QStringList AttentionModel::adviceOf(int row) const
{
    const AttentionItem *item = at(row);
    if (item == nullptr)
        return {};
    if (item->refused)
        return {
            tr("Konnect refuses the token: it expired or was revoked. Make a new one in Konnect and enter it "
               "in the profile.")};
    if (item->kind == AttentionItem::Kind::Token)
        return {tr("Make a new token in Konnect and enter it in the profile.")};
    QStringList advice;
    for (const HealthState state : item->reasons)
        advice << wording::stateExplanation(state);
    return advice;
}

QStringList AttentionModel::stepsOf(int row) const
{
    const AttentionItem *item = at(row);
    const Playbook *playbook = item == nullptr ? nullptr : m_playbooks.find(item->integration);
    return playbook == nullptr ? QStringList() : playbook->steps();
}

QUrl AttentionModel::upstreamOf(int row) const
{
    const AttentionItem *item = at(row);
    if (item == nullptr)
        return {};
    if (item->kind == AttentionItem::Kind::Token)
        return tokenPage();
    const InstanceRecord *record = m_instances.record(m_instances.indexOf(item->address).row());
    if (record == nullptr)
        return {};
    const Playbook *playbook = m_playbooks.find(item->integration);
    const QUrl page = playbook == nullptr ? QUrl() : playbook->pageFor(record->instance);
    return page.isValid() && !page.isEmpty() ? page : konnectPage(*record);
}

void AttentionModel::recount()
{
    m_now = m_clock.now();
    m_quiet = 0;
    m_ancient = 0;
    std::vector<Candidate> candidates;
    for (const Profile &profile : std::as_const(m_profiles)) {
        if (std::optional<Candidate> token = ofToken(profile))
            add(candidates, std::move(*token));
    }
    for (int row = 0; row < m_instances.rowCount(); ++row) {
        const Health &health = m_instances.health(row);
        if (health.needsAttention())
            add(candidates, ofInstance(*m_instances.record(row), health));
    }
    std::ranges::sort(candidates, [](const Candidate &a, const Candidate &b) {
        if (std::tie(a.due, a.item.worst) != std::tie(b.due, b.item.worst))
            return std::tie(a.due, a.item.worst) < std::tie(b.due, b.item.worst);
        const int byTitle = a.item.title.compare(b.item.title, Qt::CaseInsensitive);
        return byTitle != 0 ? byTitle < 0 : a.item.key < b.item.key;
    });
    std::vector<AttentionItem> items;
    items.reserve(candidates.size());
    for (Candidate &candidate : candidates)
        items.push_back(std::move(candidate.item));
    showRows(std::move(items));
    Q_EMIT counted();
}

void AttentionModel::add(std::vector<Candidate> &candidates, Candidate candidate)
{
    const AttentionItem &item = candidate.item;
    const bool isAncient = item.ends.isValid() && item.ends.addDays(m_ancientDays) < m_now;
    const bool isQuiet = !item.quiet.isEmpty();
    m_quiet += isQuiet ? 1 : 0;
    m_ancient += isAncient && !isQuiet ? 1 : 0;
    if ((m_quietShown || !isQuiet) && (m_ancientShown || !isAncient))
        candidates.push_back(std::move(candidate));
}

AttentionModel::Candidate AttentionModel::ofInstance(const InstanceRecord &record, const Health &health) const
{
    const InstanceAddress &address = record.address;
    const bool isPresent = record.knowledge == InstanceRecord::Knowledge::Present;
    Candidate made;
    AttentionItem &item = made.item;
    item.key = address.profileId + u'\n' + address.origin + u'\n' + address.instanceId;
    item.address = address;
    item.credentialId = record.credential.id;
    item.integration = record.instance.integrationName;
    item.worst = health.worst;
    item.ends = expiryOf(record).at.utc;
    item.title = record.instance.title();
    item.expiry = isPresent ? wording::expiry(record, m_now) : QString();
    item.place = placeOf(record);
    item.quiet = quietWord(record, health, m_now);
    item.actions = actionsOf(record, !item.quiet.isEmpty());
    bool hasTime = false;
    for (const HealthState state : health.reasons) {
        if (state > HealthState::NoCredential)
            continue;
        item.reasons << state;
        hasTime = hasTime || isTime(state);
    }
    // What must be replaced is due now, if not since its end.
    made.due = hasTime ? item.ends.toMSecsSinceEpoch() : NoTime;
    if (health.has(HealthState::MustBeReplaced))
        made.due = qMin(made.due, m_now.toMSecsSinceEpoch());
    return made;
}

std::optional<AttentionModel::Candidate> AttentionModel::ofToken(const Profile &profile) const
{
    const HealthRules &rules = m_instances.rules();
    const HealthThresholds thresholds = rules.ofProfile.value(profile.id, rules.general);
    Candidate made;
    AttentionItem &item = made.item;
    item.ends = endOfDay(profile.tokenExpires).utc;
    const bool refused = isRefused(profile);
    const bool known = item.ends.isValid();
    if (refused || (known && item.ends <= m_now))
        item.worst = HealthState::Expired;
    else if (known && thresholds.soon.before(item.ends, {}) <= m_now)
        item.worst = HealthState::ExpiringSoon;
    else if (known && thresholds.later.before(item.ends, {}) <= m_now)
        item.worst = HealthState::ExpiringLater;
    else
        return std::nullopt;
    item.key = u"token\n"_s + profile.id;
    item.kind = AttentionItem::Kind::Token;
    item.address.profileId = profile.id;
    item.reasons = {item.worst};
    item.title = tr("Token of %1").arg(profile.name);
    item.expiry = refused ? tr("expired or revoked") : wording::relative(item.ends, m_now);
    item.place = tr("Profile");
    item.refused = refused;
    item.actions = AttentionItem::EditProfile;
    made.due =
        qMin(known ? item.ends.toMSecsSinceEpoch() : NoTime, refused ? m_now.toMSecsSinceEpoch() : NoTime);
    return made;
}

bool AttentionModel::isRefused(const Profile &profile) const
{
    return std::ranges::any_of(m_endpoints, [&profile](const EndpointState &endpoint) {
        return endpoint.profileId == profile.id && endpoint.problem &&
               endpoint.problem->category == Problem::Category::Unauthorized;
    });
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
        return QVariant::fromValue(item.address);
    case HealthRole:
        return static_cast<int>(item.worst);
    case StaleRole:
        return !item.quiet.isEmpty();
    default:
        return {};
    }
}

QString AttentionModel::text(const AttentionItem &item, Column column) const
{
    switch (column) {
    case StateColumn: {
        QStringList states;
        for (const HealthState state : item.reasons)
            states << wording::stateLabel(state);
        if (!item.quiet.isEmpty())
            states << item.quiet;
        return states.join(u", "_s);
    }
    case TitleColumn:
        return item.title;
    case ExpiryColumn:
        return item.expiry;
    case PlaceColumn:
        return item.place;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant AttentionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case StateColumn:
        return tr("State");
    case TitleColumn:
        return tr("Credential of");
    case ExpiryColumn:
        return tr("Expiry");
    case PlaceColumn:
        return tr("Where");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace latchkey
