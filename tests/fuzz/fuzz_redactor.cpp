// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/redactor.h"
#include "tests/fuzz/fuzz.h"

#include <QUtf8StringView>

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // The first line is the secret, the rest a text.
    QByteArray text = fuzz::bytesOf(data, size);
    const QByteArray secret = fuzz::takeLine(text);
    Redactor redactor;
    redactor.learn(Secret(secret));
    const QByteArray redacted = redactor.redact(QString::fromUtf8(text)).toUtf8();
    // What is put in the place of a secret may look like it, and short ones are left alone.
    if (secret.size() < 8 || !QUtf8StringView(secret).isValidUtf8() || secret.contains('[') ||
        secret.contains(']') || secret == "redacted")
        return 0;
    fuzz::require(!redacted.contains(secret), "a secret does not come through");
    const QByteArray sentence = redactor.redact(QString::fromUtf8("(" + secret + ")")).toUtf8();
    fuzz::require(!sentence.contains(secret), "a secret is found");
    return 0;
}
