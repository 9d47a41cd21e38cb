// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/carriedrecord.h"
#include "models/transfer/keybundlereader.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

namespace {

void readFile(const QByteArray &bytes)
{
    static const Secret passphrase("seven brown apples sing");
    // As little work as possible: what asks for more is refused.
    Outcome<KeyBundleReader> opened = KeyBundleReader::open(bytes, passphrase, LeastKdfCost);
    if (!opened)
        return;
    KeyBundleReader reader = std::move(opened).value();
    int sets = 0;
    while (reader.next())
        ++sets;
    fuzz::require(sets == reader.count(), "what was verified is given out whole");
}

/// Whoever knows the passphrase can write any.
void readRecord(const QByteArray &bytes)
{
    const std::optional<CarriedKeys> keys = carriedrecord::read(bytes);
    if (!keys)
        return;
    // A year that cannot be written is no date of ours.
    const int year = keys->since.date().year();
    if (year < 1 || year > 9999)
        return;
    const Secret written = carriedrecord::write(*keys);
    const std::optional<CarriedKeys> again = carriedrecord::read(written.reveal());
    fuzz::require(again.has_value(), "what is written is read back");
    fuzz::require(again->instanceId == keys->instanceId && again->since == keys->since, "where it belongs");
    fuzz::require(again->keys.size() == keys->keys.size(), "as many keys");
    for (std::size_t i = 0; i < keys->keys.size(); ++i)
        fuzz::require(again->keys[i].key.equals(keys->keys[i].key), "each key is read back");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::bytesOf(data, size);
    readFile(bytes);
    readRecord(bytes);
    return 0;
}
