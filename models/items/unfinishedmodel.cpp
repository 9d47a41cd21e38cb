// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/unfinishedmodel.h"

#include "models/core/wording.h"

#include <QLocale>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

UnfinishedModel::UnfinishedModel(const QTimeZone &zone, QObject *parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

UnfinishedModel::~UnfinishedModel() = default;

void UnfinishedModel::setChanges(const QList<UnfinishedChange> &changes)
{
    const auto isGiven = [&changes](const UnfinishedChange &known) {
        return std::any_of(changes.begin(), changes.end(), [&known](const UnfinishedChange &each) {
            return each.change.id == known.change.id;
        });
    };
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (isGiven(m_changes.at(row)))
            continue;
        beginRemoveRows({}, row, row);
        m_changes.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < int(changes.size()); ++row) {
        const UnfinishedChange &given = changes.at(row);
        const qsizetype known = rowOf(given.change.id);
        if (known < 0) {
            beginInsertRows({}, row, row);
            m_changes.insert(row, given);
            endInsertRows();
            continue;
        }
        if (known != row) {
            beginMoveRows({}, int(known), int(known), {}, row);
            m_changes.move(known, row);
            endMoveRows();
        }
        if (m_changes.at(row) == given)
            continue;
        m_changes[row] = given;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

const UnfinishedChange *UnfinishedModel::at(const QModelIndex &index) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? &m_changes.at(index.row()) : nullptr;
}

int UnfinishedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_changes.size());
}

int UnfinishedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant UnfinishedModel::data(const QModelIndex &index, int role) const
{
    const UnfinishedChange *unfinished = at(index);
    if (unfinished == nullptr)
        return {};
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(unfinished->change, column);
    case Qt::ToolTipRole:
        return column == TimeColumn ? wording::exact(unfinished->change.updatedAt, m_zone)
                                    : text(unfinished->change, column);
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(headerData(column, Qt::Horizontal).toString(),
                               text(unfinished->change, column));
    case ChangeIdRole:
        return unfinished->change.id;
    case StandingRole:
        return int(unfinished->standing);
    default:
        return {};
    }
}

QVariant UnfinishedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case InstanceColumn:
        return tr("Instance");
    case ChangeColumn:
        return tr("Change");
    case ReachedColumn:
        return tr("Reached");
    case TimeColumn:
        return tr("Interrupted");
    case ColumnCount:
        break;
    }
    return {};
}

QString UnfinishedModel::text(const Change &change, Column column) const
{
    switch (column) {
    case InstanceColumn:
        return change.instanceTitle.isEmpty() ? change.instanceName : change.instanceTitle;
    case ChangeColumn:
        switch (change.kind) {
        case ChangeKind::Create:
            return tr("Create");
        case ChangeKind::Replace:
            return tr("Replace");
        case ChangeKind::Delete:
            return tr("Delete");
        case ChangeKind::Adopt:
            return tr("Enter keys");
        }
        break;
    case ReachedColumn:
        return wording::phaseLabel(change.phase);
    case TimeColumn:
        return QLocale().toString(change.updatedAt.toTimeZone(m_zone), QLocale::ShortFormat);
    case ColumnCount:
        break;
    }
    return {};
}

qsizetype UnfinishedModel::rowOf(const QString &changeId) const
{
    const auto found = std::find_if(m_changes.begin(), m_changes.end(),
                                    [&](const UnfinishedChange &each) { return each.change.id == changeId; });
    return found == m_changes.end() ? -1 : std::distance(m_changes.begin(), found);
}

} // namespace latchkey
