// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/jsonreading.h"

#include "models/core/redactor.h"

#include <QJsonValue>

#include <algorithm>
#include <cmath>
#include <limits>

namespace latchkey::json {

using namespace Qt::StringLiterals;

namespace {

QString cut(const QString &whole)
{
    return whole.size() <= longestText ? whole : whole.left(longestText) + u'…';
}

} // namespace

QString text(const QJsonValue &value)
{
    if (value.isString())
        return cut(value.toString());
    if (!value.isDouble())
        return {};
    const double number = value.toDouble();
    constexpr double exact = 9007199254740992.0; // 2^53
    if (std::abs(number) < exact && number == std::floor(number))
        return QString::number(static_cast<qint64>(number));
    return QString::number(number, 'g', 17);
}

QString text(const QJsonValue &value, const Redactor &redactor)
{
    return value.isString() ? cut(redactor.redact(value.toString())) : text(value);
}

QString text(const QJsonObject &object, QStringView name)
{
    return text(object.value(name));
}

QString id(const QJsonObject &object, QStringView name)
{
    const QString found = text(object, name).trimmed();
    return found.size() <= longestId && found != u"." && found != u".." ? found : QString();
}

std::optional<bool> flag(const QJsonObject &object, QStringView name)
{
    const QJsonValue value = object.value(name);
    if (value.isBool())
        return value.toBool();
    const QString word = value.toString();
    if (word.compare(u"true"_s, Qt::CaseInsensitive) == 0)
        return true;
    if (word.compare(u"false"_s, Qt::CaseInsensitive) == 0)
        return false;
    return std::nullopt;
}

std::optional<int> count(const QJsonObject &object, QStringView name)
{
    const QJsonValue value = object.value(name);
    double number = -1;
    if (value.isDouble()) {
        number = value.toDouble();
    } else if (value.isString()) {
        bool readable = false;
        number = value.toString().trimmed().toDouble(&readable);
        if (!readable)
            return std::nullopt;
    }
    if (!(number >= 0) || number != std::floor(number))
        return std::nullopt;
    return static_cast<int>(std::min(number, static_cast<double>(std::numeric_limits<int>::max())));
}

Timestamp moment(const QJsonObject &object, QStringView name)
{
    return Timestamp::parse(text(object, name));
}

} // namespace latchkey::json
