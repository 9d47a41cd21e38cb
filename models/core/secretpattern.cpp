// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/secretpattern.h"

#include <QChar>
#include <QString>

#include <algorithm>

namespace latchkey {

namespace {

constexpr QByteArrayView Replacement = "[redacted]";

/// How many bytes of a text stand for how many bytes of a secret; 0 for no match.
struct Step
{
    qsizetype text = 0;
    qsizetype secret = 0;
};

using Spelling = Step (*)(QByteArrayView text, QByteArrayView secret);

/// -1 where `text` does not begin with `digits` hexadecimal digits.
int hexAt(QByteArrayView text, qsizetype digits)
{
    if (text.size() < digits)
        return -1;
    int value = 0;
    for (const char c : text.first(digits)) {
        const char lower = static_cast<char>(c | 0x20);
        if (c >= '0' && c <= '9')
            value = value * 16 + (c - '0');
        else if (lower >= 'a' && lower <= 'f')
            value = value * 16 + (lower - 'a' + 10);
        else
            return -1;
    }
    return value;
}

Step plain(QByteArrayView text, QByteArrayView secret)
{
    return text.front() == secret.front() ? Step{1, 1} : Step{};
}

Step percentEncoded(QByteArrayView text, QByteArrayView secret)
{
    const char wanted = secret.front();
    if (text.front() == '%')
        return hexAt(text.sliced(1), 2) == static_cast<unsigned char>(wanted) ? Step{3, 1} : Step{};
    if (text.front() == '+' && wanted == ' ')
        return {1, 1};
    return plain(text, secret);
}

/// Two digits a byte, in either case.
Step hexadecimal(QByteArrayView text, QByteArrayView secret)
{
    return hexAt(text, 2) == static_cast<unsigned char>(secret.front()) ? Step{2, 1} : Step{};
}

/// `\u00e4`, or two of them for a character beyond the first plane.
Step unicodeEscape(QByteArrayView text, QByteArrayView secret)
{
    const int unit = hexAt(text.sliced(2), 4);
    if (unit < 0)
        return {};
    char32_t character = static_cast<char32_t>(unit);
    qsizetype length = 6;
    if (QChar::isHighSurrogate(character) && text.sliced(6).startsWith("\\u")) {
        const int low = hexAt(text.sliced(8), 4);
        if (low < 0 || !QChar::isLowSurrogate(static_cast<char32_t>(low)))
            return {};
        character = QChar::surrogateToUcs4(static_cast<char16_t>(unit), static_cast<char16_t>(low));
        length = 12;
    }
    const QByteArray utf8 = QString::fromUcs4(&character, 1).toUtf8();
    return secret.startsWith(utf8) ? Step{length, utf8.size()} : Step{};
}

Step escaped(QByteArrayView text, QByteArrayView secret)
{
    if (text.front() != '\\')
        return plain(text, secret);
    if (text.size() < 2)
        return {};
    const auto single = [&secret](char wanted) { return secret.front() == wanted ? Step{2, 1} : Step{}; };
    switch (text.at(1)) {
    case 'u':
        return unicodeEscape(text, secret);
    case 'x':
        return hexAt(text.sliced(2), 2) == static_cast<unsigned char>(secret.front()) ? Step{4, 1} : Step{};
    case 'n':
        return single('\n');
    case 'r':
        return single('\r');
    case 't':
        return single('\t');
    case 'b':
        return single('\b');
    case 'f':
        return single('\f');
    default:
        return single(text.at(1));
    }
}

/// How many bytes at the beginning of `text` spell the whole secret; 0 for no match.
qsizetype matchLength(QByteArrayView text, QByteArrayView secret, Spelling spelling)
{
    qsizetype length = 0;
    while (!secret.isEmpty()) {
        if (length >= text.size())
            return 0;
        const Step step = spelling(text.sliced(length), secret);
        if (step.text == 0)
            return 0;
        length += step.text;
        secret = secret.sliced(step.secret);
    }
    return length;
}

void removeSpellings(QByteArray &text, QByteArrayView secret)
{
    for (qsizetype at = 0; at < text.size(); ++at) {
        for (const Spelling spelling : {plain, percentEncoded, escaped, hexadecimal}) {
            const qsizetype length = matchLength(QByteArrayView(text).sliced(at), secret, spelling);
            if (length == 0)
                continue;
            text.replace(at, length, Replacement);
            at += Replacement.size() - 1;
            break;
        }
    }
}

bool isBase64Character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           QByteArrayView("+/-_=").contains(c);
}

/// The characters of the secret's base64 that do not depend on what stands before (`offset` bytes of three)
/// and behind.
QByteArray base64Core(QByteArrayView secret, qsizetype offset, QByteArray::Base64Options options)
{
    QByteArray padded(offset, '\0');
    padded.append(secret);
    QByteArray encoded = padded.toBase64(options);
    const qsizetype first = (offset * 8 + 5) / 6;
    const qsizetype end = padded.size() * 8 / 6;
    QByteArray core = encoded.sliced(first, end - first);
    wipe(padded);
    wipe(encoded);
    return core;
}

void removeBase64(QByteArray &text, QByteArrayView secret)
{
    for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
        for (qsizetype offset = 0; offset < 3; ++offset) {
            QByteArray core = base64Core(secret, offset, alphabet);
            for (qsizetype at = text.indexOf(core); at >= 0; at = text.indexOf(core, at)) {
                // The neighbours carry the secret's first and last bits.
                qsizetype begin = at;
                while (begin > 0 && isBase64Character(text.at(begin - 1)))
                    --begin;
                qsizetype end = at + core.size();
                while (end < text.size() && isBase64Character(text.at(end)))
                    ++end;
                text.replace(begin, end - begin, Replacement);
                at = begin + Replacement.size();
            }
            wipe(core);
        }
    }
}

void removeAll(QByteArray &text, QByteArrayView secret)
{
    removeSpellings(text, secret);
    removeBase64(text, secret);
}

} // namespace

void SecretPattern::removeFrom(QByteArray &text) const
{
    const QByteArrayView secret = m_secret.reveal();
    if (text.size() < secret.size()) // No spelling is shorter.
        return;
    removeAll(text, secret);
    const bool isAscii =
        std::all_of(secret.cbegin(), secret.cend(), [](char c) { return static_cast<uchar>(c) < 0x80; });
    if (isAscii)
        return;
    // Bytes that are no UTF-8 become Latin-1 characters where somebody makes text of them.
    QString latin1 = QString::fromLatin1(secret);
    QByteArray utf8 = latin1.toUtf8();
    removeAll(text, utf8);
    wipe(latin1);
    wipe(utf8);
}

} // namespace latchkey
