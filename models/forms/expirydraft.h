// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/expiry.h"
#include "models/core/instancerecord.h"
#include "models/forms/expirydate.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace latchkey {

/// What the user is writing down about the expiry of one or more credentials. Knows no widgets.
///
/// Of several, a field begins with what they have in common, and what is not touched stays with each of them
/// as it is.
class ExpiryDraft
{
public:
    enum class Ends {
        NotKnown,  ///< Nothing is recorded about the end.
        OnDay,     ///< `date()` is the last day of these credentials.
        AfterDays, ///< Each that the instance gets lives so long from its creation.
    };
    static constexpr int MostDays = 3650;

    /// `records`: at least one, each with a credential. `now`: UTC.
    ExpiryDraft(const QList<InstanceRecord> &records, const QDateTime &now);

    [[nodiscard]] const QList<InstanceRecord> &records() const { return m_records; }
    [[nodiscard]] Ends ends() const { return m_fields.ends; }
    [[nodiscard]] const ExpiryDate &date() const { return m_fields.date; }
    [[nodiscard]] int days() const { return m_fields.days; }
    [[nodiscard]] QString owner() const { return m_fields.owner; }
    [[nodiscard]] QString note() const { return m_fields.note; }

    void setEnds(Ends ends) { m_fields.ends = ends; }
    void setDate(const ExpiryDate &date) { m_fields.date = date; }
    void setDays(int days) { m_fields.days = days; }
    void setOwner(const QString &owner) { m_fields.owner = owner.simplified(); }
    void setNote(const QString &note) { m_fields.note = note.trimmed(); }
    /// Whether Konnect is to show the date; see sharings().
    void setShared(bool shared) { m_fields.shared = shared; }

    /// The first reason why it cannot be recorded; empty if it can.
    [[nodiscard]] QString error() const;
    /// What is odd about it. It can be recorded all the same.
    [[nodiscard]] QString warning() const;
    /// What it results in: "3 Mar 2027, in 95 days"; empty for nothing.
    [[nodiscard]] QString result() const;
    /// Something differs from what is recorded or shared.
    [[nodiscard]] bool isChanged() const { return m_fields != m_initial; }

    /// To be recorded for this one of `records()`.
    [[nodiscard]] ExpiryRecord recordFor(const InstanceRecord &record) const;

    /// There is a day that could be shared.
    [[nodiscard]] bool canBeShared() const;
    /// As it was chosen, and possible.
    [[nodiscard]] bool isShared() const { return m_fields.shared && canBeShared(); }
    struct Sharing
    {
        InstanceRecord record;
        QDate date;      ///< Invalid: the label goes.
        QString present; ///< What the label says now; empty where there is none.
    };
    /// What has to be sent to Konnect: nothing where the labels are as they should be.
    [[nodiscard]] QList<Sharing> sharings() const;

private:
    struct Fields
    {
        Ends ends = Ends::NotKnown;
        ExpiryDate date;
        int days = 90;
        QString owner;
        QString note;
        bool shared = false;
        bool operator==(const Fields &) const = default;
    };
    [[nodiscard]] bool isEndChanged() const;
    /// The first end of those that live for days; invalid where no creation is known.
    [[nodiscard]] QDateTime firstEnd() const;
    [[nodiscard]] QDate dayOf(const InstanceRecord &record) const;

    QList<InstanceRecord> m_records;
    QDateTime m_now;
    Fields m_fields;
    Fields m_initial;
};

} // namespace latchkey
