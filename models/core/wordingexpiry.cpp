// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/expiry.h"
#include "models/core/wording.h"

#include <QCoreApplication>
#include <QLocale>

namespace latchkey::wording {

using namespace Qt::StringLiterals;

// Who says when a credential ends.

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(wording)
};

} // namespace

QString day(const QDate &date)
{
    return QLocale().toString(date, u"d MMM yyyy"_s);
}

QString lastDay(const QDate &date, const QDateTime &now)
{
    if (!now.isValid())
        return day(date);
    return Words::tr("%1, %2").arg(day(date), relative(endOfDay(date).utc, now));
}

QString days(int count)
{
    return counted("wording", "%n day", QT_TRANSLATE_N_NOOP("wording", "%n days"), count);
}

QString konnectExpiry(const InstanceRecord &record, const QDateTime &now, const QTimeZone &zone)
{
    const Timestamp &at = record.credential.expiresAt;
    if (!at.isKnown())
        return expiry(at, now);
    const QDateTime there = zone.isValid() ? at.utc.toTimeZone(zone) : at.utc;
    return Words::tr("%1, %2").arg(day(there.date()), relative(at.utc, now));
}

QString recordedExpiry(const InstanceRecord &record, const QDateTime &now)
{
    const ExpiryRecord &recorded = record.expiry;
    const AuthCredential &credential = record.credential;
    QStringList said;
    if (recorded.date.isValid() && recorded.credentialId == credential.id)
        said << lastDay(recorded.date, now);
    else if (recorded.date.isValid())
        said << Words::tr("%1, of an earlier credential").arg(day(recorded.date));
    if (recorded.livesDays > 0 && credential.createdAt.isKnown()) {
        const QDateTime end = credential.createdAt.utc.addDays(recorded.livesDays);
        said << Words::tr("%1 from its creation: %2, %3")
                    .arg(days(recorded.livesDays), day(end.date()), relative(end, now));
    } else if (recorded.livesDays > 0) {
        said << Words::tr("%1 from its creation, which is not known").arg(days(recorded.livesDays));
    }
    return said.isEmpty() ? Words::tr("nothing recorded") : said.join(u"; "_s);
}

QString labelledExpiry(const InstanceRecord &record, const QDateTime &now)
{
    const QMap<QString, QString> &labels = record.instance.labels;
    const auto label = labels.constFind(QString::fromUtf16(ExpiryLabel));
    if (label == labels.cend())
        return Words::tr("no label");
    const QDate date = dateFromText(*label);
    if (!date.isValid()) {
        constexpr qsizetype LongestShown = 60;
        return Words::tr("%1 (not a date)")
            .arg(label->size() > LongestShown ? label->left(LongestShown) + u'…' : *label);
    }
    // From before the credential, it is about an earlier one.
    return latchkey::labelledExpiry(record).isKnown()
               ? lastDay(date, now)
               : Words::tr("%1, from before the credential").arg(day(date));
}

} // namespace latchkey::wording
