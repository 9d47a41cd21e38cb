// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QDateTime>
#include <QList>
#include <QString>

namespace latchkey {

/// The last day of a key as the user types it, with what there is to say about it. Empty is none, which is
/// fine. Knows no widgets.
class ExpiryDate
{
public:
    struct Preset
    {
        QString label; ///< "90 days: 3 Mar 2027"
        QDate date;
    };

    ExpiryDate() = default;
    /// `now`: UTC; where it is not valid, nothing is said that depends on it. `created`: the day on which the
    /// key was made, from which the presets count; invalid where it is not known.
    explicit ExpiryDate(const QDateTime &now, const QDate &created = {});

    void setText(const QString &text) { m_text = text.trimmed(); }
    void setDate(const QDate &date) { m_text = date.toString(Qt::ISODate); }
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    /// Invalid where nothing is typed, or nothing that can be read.
    [[nodiscard]] QDate date() const;

    [[nodiscard]] QString error() const;   ///< Why it cannot be used; empty if it can.
    [[nodiscard]] QString warning() const; ///< What is odd about it. It can be used all the same.
    [[nodiscard]] QString result() const;  ///< "3 Mar 2027, in 95 days"; empty for none.

    /// What services give keys: 30 days to a year, from the day on which the key was made; those that are
    /// over are left out. From today where all of them are.
    [[nodiscard]] QList<Preset> presets() const;
    /// From when the presets count: "From 28 Nov 2026, when it was made".
    [[nodiscard]] QString presetsFrom() const;
    bool operator==(const ExpiryDate &) const = default;

private:
    [[nodiscard]] QDate today() const;
    [[nodiscard]] bool isFromCreation() const;
    [[nodiscard]] QDate from() const;

    QString m_text;
    QDateTime m_now;
    QDate m_created;
};

} // namespace latchkey
