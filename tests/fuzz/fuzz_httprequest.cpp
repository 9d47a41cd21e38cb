// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/httprequestreader.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using State = HttpRequestReader::State;
    if (size == 0)
        return 0;
    // The first byte says how large the pieces are in which the rest arrives.
    const QByteArray all = fuzz::bytesOf(data + 1, size - 1);
    const qsizetype piece = 1 + data[0];
    HttpRequestReader::Limits limits;
    limits.head = 2048;
    limits.body = 4096;
    HttpRequestReader reader(limits);
    for (qsizetype at = 0; at < all.size(); at += piece) {
        reader.feed(all.sliced(at, std::min(piece, all.size() - at)));
        State state = reader.advance();
        while (state == State::Complete) {
            const HttpRequest request = reader.take();
            fuzz::require(!request.method.isEmpty() && !request.target.isEmpty(),
                          "a request names something");
            fuzz::require(request.body.size() <= limits.body, "a body is bounded");
            state = reader.advance();
        }
        (void)reader.takeExpectation();
        if (state == State::Bad) {
            fuzz::require(reader.errorStatus() >= 400, "a refusal has a status");
            return 0;
        }
    }
    return 0;
}
