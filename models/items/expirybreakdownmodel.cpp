// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/expirybreakdownmodel.h"

#include "models/core/wording.h"
#include "models/items/recount.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString statesOf(BreakdownRow::Part part)
{
    QStringList labels;
    for (int state = 0; state < HealthStateCount; ++state) {
        if (ExpiryBreakdownModel::partOf(HealthState(state)) == part)
            labels << wording::stateLabel(HealthState(state));
    }
    return labels.join(u", "_s);
}

QString partLabel(BreakdownRow::Part part)
{
    switch (part) {
    case BreakdownRow::ActNow:
        return ExpiryBreakdownModel::tr("Act now");
    case BreakdownRow::Expiring:
        return ExpiryBreakdownModel::tr("Expiring");
    case BreakdownRow::Incomplete:
        return ExpiryBreakdownModel::tr("Incomplete");
    case BreakdownRow::Unknown:
        return ExpiryBreakdownModel::tr("Not known");
    case BreakdownRow::InOrder:
        return ExpiryBreakdownModel::tr("In order");
    case BreakdownRow::PartCount:
        break;
    }
    return {};
}

bool comesBefore(const BreakdownRow &a, const BreakdownRow &b)
{
    if (a.counts != b.counts)
        return a.counts > b.counts;
    const int byName = a.name.compare(b.name, Qt::CaseInsensitive);
    return byName != 0 ? byName < 0 : a.key < b.key;
}

} // namespace

ExpiryBreakdownModel::ExpiryBreakdownModel(By by, const InstanceTableModel &instances, QObject *parent)
    : MergedTable(parent)
    , m_by(by)
    , m_instances(instances)
{
    connect(new Recount(instances, this), &Recount::due, this, &ExpiryBreakdownModel::recount);
    recount();
}

ExpiryBreakdownModel::~ExpiryBreakdownModel() = default;

BreakdownRow::Part ExpiryBreakdownModel::partOf(HealthState worst)
{
    switch (worst) {
    case HealthState::MustBeReplaced:
    case HealthState::Expired:
        return BreakdownRow::ActNow;
    case HealthState::ExpiringSoon:
    case HealthState::ExpiringLater:
        return BreakdownRow::Expiring;
    case HealthState::MissingPermissions:
    case HealthState::NoCredential:
        return BreakdownRow::Incomplete;
    case HealthState::NotChecked:
    case HealthState::NoKnownExpiry:
        return BreakdownRow::Unknown;
    case HealthState::Healthy:
    case HealthState::NotNeeded:
        return BreakdownRow::InOrder;
    }
    Q_UNREACHABLE();
}

void ExpiryBreakdownModel::recount()
{
    QHash<QString, BreakdownRow> groups;
    for (int row = 0; row < m_instances.rowCount(); ++row) {
        const InstanceRecord &record = *m_instances.record(row);
        const IntegrationInstance &instance = record.instance;
        const bool byProfile = m_by == By::Profile;
        BreakdownRow &group = groups[byProfile ? record.address.profileId : instance.integrationName];
        ++group.counts[partOf(m_instances.health(row).worst)];
        ++group.total;
        if (!group.name.isEmpty())
            continue;
        group.key = byProfile ? record.address.profileId : instance.integrationName;
        group.name = byProfile ? record.profileName : instance.integrationTitle();
    }
    std::vector<BreakdownRow> rows;
    rows.reserve(static_cast<size_t>(groups.size()));
    for (const BreakdownRow &group : std::as_const(groups))
        rows.push_back(group);
    std::ranges::sort(rows, comesBefore);
    showRows(std::move(rows));
}

InstanceNarrowing ExpiryBreakdownModel::narrowingOf(int row) const
{
    const BreakdownRow *group = at(row);
    if (group == nullptr)
        return {};
    InstanceNarrowing narrowing;
    narrowing.caption = group->name;
    narrowing.accepts = [by = m_by, key = group->key](const InstanceRecord &record, const Health &) {
        return (by == By::Profile ? record.address.profileId : record.instance.integrationName) == key;
    };
    return narrowing;
}

int ExpiryBreakdownModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ExpiryBreakdownModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BreakdownRow &group = *at(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        if (column == NameColumn)
            return group.name.isEmpty() ? wording::notGiven() : group.name;
        return column == TotalColumn ? group.total : group.counts[static_cast<size_t>(column - ActNowColumn)];
    case Qt::ToolTipRole:
        return column == NameColumn ? QVariant(group.name) : headerData(column, Qt::Horizontal, role);
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(headerData(column, Qt::Horizontal).toString(),
                               index.data(Qt::DisplayRole).toString());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (column == NameColumn ? Qt::AlignLeading : Qt::AlignTrailing));
    default:
        return {};
    }
}

QVariant ExpiryBreakdownModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool isPart = section >= ActNowColumn && section <= InOrderColumn;
    const auto part = BreakdownRow::Part(section - ActNowColumn);
    switch (role) {
    case Qt::DisplayRole:
        if (section == NameColumn)
            return m_by == By::Profile ? tr("Profile") : tr("Integration");
        return isPart ? partLabel(part) : tr("All");
    case Qt::ToolTipRole:
        return isPart ? statesOf(part) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (section == NameColumn ? Qt::AlignLeading : Qt::AlignTrailing));
    default:
        return {};
    }
}

} // namespace latchkey
