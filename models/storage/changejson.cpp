// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/changejson.h"

#include "models/storage/recordjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace latchkey::changejson {

namespace {

QString stamp(const QDateTime &moment)
{
    return moment.isValid() ? moment.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime moment(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

} // namespace

QByteArray write(const Change &change, const QList<ChangePhaseEntry> &phases)
{
    QJsonArray steps;
    for (const ChangePhaseEntry &entry : phases)
        steps.append(QJsonObject{{u"phase"_s, changePhaseWord(entry.phase)}, {u"at"_s, stamp(entry.at)}});
    QJsonObject object{{u"id"_s, change.id},
                       {u"kind"_s, changeKindWord(change.kind)},
                       {u"phase"_s, changePhaseWord(change.phase)},
                       {u"profile_id"_s, change.address.profileId},
                       {u"origin"_s, change.address.origin},
                       {u"instance_id"_s, change.address.instanceId},
                       {u"profile"_s, change.profileName},
                       {u"instance"_s, change.instanceName},
                       {u"title"_s, change.instanceTitle},
                       {u"integration"_s, change.integrationName},
                       {u"type"_s, credentialTypeWord(change.type)},
                       {u"old_credential"_s, change.oldCredentialId},
                       {u"new_credential"_s, change.newCredentialId},
                       {u"new_keys"_s, change.stagedVersion},
                       {u"old_keys"_s, change.previousVersion},
                       {u"old_role_arn"_s, change.previousRoleArn},
                       {u"role_arn"_s, change.roleArn},
                       {u"undoes"_s, change.undoes},
                       {u"attempts"_s, change.postAttempts},
                       {u"probably_ours"_s, change.probablyOurs},
                       {u"started_at"_s, stamp(change.startedAt)},
                       {u"updated_at"_s, stamp(change.updatedAt)},
                       {u"problem"_s, recordjson::write(change.problem)},
                       {u"phases"_s, steps}};
    if (change.gapMs)
        object.insert(u"gap_ms"_s, *change.gapMs);
    if (!change.run.isEmpty())
        object.insert(u"run"_s, change.run);
    if (change.expires.isValid())
        object.insert(u"expires"_s, change.expires.toString(Qt::ISODate));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<HistoryEntry> read(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const auto text = [&object](QStringView name) { return object.value(name).toString(); };
    const std::optional<ChangeKind> kind = changeKindFromWord(text(u"kind"));
    const std::optional<ChangePhase> phase = changePhaseFromWord(text(u"phase"));
    if (!kind || !phase)
        return std::nullopt;
    HistoryEntry entry;
    Change &change = entry.change;
    change.id = text(u"id");
    change.kind = *kind;
    change.phase = *phase;
    change.address = {text(u"profile_id"), text(u"origin"), text(u"instance_id")};
    change.profileName = text(u"profile");
    change.instanceName = text(u"instance");
    change.instanceTitle = text(u"title");
    change.integrationName = text(u"integration");
    change.type = credentialTypeFromWord(text(u"type"));
    change.oldCredentialId = text(u"old_credential");
    change.newCredentialId = text(u"new_credential");
    change.stagedVersion = text(u"new_keys");
    change.previousVersion = text(u"old_keys");
    change.previousRoleArn = text(u"old_role_arn");
    change.roleArn = text(u"role_arn");
    change.undoes = text(u"undoes");
    change.run = text(u"run");
    change.expires = dateFromText(text(u"expires"));
    change.postAttempts = object.value(u"attempts").toInt();
    change.probablyOurs = object.value(u"probably_ours").toBool();
    change.startedAt = moment(object.value(u"started_at"));
    change.updatedAt = moment(object.value(u"updated_at"));
    change.problem = recordjson::readProblem(text(u"problem"));
    if (object.contains(u"gap_ms"))
        change.gapMs = object.value(u"gap_ms").toInteger();
    const QJsonArray steps = object.value(u"phases").toArray();
    for (const QJsonValue &step : steps) {
        if (const auto each = changePhaseFromWord(step[u"phase"].toString()))
            entry.phases.append({*each, moment(step[u"at"])});
    }
    entry.at = change.updatedAt;
    return entry;
}

} // namespace latchkey::changejson
