// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/integrationcodec.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    (void)integrationFromJson(fuzz::objectOf(data, size));
    return 0;
}
