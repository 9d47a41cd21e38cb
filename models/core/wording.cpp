// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wording.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace latchkey::wording {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(wording)
};

constexpr const char *Context = "wording";
constexpr qint64 Minute = 60;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;

QString inTheFuture(qint64 seconds)
{
    if (seconds < Minute)
        return Words::tr("in less than a minute");
    if (seconds < Hour)
        return counted(Context, "in %n minute", QT_TRANSLATE_N_NOOP("wording", "in %n minutes"),
                       seconds / Minute);
    if (seconds < 2 * Day)
        return counted(Context, "in %n hour", QT_TRANSLATE_N_NOOP("wording", "in %n hours"), seconds / Hour);
    return counted(Context, "in %n day", QT_TRANSLATE_N_NOOP("wording", "in %n days"), seconds / Day);
}

QString inThePast(qint64 seconds)
{
    if (seconds < Minute)
        return Words::tr("just now");
    if (seconds < Hour)
        return counted(Context, "%n minute ago", QT_TRANSLATE_N_NOOP("wording", "%n minutes ago"),
                       seconds / Minute);
    if (seconds < 2 * Day)
        return counted(Context, "%n hour ago", QT_TRANSLATE_N_NOOP("wording", "%n hours ago"),
                       seconds / Hour);
    return counted(Context, "%n day ago", QT_TRANSLATE_N_NOOP("wording", "%n days ago"), seconds / Day);
}

QString clockTime(const QDateTime &moment)
{
    return QLocale().toString(moment, u"d MMM yyyy HH:mm:ss"_s) + u' ' + moment.timeZoneAbbreviation();
}

} // namespace

QString counted(const char *context, const char *one, const char *other, qint64 n)
{
    const int number = static_cast<int>(std::clamp<qint64>(n, 0, std::numeric_limits<int>::max()));
    QString text = QCoreApplication::translate(context, other, nullptr, number);
    const QString digits = QString::number(number);
    const bool untranslated = text == QString::fromUtf8(other).replace(u"%n"_s, digits);
    if (number == 1 && untranslated)
        text = QString::fromUtf8(one).replace(u"%n"_s, digits);
    // translate() writes plain digits; with up to three of them there is nothing to separate.
    constexpr int FirstWithSeparator = 1000;
    return number < FirstWithSeparator ? text : text.replace(digits, QLocale().toString(number));
}

QString relative(const QDateTime &moment, const QDateTime &now)
{
    if (!moment.isValid() || !now.isValid())
        return {};
    const qint64 milliseconds = now.msecsTo(moment);
    return milliseconds > 0 ? inTheFuture(milliseconds / 1000) : inThePast(-milliseconds / 1000);
}

QString exact(const QDateTime &moment, const QTimeZone &zone)
{
    if (!moment.isValid())
        return {};
    QString utc = clockTime(moment.toUTC());
    if (!zone.isValid() || zone == QTimeZone::utc())
        return utc;
    return clockTime(moment.toTimeZone(zone)) + u'\n' + utc;
}

QString expiry(const Timestamp &expiresAt, const QDateTime &now)
{
    if (expiresAt.isKnown())
        return relative(expiresAt.utc, now);
    if (!expiresAt.isGiven())
        return Words::tr("no known expiry");
    // A date that reads well as soon as a zone is put behind it lacks just that.
    constexpr qsizetype LongestShown = 60;
    const QString shown =
        expiresAt.raw.size() > LongestShown ? expiresAt.raw.left(LongestShown) + u'…' : expiresAt.raw;
    if (Timestamp::parse(expiresAt.raw + u'Z').isKnown())
        return Words::tr("%1 (time zone missing)").arg(shown);
    return Words::tr("%1 (not a date)").arg(shown);
}

QString expiry(const InstanceRecord &record, const QDateTime &now)
{
    const Expiry counts = expiryOf(record);
    switch (counts.source) {
    case Expiry::Source::None:
    case Expiry::Source::Konnect:
        return expiry(record.credential.expiresAt, now);
    case Expiry::Source::Recorded:
        return Words::tr("%1 (recorded)").arg(relative(counts.at.utc, now));
    case Expiry::Source::Label:
        return Words::tr("%1 (by its label)").arg(relative(counts.at.utc, now));
    }
    Q_UNREACHABLE();
}

QString age(const QDateTime &checkedAt, const QDateTime &now)
{
    if (!checkedAt.isValid())
        return Words::tr("Not checked yet");
    // Two clocks may differ a little: an answer never comes from the future.
    return Words::tr("Checked %1").arg(relative(qMin(checkedAt, now), now));
}

QString permissions(const InstanceRecord &record)
{
    if (record.knowledge != InstanceRecord::Knowledge::Present)
        return {};
    const qsizetype missing = record.credential.missingPermissions.size();
    if (missing == 0)
        return Words::tr("None");
    return counted(Context, "%n missing permission", QT_TRANSLATE_N_NOOP("wording", "%n missing permissions"),
                   missing);
}

QString keptKeys(const KeptKeys &kept, const QTimeZone &zone)
{
    const auto day = [&zone](const QDateTime &moment) {
        return QLocale().toString((zone.isValid() ? moment.toTimeZone(zone) : moment).date(),
                                  u"d MMM yyyy"_s);
    };
    if (kept.current && kept.inMemoryOnly)
        return Words::tr("Held here until Latchkey closes");
    if (kept.current && kept.entered)
        return Words::tr("Entered by you on %1, not verified: Konnect never returns keys")
            .arg(day(kept.currentSince));
    if (kept.current && kept.currentSince.isValid())
        return Words::tr("Kept here since %1").arg(day(kept.currentSince));
    if (kept.current)
        return Words::tr("Kept here");
    if (kept.previous && kept.previousSince.isValid())
        return Words::tr("Only earlier keys are kept here, of %1").arg(day(kept.previousSince));
    if (kept.previous)
        return Words::tr("Only earlier keys are kept here");
    return Words::tr("Not known here");
}

QString notGiven()
{
    return Words::tr("not given");
}

} // namespace latchkey::wording
