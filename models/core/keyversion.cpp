// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/keyversion.h"

#include <QStringList>

namespace latchkey {

using namespace Qt::StringLiterals;

QStringList KeyVersion::headers() const
{
    QStringList names;
    names.reserve(fingerprints.size());
    for (const HeaderFingerprint &fingerprint : fingerprints)
        names << fingerprint.header;
    return names;
}

QString keyVersionStateWord(KeyVersion::State state)
{
    switch (state) {
    case KeyVersion::State::Writing:
        return u"writing"_s;
    case KeyVersion::State::Staged:
        return u"staged"_s;
    case KeyVersion::State::Current:
        return u"current"_s;
    case KeyVersion::State::Previous:
        return u"previous"_s;
    case KeyVersion::State::Forgetting:
        return u"forgetting"_s;
    case KeyVersion::State::Forgotten:
        return u"forgotten"_s;
    case KeyVersion::State::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

KeyVersion::State keyVersionStateFromWord(const QString &word)
{
    using State = KeyVersion::State;
    for (const State state : {State::Writing, State::Staged, State::Current, State::Previous,
                              State::Forgetting, State::Forgotten}) {
        if (keyVersionStateWord(state) == word)
            return state;
    }
    return State::Unknown;
}

} // namespace latchkey
