// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/jsontree.h"

#include <QString>

namespace latchkey {

/// What a value of a file stands for in the end.
struct ForeignValue
{
    const JsonNode *node = nullptr; ///< Null where the file does not have it.
    QString why;                    ///< Then: why, and what to do, as a clause after a colon. Translated.
};

/// How a tool writes values down: it may wrap them, refer to others or encrypt them.
class ForeignValues
{
public:
    ForeignValues() = default;
    ForeignValues(const ForeignValues &) = delete;
    ForeignValues &operator=(const ForeignValues &) = delete;
    virtual ~ForeignValues() = default;

    /// What it answers lives as long as this.
    [[nodiscard]] virtual ForeignValue resolve(const JsonNode &node) { return {&node, {}}; }
};

} // namespace latchkey
