// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/keyoverview.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::KeyOverview)
};

QString stateOfRow(const KeptVersion &kept)
{
    switch (kept.version.state) {
    case KeyVersion::State::Writing:
        return Text::tr("being written");
    case KeyVersion::State::Staged:
        return kept.loose ? Text::tr("staged, no change needs it") : Text::tr("staged for a change");
    case KeyVersion::State::Current:
        return Text::tr("current");
    case KeyVersion::State::Previous:
        return kept.needed ? Text::tr("previous, a change needs it") : Text::tr("previous");
    case KeyVersion::State::Forgetting:
        return Text::tr("being removed");
    case KeyVersion::State::Forgotten:
        return Text::tr("removed");
    case KeyVersion::State::Unknown:
        break;
    }
    return Text::tr("written by a newer Latchkey");
}

} // namespace

QDateTime KeptVersion::goesAt(int retentionDays) const
{
    if (version.state != KeyVersion::State::Previous || needed || !supersededAt.isValid())
        return {};
    return supersededAt.addDays(retentionDays);
}

EarlierKeys earlierKeys(const QList<KeptVersion> &kept, int retentionDays, const QDateTime &now)
{
    EarlierKeys earlier;
    for (const KeptVersion &each : kept) {
        if (each.version.state != KeyVersion::State::Previous)
            continue;
        ++earlier.count;
        const QDateTime goes = each.goesAt(retentionDays);
        if (goes.isValid() && goes <= now)
            ++earlier.due;
        if (!earlier.oldest.isValid() || each.version.createdAt < earlier.oldest)
            earlier.oldest = each.version.createdAt;
    }
    return earlier;
}

QString stateText(const KeptVersion &kept)
{
    QString text = stateOfRow(kept);
    if (kept.entryMissing)
        text += u"; "_s + Text::tr("the keychain does not have it");
    return text;
}

} // namespace latchkey
