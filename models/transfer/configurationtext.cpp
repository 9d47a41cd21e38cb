// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/configurationtext.h"

#include "models/core/expiry.h"
#include "models/core/headerrules.h"
#include "models/core/secret.h"
#include "models/core/wording.h"
#include "models/transfer/jsonplace.h"
#include "models/transfer/jsontree.h"
#include "models/transfer/pastedsecret.h"
#include "models/transfer/secretsearch.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

namespace latchkey::configurationtext {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(configurationtext)
};

using Type = JsonNode::Type;
using Wish = ConfiguredInstance::Wish;

bool isMachineName(const QString &name)
{
    return name.size() <= LongestMachineName && std::ranges::all_of(name, [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || c == u'.' || c == u'-';
           });
}

/// A geo, or the host of a URL with its port: nothing else of a URL.
bool isEndpoint(const QString &endpoint)
{
    return std::ranges::none_of(endpoint, [](QChar c) {
        return c <= u' ' || (c >= u'\x7f' && c <= u'\xa0') || (c >= u'A' && c <= u'Z') ||
               u"/@?#%\\"_s.contains(c);
    });
}

bool isVariable(const QString &name)
{
    const auto isLetter = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
    };
    return !name.isEmpty() && isLetter(name.front()) && std::ranges::all_of(name, [&isLetter](QChar c) {
        return isLetter(c) || (c >= u'0' && c <= u'9');
    });
}

std::optional<KeySource> sourceFromWord(const QString &word)
{
    constexpr QLatin1String Environment("env:");
    if (word == "keychain"_L1)
        return KeySource{KeySource::Kind::Keychain, {}};
    if (word == "prompt"_L1)
        return KeySource{KeySource::Kind::Prompt, {}};
    if (!word.startsWith(Environment))
        return std::nullopt;
    QString variable = word.sliced(Environment.size());
    if (isVariable(variable) && !pastedsecret::isNameLikeAKey(variable))
        return KeySource{KeySource::Kind::Environment, variable};
    wipe(variable);
    return std::nullopt;
}

/// As JSON Schema has it, `1.0` is whole too.
std::optional<int> wholeNumber(const JsonNode &node)
{
    bool isNumber = false;
    const double number = node.text.toDouble(&isNumber);
    if (!isNumber || number != std::floor(number) ||
        std::abs(number) > double(std::numeric_limits<int>::max()))
        return std::nullopt;
    return static_cast<int>(number);
}

/// In characters, which is not what QString counts.
qsizetype lengthOf(const QString &text)
{
    return text.size() - std::ranges::count_if(text, [](QChar c) { return c.isLowSurrogate(); });
}

/// Walks a tree once, member by member, and notes everything that is wrong with it. All text in it passes the
/// look for secrets: in text(), or in findSecrets() where it is not read.
class Walk
{
public:
    explicit Walk(const JsonTree &tree)
        : m_tree(tree)
    {
    }

    ConfigurationDocument document();
    void add(const DocumentFinding &finding);
    QList<DocumentFinding> takeFindings();

private:
    using Read = std::function<void(const JsonNode &node, const JsonPlace &place)>;
    struct Member
    {
        QByteArrayView name;
        bool isNeeded = false;
        Read read;
    };

    void add(qsizetype offset, const JsonPlace &place, const QString &message);
    void addSecret(qsizetype offset, const JsonPlace &place);
    bool isSecretName(const JsonMember &member, const JsonPlace &place);
    bool findSecrets(const JsonNode &node, const JsonPlace &place, bool isForOne);
    bool is(Type type, const JsonNode &node, const JsonPlace &place);
    void members(const JsonNode &node, const JsonPlace &place, const std::vector<Member> &known);
    void items(const JsonNode &node, const JsonPlace &place, const Read &read);
    std::optional<QString> text(const JsonNode &node, const JsonPlace &place,
                                int longest = std::numeric_limits<int>::max());

    bool isVersion(const JsonNode &root);
    ConfiguredProfile profile(const JsonNode &node, const JsonPlace &place);
    ConfiguredInstance instance(const JsonNode &node, const JsonPlace &place);
    QString machineName(const JsonNode &node, const JsonPlace &place);
    ConfiguredCredential credential(const JsonNode &node, const JsonPlace &place);
    QList<ConfiguredHeader> headers(const JsonNode &node, const JsonPlace &place);
    ConfiguredHeader header(const JsonNode &node, const JsonPlace &place);
    ConfiguredExpiry expiry(const JsonNode &node, const JsonPlace &place);

    const JsonTree &m_tree;
    QList<DocumentFinding> m_findings;
    int m_more = 0;
};

void Walk::add(const DocumentFinding &finding)
{
    if (m_findings.size() < MostFindings)
        m_findings.append(finding);
    else
        ++m_more;
}

void Walk::add(qsizetype offset, const JsonPlace &place, const QString &message)
{
    if (m_findings.size() < MostFindings)
        m_findings.append(m_tree.finding(offset, place.toPath(), message));
    else
        ++m_more;
}

QList<DocumentFinding> Walk::takeFindings()
{
    std::ranges::stable_sort(m_findings, [](const DocumentFinding &one, const DocumentFinding &other) {
        return std::tie(one.line, one.column) < std::tie(other.line, other.column);
    });
    if (m_more > 0)
        m_findings.append(DocumentFinding{
            JsonPlace().toPath(), 0, 0,
            wording::counted("configurationtext", "%n more thing is wrong with it.",
                             QT_TRANSLATE_N_NOOP("configurationtext", "%n more things are wrong with it."),
                             m_more)});
    return std::move(m_findings);
}

void Walk::addSecret(qsizetype offset, const JsonPlace &place)
{
    add(offset, place,
        Words::tr(
            "This looks like a secret, and is not repeated here. A configuration has no place for keys and "
            "tokens: take it out, and renew it where others may have seen it."));
}

bool Walk::isSecretName(const JsonMember &member, const JsonPlace &place)
{
    const bool isOne = secretsearch::isOne(member.name);
    if (isOne)
        addSecret(member.offset, place);
    return isOne;
}

bool Walk::findSecrets(const JsonNode &node, const JsonPlace &place, bool isForOne)
{
    return secretsearch::find(node, place, isForOne,
                              [this](qsizetype offset, const JsonPlace &inner) { addSecret(offset, inner); });
}

bool Walk::is(Type type, const JsonNode &node, const JsonPlace &place)
{
    if (node.type == type)
        return true;
    if (findSecrets(node, place, false))
        return false;
    const auto expected = [type] {
        switch (type) {
        case Type::Null:
            return Words::tr("null is expected here.");
        case Type::Boolean:
            return Words::tr("true or false is expected here.");
        case Type::Number:
            return Words::tr("A number is expected here.");
        case Type::String:
            return Words::tr("A text in double quotes is expected here.");
        case Type::Array:
            return Words::tr("An array is expected here.");
        case Type::Object:
            return Words::tr("An object is expected here.");
        }
        Q_UNREACHABLE();
    };
    add(node.offset, place, expected());
    return false;
}

void Walk::members(const JsonNode &node, const JsonPlace &place, const std::vector<Member> &known)
{
    if (!is(Type::Object, node, place))
        return;
    std::vector<bool> seen(known.size());
    for (const JsonMember &member : node.members) {
        const JsonPlace inner(place, member.name);
        const auto it = std::ranges::find(known, member.name, &Member::name);
        const auto number = static_cast<size_t>(it - known.begin());
        // Of two of one name, which the tree has found, the first is read.
        if (it != known.end() && !seen[number]) {
            seen[number] = true;
            it->read(member.value, inner);
            continue;
        }
        bool isSecret = isSecretName(member, inner);
        isSecret |= findSecrets(member.value, inner, pastedsecret::isMemberForOne(member.name));
        if (!isSecret && it == known.end() && !member.name.startsWith("x-"))
            add(member.offset, inner,
                Words::tr("There is no member “%1” here. Names of your own begin with “x-”.")
                    .arg(JsonPlace::shown(member.name)));
    }
    for (size_t i = 0; i < known.size(); ++i) {
        if (known[i].isNeeded && !seen[i])
            add(node.offset, place,
                Words::tr("The member “%1” is missing here.").arg(QString::fromUtf8(known[i].name)));
    }
}

void Walk::items(const JsonNode &node, const JsonPlace &place, const Read &read)
{
    if (!is(Type::Array, node, place))
        return;
    for (size_t i = 0; i < node.items.size(); ++i)
        read(node.items[i], JsonPlace(place, static_cast<qsizetype>(i)));
}

std::optional<QString> Walk::text(const JsonNode &node, const JsonPlace &place, int longest)
{
    if (!is(Type::String, node, place))
        return std::nullopt;
    QString text = node.toString();
    if (pastedsecret::looksLikeOne(text)) {
        wipe(text);
        addSecret(node.offset, place);
        return std::nullopt;
    }
    if (text.isEmpty()) {
        add(node.offset, place,
            Words::tr("This text must not be empty. What is not to be said is left out."));
        return std::nullopt;
    }
    if (text.contains(QChar::Null)) {
        add(node.offset, place, Words::tr("This text has a NUL character, which cannot be kept."));
        return std::nullopt;
    }
    if (lengthOf(text) > longest) {
        add(node.offset, place, Words::tr("This text is longer than %L1 characters.").arg(longest));
        return std::nullopt;
    }
    return text;
}

bool Walk::isVersion(const JsonNode &root)
{
    const JsonNode *node = root.find("version");
    if (!node || node->type != Type::Number || wholeNumber(*node) == Version)
        return true;
    const auto version = wholeNumber(*node);
    add(node->offset, JsonPlace(JsonPlace(), "version"),
        version
            ? Words::tr("This document is of version %1, and this Latchkey reads version %2.")
                  .arg(QString::number(*version), QString::number(Version))
            : Words::tr("This is no version of a document. This Latchkey reads version %1.").arg(Version));
    return false;
}

ConfigurationDocument Walk::document()
{
    ConfigurationDocument document;
    const JsonNode &root = m_tree.root();
    // What another version means by the rest is not known.
    if (!isVersion(root))
        return document;
    const JsonPlace place;
    QSet<QString> names;
    const auto profiles = [this, &document, &names](const JsonNode &node, const JsonPlace &outer) {
        items(node, outer, [this, &document, &names](const JsonNode &item, const JsonPlace &inner) {
            document.profiles.append(profile(item, inner));
            // As profiles are looked for.
            const QString name = document.profiles.constLast().name.toCaseFolded();
            const qsizetype known = names.size();
            names.insert(name);
            if (!name.isEmpty() && names.size() == known)
                add(item.find("name")->offset, JsonPlace(inner, "name"),
                    Words::tr("There is a profile of this name already. Names do not differ by case."));
        });
    };
    members(root, place,
            {{"$schema", false, [this](const JsonNode &node, const JsonPlace &inner) { text(node, inner); }},
             {"version", false,
              [this](const JsonNode &node, const JsonPlace &inner) { is(Type::Number, node, inner); }},
             {"profiles", true, profiles}});
    if (root.isObject() && !root.find("version"))
        add(root.offset, place,
            Words::tr("The member “version” is missing here. This Latchkey reads version %1.").arg(Version));
    return document;
}

ConfiguredProfile Walk::profile(const JsonNode &node, const JsonPlace &place)
{
    ConfiguredProfile profile;
    QHash<QString, int> numbers; // Of the entries for each instance.
    const auto instances = [&](const JsonNode &array, const JsonPlace &outer) {
        items(array, outer, [&](const JsonNode &item, const JsonPlace &inner) {
            const ConfiguredInstance entry = instance(item, inner);
            const int number = static_cast<int>(profile.instances.size());
            profile.instances.append(entry);
            if (entry.integration.isEmpty() || entry.name.isEmpty())
                return;
            const auto complain = [&](int other, const QString &message) {
                add(item.offset, inner, message.arg(JsonPlace(outer, other).toPath()));
            };
            // Neither part has a slash.
            const QString both = entry.integration + u'/' + entry.name;
            const QString key = both + u'/' + entry.endpoint;
            if (const auto same = numbers.constFind(key); same != numbers.constEnd())
                return complain(*same, Words::tr("This instance has an entry already: %1."));
            numbers.insert(key, number);
            // An endpoint is left out where a profile has one only.
            const QString others = entry.endpoint.isEmpty() ? both + u"//"_s : both + u'/';
            if (const auto other = numbers.constFind(others); other != numbers.constEnd())
                return complain(*other, Words::tr("This may be the instance of %1 once more: of the two, "
                                                  "only one says at which endpoint it is."));
            if (!entry.endpoint.isEmpty())
                numbers.insert(both + u"//"_s, number);
        });
    };
    members(node, place,
            {{"name", true,
              [&](const JsonNode &name, const JsonPlace &inner) {
                  profile.name = text(name, inner).value_or(QString());
              }},
             {"instances", true, instances}});
    return profile;
}

QString Walk::machineName(const JsonNode &node, const JsonPlace &place)
{
    const auto name = text(node, place);
    if (!name)
        return {};
    if (isMachineName(*name))
        return *name;
    add(node.offset, place,
        Words::tr(
            "Konnect has no such name: a machine name has at most %1 characters, which are a to z, 0 to 9, "
            "dots and hyphens.")
            .arg(LongestMachineName));
    return {};
}

ConfiguredInstance Walk::instance(const JsonNode &node, const JsonPlace &place)
{
    ConfiguredInstance instance;
    members(
        node, place,
        {{"integration", true,
          [&](const JsonNode &name, const JsonPlace &inner) {
              instance.integration = machineName(name, inner);
          }},
         {"name", true,
          [&](const JsonNode &name, const JsonPlace &inner) { instance.name = machineName(name, inner); }},
         {"endpoint", false,
          [&](const JsonNode &endpoint, const JsonPlace &inner) {
              instance.endpoint = text(endpoint, inner, LongestEndpoint).value_or(QString());
              if (!isEndpoint(instance.endpoint))
                  add(endpoint.offset, inner,
                      Words::tr(
                          "An endpoint is a geo, or the host and port of a profile's URL, in lower case. "
                          "A configuration has no URLs."));
          }},
         {"credential", false,
          [&](const JsonNode &wanted, const JsonPlace &inner) {
              instance.wish = wanted.isNull() ? Wish::None : Wish::Present;
              if (!wanted.isNull())
                  instance.credential = credential(wanted, inner);
          }},
         {"expiry", false,
          [&](const JsonNode &recorded, const JsonPlace &inner) {
              instance.expiry = expiry(recorded, inner);
          }},
         {"protected", false, [&](const JsonNode &boolean, const JsonPlace &inner) {
              instance.isProtected = is(Type::Boolean, boolean, inner) && boolean.boolean;
          }}});
    return instance;
}

ConfiguredCredential Walk::credential(const JsonNode &node, const JsonPlace &place)
{
    ConfiguredCredential credential;
    const JsonNode *word = node.find("type");
    credential.type = credentialTypeFromWord(word ? word->toString() : QString());
    const auto mayBe = [&credential](CredentialType type) {
        return credential.type == type || credential.type == CredentialType::Unknown;
    };
    std::vector<Member> known{{"type", true, [&](const JsonNode &type, const JsonPlace &inner) {
                                   if (text(type, inner) && credential.type == CredentialType::Unknown)
                                       add(type.offset, inner,
                                           Words::tr("There is no such type. The types are %1.")
                                               .arg(QStringList{credentialTypeWord(CredentialType::MultiKey),
                                                                credentialTypeWord(CredentialType::AwsRole),
                                                                credentialTypeWord(CredentialType::OAuth),
                                                                credentialTypeWord(CredentialType::GitHubApp)}
                                                        .join(u", "_s)));
                               }}};
    if (mayBe(CredentialType::MultiKey))
        known.push_back({"headers", credential.type == CredentialType::MultiKey,
                         [&](const JsonNode &array, const JsonPlace &inner) {
                             credential.headers = headers(array, inner);
                         }});
    if (mayBe(CredentialType::AwsRole))
        known.push_back({"role_arn", credential.type == CredentialType::AwsRole,
                         [&](const JsonNode &arn, const JsonPlace &inner) {
                             credential.roleArn = text(arn, inner).value_or(QString());
                             if (!credential.roleArn.isEmpty() && !isRoleArn(credential.roleArn))
                                 add(arn.offset, inner,
                                     Words::tr("This is no role ARN: arn:aws:iam::123456789012:role/name"));
                         }});
    members(node, place, known);
    return credential;
}

QList<ConfiguredHeader> Walk::headers(const JsonNode &node, const JsonPlace &place)
{
    QList<ConfiguredHeader> headers;
    QSet<QString> names;
    items(node, place, [&](const JsonNode &item, const JsonPlace &inner) {
        headers.append(header(item, inner));
        const QString name = headers.constLast().name.toLower();
        const qsizetype known = names.size();
        names.insert(name);
        if (!name.isEmpty() && names.size() == known)
            add(item.find("name")->offset, JsonPlace(inner, "name"),
                Words::tr("This header is there already. Names of headers do not differ by case."));
    });
    if (node.isArray() && node.items.empty())
        add(node.offset, place, Words::tr("At least one header is needed."));
    return headers;
}

ConfiguredHeader Walk::header(const JsonNode &node, const JsonPlace &place)
{
    ConfiguredHeader header;
    members(
        node, place,
        {{"name", true,
          [&](const JsonNode &name, const JsonPlace &inner) {
              header.name = text(name, inner).value_or(QString());
              if (pastedsecret::isNameLikeAKey(header.name)) {
                  wipe(header.name);
                  addSecret(name.offset, inner);
              } else if (!header.name.isEmpty() && !isFieldName(header.name)) {
                  add(name.offset, inner,
                      Words::tr("This is no name of a header: only letters, digits and !#$%&'*+-.^_`|~ are "
                                "allowed."));
              }
          }},
         {"source", true, [&](const JsonNode &source, const JsonPlace &inner) {
              auto word = text(source, inner);
              if (!word)
                  return;
              if (const auto read = sourceFromWord(*word))
                  header.source = *read;
              else
                  add(source.offset, inner,
                      Words::tr("A source is “keychain”, “prompt” or “env:NAME” with the name of a variable. "
                                "What stands here may be a key, and is not repeated: a configuration has no "
                                "place for keys."));
              wipe(*word);
          }}});
    return header;
}

ConfiguredExpiry Walk::expiry(const JsonNode &node, const JsonPlace &place)
{
    ConfiguredExpiry expiry;
    members(node, place,
            {{"date", false,
              [&](const JsonNode &date, const JsonPlace &inner) {
                  const auto day = text(date, inner);
                  expiry.date = dateFromText(day.value_or(QString()));
                  if (day && !expiry.date.isValid())
                      add(date.offset, inner,
                          Words::tr("A day is written YYYY-MM-DD, and has to be one that the calendar has."));
              }},
             {"lives_days", false,
              [&](const JsonNode &days, const JsonPlace &inner) {
                  if (!is(Type::Number, days, inner))
                      return;
                  expiry.livesDays = wholeNumber(days).value_or(0);
                  if (expiry.livesDays < 1 || expiry.livesDays > MostLivesDays)
                      add(days.offset, inner,
                          Words::tr("A credential lives for 1 to %L1 whole days.").arg(MostLivesDays));
              }},
             {"owner", false,
              [&](const JsonNode &owner, const JsonPlace &inner) {
                  expiry.owner = text(owner, inner, LongestOwner).value_or(QString());
              }},
             {"note", false, [&](const JsonNode &note, const JsonPlace &inner) {
                  expiry.note = text(note, inner, LongestNote).value_or(QString());
              }}});
    return expiry;
}

} // namespace

Reading read(QByteArray &&text)
{
    JsonTree::Reading reading = JsonTree::read(std::move(text));
    if (!reading.tree)
        return {std::nullopt, reading.findings};
    Walk walk(*reading.tree);
    for (const DocumentFinding &finding : std::as_const(reading.findings))
        walk.add(finding);
    const ConfigurationDocument document = walk.document();
    const QList<DocumentFinding> findings = walk.takeFindings();
    if (!findings.isEmpty())
        return {std::nullopt, findings};
    return {document, {}};
}

} // namespace latchkey::configurationtext
