// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/newcredential.h"

namespace latchkey {

HeaderKeys clone(const HeaderKeys &keys)
{
    HeaderKeys copies;
    copies.reserve(keys.size());
    for (const HeaderKey &key : keys)
        copies.push_back({key.name, key.key.clone()});
    return copies;
}

QStringList headerNames(const HeaderKeys &keys)
{
    QStringList names;
    names.reserve(static_cast<qsizetype>(keys.size()));
    for (const HeaderKey &key : keys)
        names << key.name;
    return names;
}

} // namespace latchkey
