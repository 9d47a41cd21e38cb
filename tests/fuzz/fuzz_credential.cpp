// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/redactor.h"
#include "models/konnect/credentialcodec.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Redactor redactor;
    redactor.learn(Secret("planted-key"));
    const auto credential = credentialFromJson(fuzz::objectOf(data, size), redactor);
    if (!credential)
        return 0;
    fuzz::require(!credential->id.isEmpty(), "a credential has an id");
    for (const MissingPermission &missing : credential->missingPermissions)
        fuzz::require(!missing.message.contains(u"planted-key"), "a key that was sent is not taken in");
    return 0;
}
