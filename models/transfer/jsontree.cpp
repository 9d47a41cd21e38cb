// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/jsontree.h"

#include "models/core/secret.h"
#include "models/transfer/jsonplace.h"
#include "models/transfer/utf8.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <sodium.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(jsontree)
};

using Type = JsonNode::Type;

/// The reader's own memory, through which every string passes.
class WipingAllocator
{
public:
    void *Malloc(std::size_t size)
    {
        auto *block = static_cast<char *>(std::malloc(Header + size));
        if (!block)
            throw std::bad_alloc();
        std::memcpy(block, &size, sizeof size);
        return block + Header;
    }
    void *Realloc(void *old, std::size_t oldSize, std::size_t size)
    {
        void *bytes = size > 0 ? Malloc(size) : nullptr;
        if (old && bytes)
            std::memcpy(bytes, old, std::min(oldSize, size));
        Free(old);
        return bytes;
    }
    static void Free(void *bytes)
    {
        if (!bytes)
            return;
        char *block = static_cast<char *>(bytes) - Header;
        std::size_t size = 0;
        std::memcpy(&size, block, sizeof size);
        sodium_memzero(bytes, size);
        std::free(block);
    }

private:
    static constexpr std::size_t Header = alignof(std::max_align_t); // For the size of what follows.
};

/// UTF-16 or UTF-32, by its mark or by the zeros that the first characters of a JSON text have there; else
/// empty.
QString otherEncoding(QByteArrayView text)
{
    if (text.startsWith(QByteArrayView("\xFF\xFE\0\0", 4)) ||
        text.startsWith(QByteArrayView("\0\0\xFE\xFF", 4)))
        return u"UTF-32"_s;
    if (text.startsWith("\xFF\xFE") || text.startsWith("\xFE\xFF"))
        return u"UTF-16"_s;
    if (text.size() < 4)
        return {};
    const auto zeros = std::count(text.cbegin(), text.cbegin() + 4, '\0');
    if (zeros == 3)
        return u"UTF-32"_s;
    const bool everyOther = (text.at(0) == '\0') == (text.at(2) == '\0') && text.at(0) != text.at(1);
    return zeros == 2 && everyOther ? u"UTF-16"_s : QString();
}

} // namespace

const JsonNode *JsonNode::find(QByteArrayView name) const
{
    const auto isIt = [name](const JsonMember &member) { return member.name == name; };
    const auto found = std::ranges::find_if(members, isIt);
    return found == members.end() ? nullptr : &found->value;
}

QByteArrayView JsonNode::textOf(QByteArrayView name) const
{
    const JsonNode *node = find(name);
    return node && node->isString() ? node->text : QByteArrayView();
}

QString JsonNode::toString() const
{
    // Unlike QString::fromUtf8(), with a byte order mark that stands first in it.
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return isString() ? QString(decoder(text)) : QString();
}

struct JsonTree::Text
{
    struct Place
    {
        int line = 1;
        int column = 1;
        void go(char byte)
        {
            if (byte == '\n') {
                ++line;
                column = 1;
            } else if (!utf8::isContinuation(byte)) {
                ++column;
            }
        }
    };

    explicit Text(QByteArray &&text)
        : bytes(std::move(text))
        , begin(bytes.startsWith(utf8::Mark) ? utf8::Mark.size() : 0)
    {
    }
    Text(const Text &) = delete;
    Text &operator=(const Text &) = delete;
    ~Text()
    {
        wipe(bytes);
        for (QByteArray &text : unescaped)
            wipe(text);
    }

    [[nodiscard]] Place placeOf(qsizetype offset) const;
    [[nodiscard]] DocumentFinding finding(qsizetype offset, const QString &path, const QString &message) const
    {
        const Place place = placeOf(offset);
        return {path, place.line, place.column, message};
    }

    QByteArray bytes;
    qsizetype begin;                   ///< After the byte order mark.
    std::vector<QByteArray> unescaped; ///< Strings that are not in `bytes` as they are.
    JsonNode root;

private:
    static constexpr qsizetype Stride = 4096;
    mutable std::vector<Place>
        m_places; ///< Of each Stride'th byte: a text may be one line, and its findings many.
};

JsonTree::Text::Place JsonTree::Text::placeOf(qsizetype offset) const
{
    const auto columnsBegin = [this](qsizetype at) { return at >= begin; };
    if (m_places.empty()) {
        Place place;
        for (qsizetype at = 0; at < bytes.size(); ++at) {
            if (at % Stride == 0)
                m_places.push_back(place);
            if (columnsBegin(at))
                place.go(bytes.at(at));
        }
        m_places.resize(m_places.size() + 1, place);
    }
    offset = std::clamp<qsizetype>(offset, 0, bytes.size());
    Place place = m_places[static_cast<size_t>(offset / Stride)];
    for (qsizetype at = offset / Stride * Stride; at < offset; ++at) {
        if (columnsBegin(at))
            place.go(bytes.at(at));
    }
    return place;
}

namespace {

/// Takes what RapidJSON reads, and makes the tree of it.
class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder>
{
    using Stream = rapidjson::MemoryStream;
    using Reader = rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, WipingAllocator>;

public:
    Builder(const QByteArray &bytes, qsizetype begin, std::vector<QByteArray> &unescaped)
        : m_bytes(bytes)
        , m_unescaped(unescaped)
        , m_stream(bytes.constData(), static_cast<size_t>(bytes.size()))
        , m_end(begin)
    {
        while (tell() < begin)
            m_stream.Take();
    }

    /// What is wrong, where.
    struct Finding
    {
        qsizetype offset = 0;
        QString path;
        QString message;
    };

    /// False where it is no JSON, or more than is read; then `stop()` says why.
    bool run()
    {
        constexpr unsigned Flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
        Reader reader;
        const rapidjson::ParseResult result = reader.Parse<Flags>(m_stream, *this);
        if (result.IsError() && result.Code() != rapidjson::kParseErrorTermination)
            refuse(static_cast<qsizetype>(result.Offset()), words(result));
        else if (!result.IsError() && tell() < m_bytes.size())
            refuse(tell(), Words::tr("A NUL character: this is no text."));
        return m_stop.message.isEmpty();
    }

    JsonNode takeRoot() { return std::move(m_root); }
    [[nodiscard]] const Finding &stop() const { return m_stop; }
    [[nodiscard]] const std::vector<Finding> &duplicates() const { return m_duplicates; }

    // Called by RapidJSON, which has read all of the value, or stands at the bracket.
    bool Null() { return value({}); }
    bool Bool(bool boolean)
    {
        JsonNode node;
        node.type = Type::Boolean;
        node.boolean = boolean;
        return value(std::move(node));
    }
    bool Int(int /*value*/) { return number(); }
    bool Uint(unsigned /*value*/) { return number(); }
    bool Int64(std::int64_t /*value*/) { return number(); }
    bool Uint64(std::uint64_t /*value*/) { return number(); }
    bool Double(double /*value*/) { return number(); }
    bool String(const char *text, rapidjson::SizeType length, bool /*copy*/)
    {
        JsonNode node;
        node.type = Type::String;
        return string(text, length, &node.text) && value(std::move(node));
    }
    bool Key(const char *text, rapidjson::SizeType length, bool /*copy*/)
    {
        Frame &frame = m_frames.back();
        frame.nameOffset = nextOffset();
        frame.isNamed = string(text, length, &frame.name);
        m_end = tell();
        return frame.isNamed;
    }
    bool StartObject() { return open(Type::Object); }
    bool StartArray() { return open(Type::Array); }
    bool EndObject(rapidjson::SizeType /*members*/) { return close(); }
    bool EndArray(rapidjson::SizeType /*items*/) { return close(); }

private:
    struct Frame
    {
        JsonNode node;
        QByteArrayView name; ///< Of the member that is being read.
        qsizetype nameOffset = 0;
        bool isNamed = false;
    };

    [[nodiscard]] qsizetype tell() const { return static_cast<qsizetype>(m_stream.Tell()); }

    /// Of the first byte of what is being read: between two values is nothing but space and punctuation.
    [[nodiscard]] qsizetype nextOffset() const
    {
        constexpr QByteArrayView Between = " \t\r\n,:";
        qsizetype offset = m_end;
        while (offset < m_bytes.size() && Between.contains(m_bytes.at(offset)))
            ++offset;
        return offset;
    }

    [[nodiscard]] QString path() const
    {
        QString path = u"$"_s;
        for (const Frame &frame : m_frames) {
            if (frame.node.isArray())
                path += JsonPlace::itemStep(static_cast<qsizetype>(frame.node.items.size()));
            else if (frame.isNamed)
                path += JsonPlace::memberStep(frame.name);
        }
        return path;
    }

    bool refuse(qsizetype offset, const QString &message)
    {
        m_stop = {offset, path(), message};
        return false;
    }

    bool string(const char *text, rapidjson::SizeType length, QByteArrayView *view)
    {
        const qsizetype offset = nextOffset();
        // Every escape is longer than what it stands for.
        const QByteArrayView asWritten = QByteArrayView(m_bytes).sliced(offset + 1, tell() - offset - 2);
        if (std::cmp_equal(asWritten.size(), length)) {
            *view = asWritten;
            return true;
        }
        m_unescaped.emplace_back(text, static_cast<qsizetype>(length));
        *view = m_unescaped.back();
        // RapidJSON takes the second half of a surrogate pair without the first.
        return view->isValidUtf8() || refuse(offset, halfCharacter());
    }

    bool number()
    {
        JsonNode node;
        node.type = Type::Number;
        node.text = QByteArrayView(m_bytes).sliced(nextOffset(), tell() - nextOffset());
        return value(std::move(node));
    }

    bool value(JsonNode node)
    {
        node.offset = nextOffset();
        m_end = tell();
        return put(std::move(node));
    }

    bool put(JsonNode node)
    {
        if (m_frames.empty()) {
            m_root = std::move(node);
            return true;
        }
        if (++m_count > JsonTree::MostValues)
            return refuse(node.offset,
                          Words::tr("There are more than %L1 values, which is the most that is read.")
                              .arg(JsonTree::MostValues));
        Frame &frame = m_frames.back();
        if (frame.node.isArray())
            frame.node.items.push_back(std::move(node));
        else
            frame.node.members.push_back({frame.name, frame.nameOffset, std::move(node)});
        frame.isNamed = false;
        return true;
    }

    bool open(Type type)
    {
        if (std::cmp_greater_equal(m_frames.size(), JsonTree::DeepestNesting))
            return refuse(tell(),
                          Words::tr("It is nested deeper than %1 levels, which is the most that is read.")
                              .arg(JsonTree::DeepestNesting));
        Frame frame;
        frame.node.type = type;
        frame.node.offset = tell();
        m_frames.push_back(std::move(frame));
        m_end = tell() + 1;
        return true;
    }

    bool close()
    {
        JsonNode node = std::move(m_frames.back().node);
        m_frames.pop_back();
        m_end = tell() + 1;
        findDuplicates(node);
        return put(std::move(node));
    }

    void findDuplicates(const JsonNode &object)
    {
        std::vector<const JsonMember *> members;
        members.reserve(object.members.size());
        for (const JsonMember &member : object.members)
            members.push_back(&member);
        std::ranges::sort(members, [](const JsonMember *one, const JsonMember *other) {
            return one->name == other->name ? one->offset < other->offset : one->name < other->name;
        });
        for (size_t i = 1; i < members.size() && m_duplicates.size() < MostDuplicates; ++i) {
            const JsonMember &member = *members[i];
            if (members[i - 1]->name == member.name)
                m_duplicates.push_back({member.offset, path() + JsonPlace::memberStep(member.name),
                                        Words::tr("This object has “%1” already. One of the two has to go.")
                                            .arg(JsonPlace::shown(member.name))});
        }
    }

    static QString halfCharacter()
    {
        return Words::tr(
            "This text has half a character: one surrogate (\\uD800 to \\uDFFF) without the other.");
    }

    [[nodiscard]] QString words(const rapidjson::ParseResult &result) const
    {
        const auto offset = static_cast<qsizetype>(result.Offset());
        if (result.Code() == rapidjson::kParseErrorDocumentEmpty && offset == m_bytes.size())
            return Words::tr("There is nothing in it.");
        if (offset == m_bytes.size())
            return Words::tr("It ends in the middle: the rest is missing.");
        const char byte = m_bytes.at(offset);
        if (byte == '\0')
            return Words::tr("A NUL character: this is no text.");
        switch (result.Code()) {
        case rapidjson::kParseErrorDocumentRootNotSingular:
            return Words::tr("Nothing may follow the end of the JSON text.");
        case rapidjson::kParseErrorObjectMissName:
            return Words::tr("The name of a member, in double quotes, is expected here.");
        case rapidjson::kParseErrorObjectMissColon:
            return Words::tr("A colon is expected here, between a member's name and its value.");
        case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
            return Words::tr("A comma or a closing brace is expected here.");
        case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
            return Words::tr("A comma or a closing bracket is expected here.");
        case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
            return Words::tr("After \\u, four hexadecimal digits are expected.");
        case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
            return halfCharacter();
        case rapidjson::kParseErrorStringEscapeInvalid:
            return byte == '\\'
                       ? Words::tr("JSON has no such escape. A backslash itself is written \\\\.")
                       : Words::tr("A line break, or another control character, within a text has to be "
                                   "escaped; or its closing quote is missing.");
        case rapidjson::kParseErrorStringInvalidEncoding:
            return Words::tr("This is not UTF-8. Save the file as UTF-8.");
        case rapidjson::kParseErrorNumberTooBig:
            return Words::tr("This number is too large.");
        case rapidjson::kParseErrorNumberMissFraction:
        case rapidjson::kParseErrorNumberMissExponent:
            return Words::tr("A digit is expected here.");
        default:
            return Words::tr(
                "A value is expected here: an object, an array, a text in double quotes, a number, "
                "true, false or null.");
        }
    }

    static constexpr size_t MostDuplicates = 1000; // Nobody reads more of them.

    const QByteArray &m_bytes;
    std::vector<QByteArray> &m_unescaped;
    Stream m_stream;
    qsizetype m_end; ///< Of what was read last.
    std::vector<Frame> m_frames;
    JsonNode m_root;
    qsizetype m_count = 0;
    Finding m_stop;
    std::vector<Finding> m_duplicates;
};

} // namespace

JsonTree::JsonTree(std::unique_ptr<Text> text)
    : m_text(std::move(text))
{
}

JsonTree::JsonTree(JsonTree &&) noexcept = default;
JsonTree &JsonTree::operator=(JsonTree &&) noexcept = default;
JsonTree::~JsonTree() = default;

const JsonNode &JsonTree::root() const
{
    return m_text->root;
}

DocumentFinding JsonTree::finding(qsizetype offset, const QString &path, const QString &message) const
{
    return m_text->finding(offset, path, message);
}

JsonTree::Reading JsonTree::read(QByteArray &&bytes)
{
    const auto refused = [](const QString &message) {
        Reading reading;
        reading.findings.append(DocumentFinding{JsonPlace().toPath(), 0, 0, message});
        return reading;
    };
    auto text = std::make_unique<Text>(std::move(bytes));
    if (text->bytes.size() > MostBytes)
        return refused(Words::tr("It is larger than %1 MiB, which is the most that is read.")
                           .arg(MostBytes / (qsizetype(1024) * 1024)));
    if (const QString encoding = otherEncoding(text->bytes); !encoding.isEmpty())
        return refused(Words::tr("It is written in %1. Save it as UTF-8.").arg(encoding));

    Reading reading;
    Builder builder(text->bytes, text->begin, text->unescaped);
    if (!builder.run()) {
        const Builder::Finding &stop = builder.stop();
        reading.findings.append(text->finding(stop.offset, stop.path, stop.message));
        return reading;
    }
    for (const Builder::Finding &twice : builder.duplicates())
        reading.findings.append(text->finding(twice.offset, twice.path, twice.message));
    text->root = builder.takeRoot();
    reading.tree = JsonTree(std::move(text));
    return reading;
}

} // namespace latchkey
