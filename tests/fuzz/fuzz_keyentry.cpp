// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/keyentry.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Secret entry(fuzz::bytesOf(data, size));
    const auto described = keyentry::describe(entry);
    if (!described)
        return 0;
    const auto keys = keyentry::read(entry, *described);
    fuzz::require(keys.has_value(), "an entry that is described can be read");
    // A year that cannot be written is no date of ours.
    const int year = described->createdAt.toUTC().date().year();
    if (year < 1 || year > 9999)
        return 0;
    const Secret written = keyentry::write(*described, *keys);
    const auto describedAgain = keyentry::describe(written);
    fuzz::require(describedAgain.has_value(), "what is written says what it is");
    const auto again = keyentry::read(written, *describedAgain);
    fuzz::require(again && again->size() == keys->size(), "what is written is read back");
    for (std::size_t i = 0; i < keys->size(); ++i)
        fuzz::require(again->at(i).equals(keys->at(i)), "each key is read back");
    return 0;
}
