// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/historyexport.h"

#include "models/transfer/csv.h"
#include "models/transfer/stamp.h"

#include <QJsonObject>
#include <QStringList>

namespace latchkey::historyexport {

using namespace Qt::StringLiterals;

namespace {

/// `prepared 0 ms, deleting 41 ms, …`: since the phase before.
QString steps(const QList<ChangePhaseEntry> &phases)
{
    QStringList texts;
    QDateTime before;
    for (const ChangePhaseEntry &entry : phases) {
        const qint64 took = before.isValid() ? before.msecsTo(entry.at) : 0;
        texts += u"%1 %2 ms"_s.arg(changePhaseWord(entry.phase)).arg(took);
        before = entry.at;
    }
    return texts.join(u", "_s);
}

} // namespace

QByteArray toCsv(const QList<HistoryEntry> &entries)
{
    QString text =
        csv::line({u"number"_s, u"time"_s, u"kind"_s, u"phase"_s, u"profile"_s, u"origin"_s, u"instance"_s,
                   u"instance_id"_s, u"integration"_s, u"old_credential"_s, u"new_credential"_s, u"gap_ms"_s,
                   u"steps"_s, u"undoes"_s, u"problem"_s, u"trace_id"_s});
    for (const HistoryEntry &entry : entries) {
        const Change &change = entry.change;
        const Problem problem = change.problem.value_or(Problem());
        text += csv::line({QString::number(entry.number), stamp(entry.at), changeKindWord(change.kind),
                           changePhaseWord(change.phase), change.profileName, change.address.origin,
                           change.instanceName, change.address.instanceId, change.integrationName,
                           change.oldCredentialId, change.newCredentialId,
                           change.gapMs ? QString::number(*change.gapMs) : QString(), steps(entry.phases),
                           change.undoes, problem.caption, problem.traceId});
    }
    return text.toUtf8();
}

QJsonArray toJson(const QList<HistoryEntry> &entries)
{
    QJsonArray array;
    for (const HistoryEntry &entry : entries) {
        const Change &change = entry.change;
        QJsonArray phases;
        for (const ChangePhaseEntry &phase : entry.phases)
            phases.append(
                QJsonObject{{u"phase"_s, changePhaseWord(phase.phase)}, {u"at"_s, stamp(phase.at)}});
        QJsonObject object{{u"number"_s, entry.number},
                           {u"time"_s, stamp(entry.at)},
                           {u"change"_s, change.id},
                           {u"kind"_s, changeKindWord(change.kind)},
                           {u"phase"_s, changePhaseWord(change.phase)},
                           {u"profile"_s, change.profileName},
                           {u"origin"_s, change.address.origin},
                           {u"instance"_s, change.instanceName},
                           {u"instance_id"_s, change.address.instanceId},
                           {u"integration"_s, change.integrationName},
                           {u"old_credential"_s, change.oldCredentialId},
                           {u"new_credential"_s, change.newCredentialId},
                           {u"undoes"_s, change.undoes},
                           {u"phases"_s, phases}};
        if (change.gapMs)
            object.insert(u"gap_ms"_s, *change.gapMs);
        if (change.problem) {
            object.insert(u"problem"_s, QJsonObject{{u"category"_s, categoryWord(change.problem->category)},
                                                    {u"caption"_s, change.problem->caption},
                                                    {u"detail"_s, change.problem->detail},
                                                    {u"trace_id"_s, change.problem->traceId}});
        }
        array.append(object);
    }
    return array;
}

} // namespace latchkey::historyexport
