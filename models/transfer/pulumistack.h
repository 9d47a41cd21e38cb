// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/foreigncollector.h"
#include "models/transfer/foreignvalues.h"

#include <unordered_map>
#include <vector>

namespace latchkey {

/// What `pulumi stack export` writes, or a checkpoint of a backend of one's own. Values may be wrapped as
/// secrets, in clear (`--show-secrets`) or encrypted.
class PulumiStack : private ForeignValues
{
public:
    [[nodiscard]] static bool isOne(const JsonNode &root);

    void read(const JsonNode &root, ForeignCollector &collector);

private:
    [[nodiscard]] ForeignValue resolve(const JsonNode &node) override;
    [[nodiscard]] ForeignValue unwrap(const JsonNode &wrapper);
    void readResource(const JsonNode &resource, qsizetype index, ForeignCollector &collector);

    std::vector<JsonTree> m_plaintexts; ///< A secret in clear is JSON within a string.
    qsizetype m_plaintextBytes = 0;
    std::unordered_map<const JsonNode *, ForeignValue> m_unwrapped;
};

} // namespace latchkey
