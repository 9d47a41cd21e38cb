// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demolist.h"

#include <QDateTime>
#include <QJsonValue>
#include <QUrl>

#include <algorithm>
#include <numeric>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int largestPage = 100;

QString decoded(QByteArray raw)
{
    raw.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(raw));
}

/// `integration.name` is a path; the key of a label may itself hold dots.
QJsonValue valueOf(const QJsonObject &item, const QString &field)
{
    const qsizetype dot = field.indexOf(u'.');
    if (dot < 0)
        return item.value(field);
    return item.value(QStringView(field).left(dot)).toObject().value(QStringView(field).mid(dot + 1));
}

/// RFC 3339 needs a zone; without one Qt would take the local time.
QDateTime readDate(const QString &text)
{
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    return moment.isValid() && moment.timeSpec() != Qt::LocalTime ? moment.toUTC() : QDateTime();
}

} // namespace

const DemoList::Shape &DemoList::integrations()
{
    static const Shape shape{{{u"name"_s, FieldKind::Text}, {u"display_name"_s, FieldKind::Text}},
                             false,
                             {u"display_name"_s, u"name"_s},
                             u"display_name"_s};
    return shape;
}

const DemoList::Shape &DemoList::instances()
{
    static const Shape shape{
        {{u"name"_s, FieldKind::Text},
         {u"display_name"_s, FieldKind::Text},
         {u"integration.name"_s, FieldKind::Text},
         {u"integration.display_name"_s, FieldKind::Text},
         {u"authorized"_s, FieldKind::Boolean},
         {u"created_at"_s, FieldKind::Date},
         {u"updated_at"_s, FieldKind::Date}},
        true,
        {u"display_name"_s, u"name"_s, u"created_at"_s, u"updated_at"_s, u"integration.display_name"_s},
        u"integration.display_name"_s};
    return shape;
}

DemoList::DemoList(const Shape &shape, const QByteArray &rawQuery)
    : m_shape(shape)
    , m_problems(u"query"_s)
{
    for (const QByteArray &part : rawQuery.split('&')) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        const QString key = decoded(equals < 0 ? part : part.left(equals));
        readParameter(key, equals < 0 ? QString() : decoded(part.mid(equals + 1)), equals >= 0);
    }
    if (m_orders.isEmpty())
        m_orders.append({shape.defaultSort, false});
}

void DemoList::readParameter(const QString &key, const QString &value, bool hasValue)
{
    if (key == "page[size]"_L1) {
        m_size = std::min(readPageNumber(key, value, m_size), largestPage);
        return;
    }
    if (key == "page[number]"_L1) {
        m_number = readPageNumber(key, value, m_number);
        return;
    }
    m_key += key + u'=' + value + u'&';
    if (key == "sort"_L1)
        readSort(value);
    else if (key.startsWith("filter["_L1) && key.endsWith(u']'))
        readFilter(key, value, hasValue);
    else
        m_problems.add(key, u"unknown_property"_s, u"is not a parameter of this collection"_s);
}

int DemoList::readPageNumber(const QString &key, const QString &value, int otherwise)
{
    if (value.isEmpty())
        return otherwise;
    bool ok = false;
    const int number = value.toInt(&ok);
    if (!ok)
        m_problems.add(key, u"is_integer"_s, u"must be an integer"_s);
    else if (number < 1)
        m_problems.addMinimum(key, u"min"_s, 1, u"must be at least 1"_s);
    return ok && number >= 1 ? number : otherwise;
}

void DemoList::readFilter(const QString &key, const QString &value, bool hasValue)
{
    const QStringList parts = key.mid(7).chopped(1).split(u"]["_s);
    const QString &field = parts.constFirst();
    const QString op = parts.value(1);
    const bool label = m_shape.labels && field.startsWith("labels."_L1) && field.size() > 7;
    if (parts.size() > 2 || (!label && !m_shape.filters.contains(field))) {
        m_problems.add(key, u"unknown_property"_s, u"is not a filter of this collection"_s);
        return;
    }
    if (label && !hasValue && op.isEmpty()) {
        m_tests.append([field](const QJsonObject &item) { return !valueOf(item, field).isUndefined(); });
        return;
    }
    switch (label ? FieldKind::Text : m_shape.filters.value(field)) {
    case FieldKind::Text:
        addTextTest(key, field, op, value);
        break;
    case FieldKind::Date:
        addDateTest(key, field, op, value);
        break;
    case FieldKind::Boolean:
        if (!op.isEmpty() || (value != "true"_L1 && value != "false"_L1))
            m_problems.add(key, u"is_boolean"_s, u"must be true or false"_s);
        else
            m_tests.append([field, wanted = value == "true"_L1](const QJsonObject &item) {
                return valueOf(item, field).toBool() == wanted;
            });
        break;
    }
}

void DemoList::addTextTest(const QString &key, const QString &field, const QString &op, const QString &value)
{
    const QStringList values = value.split(u',');
    if (op.isEmpty() || op == "eq"_L1)
        m_tests.append(
            [field, value](const QJsonObject &item) { return valueOf(item, field) == QJsonValue(value); });
    else if (op == "neq"_L1)
        m_tests.append(
            [field, value](const QJsonObject &item) { return valueOf(item, field) != QJsonValue(value); });
    else if (op == "oeq"_L1)
        m_tests.append([field, values](const QJsonObject &item) {
            const QJsonValue found = valueOf(item, field);
            return found.isString() && values.contains(found.toString());
        });
    else if (op == "contains"_L1)
        m_tests.append([field, value](const QJsonObject &item) {
            return valueOf(item, field).toString().contains(value, Qt::CaseInsensitive);
        });
    else if (op == "ocontains"_L1)
        m_tests.append([field, values](const QJsonObject &item) {
            const QString found = valueOf(item, field).toString();
            return std::any_of(values.begin(), values.end(), [&found](const QString &part) {
                return found.contains(part, Qt::CaseInsensitive);
            });
        });
    else
        m_problems.add(key, u"unknown_property"_s, u"is not an operator for text"_s);
}

void DemoList::addDateTest(const QString &key, const QString &field, const QString &op, const QString &value)
{
    static const QStringList ops{QString(), u"eq"_s, u"lt"_s, u"lte"_s, u"gt"_s, u"gte"_s};
    const QDateTime bound = readDate(value);
    if (!ops.contains(op)) {
        m_problems.add(key, u"unknown_property"_s, u"is not an operator for dates"_s);
        return;
    }
    if (!bound.isValid()) {
        m_problems.add(key, u"is_date_time"_s, u"must be an RFC 3339 date and time with a zone"_s);
        return;
    }
    m_tests.append([field, op, bound](const QJsonObject &item) {
        const QDateTime found = readDate(valueOf(item, field).toString());
        if (!found.isValid())
            return false;
        if (op == "lt"_L1)
            return found < bound;
        if (op == "lte"_L1)
            return found <= bound;
        if (op == "gt"_L1)
            return found > bound;
        if (op == "gte"_L1)
            return found >= bound;
        return found == bound;
    });
}

void DemoList::readSort(const QString &text)
{
    for (const QString &part : text.split(u',')) {
        const QStringList words = part.simplified().split(u' ');
        const QString direction = words.value(1, u"asc"_s);
        if (words.size() > 2 || (direction != "asc"_L1 && direction != "desc"_L1))
            m_problems.add(u"sort"_s, u"invalid"_s,
                           u"must be an attribute, optionally followed by asc or desc"_s);
        else if (!m_shape.sorts.contains(words.first()))
            m_problems.addChoice(u"sort"_s, m_shape.sorts);
        else
            m_orders.append({words.first(), direction == "desc"_L1});
    }
}

QList<qsizetype> DemoList::apply(const QList<QJsonObject> &items) const
{
    QList<qsizetype> rows;
    for (qsizetype row = 0; row < items.size(); ++row)
        if (std::all_of(m_tests.begin(), m_tests.end(),
                        [&](const Test &test) { return test(items.at(row)); }))
            rows.append(row);

    QList<QStringList> sortKeys(rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i)
        for (const Order &order : m_orders)
            sortKeys[i].append(valueOf(items.at(rows.at(i)), order.field).toString());
    QList<qsizetype> places(rows.size());
    std::iota(places.begin(), places.end(), 0);
    std::stable_sort(places.begin(), places.end(), [&](qsizetype left, qsizetype right) {
        for (qsizetype i = 0; i < m_orders.size(); ++i) {
            const int compared =
                sortKeys.at(left).at(i).compare(sortKeys.at(right).at(i), Qt::CaseInsensitive);
            if (compared != 0)
                return m_orders.at(i).descending ? compared > 0 : compared < 0;
        }
        return false;
    });
    QList<qsizetype> sorted;
    sorted.reserve(places.size());
    for (const qsizetype place : places)
        sorted.append(rows.at(place));
    return sorted;
}

} // namespace latchkey
