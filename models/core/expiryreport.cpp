// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/expiryreport.h"

#include "models/core/wording.h"

#include <QSet>

#include <algorithm>
#include <tuple>

namespace latchkey {

namespace {

using Verdict = ExpiryReport::Verdict;

InstanceRecord recordOf(const Profile &profile)
{
    InstanceRecord record;
    record.address.profileId = profile.id;
    record.profileName = profile.name;
    record.profileColour = profile.colour;
    record.production = profile.production;
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.expiry.date = profile.tokenExpires;
    return record;
}

/// Invalid where it counts from the creation, or Konnect said a moment.
QDate lastDayOf(const InstanceRecord &record, const Expiry &expiry)
{
    QDate day;
    if (expiry.source == Expiry::Source::Recorded)
        day = record.expiry.date;
    else if (expiry.source == Expiry::Source::Label)
        day = dateFromText(expiryLabelOf(record.instance));
    return day.isValid() && endOfDay(day).utc == expiry.at.utc ? day : QDate();
}

bool isOver(const Health &health)
{
    return health.has(HealthState::MustBeReplaced) || health.has(HealthState::Expired);
}

bool isDue(const ExpiryItem &item, const ExpiryReport::Question &question, const QDateTime &now)
{
    const Health &health = item.health;
    if (isOver(health))
        return true;
    if (question.strict && (health.has(HealthState::NoKnownExpiry) || health.has(HealthState::NoCredential) ||
                            health.has(HealthState::MissingPermissions)))
        return true;
    if (question.withinDays)
        return item.expiry.isKnown() && Threshold{*question.withinDays}.before(item.expiry.at.utc, {}) <= now;
    return health.has(HealthState::ExpiringSoon) || health.has(HealthState::ExpiringLater);
}

ExpiryItem itemOf(const InstanceRecord &record, const ExpiryReport::Sources &sources,
                  const ExpiryReport::Question &question, const QDateTime &now)
{
    ExpiryItem item;
    item.record = record;
    item.health = assess(record, now, sources.rules);
    item.expiry = expiryOf(record);
    item.lastDay = lastDayOf(record, item.expiry);
    item.due = isDue(item, question, now);
    return item;
}

/// Until when something has to be done; invalid where nobody knows.
QDateTime deadline(const ExpiryItem &item, const QDateTime &now)
{
    if (item.expiry.isKnown())
        return item.expiry.at.utc;
    return item.health.has(HealthState::MustBeReplaced) ? now : QDateTime();
}

void sort(QList<ExpiryItem> &items, const QDateTime &now)
{
    std::sort(items.begin(), items.end(), [&now](const ExpiryItem &a, const ExpiryItem &b) {
        const QDateTime left = deadline(a, now);
        const QDateTime right = deadline(b, now);
        if (left.isValid() != right.isValid())
            return left.isValid();
        if (left != right)
            return left < right;
        const QString leftTitle = a.title();
        const QString rightTitle = b.title();
        const InstanceAddress &one = a.record.address;
        const InstanceAddress &other = b.record.address;
        return std::tie(a.health.worst, leftTitle, one.instanceId, one.origin, one.profileId) <
               std::tie(b.health.worst, rightTitle, other.instanceId, other.origin, other.profileId);
    });
}

bool isUnread(const EndpointState &endpoint)
{
    return endpoint.problem || endpoint.shortfall || !endpoint.listedAt.isValid();
}

Verdict judge(const ExpiryReport &report, bool isAnythingOver, bool isAnyEndpointRead)
{
    const ExpiryReport::Counts &counts = report.counts;
    if (counts.checked == 0 && (counts.unchecked > 0 || !isAnyEndpointRead))
        return Verdict::NothingChecked;
    if (isAnythingOver)
        return Verdict::Expired;
    if (counts.due > 0)
        return Verdict::Expiring;
    return counts.unchecked > 0 || !report.unread.isEmpty() ? Verdict::SomeUnchecked : Verdict::InOrder;
}

} // namespace

QString ExpiryItem::title() const
{
    return kind == Kind::ProfileToken ? wording::profileToken(record.profileName) : record.instance.title();
}

ExpiryReport ExpiryReport::of(const Sources &sources, const Question &question, const QDateTime &now)
{
    ExpiryReport report;
    report.at = now;
    report.question = question;
    const auto isAsked = [&question](const QString &profileId) {
        return question.profileId.isEmpty() || question.profileId == profileId;
    };
    bool isAnythingOver = false;
    const auto take = [&](const ExpiryItem &item) {
        report.counts.due += item.due ? 1 : 0;
        isAnythingOver = isAnythingOver || isOver(item.health);
        if (!question.withinDays || item.due || item.unchecked)
            report.items += item;
    };

    QSet<QString> inDoubt; // What their tokens see is not shown, and what was known is not read.
    for (const Profile &profile : sources.profiles) {
        if (profile.organizationInDoubt)
            inDoubt.insert(profile.id);
        if (!isAsked(profile.id) || !profile.tokenExpires.isValid())
            continue;
        ExpiryItem item = itemOf(recordOf(profile), sources, question, now);
        item.kind = ExpiryItem::Kind::ProfileToken;
        take(item);
    }
    for (const InstanceRecord &record : sources.records) {
        if (!isAsked(record.address.profileId))
            continue;
        ExpiryItem item = itemOf(record, sources, question, now);
        ++report.counts.states.at(static_cast<size_t>(item.health.worst));
        if (record.builtIn)
            continue;
        item.unchecked = record.knowledge == InstanceRecord::Knowledge::NotChecked || record.lastProblem ||
                         inDoubt.contains(record.address.profileId);
        ++(item.unchecked ? report.counts.unchecked : report.counts.checked);
        report.counts.noKnownExpiry += item.health.has(HealthState::NoKnownExpiry) ? 1 : 0;
        take(item);
    }
    bool isAnyEndpointRead = false;
    for (const EndpointState &endpoint : sources.endpoints) {
        if (!isAsked(endpoint.profileId))
            continue;
        if (isUnread(endpoint) || inDoubt.contains(endpoint.profileId))
            report.unread += endpoint;
        else
            isAnyEndpointRead = true;
    }
    sort(report.items, now);
    report.verdict = judge(report, isAnythingOver, isAnyEndpointRead);
    return report;
}

} // namespace latchkey
