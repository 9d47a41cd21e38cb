// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/expiry.h"

#include "models/core/instancerecord.h"

namespace latchkey {

using namespace Qt::StringLiterals;

Timestamp ExpiryRecord::of(const AuthCredential &credential) const
{
    Timestamp earliest;
    if (date.isValid() && credentialId == credential.id)
        earliest = endOfDay(date);
    if (livesDays > 0 && credential.createdAt.isKnown()) {
        const QDateTime end = credential.createdAt.utc.addDays(livesDays);
        if (!earliest.isKnown() || end < earliest.utc)
            earliest = Timestamp::fromUtc(end);
    }
    return earliest;
}

QDate ExpiryRecord::lastDay(const AuthCredential &credential) const
{
    QDate earliest = credentialId == credential.id ? date : QDate();
    if (livesDays > 0 && credential.createdAt.isKnown()) {
        const QDate end = credential.createdAt.utc.addDays(livesDays).date();
        if (!earliest.isValid() || end < earliest)
            earliest = end;
    }
    return earliest;
}

Timestamp endOfDay(const QDate &date)
{
    // Noon in UTC of the day after: midnight at UTC-12, the last place where a day ends.
    return date.isValid() ? Timestamp::fromUtc(QDateTime(date.addDays(1), QTime(12, 0), Qt::UTC))
                          : Timestamp();
}

QDate dateFromText(const QString &text)
{
    constexpr qsizetype Length = 10; // Other spellings that Qt reads are not meant.
    const QDate date = text.size() == Length ? QDate::fromString(text, u"yyyy-MM-dd"_s) : QDate();
    return date.isValid() && date.year() >= 1 && date.year() <= 9999 ? date : QDate();
}

QString expiryLabelOf(const IntegrationInstance &instance)
{
    return instance.labels.value(QString::fromUtf16(ExpiryLabel));
}

Timestamp labelledExpiry(const InstanceRecord &record)
{
    const QDate day = dateFromText(expiryLabelOf(record.instance));
    // In the year 1, somebody's program has written that there is none.
    const Timestamp end = day.year() > 1 ? endOfDay(day) : Timestamp();
    const Timestamp &created = record.credential.createdAt;
    return end.isKnown() && created.isKnown() && end.utc < created.utc ? Timestamp() : end;
}

Expiry expiryOf(const InstanceRecord &record)
{
    if (record.knowledge != InstanceRecord::Knowledge::Present)
        return {};
    Expiry expiry{record.credential.expiresAt, Expiry::Source::Konnect};
    if (!expiry.isKnown())
        expiry = {};
    const auto consider = [&expiry](const Timestamp &at, Expiry::Source source) {
        if (at.isKnown() && (!expiry.isKnown() || at.utc < expiry.at.utc))
            expiry = {at, source};
    };
    const Timestamp recorded = record.expiry.of(record.credential);
    consider(recorded, Expiry::Source::Recorded);
    if (!recorded.isKnown())
        consider(labelledExpiry(record), Expiry::Source::Label);
    return expiry;
}

} // namespace latchkey
