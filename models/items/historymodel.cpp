// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/historymodel.h"

#include "models/core/wording.h"

#include <QLocale>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool isSame(const HistoryEntry &one, const HistoryEntry &other)
{
    return one.at == other.at && one.change == other.change && one.phases == other.phases;
}

QString milliseconds(qint64 count)
{
    return HistoryModel::tr("%1 ms").arg(QLocale().toString(count));
}

} // namespace

HistoryModel::HistoryModel(const QTimeZone &zone, QObject *parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

HistoryModel::~HistoryModel() = default;

void HistoryModel::setEntries(const QList<HistoryEntry> &entries)
{
    // Both lists fall by number: one walk over them merges.
    int row = 0;
    for (const HistoryEntry &given : entries) {
        while (row < rowCount() && m_entries.at(row).number > given.number) {
            beginRemoveRows({}, row, row);
            m_entries.removeAt(row);
            endRemoveRows();
        }
        if (row == rowCount() || m_entries.at(row).number < given.number) {
            beginInsertRows({}, row, row);
            m_entries.insert(row, given);
            endInsertRows();
        } else if (!isSame(m_entries.at(row), given)) {
            m_entries[row] = given;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
        ++row;
    }
    if (row < rowCount()) {
        beginRemoveRows({}, row, rowCount() - 1);
        m_entries.resize(row);
        endRemoveRows();
    }
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const HistoryEntry &entry = m_entries.at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, column);
    case Qt::ToolTipRole:
        return column == TimeColumn ? wording::exact(entry.at, m_zone) : text(entry, column);
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(headerData(column, Qt::Horizontal).toString(), text(entry, column));
    case NumberRole:
        return entry.number;
    case DetailsRole:
        return details(entry);
    default:
        return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case TimeColumn:
        return tr("Time");
    case InstanceColumn:
        return tr("Instance");
    case ProfileColumn:
        return tr("Profile");
    case ChangeColumn:
        return tr("Change");
    case EndColumn:
        return tr("End");
    case GapColumn:
        return tr("Without credential");
    case IdColumn:
        return tr("Id");
    case ColumnCount:
        break;
    }
    return {};
}

QString HistoryModel::text(const HistoryEntry &entry, Column column) const
{
    const Change &change = entry.change;
    switch (column) {
    case TimeColumn:
        return QLocale().toString(entry.at.toTimeZone(m_zone), QLocale::ShortFormat);
    case InstanceColumn:
        return change.instanceTitle.isEmpty() ? change.instanceName : change.instanceTitle;
    case ProfileColumn:
        return change.profileName;
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
    case EndColumn:
        return wording::phaseLabel(change.phase);
    case GapColumn:
        return change.gapMs ? milliseconds(*change.gapMs) : QString();
    case IdColumn:
        return change.id;
    case ColumnCount:
        break;
    }
    return {};
}

QString HistoryModel::details(const HistoryEntry &entry) const
{
    const Change &change = entry.change;
    QStringList lines{tr("Row %1, %2").arg(entry.number).arg(wording::exact(entry.at, m_zone))};
    const auto add = [&lines](const QString &title, const QString &value) {
        if (!value.isEmpty())
            lines += u"%1: %2"_s.arg(title, value);
    };
    add(tr("Instance"), u"%1 (%2)"_s.arg(change.instanceName, change.address.instanceId));
    add(tr("Integration"), change.integrationName);
    add(tr("Organization"), u"%1, %2"_s.arg(change.profileName, change.address.origin));
    add(tr("Old credential"), change.oldCredentialId);
    add(tr("New credential"), change.newCredentialId);
    add(tr("Takes back the change"), change.undoes);
    if (change.gapMs)
        add(tr("Without a credential for"), milliseconds(*change.gapMs));
    QDateTime before;
    for (const ChangePhaseEntry &phase : entry.phases) {
        const qint64 took = before.isValid() ? before.msecsTo(phase.at) : 0;
        lines += u"    %1, +%2"_s.arg(wording::phaseLabel(phase.phase), milliseconds(took));
        before = phase.at;
    }
    if (change.problem)
        lines += change.problem->toText();
    return lines.join(u'\n');
}

} // namespace latchkey
