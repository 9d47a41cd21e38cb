// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/permissionscopesmodel.h"

#include "models/core/wording.h"
#include "models/items/recount.h"

#include <QLocale>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MostMessages = 5; // Of one scope, and
constexpr qsizetype MostNames = 12;   // of instances that lack it, as text.

/// By which `missing` is grouped: its scopes, or its message where it has none.
QStringList keysOf(const MissingPermission &missing)
{
    if (!missing.scopes.isEmpty())
        return missing.scopes;
    return {u'\n' + missing.message}; // No scope looks like that.
}

bool comesBefore(const PermissionScope &a, const PermissionScope &b)
{
    if (a.addresses.size() != b.addresses.size())
        return a.addresses.size() > b.addresses.size();
    return a.key < b.key;
}

} // namespace

PermissionScopesModel::PermissionScopesModel(const InstanceTableModel &instances, QObject *parent)
    : MergedTable(parent)
    , m_instances(instances)
{
    connect(new Recount(instances, this), &Recount::due, this, &PermissionScopesModel::recount);
    recount();
}

PermissionScopesModel::~PermissionScopesModel() = default;

void PermissionScopesModel::recount()
{
    QHash<QString, PermissionScope> groups;
    for (int row = 0; row < m_instances.rowCount(); ++row) {
        if (!m_instances.health(row).has(HealthState::MissingPermissions))
            continue;
        const InstanceRecord &record = *m_instances.record(row);
        for (const MissingPermission &missing : record.credential.missingPermissions) {
            const QStringList keys = keysOf(missing);
            for (const QString &key : keys) {
                PermissionScope &group = groups[key];
                group.key = key;
                group.scope = missing.scopes.isEmpty() ? QString() : key;
                if (!missing.message.isEmpty() && group.messages.size() < MostMessages &&
                    !group.messages.contains(missing.message))
                    group.messages << missing.message;
                // One credential can lack it for two reasons.
                if (group.addresses.isEmpty() || group.addresses.last() != record.address) {
                    group.addresses << record.address;
                    group.names << record.instance.title();
                }
            }
        }
    }
    std::vector<PermissionScope> rows;
    rows.reserve(static_cast<size_t>(groups.size()));
    for (const PermissionScope &group : std::as_const(groups))
        rows.push_back(group);
    std::ranges::sort(rows, comesBefore);
    showRows(std::move(rows));
}

InstanceNarrowing PermissionScopesModel::narrowingOf(int row) const
{
    const PermissionScope *group = at(row);
    if (group == nullptr)
        return {};
    InstanceNarrowing narrowing;
    narrowing.caption =
        tr("Without %1").arg(group->scope.isEmpty() ? group->messages.value(0) : group->scope);
    narrowing.accepts = [key = group->key](const InstanceRecord &record, const Health &health) {
        return health.has(HealthState::MissingPermissions) &&
               std::ranges::any_of(
                   record.credential.missingPermissions,
                   [&key](const MissingPermission &missing) { return keysOf(missing).contains(key); });
    };
    return narrowing;
}

QList<InstanceAddress> PermissionScopesModel::affected() const
{
    QList<InstanceAddress> all;
    for (int row = 0; row < m_instances.rowCount(); ++row) {
        if (m_instances.health(row).has(HealthState::MissingPermissions))
            all << m_instances.record(row)->address;
    }
    return all;
}

int PermissionScopesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PermissionScopesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PermissionScope &scope = *at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        if (column == CountColumn)
            return static_cast<int>(scope.addresses.size());
        return text(scope, column);
    case Qt::ToolTipRole:
        return text(scope, column);
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(headerData(column, Qt::Horizontal).toString(), text(scope, column));
    default:
        return {};
    }
}

QString PermissionScopesModel::text(const PermissionScope &scope, Column column) const
{
    switch (column) {
    case ScopeColumn:
        return scope.scope.isEmpty() ? tr("No scope named") : scope.scope;
    case CountColumn:
        return QLocale().toString(scope.addresses.size());
    case NamesColumn: {
        QStringList names = scope.names.mid(0, MostNames);
        if (const auto more = scope.names.size() - names.size(); more > 0)
            names << wording::counted("PermissionScopes", "and %n more",
                                      QT_TRANSLATE_N_NOOP("PermissionScopes", "and %n more"), more);
        return names.join(u", "_s);
    }
    case MessageColumn:
        return scope.messages.isEmpty() ? wording::notGiven() : scope.messages.join(u'\n');
    case ColumnCount:
        break;
    }
    return {};
}

QVariant PermissionScopesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case ScopeColumn:
        return tr("Scope");
    case CountColumn:
        return tr("Instances");
    case NamesColumn:
        return tr("Which");
    case MessageColumn:
        return tr("Konnect says");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace latchkey
