// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/retryafter.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = fuzz::bytesOf(data, size);
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);
    for (const QDateTime &moment : {now, QDateTime(), httpDate(text)}) {
        const auto wait = retryAfterOf(text, moment);
        fuzz::require(!wait || wait->count() >= 0, "nobody waits for the past");
    }
    return 0;
}
