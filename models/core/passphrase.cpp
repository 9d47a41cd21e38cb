// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/passphrase.h"

#include <QCoreApplication>

#include <algorithm>
#include <bitset>
#include <cstdlib>

namespace latchkey {

namespace {

constexpr int longPassphrase = 20;
constexpr int fewestDifferent = 6;
constexpr int fewestTurns = 8;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::Passphrase)
};

} // namespace

PassphraseVerdict judgePassphrase(const Secret &passphrase)
{
    // Byte by byte, so that no copy of it is made.
    int characters = 0;
    int turns = 0; // Bytes that are neither the one before nor its neighbour in the alphabet.
    int before = -2;
    std::bitset<256> seen;
    const QByteArrayView bytes = passphrase.reveal();
    for (const char each : bytes) {
        const int byte = static_cast<unsigned char>(each);
        const bool continuesCharacter = (byte & 0xc0) == 0x80;
        characters += continuesCharacter ? 0 : 1;
        turns += std::abs(byte - before) > 1 ? 1 : 0;
        seen.set(static_cast<size_t>(byte));
        before = byte;
    }
    const auto different = static_cast<int>(seen.count());
    if (characters < ShortestPassphrase)
        return PassphraseVerdict::TooShort;
    if (different < fewestDifferent || turns < fewestTurns)
        return PassphraseVerdict::TooEven;
    const bool isLong =
        characters >= longPassphrase && turns >= longPassphrase / 2 && different > fewestDifferent;
    return isLong ? PassphraseVerdict::Long : PassphraseVerdict::Fair;
}

bool isRefused(PassphraseVerdict verdict)
{
    return verdict == PassphraseVerdict::TooShort || verdict == PassphraseVerdict::TooEven;
}

QString passphraseHint(PassphraseVerdict verdict)
{
    switch (verdict) {
    case PassphraseVerdict::TooShort:
        return Text::tr("The passphrase is too short: at least %n characters, or better five words that have "
                        "nothing to do with each other.",
                        nullptr, ShortestPassphrase);
    case PassphraseVerdict::TooEven:
        return Text::tr("The passphrase repeats itself or counts up: it would be guessed. Take five words "
                        "that have nothing to do with each other.");
    case PassphraseVerdict::Fair:
        return Text::tr("The passphrase is long enough to be taken, not to be safe: a name, a date or a "
                        "known word in it is guessed soon. Five words drawn by lot are better.");
    case PassphraseVerdict::Long:
        return Text::tr("The passphrase is long. Whether it can be guessed, nobody here can tell: words "
                        "drawn by lot cannot, a line of a song can.");
    }
    return {};
}

} // namespace latchkey
