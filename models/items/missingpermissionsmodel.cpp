// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/missingpermissionsmodel.h"

#include "models/core/wording.h"

namespace latchkey {

using namespace Qt::StringLiterals;

MissingPermissionsModel::MissingPermissionsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

MissingPermissionsModel::~MissingPermissionsModel() = default;

void MissingPermissionsModel::setPermissions(const QList<MissingPermission> &permissions)
{
    if (permissions == m_permissions)
        return;
    beginResetModel();
    m_permissions = permissions;
    endResetModel();
}

int MissingPermissionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_permissions.size());
}

int MissingPermissionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MissingPermissionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const MissingPermission &permission = m_permissions.at(index.row());
    const QString message = permission.message.isEmpty() ? wording::notGiven() : permission.message;
    const QString scopes =
        permission.scopes.isEmpty() ? wording::notGiven() : permission.scopes.join(u", "_s);
    const QString text = index.column() == MessageColumn ? message : scopes;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text;
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text);
    case ScopesRole:
        return permission.scopes;
    case CopyRole:
        return permission.scopes.isEmpty() ? message : u"%1 (%2)"_s.arg(message, scopes);
    default:
        return {};
    }
}

QVariant MissingPermissionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case MessageColumn:
        return tr("Message");
    case ScopesColumn:
        return tr("Scopes");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace latchkey
