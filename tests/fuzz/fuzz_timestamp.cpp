// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/timestamp.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Timestamp read = Timestamp::parse(QString::fromUtf8(fuzz::bytesOf(data, size)));
    if (!read.isKnown())
        return 0;
    fuzz::require(read.isGiven(), "what is known was given");
    const Timestamp again = Timestamp::parse(Timestamp::fromUtc(read.utc).raw);
    fuzz::require(again.utc == read.utc, "its own spelling is the same moment");
    return 0;
}
