// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/sidebarmodel.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Internal ids: what an index's parent is. Greater ones are keys of profiles: the index is one of its
// endpoints.
constexpr quintptr TopLevel = 0;
constexpr quintptr InViews = 1;
constexpr quintptr InProfiles = 2;
constexpr quintptr FirstKey = 16;

constexpr int DashboardRow = 0;
constexpr int ViewsRow = 1;
constexpr int ProfilesRow = 2;
constexpr int TopLevelCount = 3;
constexpr int ViewCount = std::tuple_size_v<std::array<int, 9>>;

QString viewLabel(InstanceView view)
{
    switch (view) {
    case InstanceView::All:
        return SidebarModel::tr("All");
    case InstanceView::NeedsAttention:
        return SidebarModel::tr("Needs attention");
    case InstanceView::Expired:
        return SidebarModel::tr("Expired");
    case InstanceView::Expiring:
        return SidebarModel::tr("Expiring");
    case InstanceView::Tainted:
        return SidebarModel::tr("Tainted");
    case InstanceView::MissingPermissions:
        return SidebarModel::tr("Missing permissions");
    case InstanceView::NoCredential:
        return SidebarModel::tr("No credential");
    case InstanceView::NoKnownExpiry:
        return SidebarModel::tr("No known expiry");
    case InstanceView::NotChecked:
        return SidebarModel::tr("Not checked");
    }
    Q_UNREACHABLE();
}

} // namespace

int SidebarModel::Entry::childCount() const
{
    return profile.endpoints.size() > 1 ? static_cast<int>(profile.endpoints.size()) : 0;
}

SidebarModel::SidebarModel(InstanceTableModel &instances, QObject *parent)
    : QAbstractItemModel(parent)
    , m_instances(instances)
    , m_nextKey(FirstKey)
{
    m_recount.setSingleShot(true);
    m_recount.setInterval(0);
    connect(&m_recount, &QTimer::timeout, this, &SidebarModel::recount);
    const auto later = [this] {
        if (!m_recount.isActive())
            m_recount.start();
    };
    connect(&instances, &QAbstractItemModel::dataChanged, this, later);
    connect(&instances, &QAbstractItemModel::rowsInserted, this, later);
    connect(&instances, &QAbstractItemModel::rowsRemoved, this, later);
    recount();
}

SidebarModel::~SidebarModel() = default;

void SidebarModel::setProfiles(const QList<Profile> &profiles)
{
    for (int row = static_cast<int>(m_entries.size()) - 1; row >= 0; --row) {
        const QString id = m_entries[static_cast<size_t>(row)].profile.id;
        if (std::any_of(profiles.cbegin(), profiles.cend(),
                        [&id](const Profile &profile) { return profile.id == id; }))
            continue;
        beginRemoveRows(profilesGroup(), row, row);
        m_entries.erase(m_entries.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < profiles.size(); ++row) {
        const int old = entryOfId(profiles.at(row).id);
        if (old < 0) {
            beginInsertRows(profilesGroup(), row, row);
            m_entries.insert(m_entries.begin() + row, Entry{m_nextKey++, profiles.at(row)});
            endInsertRows();
            continue;
        }
        if (old != row) {
            beginMoveRows(profilesGroup(), old, old, profilesGroup(), row);
            std::rotate(m_entries.begin() + row, m_entries.begin() + old, m_entries.begin() + old + 1);
            endMoveRows();
        }
        replaceProfile(row, profiles.at(row));
    }
}

void SidebarModel::replaceProfile(int row, const Profile &profile)
{
    Entry &entry = m_entries[static_cast<size_t>(row)];
    if (entry.profile == profile)
        return;
    const QModelIndex shown = index(row, 0, profilesGroup());
    const bool otherEndpoints = entry.profile.endpoints != profile.endpoints;
    if (otherEndpoints && entry.childCount() > 0) {
        beginRemoveRows(shown, 0, entry.childCount() - 1);
        entry.profile.endpoints.clear();
        endRemoveRows();
    }
    const QList<Endpoint> endpoints = std::exchange(entry.profile, profile).endpoints;
    if (otherEndpoints && entry.childCount() > 0) {
        entry.profile.endpoints = endpoints.size() > 1 ? QList<Endpoint>{} : endpoints;
        beginInsertRows(shown, 0, static_cast<int>(profile.endpoints.size()) - 1);
        entry.profile.endpoints = profile.endpoints;
        endInsertRows();
    }
    Q_EMIT dataChanged(shown, shown);
}

void SidebarModel::setEndpoints(const QList<EndpointState> &endpoints)
{
    if (endpoints == m_states)
        return;
    m_states = endpoints;
    announceProfiles();
}

void SidebarModel::announceProfiles()
{
    if (m_entries.empty())
        return;
    const QModelIndex group = profilesGroup();
    Q_EMIT dataChanged(index(0, 0, group), index(rowCount(group) - 1, 0, group));
    for (int row = 0; row < rowCount(group); ++row) {
        const QModelIndex profile = index(row, 0, group);
        if (const int children = rowCount(profile); children > 0)
            Q_EMIT dataChanged(index(0, 0, profile), index(children - 1, 0, profile));
    }
}

void SidebarModel::recount()
{
    Counts counts;
    for (int row = 0; row < m_instances.rowCount(); ++row) {
        const Health &health = m_instances.health(row);
        for (int view = 0; view < ViewCount; ++view)
            counts.views[static_cast<size_t>(view)] +=
                viewAccepts(static_cast<InstanceView>(view), health) ? 1 : 0;
        const InstanceAddress &address = m_instances.record(row)->address;
        ++counts.profiles[address.profileId];
        ++counts.endpoints[{address.profileId, address.origin}];
    }
    if (counts == m_counts)
        return;
    m_counts = std::move(counts);
    const QModelIndex views = index(ViewsRow, 0);
    Q_EMIT dataChanged(index(0, 0, views), index(ViewCount - 1, 0, views));
    announceProfiles();
}

SidebarModel::Kind SidebarModel::kindOf(const QModelIndex &index) const
{
    switch (index.internalId()) {
    case TopLevel:
        return index.row() == DashboardRow ? Kind::Dashboard : Kind::Group;
    case InViews:
        return Kind::View;
    case InProfiles:
        return Kind::Profile;
    default:
        return Kind::Endpoint;
    }
}

int SidebarModel::entryOfKey(quintptr key) const
{
    const auto found =
        std::find_if(m_entries.cbegin(), m_entries.cend(), [key](const Entry &e) { return e.key == key; });
    return found == m_entries.cend() ? -1 : static_cast<int>(found - m_entries.cbegin());
}

int SidebarModel::entryOfId(const QString &profileId) const
{
    const auto found = std::find_if(m_entries.cbegin(), m_entries.cend(), [&profileId](const Entry &entry) {
        return entry.profile.id == profileId;
    });
    return found == m_entries.cend() ? -1 : static_cast<int>(found - m_entries.cbegin());
}

const SidebarModel::Entry *SidebarModel::entryAt(const QModelIndex &index) const
{
    const Kind kind = kindOf(index);
    const int row = kind == Kind::Profile    ? index.row()
                    : kind == Kind::Endpoint ? entryOfKey(index.internalId())
                                             : -1;
    return row >= 0 && std::cmp_less(row, m_entries.size()) ? &m_entries[static_cast<size_t>(row)] : nullptr;
}

QModelIndex SidebarModel::profilesGroup() const
{
    return createIndex(ProfilesRow, 0, TopLevel);
}

QModelIndex SidebarModel::indexOfDashboard() const
{
    return createIndex(DashboardRow, 0, TopLevel);
}

QModelIndex SidebarModel::indexOfView(InstanceView view) const
{
    return createIndex(static_cast<int>(view), 0, InViews);
}

QModelIndex SidebarModel::indexOfScope(const QString &profileId, const QString &origin) const
{
    const int row = entryOfId(profileId);
    if (row < 0)
        return {};
    if (origin.isEmpty())
        return createIndex(row, 0, InProfiles);
    const Entry &entry = m_entries[static_cast<size_t>(row)];
    for (int child = 0; child < entry.childCount(); ++child) {
        if (entry.profile.endpoints.at(child).origin() == origin)
            return createIndex(child, 0, entry.key);
    }
    return {};
}

QModelIndex SidebarModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column, TopLevel);
    if (kindOf(parent) == Kind::Group)
        return createIndex(row, column, parent.row() == ViewsRow ? InViews : InProfiles);
    return createIndex(row, column, entryAt(parent)->key);
}

QModelIndex SidebarModel::parent(const QModelIndex &child) const
{
    if (!child.isValid())
        return {};
    switch (kindOf(child)) {
    case Kind::Dashboard:
    case Kind::Group:
        return {};
    case Kind::View:
        return createIndex(ViewsRow, 0, TopLevel);
    case Kind::Profile:
        return profilesGroup();
    case Kind::Endpoint:
        break;
    }
    const int row = entryOfKey(child.internalId());
    return row < 0 ? QModelIndex() : createIndex(row, 0, InProfiles);
}

int SidebarModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return TopLevelCount;
    if (parent.column() != 0)
        return 0;
    switch (kindOf(parent)) {
    case Kind::Group:
        return parent.row() == ViewsRow ? ViewCount : static_cast<int>(m_entries.size());
    case Kind::Profile: {
        const Entry *entry = entryAt(parent);
        return entry ? entry->childCount() : 0;
    }
    case Kind::Dashboard:
    case Kind::View:
    case Kind::Endpoint:
        break;
    }
    return 0;
}

int SidebarModel::columnCount(const QModelIndex &) const
{
    return 1;
}

Qt::ItemFlags SidebarModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    // The keyboard steps over headings.
    return kindOf(index) == Kind::Group ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QVariant SidebarModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Kind kind = kindOf(index);
    const Entry *entry = entryAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return label(index);
    case Qt::ToolTipRole:
        return toolTip(index);
    case Qt::AccessibleTextRole:
        return accessibleText(index);
    case KindRole:
        return static_cast<int>(kind);
    case ViewRole:
        return kind == Kind::View ? QVariant(index.row()) : QVariant();
    case ProfileIdRole:
        return entry ? entry->profile.id : QString();
    case OriginRole:
        return kind == Kind::Endpoint && entry ? entry->profile.endpoints.at(index.row()).origin()
                                               : QString();
    case CountRole:
        return count(index);
    case ColourRole:
        return kind == Kind::Profile && entry ? entry->profile.colour : QString();
    case ProblemRole:
        return problem(index);
    case ProductionRole:
        return entry && entry->profile.production;
    default:
        return {};
    }
}

QString SidebarModel::label(const QModelIndex &index) const
{
    const Entry *entry = entryAt(index);
    switch (kindOf(index)) {
    case Kind::Dashboard:
        return tr("Dashboard");
    case Kind::Group:
        return index.row() == ViewsRow ? tr("Views") : tr("Profiles");
    case Kind::View:
        return viewLabel(static_cast<InstanceView>(index.row()));
    case Kind::Profile:
        return entry ? entry->profile.name : QString();
    case Kind::Endpoint:
        return entry ? entry->profile.endpoints.at(index.row()).label() : QString();
    }
    Q_UNREACHABLE();
}

int SidebarModel::count(const QModelIndex &index) const
{
    const Entry *entry = entryAt(index);
    switch (kindOf(index)) {
    case Kind::Dashboard:
    case Kind::Group:
        return -1;
    case Kind::View:
        return m_counts.views[static_cast<size_t>(index.row())];
    case Kind::Profile:
        return entry ? m_counts.profiles.value(entry->profile.id) : 0;
    case Kind::Endpoint:
        return entry ? m_counts.endpoints.value(
                           {entry->profile.id, entry->profile.endpoints.at(index.row()).origin()})
                     : 0;
    }
    Q_UNREACHABLE();
}

QString SidebarModel::problem(const QModelIndex &index) const
{
    const Entry *entry = entryAt(index);
    if (!entry)
        return {};
    const bool isEndpoint = kindOf(index) == Kind::Endpoint;
    const QString origin = isEndpoint ? entry->profile.endpoints.at(index.row()).origin() : QString();
    for (const EndpointState &state : m_states) {
        if (state.profileId == entry->profile.id && state.problem && (!isEndpoint || state.origin == origin))
            return state.problem->caption;
    }
    return {};
}

QString SidebarModel::toolTip(const QModelIndex &index) const
{
    QStringList lines;
    // A single geo has no row of its own.
    if (const Entry *entry = entryAt(index);
        entry && kindOf(index) == Kind::Profile && entry->profile.endpoints.size() == 1)
        lines << entry->profile.endpoints.first().label();
    if (const QString caption = problem(index); !caption.isEmpty())
        lines << caption;
    return lines.join(u'\n');
}

QString SidebarModel::accessibleText(const QModelIndex &index) const
{
    QStringList parts{label(index)};
    if (const int number = count(index); number >= 0)
        parts << QLocale().toString(number);
    if (const Entry *entry = entryAt(index);
        entry && entry->profile.production && kindOf(index) == Kind::Profile)
        parts << tr("production");
    if (const QString caption = problem(index); !caption.isEmpty())
        parts << caption;
    return parts.join(u", "_s);
}

} // namespace latchkey
