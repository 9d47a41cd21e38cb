// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationdocument.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace latchkey {

struct JsonMember;

/// A value of a JSON text. Its views are into the JsonTree that it belongs to.
struct JsonNode
{
    enum class Type { Null, Boolean, Number, String, Array, Object };
    Type type = Type::Null;
    bool boolean = false;
    QByteArrayView text;         ///< String: its UTF-8, unescaped; may be a secret. Number: as it is written.
    std::vector<JsonNode> items; ///< Array.
    std::vector<JsonMember> members; ///< Object, in the order of the text.
    qsizetype offset = 0;            ///< Of its first byte.

    [[nodiscard]] bool isObject() const { return type == Type::Object; }
    [[nodiscard]] bool isArray() const { return type == Type::Array; }
    [[nodiscard]] bool isString() const { return type == Type::String; }
    [[nodiscard]] bool isNull() const { return type == Type::Null; }
    /// The member of an object; null where there is none.
    [[nodiscard]] const JsonNode *find(QByteArrayView name) const;
    /// Of a member that is a string; else empty.
    [[nodiscard]] QByteArrayView textOf(QByteArrayView name) const;
    /// A string's text, else an empty one. Not for what may be a secret.
    [[nodiscard]] QString toString() const;
};

struct JsonMember
{
    QByteArrayView name;
    qsizetype offset = 0; ///< Of its name.
    JsonNode value;
};

/// A JSON text (RFC 8259) with the place of each value. Strict: UTF-8 only, no member twice in an object,
/// nothing after the value. What it held is wiped when it goes, for the files of other tools hold keys.
class JsonTree
{
public:
    static constexpr qsizetype MostBytes = qsizetype(64) * 1024 * 1024;
    static constexpr qsizetype MostValues = 2'000'000; ///< Each takes a hundred bytes of memory.
    static constexpr int DeepestNesting = 100;

    struct Reading;
    /// Takes the text, which must not be shared, and wipes it when the tree goes, or at once where it cannot
    /// be read. A UTF-8 byte order mark is skipped; one of UTF-16 or UTF-32 is named in the finding.
    [[nodiscard]] static Reading read(QByteArray &&text);

    JsonTree(JsonTree &&) noexcept;
    JsonTree &operator=(JsonTree &&) noexcept;
    ~JsonTree();

    [[nodiscard]] const JsonNode &root() const;
    [[nodiscard]] DocumentFinding finding(qsizetype offset, const QString &path,
                                          const QString &message) const;

private:
    struct Text;
    explicit JsonTree(std::unique_ptr<Text> text);
    std::unique_ptr<Text> m_text;
};

struct JsonTree::Reading
{
    std::optional<JsonTree> tree; ///< Missing where the text is no JSON, or more than is read.
    /// Why there is no tree; or each member that stands twice in an object, which whoever reads a document
    /// must refuse.
    QList<DocumentFinding> findings;
};

} // namespace latchkey
