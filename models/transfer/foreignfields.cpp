// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/foreignfields.h"

#include "models/core/headerrules.h"
#include "models/transfer/pastedsecret.h"
#include "models/transfer/yamltree.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(foreignfields)
};

constexpr qsizetype LongestName = 2048;

QByteArray camelCase(QByteArrayView name)
{
    QByteArray camel;
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (name.at(i) == '_' && i + 1 < name.size())
            camel += static_cast<char>(name.at(++i) - 'a' + 'A');
        else
            camel += name.at(i);
    }
    return camel;
}

/// What tools write in the place of a value that they keep to themselves.
bool isMask(QByteArrayView key)
{
    return key == "[secret]" || key == "[unknown]" || key == "(sensitive value)" || key == "(sensitive)" ||
           key == "(known after apply)";
}

/// Why a text is no key; empty where it is one.
QString whyNoKey(QByteArrayView key)
{
    if (isMask(key))
        return Words::tr("the file has a mask in its place. Type the key.");
    if (key.size() > ForeignFields::LongestKey)
        return Words::tr("what stands there is too long for a key. Type the key.");
    if (!isFieldValue(key))
        return Words::tr("what stands there has line breaks or control characters, which a header cannot "
                         "carry. Type the key.");
    return {};
}

/// The headers of one credential, from all the sets that have some.
class Headers
{
public:
    void beginSet() { m_set++; }

    void add(const QString &name, const ForeignValue &key)
    {
        const auto isIt = [&name](const Header &header) {
            return header.name.compare(name, Qt::CaseInsensitive) == 0;
        };
        auto found = std::ranges::find_if(m_headers, isIt);
        if (found == m_headers.end()) {
            m_headers.push_back({name, {}, {}, m_set, false});
            found = std::prev(m_headers.end());
        } else if (found->set == m_set) {
            found->isTwice = true;
        }
        found->set = m_set;
        take(*found, key);
    }

    void leaveOut(const QString &why)
    {
        m_lacksSome = true;
        say(why);
    }

    void say(const QString &why)
    {
        if (!m_whys.contains(why))
            m_whys << why;
    }

    [[nodiscard]] bool isEmpty() const { return m_headers.empty(); }

    void moveInto(ForeignCredential &credential, const QString &whyNone)
    {
        QList<std::pair<QString, QStringList>> missing; // Why → headers.
        const auto miss = [&missing](const QString &why, const QString &name) {
            const auto same =
                std::ranges::find_if(missing, [&why](const auto &each) { return each.first == why; });
            if (same == missing.end())
                missing.emplaceBack(why, QStringList{name});
            else
                same->second << name;
        };
        for (Header &header : m_headers) {
            credential.headers << header.name;
            if (header.isTwice)
                miss(Words::tr("it stands twice, and nothing says which one counts. Type the key."),
                     header.name);
            else if (header.key.isEmpty())
                miss(header.why.isEmpty() ? whyNone : header.why, header.name);
            else
                credential.keys.push_back({header.name, std::move(header.key)});
        }
        credential.lacksHeaders = m_lacksSome;
        QStringList notes;
        for (const auto &[why, names] : std::as_const(missing))
            notes << u"%1: %2"_s.arg(names.join(u", "_s), why);
        notes += m_whys;
        if (m_headers.empty() && m_whys.isEmpty())
            notes << Words::tr("No keys: %1").arg(whyNone);
        credential.note = notes.join(u' ');
    }

private:
    struct Header
    {
        QString name;
        Secret key;
        QString why;
        int set = 0;
        bool isTwice = false;
    };

    static void take(Header &header, const ForeignValue &key)
    {
        if (!header.key.isEmpty())
            return;
        if (!key.node) {
            header.why = key.why;
            return;
        }
        if (key.node->isNull())
            return;
        if (!key.node->isString()) {
            header.why = Words::tr("what stands there is no text. Type the key.");
            return;
        }
        if (key.node->text.trimmed().isEmpty())
            return;
        const QString why = whyNoKey(key.node->text);
        if (why.isEmpty())
            header.key = Secret(key.node->text);
        else
            header.why = why;
    }

    std::vector<Header> m_headers;
    QStringList m_whys;
    bool m_lacksSome = false;
    int m_set = 0;
};

} // namespace

ForeignFields::ForeignFields(ForeignValues &values, const std::vector<const JsonNode *> &sets)
    : m_values(values)
{
    for (const JsonNode *set : sets) {
        if (set && set->isObject())
            m_sets.push_back(set);
    }
}

ForeignValue ForeignFields::member(const JsonNode &object, QByteArrayView name) const
{
    const JsonNode *found = object.find(name);
    if (!found)
        found = object.find(camelCase(name));
    ForeignValue value = found ? m_values.resolve(*found) : ForeignValue();
    const bool isElsewhere =
        found ? value.node && YamlTree::isNotFollowed(*value.node) : object.find("<<") != nullptr;
    if (isElsewhere)
        return {nullptr,
                Words::tr("a part of it stands elsewhere in the file, as an alias or with a tag, which is "
                          "not followed. Type the key.")};
    if (value.node && value.node->isNull())
        value.node = nullptr;
    return value;
}

QString ForeignFields::text(QByteArrayView name) const
{
    for (const JsonNode *set : m_sets) {
        const ForeignValue value = member(*set, name);
        if (value.node && value.node->isString() && value.node->text.size() <= LongestName)
            return value.node->toString();
    }
    return {};
}

QString ForeignFields::text(QByteArrayView object, QByteArrayView name) const
{
    std::vector<const JsonNode *> objects;
    for (const JsonNode *set : m_sets)
        objects.push_back(member(*set, object).node);
    return ForeignFields(m_values, objects).text(name);
}

bool ForeignFields::has(QByteArrayView name) const
{
    return std::ranges::any_of(m_sets,
                               [&](const JsonNode *set) { return member(*set, name).node != nullptr; });
}

void ForeignFields::readReferences(ForeignCredential &credential) const
{
    credential.credentialId = text("id");
    credential.instanceId = text("integration_instance_id");
    if (credential.instanceId.isEmpty())
        credential.instanceId = text("integration_instance", "id");
    credential.instanceName = text("integration_instance", "name");
    credential.instanceTitle = text("integration_instance", "display_name");
    credential.createdAt = Timestamp::parse(text("created_at")).utc;
    credential.expiresAt = Timestamp::parse(text("expires_at")).utc;
}

void ForeignFields::readHeaders(ForeignCredential &credential, QByteArrayView object,
                                const QString &whyNone) const
{
    Headers headers;
    QString why;
    for (const JsonNode *set : m_sets) {
        ForeignValue value{set, {}};
        for (const QByteArrayView step : {object, QByteArrayView("config"), QByteArrayView("headers")}) {
            if (value.node && !step.isEmpty())
                value = member(*value.node, step);
        }
        if (!value.node) {
            why = value.why.isEmpty() ? why : value.why;
            continue;
        }
        headers.beginSet();
        int count = 0;
        for (const JsonNode &item : value.node->items) {
            if (++count > MostHeaders) {
                headers.leaveOut(
                    Words::tr("There are more than %1 headers; the rest is left out.").arg(MostHeaders));
                break;
            }
            const ForeignValue header = m_values.resolve(item);
            if (!header.node || !header.node->isObject()) {
                headers.leaveOut(Words::tr("A header is left out: the file does not have it in clear."));
                continue;
            }
            const ForeignFields fields(m_values, {header.node});
            QString name = fields.text("name");
            if (isFieldName(name) && !pastedsecret::isNameLikeAKey(name)) {
                headers.add(name, member(*header.node, "key"));
                continue;
            }
            wipe(name); // It may be the key, in the wrong place.
            headers.leaveOut(
                Words::tr("A header is left out: its name is missing, none that HTTP has, or may be a key."));
        }
    }
    if (headers.isEmpty() && !why.isEmpty())
        headers.say(Words::tr("No keys: %1").arg(why));
    headers.moveInto(credential, whyNone);
}

} // namespace latchkey
