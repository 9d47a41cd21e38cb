// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/instancecodec.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto instance = instanceFromJson(fuzz::objectOf(data, size));
    fuzz::require(!instance || !instance->id.isEmpty(), "an instance has an id");
    return 0;
}
