// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/planrunmodel.h"

#include "models/core/wording.h"

#include <QStringList>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool isBad(PlanRowState state)
{
    return state == PlanRowState::Failed || state == PlanRowState::Moved || state == PlanRowState::Blocked;
}

bool hasEnded(PlanRowState state)
{
    return state != PlanRowState::Waiting && state != PlanRowState::Running;
}

QString resultOf(const PlanRowResult &row)
{
    if (row.problem)
        return row.problem->caption;
    if (!row.note.isEmpty())
        return row.note;
    switch (row.state) {
    case PlanRowState::Running:
    case PlanRowState::Succeeded:
    case PlanRowState::Failed: // Found after it was done.
        return row.change.id.isEmpty() ? QString() : wording::phaseLabel(row.change.phase);
    case PlanRowState::NotStarted:
        return row.change.id.isEmpty() ? PlanRunModel::tr("Its turn did not come. Nothing was sent.")
                                       : PlanRunModel::tr("Its turn did not come. It can be finished later.");
    case PlanRowState::Waiting:
    case PlanRowState::DoneAlready:
    case PlanRowState::Moved:
    case PlanRowState::Blocked:
    case PlanRowState::LeftOut:
        break;
    }
    return {};
}

} // namespace

PlanRunModel::PlanRunModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

PlanRunModel::~PlanRunModel() = default;

void PlanRunModel::begin(const Plan &plan, const QList<int> &positions)
{
    beginResetModel();
    m_result = {};
    for (const PlanRow &row : plan.rows) {
        PlanRowResult result;
        result.row = row;
        result.state = PlanRowState::LeftOut;
        m_result.rows << result;
    }
    m_positions = positions;
    m_rowOf.clear();
    m_rowOfChange.clear();
    for (int row = 0; row < m_positions.size(); ++row) {
        m_result.rows[m_positions.at(row)].state = PlanRowState::Waiting;
        m_rowOf.insert(m_positions.at(row), row);
    }
    endResetModel();
}

void PlanRunModel::setRow(qsizetype position, const PlanRowResult &row)
{
    if (position < 0 || position >= m_result.rows.size() || m_result.rows.at(position) == row)
        return;
    m_result.rows[position] = row;
    const auto shown = m_rowOf.constFind(static_cast<int>(position));
    if (shown == m_rowOf.cend())
        return;
    if (!row.change.id.isEmpty())
        m_rowOfChange.insert(row.change.id, *shown);
    Q_EMIT dataChanged(index(*shown, 0), index(*shown, ColumnCount - 1));
}

void PlanRunModel::setResult(const PlanResult &result)
{
    for (qsizetype position = 0; position < result.rows.size(); ++position)
        setRow(position, result.rows.at(position));
    m_result.runs = result.runs;
}

void PlanRunModel::follow(const Change &change)
{
    const auto shown = m_rowOfChange.constFind(change.id);
    if (shown == m_rowOfChange.cend())
        return;
    PlanRowResult row = at(*shown);
    row.change = change;
    const bool isBadEnd = change.phase == ChangePhase::NotHealthy || change.phase == ChangePhase::Foreign;
    if (row.state == PlanRowState::Succeeded && isBadEnd) {
        row.state = PlanRowState::Failed;
        row.problem = change.problem;
    }
    setRow(m_positions.at(*shown), row);
}

int PlanRunModel::count(PlanRowState state) const
{
    return static_cast<int>(
        std::count_if(m_positions.cbegin(), m_positions.cend(),
                      [this, state](int position) { return m_result.rows.at(position).state == state; }));
}

int PlanRunModel::ended() const
{
    return static_cast<int>(std::count_if(m_positions.cbegin(), m_positions.cend(), [this](int position) {
        return hasEnded(m_result.rows.at(position).state);
    }));
}

int PlanRunModel::firstBad() const
{
    for (int row = 0; row < m_positions.size(); ++row) {
        if (isBad(at(row).state))
            return row;
    }
    return -1;
}

QString PlanRunModel::text(const QList<int> &rows) const
{
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells << headerData(column, Qt::Horizontal).toString();
    lines << cells.join(u'\t');
    for (const int row : rows) {
        if (row < 0 || row >= rowCount())
            continue;
        cells.clear();
        for (int column = 0; column < ResultColumn; ++column)
            cells << cell(row, Column(column)).simplified();
        const std::optional<Problem> &problem = at(row).problem;
        cells << (problem ? problem->toText() : cell(row, ResultColumn)).simplified();
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

int PlanRunModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_positions.size());
}

int PlanRunModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PlanRunModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PlanRowResult &row = at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cell(index.row(), column);
    case Qt::ToolTipRole:
        if (column == InstanceColumn)
            return tr("%1\nMachine name: %2\nIntegration: %3")
                .arg(cell(index.row(), column), row.row.wanted.name, row.row.wanted.integration);
        return row.problem && column >= StateColumn ? row.problem->toText() : cell(index.row(), column);
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(headerData(column, Qt::Horizontal).toString(), cell(index.row(), column));
    case PositionRole:
        return m_positions.at(index.row());
    case StateRole:
        return int(row.state);
    case ProblemRole:
        return row.problem ? QVariant::fromValue(*row.problem) : QVariant();
    default:
        return {};
    }
}

QVariant PlanRunModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case InstanceColumn:
        return tr("Instance");
    case ProfileColumn:
        return tr("Profile");
    case ActionColumn:
        return tr("Action");
    case StateColumn:
        return tr("State");
    case ResultColumn:
        return tr("Result");
    case ColumnCount:
        break;
    }
    return {};
}

QString PlanRunModel::cell(int row, Column column) const
{
    const PlanRowResult &shown = at(row);
    switch (column) {
    case InstanceColumn:
        return shown.row.title.isEmpty() ? shown.row.wanted.name : shown.row.title;
    case ProfileColumn:
        return wording::planPlace(shown.row);
    case ActionColumn:
        return wording::planActionLabel(shown.row.action);
    case StateColumn:
        return wording::planRowStateLabel(shown.state);
    case ResultColumn:
        return resultOf(shown);
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace latchkey
