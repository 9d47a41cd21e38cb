// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/expiryjson.h"

#include "models/core/wording.h"
#include "models/transfer/stamp.h"

#include <QJsonArray>

#include <algorithm>

namespace latchkey::expiryjson {

using namespace Qt::StringLiterals;

namespace {

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue orNull(const QDate &day)
{
    return orNull(day.toString(Qt::ISODate));
}

QJsonValue orNull(const std::optional<Problem> &problem)
{
    if (!problem)
        return {};
    return QJsonObject{{u"category"_s, categoryWord(problem->category)},
                       {u"caption"_s, problem->caption},
                       {u"detail"_s, orNull(problem->detail)},
                       {u"trace_id"_s, orNull(problem->traceId)}};
}

QString verdictWord(ExpiryReport::Verdict verdict)
{
    switch (verdict) {
    case ExpiryReport::Verdict::InOrder:
        return u"in_order"_s;
    case ExpiryReport::Verdict::NothingChecked:
        return u"nothing_checked"_s;
    case ExpiryReport::Verdict::Expiring:
        return u"expiring"_s;
    case ExpiryReport::Verdict::Expired:
        return u"expired"_s;
    case ExpiryReport::Verdict::SomeUnchecked:
        return u"some_unchecked"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject countsJson(const ExpiryReport::Counts &counts)
{
    QJsonObject states;
    for (int state = 0; state < HealthStateCount; ++state)
        states.insert(wording::stateWord(static_cast<HealthState>(state)),
                      counts.states.at(static_cast<size_t>(state)));
    return {{u"checked"_s, counts.checked},
            {u"unchecked"_s, counts.unchecked},
            {u"no_known_expiry"_s, counts.noKnownExpiry},
            {u"due"_s, counts.due},
            {u"states"_s, states}};
}

QJsonObject recordedJson(const ExpiryRecord &recorded)
{
    return {{u"date"_s, orNull(recorded.date)},
            {u"credential_id"_s, orNull(recorded.credentialId)},
            {u"lives_days"_s, recorded.livesDays > 0 ? QJsonValue(recorded.livesDays) : QJsonValue()},
            {u"recorded_at"_s, orNull(stamp(recorded.recordedAt))}};
}

QJsonObject itemJson(const ExpiryItem &item, const QDateTime &now)
{
    const InstanceRecord &record = item.record;
    const IntegrationInstance &instance = record.instance;
    const bool isToken = item.kind == ExpiryItem::Kind::ProfileToken;
    QJsonArray reasons;
    for (const HealthState state : item.health.reasons)
        reasons.append(wording::stateWord(state));
    // An answer never comes from the future, whatever the clock did since.
    const QJsonValue age = record.checkedAt.isValid()
                               ? QJsonValue(std::max<qint64>(record.checkedAt.secsTo(now), 0))
                               : QJsonValue();
    return {{u"kind"_s, isToken ? u"profile_token"_s : u"credential"_s},
            {u"title"_s, item.title()},
            {u"profile"_s, record.profileName},
            {u"endpoint"_s, orNull(record.endpointLabel)},
            {u"origin"_s, orNull(record.address.origin)},
            {u"instance_id"_s, orNull(record.address.instanceId)},
            {u"instance"_s, orNull(instance.name)},
            {u"integration"_s, orNull(instance.integrationName)},
            {u"integration_display_name"_s, orNull(instance.integrationDisplayName)},
            {u"credential_id"_s, orNull(record.credential.id)},
            {u"credential_type"_s, orNull(record.credential.rawType)},
            {u"expires_at"_s, orNull(stamp(item.expiry.at.utc))},
            {u"last_day"_s, orNull(item.lastDay)},
            {u"expiry_source"_s, wording::expirySourceWord(item.expiry.source)},
            {u"konnect_expires_at"_s, orNull(record.credential.expiresAt.raw)},
            {u"labelled_expiry"_s, orNull(stamp(labelledExpiry(record).utc))},
            {u"label"_s, orNull(expiryLabelOf(instance))},
            {u"recorded"_s, record.expiry.hasExpiry() ? recordedJson(record.expiry) : QJsonValue()},
            {u"owner"_s, orNull(record.expiry.owner)},
            {u"note"_s, orNull(record.expiry.note)},
            {u"state"_s, wording::stateWord(item.health.worst)},
            {u"reasons"_s, reasons},
            {u"due"_s, item.due},
            {u"unchecked"_s, item.unchecked},
            {u"checked_at"_s, orNull(stamp(record.checkedAt))},
            {u"age_seconds"_s, age},
            {u"problem"_s, orNull(record.lastProblem)}};
}

QJsonObject endpointJson(const EndpointState &endpoint)
{
    return {{u"endpoint"_s, endpoint.endpointLabel},
            {u"origin"_s, endpoint.origin},
            {u"listed_at"_s, orNull(stamp(endpoint.listedAt))},
            {u"problem"_s, orNull(endpoint.problem ? endpoint.problem : endpoint.shortfall)}};
}

} // namespace

QJsonObject toJson(const ExpiryReport &report)
{
    QJsonArray items;
    for (const ExpiryItem &item : report.items)
        items.append(itemJson(item, report.at));
    QJsonArray unread;
    for (const EndpointState &endpoint : report.unread)
        unread.append(endpointJson(endpoint));
    const ExpiryReport::Question &question = report.question;
    return {{u"schema"_s, QString::fromUtf16(SchemaId)},
            {u"version"_s, Version},
            {u"generated_at"_s, stamp(report.at)},
            {u"within_days"_s, question.withinDays ? QJsonValue(*question.withinDays) : QJsonValue()},
            {u"strict"_s, question.strict},
            {u"verdict"_s, verdictWord(report.verdict)},
            {u"exit_code"_s, static_cast<int>(report.verdict)},
            {u"counts"_s, countsJson(report.counts)},
            {u"items"_s, items},
            {u"unread_endpoints"_s, unread}};
}

} // namespace latchkey::expiryjson
