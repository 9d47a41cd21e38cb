// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/keyentry.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::keyentry {

namespace {

// Inside a JSON string a quote is escaped, so this text can only be the member itself.
constexpr QByteArrayView keysMember = ",\"keys\":[";
constexpr QByteArrayView end = "]}";

/// Everything but the keys: no secrets, so ordinary JSON will do.
QJsonObject description(const KeyVersion &version)
{
    const bool token = version.purpose == KeyVersion::Purpose::Token;
    return {{u"format"_s, u"latchkey-entry"_s},
            {u"version"_s, 1},
            {u"purpose"_s, token ? u"token"_s : u"keys"_s},
            {u"id"_s, version.id},
            {u"origin"_s, version.origin},
            {u"instance_id"_s, version.instanceId},
            {u"instance_name"_s, version.instanceName},
            {u"profile_id"_s, version.profileId},
            {u"created_at"_s, version.createdAt.toUTC().toString(Qt::ISODateWithMs)},
            {u"headers"_s, QJsonArray::fromStringList(version.headers())}};
}

bool belongsTo(const QJsonObject &found, const KeyVersion &version)
{
    const QJsonObject wanted = description(version);
    // The name is only for people; the instance may have been renamed since.
    const auto names = {"format"_L1, "version"_L1,     "purpose"_L1, "id"_L1,
                        "origin"_L1, "instance_id"_L1, "headers"_L1};
    return std::all_of(names.begin(), names.end(),
                       [&](QLatin1StringView name) { return found.value(name) == wanted.value(name); });
}

/// The two halves of an entry.
struct Parts
{
    QJsonObject description;
    QByteArrayView keys; ///< In the entry's own memory.
};

std::optional<Parts> split(const Secret &entry)
{
    const QByteArrayView text = entry.reveal();
    const qsizetype middle = text.indexOf(keysMember);
    const qsizetype start = middle + keysMember.size();
    if (middle < 0 || !text.endsWith(end) || start > text.size() - end.size())
        return std::nullopt;
    const QByteArray head = text.first(middle).toByteArray() + '}';
    return Parts{QJsonDocument::fromJson(head).object(),
                 text.sliced(start, text.size() - end.size() - start)};
}

/// `text`: base64 in quotes, separated by commas.
std::optional<std::vector<Secret>> readKeys(QByteArrayView text)
{
    std::vector<Secret> keys;
    while (!text.isEmpty()) {
        if (!keys.empty()) {
            if (text.front() != ',')
                return std::nullopt;
            text = text.sliced(1);
        }
        if (!text.startsWith('"'))
            return std::nullopt;
        const qsizetype close = text.indexOf('"', 1);
        if (close < 0)
            return std::nullopt;
        // Not a copy: the bytes stay in the Secret.
        const QByteArray base64 = QByteArray::fromRawData(text.data() + 1, close - 1);
        auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return std::nullopt;
        keys.push_back(Secret::takeFrom(decoded.decoded));
        text = text.sliced(close + 1);
    }
    return keys;
}

} // namespace

bool isName(const QString &name)
{
    return QUuid::fromString(name).toString(QUuid::WithoutBraces) == name;
}

Secret write(const KeyVersion &version, const std::vector<Secret> &keys)
{
    QByteArray text = QJsonDocument(description(version)).toJson(QJsonDocument::Compact);
    text.chop(1);
    qsizetype size = text.size() + keysMember.size() + end.size();
    for (const Secret &key : keys)
        size += (key.size() + 2) / 3 * 4 + 3;
    // Room for all of it at once: growing would leave copies of the keys behind.
    text.reserve(size);
    text.append(keysMember);
    bool first = true;
    for (const Secret &key : keys) {
        if (!first)
            text.append(',');
        first = false;
        const QByteArrayView bytes = key.reveal();
        QByteArray base64 = QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64();
        text.append('"').append(base64).append('"');
        wipe(base64);
    }
    text.append(end);
    return Secret::takeFrom(text);
}

std::optional<std::vector<Secret>> read(const Secret &entry, const KeyVersion &version)
{
    const std::optional<Parts> parts = split(entry);
    if (!parts || !belongsTo(parts->description, version))
        return std::nullopt;
    return readKeys(parts->keys);
}

std::optional<KeyVersion> describe(const Secret &entry)
{
    const std::optional<Parts> parts = split(entry);
    if (!parts)
        return std::nullopt;
    const QJsonObject &found = parts->description;
    const QString purpose = found.value("purpose"_L1).toString();
    KeyVersion version;
    version.purpose = purpose == "token"_L1 ? KeyVersion::Purpose::Token : KeyVersion::Purpose::Keys;
    version.id = found.value("id"_L1).toString();
    version.origin = found.value("origin"_L1).toString();
    version.instanceId = found.value("instance_id"_L1).toString();
    version.instanceName = found.value("instance_name"_L1).toString();
    version.profileId = found.value("profile_id"_L1).toString();
    version.createdAt = QDateTime::fromString(found.value("created_at"_L1).toString(), Qt::ISODateWithMs);
    const QJsonArray headers = found.value("headers"_L1).toArray();
    for (const QJsonValue &header : headers)
        version.fingerprints.append({header.toString(), {}});
    const std::optional<std::vector<Secret>> keys = read(entry, version);
    const bool token = version.purpose == KeyVersion::Purpose::Token;
    const bool whole = !version.id.isEmpty() && !version.origin.isEmpty() && version.createdAt.isValid() &&
                       (token || !version.instanceId.isEmpty()) && keys && !keys->empty() &&
                       keys->size() == (token ? 1 : static_cast<size_t>(headers.size()));
    return whole ? std::optional<KeyVersion>(version) : std::nullopt;
}

} // namespace latchkey::keyentry
