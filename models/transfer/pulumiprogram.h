// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/foreigncollector.h"
#include "models/transfer/foreignvalues.h"
#include "models/transfer/wipedtexts.h"

#include <QHash>

#include <deque>

namespace latchkey {

/// A Pulumi program in YAML, or the same in JSON. `fn::secret` is taken off; `${name}` has what the program's
/// own configuration says in clear; everything else is known only when Pulumi runs.
class PulumiProgram : private ForeignValues
{
public:
    [[nodiscard]] static bool isOne(const JsonNode &root);

    void read(const JsonNode &root, ForeignCollector &collector);

private:
    [[nodiscard]] ForeignValue resolve(const JsonNode &node) override;
    [[nodiscard]] ForeignValue interpolate(const JsonNode &node);
    [[nodiscard]] ForeignValue configured(QByteArrayView name) const;
    void readResource(const JsonMember &resource, ForeignCollector &collector);
    /// Where the instance is one that the program describes too: `${name.id}`.
    void readInstance(const JsonNode &properties, ForeignCredential &credential);

    void learn(const JsonNode &root);

    QHash<QByteArrayView, const JsonNode *> m_instances; ///< Resources that are integration instances.
    QHash<QByteArrayView, const JsonNode *>
        m_configuration; ///< Values in clear; null for a name that stands twice.
    WipedTexts m_texts;
    std::deque<JsonNode> m_joined; ///< Texts that were put together.
    qsizetype m_joinedBytes = 0;
};

} // namespace latchkey
