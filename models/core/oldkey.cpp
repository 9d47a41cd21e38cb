// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/oldkey.h"

#include <QSet>

#include <utility>

namespace latchkey {

namespace {

using Instance = std::pair<QString, QString>; // Origin and instance id.
using Users = QHash<QByteArray, QSet<Instance>>;

Instance instanceOf(const Change &change)
{
    return {change.address.origin, change.address.instanceId};
}

/// Which keys are Konnect's now, or may be after a change that has not ended, by their fingerprints.
Users usersOf(const QList<KeyVersion> &versions, const QList<Change> &unfinished)
{
    QSet<QString> named;
    for (const Change &change : unfinished)
        named << change.stagedVersion << change.previousVersion;
    Users users;
    for (const KeyVersion &version : versions) {
        if (version.purpose != KeyVersion::Purpose::Keys ||
            (version.state != KeyVersion::State::Current && !named.contains(version.id)))
            continue;
        for (const HeaderFingerprint &fingerprint : version.fingerprints)
            users[fingerprint.hmac].insert({version.origin, version.instanceId});
    }
    users.remove({}); // Of a row whose keys nobody has read yet.
    return users;
}

} // namespace

InstanceAddress OldKey::key() const
{
    return {replacement.address.profileId, replacement.address.origin, replacement.id};
}

QList<OldKey> oldKeysOf(const QList<Change> &replacements, const QList<Change> &unfinished,
                        const QList<KeyVersion> &versions, const QHash<QString, QDateTime> &revoked)
{
    const Users users = usersOf(versions, unfinished);
    QHash<QString, KeyVersion> byId;
    for (const KeyVersion &version : versions)
        byId.insert(version.id, version);
    QList<OldKey> result;
    for (const Change &change : replacements) {
        // "The old key" would be the newer one. Whoever revokes the other one by mistake cuts the instance
        // off, and a key that had to be taken back is mostly one that never worked.
        const auto staged = byId.constFind(change.stagedVersion);
        const bool isWayBack =
            !change.undoes.isEmpty() || (staged != byId.cend() && staged->createdAt < change.startedAt);
        if (isWayBack)
            continue;
        // One header's key may have stayed as it was. Keys that are not known here count as one that went.
        const QList<HeaderFingerprint> old = byId.value(change.previousVersion).fingerprints;
        bool went = old.isEmpty();
        QSet<Instance> others;
        for (const HeaderFingerprint &fingerprint : old) {
            const QSet<Instance> having = users.value(fingerprint.hmac);
            if (having.contains(instanceOf(change)))
                continue;
            went = true;
            others |= having;
        }
        if (went)
            result.append({change, static_cast<int>(others.size()), revoked.value(change.id), {}});
    }
    return result;
}

} // namespace latchkey
