// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/planmodel.h"

#include "models/core/wording.h"

#include <QHash>

#include <algorithm>
#include <numeric>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString titleOf(const PlanRow &row)
{
    return row.title.isEmpty() ? row.wanted.name : row.title;
}

/// Of keys that are not at hand yet.
QStringList unreadVariables(const PlanRow &row)
{
    QStringList names;
    if (row.action == PlanAction::Blocked || row.action == PlanAction::Delete)
        return names;
    for (const PlannedHeader &header : row.headers) {
        if (!header.isGiven && header.source.kind == KeySource::Kind::Environment &&
            !names.contains(header.source.variable))
            names << header.source.variable;
    }
    return names;
}

bool takesAwayForGood(const PlanRow &row)
{
    return row.action == PlanAction::Delete || (row.action == PlanAction::Replace && !row.wayBack);
}

bool isCheckableRow(const PlanRow &row)
{
    return row.action != PlanAction::Blocked && row.isWork();
}

bool isTickedAtFirst(const PlanRow &row)
{
    return isCheckableRow(row) && !takesAwayForGood(row) && unreadVariables(row).isEmpty();
}

/// To tick one of them is to tick the other.
bool meansTheSame(const PlanRow &one, const PlanRow &other)
{
    return one.action == other.action && one.address == other.address &&
           one.credentialId == other.credentialId && isCheckableRow(one) == isCheckableRow(other) &&
           takesAwayForGood(one) == takesAwayForGood(other);
}

QString headersText(const PlanRow &row)
{
    if (row.action == PlanAction::Delete)
        return {};
    if (row.wanted.wish == ConfiguredInstance::Wish::Present &&
        row.wanted.credential.type == CredentialType::AwsRole)
        return row.wanted.credential.roleArn;
    QStringList texts;
    for (const PlannedHeader &header : row.headers)
        texts << u"%1: %2"_s.arg(header.name, wording::keyComparisonLabel(header.comparison));
    return texts.join(u", "_s);
}

/// What is to be known besides; each begins with a capital letter and ends a sentence.
QStringList otherTexts(const PlanRow &row)
{
    QStringList texts;
    if (!row.reason.isEmpty())
        texts << row.reason;
    if (row.action == PlanAction::Blocked)
        return texts;
    if (takesAwayForGood(row) && !row.wayBack)
        texts << PlanModel::tr("There is no way back.");
    if (const QStringList missing = row.missingKeys(); !missing.isEmpty())
        texts << PlanModel::tr("Keys to be supplied: %1.").arg(missing.join(u", "_s));
    if (const QStringList variables = unreadVariables(row); !variables.isEmpty())
        texts << PlanModel::tr(
                     "Keys may come from environment variables, where you allow these to be read: %1.")
                     .arg(variables.join(u", "_s));
    if (row.needsTypedName)
        texts << PlanModel::tr("Its name is to be typed.");
    if (row.recordsExpiry)
        texts << PlanModel::tr("Its expiry is recorded.");
    if (row.protects)
        texts << PlanModel::tr("It becomes protected.");
    return texts;
}

QString actionSentence(const PlanRow &row)
{
    const QString title = titleOf(row);
    const QString place = wording::planPlace(row);
    switch (row.action) {
    case PlanAction::Blocked:
        return PlanModel::tr("Nothing can be done for “%1” in %2.").arg(title, place);
    case PlanAction::Delete:
        return PlanModel::tr("The credential of “%1” in %2 is deleted.").arg(title, place);
    case PlanAction::Replace:
        return PlanModel::tr("The credential of “%1” in %2 is deleted and created anew.").arg(title, place);
    case PlanAction::Create:
        return PlanModel::tr("“%1” in %2 gets a credential.").arg(title, place);
    case PlanAction::Adopt:
        return PlanModel::tr("The keys of “%1” in %2 are kept here; nothing is sent.").arg(title, place);
    case PlanAction::Keep:
        return PlanModel::tr("The credential of “%1” in %2 stays as it is.").arg(title, place);
    }
    Q_UNREACHABLE();
}

} // namespace

PlanModel::PlanModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

PlanModel::~PlanModel() = default;

void PlanModel::setPlan(const Plan &plan)
{
    take(plan, [](const PlanRow &row) { return Tick{isTickedAtFirst(row)}; });
}

void PlanModel::renew(const Plan &plan)
{
    QHash<QStringList, std::pair<PlanRow, Tick>> before;
    for (qsizetype i = 0; i < m_plan.rows.size(); ++i)
        before.insert(m_plan.rows.at(i).place(), {m_plan.rows.at(i), m_ticks.at(static_cast<size_t>(i))});
    take(plan, [&before](const PlanRow &row) {
        const auto known = before.constFind(row.place());
        if (known != before.cend() && isCheckableRow(row)) {
            const auto &[earlier, tick] = *known;
            if (tick.byHand && (!tick.isTicked || meansTheSame(earlier, row)))
                return tick;
            if (meansTheSame(earlier, row) && unreadVariables(earlier) == unreadVariables(row))
                return tick;
        }
        return Tick{isTickedAtFirst(row)};
    });
}

void PlanModel::take(const Plan &plan, const std::function<Tick(const PlanRow &)> &tickOf)
{
    beginResetModel();
    m_plan = plan;
    const QList<PlanRow> &rows = m_plan.rows;
    m_order.resize(rows.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    std::ranges::stable_sort(m_order, {}, [&rows](int position) { return rows.at(position).action; });
    m_ticks.clear();
    for (const PlanRow &row : rows)
        m_ticks.push_back(tickOf(row));
    endResetModel();
    Q_EMIT tickedChanged();
}

bool PlanModel::isCheckable(int row) const
{
    return row >= 0 && row < rowCount() && isCheckableRow(at(row));
}

void PlanModel::setAllTicked(bool ticked)
{
    bool isAny = false;
    for (int row = 0; row < rowCount(); ++row) {
        if (!isCheckable(row))
            continue;
        isAny = isAny || isTicked(row) != ticked;
        m_ticks[static_cast<size_t>(m_order.at(row))] = {ticked, true};
    }
    if (!isAny)
        return;
    Q_EMIT dataChanged(index(0, TickColumn), index(rowCount() - 1, TickColumn),
                       {Qt::CheckStateRole, Qt::AccessibleTextRole});
    Q_EMIT tickedChanged();
}

QList<int> PlanModel::ticked() const
{
    QList<int> positions;
    for (size_t position = 0; position < m_ticks.size(); ++position) {
        if (m_ticks[position].isTicked)
            positions << static_cast<int>(position);
    }
    return positions;
}

int PlanModel::countTicked(PlanAction action) const
{
    const QList<int> positions = ticked();
    return static_cast<int>(std::ranges::count_if(
        positions, [this, action](int position) { return m_plan.rows.at(position).action == action; }));
}

QString PlanModel::sentence(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const PlanRow &shown = at(row);
    QStringList texts{actionSentence(shown)};
    if (const QString headers = headersText(shown); !headers.isEmpty())
        texts << headers + u'.';
    texts += otherTexts(shown);
    return texts.join(u' ');
}

int PlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int PlanModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PlanModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PlanRow &row = at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return column == TickColumn ? QVariant() : QVariant(cell(index.row(), column));
    case Qt::CheckStateRole:
        if (column != TickColumn || !isCheckableRow(row))
            return {};
        return isTicked(index.row()) ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole:
        return tr("%1\nMachine name: %2\nIntegration: %3")
            .arg(sentence(index.row()), row.wanted.name, row.wanted.integration);
    case Qt::AccessibleDescriptionRole:
        return sentence(index.row());
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString(),
                               cell(index.row(), column));
    case PositionRole:
        return m_order.at(index.row());
    case ActionRole:
        return int(row.action);
    default:
        return {};
    }
}

bool PlanModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid) ||
        index.column() != TickColumn || !isCheckable(index.row()))
        return false;
    const bool ticked = value.toInt() == Qt::Checked;
    if (isTicked(index.row()) == ticked)
        return true;
    m_ticks[static_cast<size_t>(m_order.at(index.row()))] = {ticked, true};
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole, Qt::AccessibleTextRole});
    Q_EMIT tickedChanged();
    return true;
}

Qt::ItemFlags PlanModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() == TickColumn && isCheckable(index.row()))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant PlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    switch (Column(section)) {
    case TickColumn:
        // The column is as narrow as its boxes.
        return role == Qt::DisplayRole ? QVariant() : QVariant(tr("Apply"));
    case InstanceColumn:
        return tr("Instance");
    case ProfileColumn:
        return tr("Profile");
    case ActionColumn:
        return tr("Action");
    case HeadersColumn:
        return tr("Headers");
    case OtherColumn:
        return tr("What else");
    case ColumnCount:
        break;
    }
    return {};
}

QString PlanModel::cell(int row, Column column) const
{
    const PlanRow &shown = at(row);
    switch (column) {
    case TickColumn:
        if (!isCheckableRow(shown))
            return tr("cannot be chosen");
        return isTicked(row) ? tr("yes") : tr("no");
    case InstanceColumn:
        return titleOf(shown);
    case ProfileColumn:
        return wording::planPlace(shown);
    case ActionColumn:
        return wording::planActionLabel(shown.action);
    case HeadersColumn:
        return headersText(shown);
    case OtherColumn:
        return otherTexts(shown).join(u' ');
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace latchkey
