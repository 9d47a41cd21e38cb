// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/bulkrunmodel.h"

#include "models/core/wording.h"

#include <QStringList>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// As one cell of a line with tabs.
QString flat(const QString &text)
{
    return text.simplified();
}

} // namespace

BulkRunModel::BulkRunModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

BulkRunModel::~BulkRunModel() = default;

void BulkRunModel::begin(const QList<InstanceRecord> &records, ChangeKind kind)
{
    beginResetModel();
    m_records = records;
    m_rows.clear();
    for (const InstanceRecord &record : records) {
        BulkRow row;
        row.position = static_cast<int>(m_rows.size());
        row.address = record.address;
        row.kind = kind;
        m_rows.append(row);
    }
    endResetModel();
}

void BulkRunModel::setRow(const BulkRow &row)
{
    if (row.position < 0 || row.position >= rowCount() || m_rows.at(row.position).address != row.address ||
        m_rows.at(row.position) == row)
        return;
    m_rows[row.position] = row;
    Q_EMIT dataChanged(index(row.position, 0), index(row.position, ColumnCount - 1));
}

void BulkRunModel::setRows(const QList<BulkRow> &rows)
{
    for (const BulkRow &row : rows)
        setRow(row);
}

void BulkRunModel::follow(const Change &change)
{
    const QList<BulkRow> &rows = m_rows;
    const auto found = std::ranges::find_if(
        rows, [&change](const BulkRow &row) { return !change.id.isEmpty() && row.change.id == change.id; });
    if (found == rows.end())
        return;
    BulkRow row = *found;
    row.change = change;
    if (row.state == BulkRowState::Succeeded) {
        row.problem = change.problem;
        if (change.phase == ChangePhase::NotHealthy || change.phase == ChangePhase::Foreign)
            row.state = BulkRowState::Failed;
    }
    setRow(row);
}

int BulkRunModel::count(BulkRowState state) const
{
    return static_cast<int>(std::ranges::count(m_rows, state, &BulkRow::state));
}

int BulkRunModel::ended() const
{
    return count(BulkRowState::Succeeded) + count(BulkRowState::Failed) + count(BulkRowState::NotStarted) +
           count(BulkRowState::Skipped);
}

QString BulkRunModel::text() const
{
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells << headerData(column, Qt::Horizontal).toString();
    lines << cells.join(u'\t');
    for (int row = 0; row < rowCount(); ++row) {
        cells = {flat(cell(row, InstanceColumn)), flat(cell(row, StateColumn))};
        const std::optional<Problem> &problem = m_rows.at(row).problem;
        cells << flat(problem ? problem->toText() : cell(row, ResultColumn));
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

int BulkRunModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BulkRunModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BulkRunModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BulkRow &row = m_rows.at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cell(index.row(), column);
    case Qt::ToolTipRole:
        return row.problem && column != InstanceColumn ? row.problem->toText() : cell(index.row(), column);
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(headerData(column, Qt::Horizontal).toString(), cell(index.row(), column));
    case AddressRole:
        return QVariant::fromValue(row.address);
    case StateRole:
        return int(row.state);
    case PhaseRole:
        return row.change.id.isEmpty() ? QVariant() : QVariant(int(row.change.phase));
    case ProblemRole:
        return row.problem ? QVariant::fromValue(*row.problem) : QVariant();
    default:
        return {};
    }
}

QVariant BulkRunModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case InstanceColumn:
        return tr("Instance");
    case StateColumn:
        return tr("State");
    case ResultColumn:
        return tr("Result");
    case ColumnCount:
        break;
    }
    return {};
}

QString BulkRunModel::cell(int row, Column column) const
{
    const BulkRow &shown = m_rows.at(row);
    switch (column) {
    case InstanceColumn:
        return m_records.at(row).instance.title();
    case StateColumn:
        return bulkRowStateLabel(shown.state);
    case ResultColumn:
        if (shown.problem)
            return shown.problem->caption;
        switch (shown.state) {
        case BulkRowState::Running:
        case BulkRowState::Succeeded:
        case BulkRowState::Failed: // Found after it was done.
            return wording::phaseLabel(shown.change.phase);
        case BulkRowState::NotStarted:
            return tr("Its turn did not come. It can be finished later.");
        case BulkRowState::Skipped:
            return tr("Nothing was sent.");
        case BulkRowState::Waiting:
        case BulkRowState::Preparing:
        case BulkRowState::Prepared:
            break;
        }
        break;
    case ColumnCount:
        break;
    }
    return {};
}

QString bulkRowStateLabel(BulkRowState state)
{
    switch (state) {
    case BulkRowState::Waiting:
        return BulkRunModel::tr("Waiting");
    case BulkRowState::Preparing:
        return BulkRunModel::tr("Being checked");
    case BulkRowState::Prepared:
        return BulkRunModel::tr("Ready");
    case BulkRowState::Running:
        return BulkRunModel::tr("Under way");
    case BulkRowState::Succeeded:
        return BulkRunModel::tr("Done");
    case BulkRowState::Failed:
        return BulkRunModel::tr("Failed");
    case BulkRowState::NotStarted:
        return BulkRunModel::tr("Not begun");
    case BulkRowState::Skipped:
        return BulkRunModel::tr("Skipped");
    }
    Q_UNREACHABLE();
}

} // namespace latchkey
