// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/extratrust.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto trust = trustAlso(fuzz::bytesOf(data, size));
    fuzz::require(trust.ok() || !trust.problem().caption.isEmpty(), "a refusal has words");
    return 0;
}
