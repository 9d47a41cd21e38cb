// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/yamltree.h"

#include "models/core/secret.h"
#include "models/transfer/utf8.h"
#include "models/transfer/wipedtexts.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(yamltree)
};

constexpr QByteArrayView NotFollowed = "*";

/// Why a text is not read, at which place. Thrown through the parser, which has no other way to be stopped.
struct Stop
{
    qsizetype offset = 0;
    QString why;
};

/// The text where it lies: a string stream would copy it.
class Bytes : public std::streambuf
{
public:
    explicit Bytes(QByteArrayView text)
    {
        char *begin = const_cast<char *>(text.data());
        setg(begin, begin, begin + text.size());
    }
};

qsizetype placeOf(const YAML::Mark &mark)
{
    return std::max(mark.pos, 0);
}

/// The parser hands its own copy out and is done with it.
void wipeCopy(const std::string &text)
{
    volatile char *bytes = const_cast<char *>(text.data());
    std::fill_n(bytes, text.size(), '\0');
}

/// Builds the tree without recursion.
class Builder final : public YAML::EventHandler
{
public:
    Builder(WipedTexts &texts, JsonNode &root)
        : m_texts(texts)
        , m_root(root)
    {
    }

    void OnDocumentStart(const YAML::Mark & /*mark*/) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        JsonNode node = nodeAt(mark, JsonNode::Type::Null);
        if (anchor != 0)
            m_anchored.insert(anchor, node);
        put(std::move(node));
    }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const auto found = m_anchored.constFind(anchor);
        if (found == m_anchored.cend()) {
            put(notFollowed(mark));
            return;
        }
        JsonNode node = *found;
        node.offset = placeOf(mark);
        put(std::move(node));
    }

    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        JsonNode node = nodeAt(mark, JsonNode::Type::String);
        node.text = m_texts.keep(QByteArrayView(value.data(), qsizetype(value.size())));
        wipeCopy(value);
        // `?` is a plain one, `!` one in quotes. Another tag may say that the text is not what is meant.
        if (tag != "?" && tag != "!" && tag != "tag:yaml.org,2002:str")
            node = notFollowed(mark);
        else if (anchor != 0)
            m_anchored.insert(anchor, node);
        put(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string & /*tag*/, YAML::anchor_t /*anchor*/,
                         YAML::EmitterStyle::value /*style*/) override
    {
        open(nodeAt(mark, JsonNode::Type::Array));
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark &mark, const std::string & /*tag*/, YAML::anchor_t /*anchor*/,
                    YAML::EmitterStyle::value /*style*/) override
    {
        open(nodeAt(mark, JsonNode::Type::Object));
    }
    void OnMapEnd() override { close(); }

private:
    struct Open
    {
        JsonNode node;
        JsonMember next; ///< Object: the member whose value is to come.
        bool isNamed = false;
    };

    JsonNode nodeAt(const YAML::Mark &mark, JsonNode::Type type)
    {
        if (++m_values > YamlTree::MostValues) {
            throw Stop{placeOf(mark), Words::tr("The file has more than %L1 values, the most that are read.")
                                          .arg(YamlTree::MostValues)};
        }
        JsonNode node;
        node.type = type;
        node.offset = placeOf(mark);
        return node;
    }

    JsonNode notFollowed(const YAML::Mark &mark)
    {
        JsonNode node = nodeAt(mark, JsonNode::Type::Null);
        node.text = NotFollowed;
        return node;
    }

    void open(JsonNode node)
    {
        if (m_open.size() >= size_t(YamlTree::DeepestNesting)) {
            throw Stop{node.offset, Words::tr("It is nested more than %1 deep, the deepest that is read.")
                                        .arg(YamlTree::DeepestNesting)};
        }
        if (!m_open.empty() && m_open.back().node.isObject() && !m_open.back().isNamed)
            throw Stop{node.offset, noName()};
        m_open.push_back({std::move(node), {}, false});
    }

    void close()
    {
        JsonNode node = std::move(m_open.back().node);
        m_open.pop_back();
        put(std::move(node));
    }

    void put(JsonNode node)
    {
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        Open &open = m_open.back();
        if (open.node.isArray()) {
            open.node.items.push_back(std::move(node));
        } else if (open.isNamed) {
            open.next.value = std::move(node);
            open.node.members.push_back(std::move(open.next));
            open.next = {};
            open.isNamed = false;
        } else if (node.isString()) {
            open.next.name = node.text;
            open.next.offset = node.offset;
            open.isNamed = true;
        } else {
            throw Stop{node.offset, noName()};
        }
    }

    static QString noName() { return Words::tr("The name of a member is no text."); }

    WipedTexts &m_texts;
    JsonNode &m_root;
    std::vector<Open> m_open;
    QHash<YAML::anchor_t, JsonNode> m_anchored; ///< Single values only: they cost nothing to repeat.
    int m_values = 0;
};

QByteArrayView lineBefore(QByteArrayView text, qsizetype offset)
{
    const QByteArrayView before = text.first(std::clamp<qsizetype>(offset, 0, text.size()));
    return before.sliced(before.lastIndexOf('\n') + 1);
}

DocumentFinding findingIn(QByteArrayView text, qsizetype offset, const QString &path, const QString &message)
{
    const QByteArrayView line = lineBefore(text, offset);
    const QByteArrayView above(text.data(), line.data());
    return {path, static_cast<int>(std::count(above.cbegin(), above.cend(), '\n')) + 1,
            static_cast<int>(utf8::lengthOf(line)) + 1, message};
}

bool isNoText(char c)
{
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

/// What the parser would take for something else than it is.
void checkBytes(QByteArrayView text)
{
    if (text.startsWith("\xFF\xFE") || text.startsWith("\xFE\xFF"))
        throw Stop{0, Words::tr("The file is in UTF-16 or UTF-32. Save it as UTF-8.")};
    if (!text.isValidUtf8())
        throw Stop{0, Words::tr("The file is not text in UTF-8.")};
    constexpr QByteArrayView Marks = ",[]{}?:&*!";
    const auto marks = std::count_if(text.cbegin(), text.cend(), [&](char c) { return Marks.contains(c); });
    if (marks > YamlTree::MostMarks)
        throw Stop{0, Words::tr("The file has more values than are read.")};
    // It ends at the character 4.
    const auto odd = std::find_if(text.cbegin(), text.cend(), isNoText);
    if (odd != text.cend())
        throw Stop{odd - text.cbegin(),
                   Words::tr("A control character stands here, which YAML has no place for.")};
}

/// The parser's own words can hold what stands in the file.
QString whyNotRead(QByteArrayView text, qsizetype offset)
{
    for (const char c : lineBefore(text, offset)) {
        if (c == '\t')
            return Words::tr("A tab stands where YAML has spaces.");
        if (c != ' ')
            break;
    }
    return Words::tr("From here on it is no YAML.");
}

} // namespace

struct YamlTree::Text
{
    explicit Text(QByteArray &&given)
        : bytes(std::move(given))
    {
    }
    Text(const Text &) = delete;
    Text &operator=(const Text &) = delete;
    ~Text() { wipe(bytes); }

    [[nodiscard]] QByteArrayView withoutMark() const
    {
        const QByteArrayView view(bytes);
        return view.startsWith(utf8::Mark) ? view.sliced(utf8::Mark.size()) : view;
    }

    QByteArray bytes;
    WipedTexts scalars;
    JsonNode root;
};

YamlTree::YamlTree(std::unique_ptr<Text> text)
    : m_text(std::move(text))
{
}

YamlTree::YamlTree(YamlTree &&) noexcept = default;
YamlTree &YamlTree::operator=(YamlTree &&) noexcept = default;
YamlTree::~YamlTree() = default;

YamlTree::Reading YamlTree::read(QByteArray &&given)
{
    auto text = std::make_unique<Text>(std::move(given));
    const QByteArrayView view = text->withoutMark();
    Reading reading;
    const auto refuse = [&](qsizetype offset, const QString &why) {
        reading.findings << findingIn(view, offset, u"$"_s, why);
        return std::move(reading);
    };
    try {
        if (view.size() > MostBytes) {
            throw Stop{0, Words::tr("The file is larger than %1 MiB, the most that is read of YAML.")
                              .arg(MostBytes / 1024 / 1024)};
        }
        checkBytes(view);
        Bytes bytes(view);
        std::istream stream(&bytes);
        YAML::Parser parser(stream);
        Builder builder(text->scalars, text->root);
        parser.HandleNextDocument(builder);
        if (parser)
            reading.findings << DocumentFinding{u"$"_s, 0, 0,
                                                Words::tr("Only the first document in the file was read.")};
    } catch (const Stop &stop) {
        return refuse(stop.offset, stop.why);
    } catch (const YAML::Exception &exception) {
        const qsizetype offset = placeOf(exception.mark);
        return refuse(offset, whyNotRead(view, offset));
    }
    reading.tree = YamlTree(std::move(text));
    return reading;
}

const JsonNode &YamlTree::root() const
{
    return m_text->root;
}

DocumentFinding YamlTree::finding(qsizetype offset, const QString &path, const QString &message) const
{
    return findingIn(m_text->withoutMark(), offset, path, message);
}

bool YamlTree::isNotFollowed(const JsonNode &node)
{
    return node.isNull() && node.text == NotFollowed;
}

} // namespace latchkey
