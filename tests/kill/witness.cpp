// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kill/witness.h"

#include "app/session/session.h"
#include "models/core/keyoverview.h"
#include "models/services/credentialchanges.h"
#include "models/services/history.h"
#include "models/services/keyvault.h"
#include "models/storage/changejournal.h"

#include <QJsonArray>

#include <algorithm>

namespace latchkey::test {

using namespace Qt::StringLiterals;

namespace {

QJsonArray words(const QList<ChangePhaseEntry> &phases)
{
    QJsonArray array;
    for (const ChangePhaseEntry &entry : phases)
        array.append(changePhaseWord(entry.phase));
    return array;
}

/// Only what can be read is kept.
QCoro::Task<QJsonArray> kept(Session *session)
{
    QJsonArray array;
    const Outcome<QList<KeptVersion>> rows = co_await session->vault().keptVersions();
    const QList<KeptVersion> versions = rows ? rows.value() : QList<KeptVersion>();
    for (const KeptVersion &each : versions) {
        const KeyVersion version = each.version;
        const InstanceAddress address{version.profileId, version.origin, version.instanceId};
        const Outcome<HeaderKeys> keys = co_await session->vault().keys(version.id, address);
        if (!keys || keys.value().empty())
            continue;
        array.append(QJsonObject{{u"instance"_s, version.instanceName},
                                 {u"state"_s, keyVersionStateWord(version.state)},
                                 {u"credential"_s, version.credentialId},
                                 {u"key"_s, QString::fromUtf8(keys.value().front().key.reveal())}});
    }
    co_return array;
}

QCoro::Task<QJsonArray> changes(Session *session)
{
    QJsonArray array;
    constexpr int all = 1000;
    const Outcome<QList<Change>> rows = co_await session->journal().recent(all);
    const Outcome<QList<Change>> unfinished = co_await session->changes().unfinished();
    const Outcome<QList<HistoryEntry>> entries = co_await session->history().entries();
    if (!rows || !unfinished || !entries)
        co_return array;
    const QList<HistoryEntry> told = entries.value(); // Newest first.
    const QList<Change> listed = unfinished.value();
    const QList<Change> known = rows.value();
    for (const Change &change : known) {
        const QString id = change.id;
        const Outcome<QList<ChangePhaseEntry>> phases = co_await session->journal().phases(id);
        QJsonObject object{{u"id"_s, id},
                           {u"instance"_s, change.instanceName},
                           {u"kind"_s, changeKindWord(change.kind)},
                           {u"phase"_s, changePhaseWord(change.phase)},
                           {u"undoes"_s, change.undoes},
                           {u"ended"_s, isFinal(change.kind, change.phase)}};
        object.insert(u"listed"_s, std::ranges::find(listed, id, &Change::id) != listed.end());
        if (phases)
            object.insert(u"phases"_s, words(phases.value()));
        const auto last =
            std::ranges::find(told, id, [](const HistoryEntry &entry) { return entry.change.id; });
        if (last != told.end()) {
            object.insert(u"told phase"_s, changePhaseWord(last->change.phase));
            object.insert(u"told phases"_s, words(last->phases));
        }
        array.append(object);
    }
    co_return array;
}

} // namespace

QCoro::Task<QJsonObject> testify(Session *session)
{
    QJsonObject told;
    const QJsonArray keys = co_await kept(session);
    const QJsonArray rows = co_await changes(session);
    told.insert(u"kept"_s, keys);
    told.insert(u"changes"_s, rows);
    // Last, as it repairs.
    const Outcome<HistoryReport> report = co_await session->history().verify();
    if (report) {
        const bool sound = report.value().isSound() && report.value().unsealed == 0;
        told.insert(u"history"_s, sound ? u"sound"_s : report.value().toText());
    }
    co_return told;
}

} // namespace latchkey::test
