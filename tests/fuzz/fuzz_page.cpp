// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/instancecodec.h"
#include "models/konnect/integrationcodec.h"
#include "models/konnect/pagecodec.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto page = pageFromJson(fuzz::objectOf(data, size));
    if (!page)
        return 0;
    for (const QJsonValue &each : page->data) {
        (void)instanceFromJson(each);
        (void)integrationFromJson(each);
    }
    return 0;
}
