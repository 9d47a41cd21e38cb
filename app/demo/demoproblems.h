// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace latchkey {

/// Collects Konnect's `invalid_parameters`.
class DemoProblems
{
public:
    explicit DemoProblems(QString source)
        : m_source(std::move(source))
    {
    } ///< `body` or `query`.

    /// `rule` is one of Konnect's words, e.g. `required`, `is_string`, `unknown_property`.
    void add(const QString &field, const QString &rule, const QString &reason)
    {
        append({{QStringLiteral("field"), field},
                {QStringLiteral("rule"), rule},
                {QStringLiteral("reason"), reason}});
    }
    void addMinimum(const QString &field, const QString &rule, int minimum, const QString &reason)
    {
        append({{QStringLiteral("field"), field},
                {QStringLiteral("rule"), rule},
                {QStringLiteral("minimum"), minimum},
                {QStringLiteral("reason"), reason}});
    }
    void addMaximum(const QString &field, const QString &rule, int maximum, const QString &reason)
    {
        append({{QStringLiteral("field"), field},
                {QStringLiteral("rule"), rule},
                {QStringLiteral("maximum"), maximum},
                {QStringLiteral("reason"), reason}});
    }
    void addChoice(const QString &field, const QStringList &choices)
    {
        append({{QStringLiteral("field"), field},
                {QStringLiteral("rule"), QStringLiteral("enum")},
                {QStringLiteral("choices"), QJsonArray::fromStringList(choices)},
                {QStringLiteral("reason"),
                 QStringLiteral("must be one of: ") + choices.join(QStringLiteral(", "))}});
    }

    [[nodiscard]] bool isEmpty() const { return m_items.isEmpty(); }
    [[nodiscard]] const QJsonArray &items() const { return m_items; }

private:
    void append(QJsonObject item)
    {
        item.insert(QStringLiteral("source"), m_source);
        if (!m_items.contains(item)) // Konnect promises unique items
            m_items.append(item);
    }

    QString m_source;
    QJsonArray m_items;
};

} // namespace latchkey
