// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/expirytimelinemodel.h"

#include "models/core/wording.h"
#include "models/items/recount.h"

#include <QLocale>

#include <algorithm>

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

/// The day that somebody wrote down; invalid where a moment counts. Such a day ends when it has ended
/// everywhere: on the next one, here.
QDate writtenDay(const InstanceRecord &record, const Expiry &expiry)
{
    const bool isDay = expiry.source == Expiry::Source::Label || (expiry.source == Expiry::Source::Recorded &&
                                                                  expiry.at == endOfDay(record.expiry.date));
    return isDay ? expiry.at.utc.date().addDays(-1) : QDate();
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
    const QDate written = writtenDay(record, expiry);
    return written.isValid() ? written : expiry.at.utc.toTimeZone(zone).date();
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
    // A conversion between zones takes longer than all the rest: one a bucket instead of one a row.
    std::vector<qint64> begins;
    begins.reserve(buckets.size());
    for (const TimelineBucket &bucket : buckets)
        begins.push_back(bucket.key.startOfDay(m_zone).toMSecsSinceEpoch());
    const qint64 end = buckets.back().until.addDays(1).startOfDay(m_zone).toMSecsSinceEpoch();
    const auto bucketOf = [&](qint64 moment) {
        return std::ranges::upper_bound(begins, moment) - begins.cbegin() - 1;
    };
    const int step = m_days > MostDays ? Week : 1;
    struct Ending
    {
        qint64 at;
        int row; ///< Of the instances.
        qint64 bucket;
    };
    std::vector<Ending> endings;
    for (int row = 0; row < m_instances.rowCount(); ++row) {
        if (m_instances.health(row).has(HealthState::Expired))
            continue;
        const InstanceRecord &record = *m_instances.record(row);
        const Expiry expiry = expiryOf(record);
        if (!expiry.isKnown())
            continue;
        const qint64 moment = expiry.at.utc.toMSecsSinceEpoch();
        const QDate day = writtenDay(record, expiry);
        if (day.isValid() ? day > buckets.back().until : moment >= end)
            continue;
        // What was recorded for yesterday still works somewhere: it counts as today.
        const qint64 bucket = day.isValid() ? today.daysTo(day) / step : bucketOf(moment);
        endings.push_back({moment, row, qMax<qint64>(bucket, 0)});
    }
    std::ranges::sort(endings, {}, [](const Ending &ending) { return std::pair(ending.at, ending.row); });
    m_total = static_cast<int>(endings.size());
    m_largest = 0;
    for (const Ending &ending : endings) {
        TimelineBucket &bucket = buckets[static_cast<size_t>(ending.bucket)];
        ++bucket.counts[static_cast<size_t>(urgencyOf(m_instances.health(ending.row)))];
        if (bucket.names.size() < TimelineBucket::NamesShown)
            bucket.names << m_instances.record(ending.row)->instance.title();
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
