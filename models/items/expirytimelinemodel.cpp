// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/expirytimelinemodel.h"

#include "models/core/wording.h"
#include "models/items/recount.h"

#include <QLocale>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostDays = 31; // That have a bucket each.
constexpr int Week = 7;

Urgency urgencyOf(const Health &health)
{
    if (health.has(HealthState::ExpiringSoon))
        return Urgency::Soon;
    return health.has(HealthState::ExpiringLater) ? Urgency::Later : Urgency::Far;
}

QString namesOf(const TimelineBucket &bucket)
{
    QStringList names = bucket.names;
    if (const auto more = bucket.total() - bucket.names.size(); more > 0)
        names << wording::counted("ExpiryTimeline", "and %n more",
                                  QT_TRANSLATE_N_NOOP("ExpiryTimeline", "and %n more"), more);
    return names.join(u", "_s);
}

} // namespace

QString urgencyLabel(Urgency urgency)
{
    switch (urgency) {
    case Urgency::Soon:
        return ExpiryTimelineModel::tr("Soon");
    case Urgency::Later:
        return ExpiryTimelineModel::tr("In the next weeks");
    case Urgency::Far:
        return ExpiryTimelineModel::tr("Later");
    }
    Q_UNREACHABLE();
}

ExpiryTimelineModel::ExpiryTimelineModel(const InstanceTableModel &instances, const Clock &clock,
                                         const QTimeZone &zone, QObject *parent)
    : MergedTable(parent)
    , m_instances(instances)
    , m_clock(clock)
    , m_zone(zone)
    , m_recount(new Recount(instances, this))
{
    connect(m_recount, &Recount::due, this, &ExpiryTimelineModel::recount);
    recount();
}

ExpiryTimelineModel::~ExpiryTimelineModel() = default;

void ExpiryTimelineModel::setDays(int days)
{
    if (days == m_days)
        return;
    m_days = days;
    recount();
}

void ExpiryTimelineModel::tick()
{
    recount();
}

QDate ExpiryTimelineModel::dayOf(const InstanceRecord &record, const QTimeZone &zone)
{
    const Expiry expiry = expiryOf(record);
    if (!expiry.isKnown())
        return {};
    // Such a day ends when it has ended everywhere: on the next one, here.
    if (expiry.source == Expiry::Source::Label ||
        (expiry.source == Expiry::Source::Recorded && expiry.at == endOfDay(record.expiry.date)))
        return expiry.at.utc.date().addDays(-1);
    return expiry.at.utc.toTimeZone(zone).date();
}

std::vector<TimelineBucket> ExpiryTimelineModel::emptyBuckets(const QDate &today) const
{
    const int step = m_days > MostDays ? Week : 1;
    const QDate last = today.addDays(m_days - 1);
    std::vector<TimelineBucket> buckets;
    for (QDate day = today; day <= last; day = day.addDays(step)) {
        TimelineBucket bucket;
        bucket.key = day;
        bucket.until = qMin(day.addDays(step - 1), last);
        buckets.push_back(bucket);
    }
    return buckets;
}

void ExpiryTimelineModel::recount()
{
    const QDate today = m_clock.now().toTimeZone(m_zone).date();
    std::vector<TimelineBucket> buckets = emptyBuckets(today);
    const int step = m_days > MostDays ? Week : 1;
    const QDateTime horizon = m_clock.now().addDays(m_days + 2);
    std::vector<std::pair<qint64, int>> rows; // When, and which row of the instances.
    for (int row = 0; row < m_instances.rowCount(); ++row) {
        if (m_instances.health(row).has(HealthState::Expired))
            continue;
        const Expiry expiry = expiryOf(*m_instances.record(row));
        if (expiry.isKnown() && expiry.at.utc < horizon)
            rows.emplace_back(expiry.at.utc.toMSecsSinceEpoch(), row);
    }
    std::ranges::sort(rows);
    m_total = 0;
    m_largest = 0;
    for (const auto &[at, row] : rows) {
        const InstanceRecord &record = *m_instances.record(row);
        const qint64 ahead = today.daysTo(dayOf(record, m_zone));
        if (ahead >= m_days)
            continue;
        TimelineBucket &bucket = buckets[static_cast<size_t>(qMax<qint64>(ahead, 0) / step)];
        ++bucket.counts[static_cast<size_t>(urgencyOf(m_instances.health(row)))];
        if (bucket.names.size() < TimelineBucket::NamesShown)
            bucket.names << record.instance.title();
        ++m_total;
        m_largest = qMax(m_largest, bucket.total());
    }
    showRows(std::move(buckets));
    Q_EMIT counted();
}

QString ExpiryTimelineModel::period(int row) const
{
    const TimelineBucket *bucket = at(row);
    if (bucket == nullptr)
        return {};
    const QLocale locale;
    if (bucket->key == bucket->until)
        return locale.toString(bucket->key, u"ddd d MMM"_s);
    const QString format =
        bucket->key.year() == bucket->until.year() ? u"d MMM"_s : u"d MMM yyyy"_s; // Over the turn of a year.
    return tr("%1 – %2").arg(locale.toString(bucket->key, format), locale.toString(bucket->until, format));
}

QString ExpiryTimelineModel::sentence(int row) const
{
    const TimelineBucket *bucket = at(row);
    if (bucket == nullptr)
        return {};
    if (bucket->total() == 0)
        return tr("%1: nothing expires").arg(period(row));
    return u"%1: %2: %3"_s.arg(period(row),
                               wording::counted("ExpiryTimeline", "%n expires",
                                                QT_TRANSLATE_N_NOOP("ExpiryTimeline", "%n expire"),
                                                bucket->total()),
                               namesOf(*bucket));
}

InstanceNarrowing ExpiryTimelineModel::narrowingOf(int row) const
{
    const TimelineBucket *bucket = at(row);
    if (bucket == nullptr)
        return {};
    InstanceNarrowing narrowing;
    narrowing.caption = tr("Expiring %1").arg(period(row));
    // What was recorded for yesterday still works somewhere: it counts as today.
    narrowing.accepts = [from = row == 0 ? QDate() : bucket->key, until = bucket->until,
                         zone = m_zone](const InstanceRecord &record, const Health &health) {
        const QDate day = dayOf(record, zone);
        return day.isValid() && !health.has(HealthState::Expired) && (!from.isValid() || day >= from) &&
               day <= until;
    };
    return narrowing;
}

int ExpiryTimelineModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ExpiryTimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::AccessibleTextRole)
        return u"%1: %2"_s.arg(headerData(index.column(), Qt::Horizontal).toString(),
                               index.data(Qt::DisplayRole).toString());
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const TimelineBucket &bucket = *at(index.row());
    switch (Column(index.column())) {
    case PeriodColumn:
        return period(index.row());
    case TotalColumn:
        return bucket.total();
    case SoonColumn:
    case LaterColumn:
    case FarColumn:
        return bucket.counts[static_cast<size_t>(index.column() - SoonColumn)];
    case NamesColumn:
        return namesOf(bucket);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant ExpiryTimelineModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case PeriodColumn:
        return tr("Period");
    case TotalColumn:
        return tr("Expiring");
    case SoonColumn:
    case LaterColumn:
    case FarColumn:
        return urgencyLabel(Urgency(section - SoonColumn));
    case NamesColumn:
        return tr("Credentials of");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace latchkey
