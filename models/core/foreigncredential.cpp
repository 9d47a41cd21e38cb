// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/foreigncredential.h"

#include <algorithm>

namespace latchkey {

bool ForeignConfiguration::holdsKeys() const
{
    return std::any_of(credentials.cbegin(), credentials.cend(),
                       [](const ForeignCredential &credential) { return !credential.keys.empty(); });
}

} // namespace latchkey
