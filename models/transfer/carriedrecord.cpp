// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/carriedrecord.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::carriedrecord {

namespace {

constexpr qsizetype numberSize = sizeof(quint32);

QJsonObject description(const CarriedKeys &keys)
{
    return {{u"origin"_s, keys.origin},
            {u"instance_id"_s, keys.instanceId},
            {u"instance_name"_s, keys.instanceName},
            {u"integration"_s, keys.integration},
            {u"profile"_s, keys.profileName},
            {u"credential_id"_s, keys.credentialId},
            {u"since"_s, keys.since.toUTC().toString(Qt::ISODateWithMs)},
            {u"headers"_s, QJsonArray::fromStringList(headerNames(keys.keys))}};
}

void appendSized(QByteArray *record, QByteArrayView bytes)
{
    const quint32 size = qToLittleEndian(static_cast<quint32>(bytes.size()));
    record->append(reinterpret_cast<const char *>(&size), numberSize);
    record->append(bytes);
}

/// Takes a number and as many bytes off `record`.
std::optional<QByteArrayView> takeSized(QByteArrayView *record)
{
    if (record->size() < numberSize)
        return std::nullopt;
    const auto size = static_cast<qsizetype>(qFromLittleEndian<quint32>(record->data()));
    *record = record->sliced(numberSize);
    if (size > record->size())
        return std::nullopt;
    const QByteArrayView bytes = record->first(size);
    *record = record->sliced(size);
    return bytes;
}

} // namespace

Secret write(const CarriedKeys &keys)
{
    const QByteArray head = QJsonDocument(description(keys)).toJson(QJsonDocument::Compact);
    qsizetype size = numberSize + head.size();
    for (const HeaderKey &header : keys.keys)
        size += numberSize + header.key.size();
    // Room for all of it at once: growing would leave copies of the keys behind.
    QByteArray record;
    record.reserve(size);
    appendSized(&record, head);
    for (const HeaderKey &header : keys.keys)
        appendSized(&record, header.key.reveal());
    return Secret::takeFrom(record);
}

std::optional<CarriedKeys> read(QByteArrayView record)
{
    const std::optional<QByteArrayView> head = takeSized(&record);
    if (!head)
        return std::nullopt;
    const QJsonObject found = QJsonDocument::fromJson(head->toByteArray()).object();
    CarriedKeys keys;
    keys.origin = found.value("origin"_L1).toString();
    keys.instanceId = found.value("instance_id"_L1).toString();
    keys.instanceName = found.value("instance_name"_L1).toString();
    keys.integration = found.value("integration"_L1).toString();
    keys.profileName = found.value("profile"_L1).toString();
    keys.credentialId = found.value("credential_id"_L1).toString();
    keys.since = QDateTime::fromString(found.value("since"_L1).toString(), Qt::ISODateWithMs).toUTC();
    const QJsonArray headers = found.value("headers"_L1).toArray();
    for (const QJsonValue &header : headers) {
        const std::optional<QByteArrayView> key = takeSized(&record);
        if (!key || !header.isString())
            return std::nullopt;
        keys.keys.push_back({header.toString(), Secret(*key)});
    }
    const bool isWhole = record.isEmpty() && !keys.keys.empty() && !keys.origin.isEmpty() &&
                         !keys.instanceId.isEmpty() && !keys.credentialId.isEmpty() && keys.since.isValid();
    return isWhole ? std::optional<CarriedKeys>(std::move(keys)) : std::nullopt;
}

} // namespace latchkey::carriedrecord
