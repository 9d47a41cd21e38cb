// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace latchkey {

/// HMAC-SHA-256 of one header's key under this machine's random fingerprint key: tells *same* from *changed*
/// without the key itself.
struct HeaderFingerprint
{
    QString header;
    QByteArray hmac;
    bool operator==(const HeaderFingerprint &) const = default;
};

/// One immutable set of header keys, or one token: exactly one entry (or one split entry) of the keychain.
struct KeyVersion
{
    enum class Purpose { Keys, Token };
    enum class State {
        Writing, ///< The row is durable, the entry may exist.
        Staged,  ///< Written and read back; belongs to a change under way.
        Current,
        Previous,
        Forgetting, ///< The entry is being removed.
        Forgotten,
        Unknown, ///< A newer Latchkey's word. Its entry is neither used nor removed.
    };

    QString id; ///< uuid; also the name of the keychain entry.
    Purpose purpose = Purpose::Keys;
    State state = State::Writing;
    QString origin;                        ///< Keys: of the instance. Token: the origins, joined by a space.
    QString instanceId;                    ///< Keys.
    QString instanceName;                  ///< Keys.
    QString profileId;                     ///< Token.
    QList<HeaderFingerprint> fingerprints; ///< In the order of the headers.
    QString credentialId; ///< The credential at Konnect that was made from it; empty until known.
    bool entered =
        false;           ///< The user entered it for that credential; Konnect cannot say whether it is right.
    QDateTime createdAt; ///< UTC
    QDateTime retiredAt; ///< UTC, when it became previous.
    bool operator==(const KeyVersion &) const = default;

    [[nodiscard]] QStringList headers() const;
};

[[nodiscard]] QString keyVersionStateWord(KeyVersion::State state);
[[nodiscard]] KeyVersion::State keyVersionStateFromWord(const QString &word);

} // namespace latchkey
