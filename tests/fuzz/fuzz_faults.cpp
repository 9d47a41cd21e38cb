// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demofault.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto faults = parseFaults(fuzz::bytesOf(data, size));
    if (!faults) {
        fuzz::require(!faults.problem().caption.isEmpty(), "a refusal has words");
        return 0;
    }
    for (const DemoFault &fault : faults.value()) {
        fuzz::require(fault.status >= 200 && fault.status <= 599 && fault.delayMs >= 0, "a fault is bounded");
        fuzz::require(!fault.location.contains('\n') && !fault.retryAfter.contains('\n'),
                      "a header is one line");
    }
    return 0;
}
