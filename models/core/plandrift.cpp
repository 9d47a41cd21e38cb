// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/plandrift.h"

#include "models/core/wording.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::PlanDrift)
};

using State = DriftRow::State;

bool isSameInstance(const InstanceAddress &one, const InstanceAddress &other)
{
    return one.origin == other.origin && one.instanceId == other.instanceId;
}

QString movedCredential(const QString &before, const QString &now)
{
    if (before.isEmpty())
        return Text::tr("It had no credential; now it has %1.").arg(now);
    if (now.isEmpty())
        return Text::tr("Its credential %1 is gone.").arg(before);
    return Text::tr("Its credential was %1; now it is %2.").arg(before, now);
}

/// The row's header of this name; null for none.
const PlannedHeader *headerIn(const PlanRow &row, const QString &name)
{
    const auto found =
        std::find_if(row.headers.cbegin(), row.headers.cend(), [&name](const PlannedHeader &header) {
            return header.name.compare(name, Qt::CaseInsensitive) == 0;
        });
    return found == row.headers.cend() ? nullptr : &*found;
}

/// A header whose key was the same and is another one now, or the other way round; empty for none.
QString turnedHeader(const PlanRow &planned, const PlanRow &now)
{
    for (const PlannedHeader &header : planned.headers) {
        const PlannedHeader *same = headerIn(now, header.name);
        if (same == nullptr || same->comparison == header.comparison)
            continue;
        if (header.comparison != KeyComparison::NotKnown && same->comparison != KeyComparison::NotKnown)
            return header.name;
    }
    return {};
}

/// Nothing would be done any more, because it is so already.
bool isAsWanted(const PlanRow &planned, const PlanRow &now)
{
    if (now.action != PlanAction::Keep)
        return false;
    switch (planned.action) {
    case PlanAction::Keep:
        return !now.recordsExpiry || planned.credentialId == now.credentialId;
    case PlanAction::Delete:
        return now.credentialId.isEmpty();
    case PlanAction::Create:
    case PlanAction::Replace:
        // The keys that are at hand may have become those of the credential that was to go.
        if (planned.credentialId == now.credentialId)
            return false;
        [[fallthrough]];
    case PlanAction::Adopt:
        return std::all_of(now.headers.cbegin(), now.headers.cend(), [](const PlannedHeader &header) {
            return header.comparison == KeyComparison::Same;
        });
    case PlanAction::Blocked:
        return false;
    }
    return false;
}

/// What is different; empty where it still means the same.
QString difference(const PlanRow &planned, const PlanRow &now)
{
    if (planned.address.isNull() && planned.action != PlanAction::Blocked)
        return Text::tr("The plan does not say which instance it was made for.");
    if (!planned.address.isNull() && !isSameInstance(planned.address, now.address))
        return now.address.isNull() ? now.reason
                                    : Text::tr("It is another instance now: %1.").arg(now.address.instanceId);
    if (planned.action == PlanAction::Blocked && now.action == PlanAction::Blocked)
        return {};
    if (now.action == PlanAction::Blocked)
        return now.reason;
    const bool isOfCredential = planned.action != PlanAction::Keep || now.recordsExpiry;
    if (isOfCredential && planned.credentialId != now.credentialId)
        return movedCredential(planned.credentialId, now.credentialId);
    if (planned.action != now.action)
        return Text::tr("It was planned as “%1”; now it would be “%2”.")
            .arg(wording::planActionLabel(planned.action), wording::planActionLabel(now.action));
    if (const QString header = turnedHeader(planned, now); !header.isEmpty())
        return Text::tr("The key of %1 that is at hand is another one than when this was planned.")
            .arg(header);
    if (planned.wayBack && !now.wayBack)
        return Text::tr(
            "The keys of its present credential are not kept here any more: there would be no way back.");
    return {};
}

/// Keys were at hand when it was planned, as some that were typed, and are not by now: so nothing speaks for
/// touching the credential, and nothing else has changed.
bool awaitsItsKeys(const PlanRow &planned, const PlanRow &now)
{
    if ((planned.action != PlanAction::Replace && planned.action != PlanAction::Adopt) ||
        now.action != PlanAction::Keep || !isSameInstance(planned.address, now.address) ||
        planned.credentialId != now.credentialId)
        return false;
    return std::any_of(now.headers.cbegin(), now.headers.cend(), [&planned](const PlannedHeader &header) {
        const PlannedHeader *before = headerIn(planned, header.name);
        return !header.isGiven && before != nullptr && before->isGiven;
    });
}

/// What was planned, with its keys still to be supplied: what they are is compared when they are.
PlanRow awaitingKeys(const PlanRow &planned, PlanRow now)
{
    now.action = planned.action;
    now.recordsExpiry = planned.recordsExpiry;
    now.needsTypedName = planned.needsTypedName;
    now.wayBack = planned.wayBack;
    return now;
}

DriftRow rowOf(const PlanRow &planned, const PlanRow &now)
{
    if (awaitsItsKeys(planned, now))
        return {State::GoesOn, awaitingKeys(planned, now), {}};
    if (isAsWanted(planned, now))
        return {State::AsWanted, now, {}};
    const QString what = difference(planned, now);
    if (what.isEmpty())
        return {State::GoesOn, now, {}};
    return {State::Moved, now, what};
}

} // namespace

QList<DriftRow> driftOf(const Plan &planned, const Plan &fresh)
{
    QHash<QStringList, const PlanRow *> now;
    for (const PlanRow &row : fresh.rows)
        now.insert(row.place(), &row);
    QList<DriftRow> rows;
    rows.reserve(planned.rows.size());
    for (const PlanRow &row : planned.rows) {
        if (const PlanRow *same = now.value(row.place()))
            rows << rowOf(row, *same);
        else
            rows << DriftRow{State::Moved, row, Text::tr("The document does not have it any more.")};
    }
    return rows;
}

} // namespace latchkey
