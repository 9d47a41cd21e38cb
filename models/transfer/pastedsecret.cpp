// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/pastedsecret.h"

#include "models/core/redactor.h"
#include "models/core/secret.h"

#include <QRegularExpression>

#include <algorithm>

namespace latchkey::pastedsecret {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestName = 64;
constexpr int LongestRun = 16;
constexpr int FewDigits = 3;
constexpr qsizetype UuidLength = 36;

/// A long run of letters and digits with several digits in it: keys are like that, and words are not.
bool isMixedLikeAKey(const QString &name)
{
    int run = 0;
    int digits = 0;
    for (const QChar character : name) {
        if (!character.isLetterOrNumber()) {
            run = digits = 0;
            continue;
        }
        ++run;
        digits += character.isDigit() ? 1 : 0;
        if (run >= LongestRun && digits >= FewDigits)
            return true;
    }
    return false;
}

bool hasUuid(const QString &name)
{
    if (name.size() < UuidLength)
        return false;
    static const QRegularExpression uuid(u"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"_s);
    return uuid.match(name).hasMatch();
}

} // namespace

bool looksLikeOne(const QString &text)
{
    // What the Redactor finds holds one of these; most texts do not, and are not copied.
    if (!text.contains("pat_"_L1) && !text.contains(u'"') && !text.contains("bearer"_L1, Qt::CaseInsensitive))
        return false;
    // Words about such keys are none: “bearer authentication”.
    static const QRegularExpression words(u"\\b[Bb]earer\\s+(?=[a-z]{8,20}(?:[\\s.,;:!?)]|$))"_s);
    QString rest(text.constData(), text.size()); // Wiped, and so not shared.
    rest.remove(words);
    static const Redactor byStructure;
    const bool isOne = byStructure.redact(rest) != rest;
    wipe(rest);
    return isOne;
}

bool isMemberForOne(QByteArrayView name)
{
    static constexpr QByteArrayView made[] = {"key",      "token",      "secret",       "value",
                                              "password", "passphrase", "api_key",      "apikey",
                                              "api-key",  "access_key", "access_token", "client_secret"};
    if (name.startsWith("x-"))
        name = name.sliced(2);
    return std::ranges::any_of(
        made, [name](QByteArrayView one) { return one.compare(name, Qt::CaseInsensitive) == 0; });
}

bool isNameLikeAKey(const QString &name)
{
    return isMixedLikeAKey(name) || hasUuid(name) || looksLikeOne(name);
}

bool isNameInDoubt(const QString &name)
{
    return name.size() > LongestName || isNameLikeAKey(name);
}

} // namespace latchkey::pastedsecret
