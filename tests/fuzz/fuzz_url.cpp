// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/profile.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto endpoint = endpointOfUrl(QString::fromUtf8(fuzz::bytesOf(data, size)));
    if (!endpoint)
        return 0;
    const QUrl &url = endpoint->baseUrl;
    fuzz::require(url.scheme() == u"https" || url.scheme() == u"http", "only these may be talked to");
    fuzz::require(url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment(),
                  "nothing secret is in it");
    const auto again = endpointOfUrl(url.toString(QUrl::FullyEncoded));
    fuzz::require(again && again->origin() == endpoint->origin(), "its own spelling is the same place");
    return 0;
}
