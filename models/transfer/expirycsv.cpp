// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/expirycsv.h"

#include "models/core/wording.h"
#include "models/transfer/csv.h"
#include "models/transfer/stamp.h"

namespace latchkey::expirycsv {

using namespace Qt::StringLiterals;

namespace {

QString yesNo(bool yes)
{
    return yes ? u"yes"_s : u"no"_s;
}

QStringList cells(const ExpiryItem &item)
{
    const InstanceRecord &record = item.record;
    const ExpiryRecord &recorded = record.expiry;
    QStringList reasons;
    for (const HealthState state : item.health.reasons)
        reasons += wording::stateWord(state);
    const bool isToken = item.kind == ExpiryItem::Kind::ProfileToken;
    return {isToken ? u"profile_token"_s : u"credential"_s,
            wording::stateWord(item.health.worst),
            reasons.join(u' '),
            yesNo(item.due),
            stamp(item.expiry.at.utc),
            item.lastDay.toString(Qt::ISODate),
            wording::expirySourceWord(item.expiry.source),
            item.title(),
            record.instance.name,
            record.address.instanceId,
            record.instance.integrationName,
            record.profileName,
            record.endpointLabel,
            record.address.origin,
            record.credential.id,
            record.credential.expiresAt.raw,
            recorded.date.toString(Qt::ISODate),
            recorded.livesDays > 0 ? QString::number(recorded.livesDays) : QString(),
            stamp(labelledExpiry(record).utc),
            expiryLabelOf(record.instance),
            recorded.owner,
            recorded.note,
            stamp(record.checkedAt),
            yesNo(item.unchecked),
            record.lastProblem ? record.lastProblem->caption : QString()};
}

} // namespace

QByteArray toCsv(const ExpiryReport &report)
{
    QString text = csv::line({u"kind"_s,
                              u"state"_s,
                              u"reasons"_s,
                              u"due"_s,
                              u"expires_at"_s,
                              u"last_day"_s,
                              u"expiry_source"_s,
                              u"title"_s,
                              u"instance"_s,
                              u"instance_id"_s,
                              u"integration"_s,
                              u"profile"_s,
                              u"endpoint"_s,
                              u"origin"_s,
                              u"credential_id"_s,
                              u"konnect_expires_at"_s,
                              u"recorded_date"_s,
                              u"recorded_lives_days"_s,
                              u"labelled_expiry"_s,
                              u"label"_s,
                              u"owner"_s,
                              u"note"_s,
                              u"checked_at"_s,
                              u"unchecked"_s,
                              u"problem"_s});
    for (const ExpiryItem &item : report.items)
        text += csv::line(cells(item));
    return text.toUtf8();
}

} // namespace latchkey::expirycsv
