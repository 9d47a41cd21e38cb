// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/instancetablemodel.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace latchkey {

namespace {

constexpr qint64 MinuteMs = 60'000;
constexpr qint64 HourMs = 60 * MinuteMs;
constexpr qint64 DayMs = 24 * HourMs;

/// When the words of wording::relative() or the state change next. The units are those of relative().
qint64 nextChangeOf(const InstanceRecord &record, const QDateTime &now, const HealthThresholds &thresholds)
{
    const Expiry expiry = expiryOf(record);
    if (!expiry.isKnown())
        return std::numeric_limits<qint64>::max();
    const qint64 ahead = now.msecsTo(expiry.at.utc);
    const qint64 distance = qAbs(ahead);
    const qint64 unit = distance >= 2 * DayMs ? DayMs : distance >= HourMs ? HourMs : MinuteMs;
    const qint64 rest = distance % unit;
    qint64 wait = ahead <= 0 ? unit - rest : qMax<qint64>(rest, 1);
    // A part of a credential's life need not be whole days.
    for (const Threshold &threshold : {thresholds.soon, thresholds.later}) {
        const QDateTime begins = threshold.before(expiry.at.utc, record.credential.createdAt.utc);
        if (begins > now)
            wait = qMin(wait, now.msecsTo(begins));
    }
    return now.toMSecsSinceEpoch() + wait;
}

} // namespace

InstanceTableModel::InstanceTableModel(const Clock &clock, const QTimeZone &zone, HealthRules rules,
                                       QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
    , m_zone(zone)
    , m_rules(std::move(rules))
    , m_now(clock.now())
{
}

InstanceTableModel::~InstanceTableModel() = default;

int InstanceTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int InstanceTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(InstanceColumn::ColumnCount);
}

QModelIndex InstanceTableModel::indexOf(const InstanceAddress &address) const
{
    const int row = find(address);
    return row < 0 ? QModelIndex() : index(row, 0);
}

const InstanceRecord *InstanceTableModel::record(int row) const
{
    return row >= 0 && std::cmp_less(row, m_rows.size()) ? &m_rows[static_cast<size_t>(row)].record : nullptr;
}

const Health &InstanceTableModel::health(int row) const
{
    return m_rows.at(static_cast<size_t>(row)).health;
}

const QString &InstanceTableModel::haystack(int row) const
{
    return m_rows.at(static_cast<size_t>(row)).haystack;
}

int InstanceTableModel::find(const InstanceAddress &address) const
{
    if (!m_indexIsValid) {
        m_index.clear();
        m_index.reserve(static_cast<qsizetype>(m_rows.size()));
        for (int row = 0; std::cmp_less(row, m_rows.size()); ++row)
            m_index.insert(m_rows[static_cast<size_t>(row)].record.address, row);
        m_indexIsValid = true;
    }
    return m_index.value(address, -1);
}

InstanceTableModel::Row InstanceTableModel::makeRow(const InstanceRecord &record) const
{
    Row row;
    row.record = record;
    row.health = assess(record, m_now, m_rules);
    row.foldedTitle = record.instance.title().toLower();
    row.haystack = makeHaystack(row);
    row.validUntilMs = record.knowledge == InstanceRecord::Knowledge::Present
                           ? nextChangeOf(record, m_now, m_rules.thresholdsFor(record))
                           : std::numeric_limits<qint64>::max();
    return row;
}

void InstanceTableModel::upsert(const QList<InstanceRecord> &records)
{
    m_now = m_clock.now();
    std::vector<std::pair<int, Row>> changed;
    std::vector<Row> added;
    QHash<InstanceAddress, size_t>
        places; // Within this batch: a page can bring an instance twice, the last one counts.
    for (const InstanceRecord &record : records) {
        const int row = find(record.address);
        const auto place = places.constFind(record.address);
        if (row < 0 && place == places.cend()) {
            places.insert(record.address, added.size());
            added.push_back(makeRow(record));
        } else if (row < 0) {
            added[*place] = makeRow(record);
        } else if (place != places.cend()) {
            changed[*place].second = makeRow(record);
        } else if (m_rows[static_cast<size_t>(row)].record != record) {
            places.insert(record.address, changed.size());
            changed.emplace_back(row, makeRow(record));
        }
    }
    replaceRows(changed);
    if (added.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    for (Row &row : added) {
        m_index.insert(row.record.address, static_cast<int>(m_rows.size()));
        m_rows.push_back(std::move(row));
    }
    endInsertRows();
}

void InstanceTableModel::replaceRows(std::vector<std::pair<int, Row>> &rows)
{
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    // Each run of rows is announced before the next one changes: a sorted proxy relies on all others being as
    // they were.
    for (size_t begin = 0; begin < rows.size();) {
        const int first = rows[begin].first;
        size_t end = begin;
        for (; end < rows.size() && std::cmp_equal(rows[end].first, first + static_cast<int>(end - begin));
             ++end)
            m_rows[static_cast<size_t>(rows[end].first)] = std::move(rows[end].second);
        announce(first, first + static_cast<int>(end - begin) - 1);
        begin = end;
    }
}

void InstanceTableModel::remove(const QList<InstanceAddress> &addresses)
{
    std::vector<int> rows;
    for (const InstanceAddress &address : addresses) {
        if (const int row = find(address); row >= 0)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(), std::greater<>());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (size_t begin = 0; begin < rows.size();) {
        size_t end = begin + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] - 1)
            ++end;
        const int first = rows[end - 1];
        const int last = rows[begin];
        beginRemoveRows({}, first, last);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        m_indexIsValid = false;
        endRemoveRows();
        begin = end;
    }
}

void InstanceTableModel::tick()
{
    const QDateTime now = m_clock.now();
    const bool wentBack = now < m_now;
    m_now = now;
    const qint64 nowMs = now.toMSecsSinceEpoch();
    std::vector<std::pair<int, Row>> changed;
    for (int row = 0; std::cmp_less(row, m_rows.size()); ++row) {
        const Row &old = m_rows[static_cast<size_t>(row)];
        if (wentBack || nowMs >= old.validUntilMs)
            changed.emplace_back(row, makeRow(old.record));
    }
    replaceRows(changed);
}

void InstanceTableModel::setRules(const HealthRules &rules)
{
    if (m_rules == rules)
        return;
    m_rules = rules;
    m_now = m_clock.now();
    std::vector<std::pair<int, Row>> changed;
    for (int row = 0; std::cmp_less(row, m_rows.size()); ++row)
        changed.emplace_back(row, makeRow(m_rows[static_cast<size_t>(row)].record));
    replaceRows(changed);
}

void InstanceTableModel::announce(int first, int last)
{
    Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

QVariant InstanceTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<size_t>(index.row())];
    const auto column = static_cast<InstanceColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::ToolTipRole:
        return toolTip(row, column);
    case Qt::AccessibleTextRole:
        return accessibleText(row, column);
    case AddressRole:
        return QVariant::fromValue(row.record.address);
    case RecordRole:
        return QVariant::fromValue(row.record);
    case HealthRole:
        return static_cast<int>(row.health.worst);
    case SortRole:
        return rawValue(row, column);
    case HaystackRole:
        return row.haystack;
    case ProfileColourRole:
        return row.record.profileColour;
    case StaleRole:
        return row.record.lastProblem.has_value() || row.health.has(HealthState::NotChecked);
    case ProtectedRole:
        return row.record.isProtected;
    default:
        return {};
    }
}

} // namespace latchkey
