// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/expirydraft.h"

#include "models/core/wording.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ExpiryDraft)
};

/// What all have in common; else a default one.
template <typename Of>
auto common(const QList<InstanceRecord> &records, Of of) -> decltype(of(records.first()))
{
    const auto first = of(records.first());
    const bool same =
        std::ranges::all_of(records, [&](const InstanceRecord &record) { return of(record) == first; });
    return same ? first : decltype(of(records.first())){};
}

/// Of the present credential.
QDate recordedDay(const InstanceRecord &record)
{
    return record.expiry.credentialId == record.credential.id ? record.expiry.date : QDate();
}

/// Its label says what is recorded.
bool isShared(const InstanceRecord &record)
{
    const QDate day = record.expiry.lastDay(record.credential);
    return day.isValid() && dateFromText(expiryLabelOf(record.instance)) == day;
}

QDate dayOfCreation(const InstanceRecord &record)
{
    return record.credential.createdAt.utc.toLocalTime().date();
}

} // namespace

ExpiryDraft::ExpiryDraft(const QList<InstanceRecord> &records, const QDateTime &now)
    : m_records(records)
    , m_now(now)
{
    m_fields.date = ExpiryDate(now, common(records, dayOfCreation));
    m_fields.date.setDate(common(records, recordedDay));
    const int days = common(records, [](const InstanceRecord &record) { return record.expiry.livesDays; });
    if (days > 0)
        m_fields.days = days;
    if (!m_fields.date.isEmpty())
        m_fields.ends = Ends::OnDay;
    else if (days > 0)
        m_fields.ends = Ends::AfterDays;
    m_fields.owner = common(records, [](const InstanceRecord &record) { return record.expiry.owner; });
    m_fields.note = common(records, [](const InstanceRecord &record) { return record.expiry.note; });
    m_fields.shared = std::ranges::all_of(records, latchkey::isShared);
    m_initial = m_fields;
}

bool ExpiryDraft::isEndChanged() const
{
    if (m_fields.ends != m_initial.ends)
        return true;
    return (m_fields.ends == Ends::OnDay && m_fields.date != m_initial.date) ||
           (m_fields.ends == Ends::AfterDays && m_fields.days != m_initial.days);
}

QString ExpiryDraft::error() const
{
    if (m_fields.ends == Ends::OnDay)
        return m_fields.date.isEmpty() ? Text::tr("Enter the last day.") : m_fields.date.error();
    if (m_fields.ends == Ends::AfterDays && (m_fields.days < 1 || m_fields.days > MostDays))
        return Text::tr("Enter a number of days from 1 to %1.").arg(MostDays);
    return {};
}

QDateTime ExpiryDraft::firstEnd() const
{
    QDateTime first;
    for (const InstanceRecord &record : m_records) {
        if (!record.credential.createdAt.isKnown())
            continue;
        const QDateTime end = record.credential.createdAt.utc.addDays(m_fields.days);
        if (!first.isValid() || end < first)
            first = end;
    }
    return first;
}

QString ExpiryDraft::warning() const
{
    if (!error().isEmpty() || m_fields.ends == Ends::NotKnown)
        return {};
    if (m_fields.ends == Ends::OnDay)
        return m_fields.date.warning();
    const QDateTime end = firstEnd();
    if (!end.isValid())
        return Text::tr("Konnect does not say when the credential was made: this counts for the next one.");
    if (end <= m_now)
        return Text::tr("This time is over: the credential will be shown as expired.");
    return {};
}

QString ExpiryDraft::result() const
{
    if (!error().isEmpty())
        return {};
    if (m_fields.ends == Ends::OnDay)
        return m_fields.date.result();
    const QDateTime end = m_fields.ends == Ends::AfterDays ? firstEnd() : QDateTime();
    if (!end.isValid())
        return {};
    const QString day = wording::day(end.date());
    const QString away = wording::relative(end, m_now);
    return m_records.size() > 1 ? Text::tr("%1, %2, for the first of them").arg(day, away)
                                : Text::tr("%1, %2").arg(day, away);
}

ExpiryRecord ExpiryDraft::recordFor(const InstanceRecord &record) const
{
    ExpiryRecord made = record.expiry;
    // A day that was recorded for an earlier credential says nothing of this one.
    made.date = recordedDay(record);
    if (isEndChanged()) {
        made.date = m_fields.ends == Ends::OnDay ? m_fields.date.date() : QDate();
        made.livesDays = m_fields.ends == Ends::AfterDays ? m_fields.days : 0;
    }
    if (m_fields.owner != m_initial.owner)
        made.owner = m_fields.owner;
    if (m_fields.note != m_initial.note)
        made.note = m_fields.note;
    made.credentialId = record.credential.id;
    made.recordedAt = m_now;
    return made;
}

QDate ExpiryDraft::dayOf(const InstanceRecord &record) const
{
    return error().isEmpty() ? recordFor(record).lastDay(record.credential) : QDate();
}

bool ExpiryDraft::canBeShared() const
{
    return std::ranges::any_of(m_records,
                               [this](const InstanceRecord &record) { return dayOf(record).isValid(); });
}

QList<ExpiryDraft::Sharing> ExpiryDraft::sharings() const
{
    QList<Sharing> all;
    // Where it was not chosen before and is not now, a label is somebody else's.
    if (!isShared() && !m_initial.shared)
        return all;
    for (const InstanceRecord &record : m_records) {
        const QDate day = isShared() ? dayOf(record) : QDate();
        const QString present = expiryLabelOf(record.instance);
        if (isShared() != day.isValid()) // One without a day among others that have one.
            continue;
        if (present != day.toString(Qt::ISODate))
            all.append({record, day, present});
    }
    return all;
}

} // namespace latchkey
