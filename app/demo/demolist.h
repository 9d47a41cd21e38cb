// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demoproblems.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <utility>

namespace latchkey {

/// Paging, filter and sort of Konnect's collections.
class DemoList
{
public:
    enum class FieldKind { Text, Boolean, Date };

    /// What a collection can be filtered and sorted by.
    struct Shape
    {
        QHash<QString, FieldKind> filters; ///< Dotted names, e.g. `integration.name`.
        bool labels = false;               ///< `filter[labels.KEY]` too.
        QStringList sorts;
        QString defaultSort;
    };

    static const Shape &integrations();
    static const Shape &instances();

    /// Reads the query of a raw request target. What cannot be read is in `problems()`.
    DemoList(const Shape &shape, const QByteArray &rawQuery);

    [[nodiscard]] const DemoProblems &problems() const { return m_problems; }
    [[nodiscard]] int size() const { return m_size; }
    [[nodiscard]] int number() const { return m_number; }
    /// The same for all pages of one listing.
    [[nodiscard]] const QString &key() const { return m_key; }
    /// Rows of `items` that match, in order.
    [[nodiscard]] QList<qsizetype> apply(const QList<QJsonObject> &items) const;

private:
    using Test = std::function<bool(const QJsonObject &)>;
    struct Order
    {
        QString field;
        bool descending = false;
    };

    void readParameter(const QString &key, const QString &value, bool hasValue);
    int readPageNumber(const QString &key, const QString &value, int otherwise);
    void readFilter(const QString &key, const QString &value, bool hasValue);
    void addTextTest(const QString &key, const QString &field, const QString &op, const QString &value);
    void addDateTest(const QString &key, const QString &field, const QString &op, const QString &value);
    void readSort(const QString &text);

    const Shape &m_shape;
    DemoProblems m_problems;
    QList<Test> m_tests;
    QList<Order> m_orders;
    QString m_key;
    int m_size = 10;
    int m_number = 1;
};

} // namespace latchkey
