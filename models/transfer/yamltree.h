// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/jsontree.h"

#include <memory>
#include <optional>

namespace latchkey {

/// A YAML text as the values that JSON has, with the place of each. Scalars are strings (`null`, `~` and
/// nothing at all are null), names of members too. What a text refers to is not blown up: an alias to a
/// single value has its value, one to a collection is not followed, nor is a value with a tag of its own.
///
/// What it held is wiped when it goes, and the parser's copies as far as they are in reach: its buffers are
/// not, so that pieces of the text stay in freed memory.
class YamlTree
{
public:
    /// What no program that people write comes near to.
    static constexpr qsizetype MostBytes = qsizetype(16) * 1024 * 1024;
    static constexpr int MostValues = 1'000'000;
    /// Characters that may begin or end a value: within brackets, the parser keeps all of them in mind.
    static constexpr int MostMarks = 1'000'000;
    static constexpr int DeepestNesting = 100;

    struct Reading;
    /// Takes the text, which must not be shared, and wipes it when the tree goes, or at once where it cannot
    /// be read. A UTF-8 byte order mark is skipped. May take a second for each five megabytes.
    [[nodiscard]] static Reading read(QByteArray &&text);

    YamlTree(YamlTree &&) noexcept;
    YamlTree &operator=(YamlTree &&) noexcept;
    ~YamlTree();

    /// A member that stands twice in a mapping is there twice.
    [[nodiscard]] const JsonNode &root() const;
    [[nodiscard]] DocumentFinding finding(qsizetype offset, const QString &path,
                                          const QString &message) const;

    /// Whether the value stands in the text, but was not followed. It is null then.
    [[nodiscard]] static bool isNotFollowed(const JsonNode &node);

private:
    struct Text;
    explicit YamlTree(std::unique_ptr<Text> text);
    std::unique_ptr<Text> m_text;
};

struct YamlTree::Reading
{
    std::optional<YamlTree> tree;
    QList<DocumentFinding> findings; ///< Why there is no tree; or what else is to be known.
};

} // namespace latchkey
