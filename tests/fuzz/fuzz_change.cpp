// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/changejson.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto entry = changejson::read(fuzz::bytesOf(data, size));
    if (!entry)
        return 0;
    const QByteArray written = changejson::write(entry->change, entry->phases);
    const auto again = changejson::read(written);
    fuzz::require(again && changejson::write(again->change, again->phases) == written,
                  "a change is read back as it was written");
    return 0;
}
