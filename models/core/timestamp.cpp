// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/timestamp.h"

#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QDateTime readRfc3339(const QString &text)
{
    static const QRegularExpression pattern(
        u"\\A([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]+))?"
        "(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))\\z"_s);
    constexpr qsizetype LongestSensible = 64;
    if (text.size() > LongestSensible)
        return {};
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return {};
    const auto number = [&match](int group) { return match.capturedView(group).toInt(); };

    int second = number(6);
    const bool leapSecond = second == 60;
    if (leapSecond)
        second = 59;
    const int milliseconds = match.captured(7).leftJustified(3, u'0', true).toInt();
    const QDate date(number(1), number(2), number(3));
    const QTime time(number(4), number(5), second, leapSecond ? 0 : milliseconds);
    const int offsetHours = number(9);
    const int offsetMinutes = number(10);
    if (!date.isValid() || !time.isValid() || offsetHours > 23 || offsetMinutes > 59)
        return {};
    int offset = (offsetHours * 60 + offsetMinutes) * 60;
    if (match.capturedView(8) == u"-")
        offset = -offset;
    const QDateTime utc = QDateTime(date, time, Qt::UTC).addSecs(-offset + (leapSecond ? 1 : 0));
    // In the year 1 a program has written that there is no time. A later one than the last could not be
    // written again.
    constexpr int NoTime = 1;
    return utc.date().year() > NoTime && utc.date().year() <= 9999 ? utc : QDateTime();
}

} // namespace

Timestamp Timestamp::parse(const QString &text)
{
    return {readRfc3339(text), text};
}

Timestamp Timestamp::fromUtc(const QDateTime &moment)
{
    if (!moment.isValid())
        return {};
    const QDateTime utc = moment.toUTC();
    return {utc, utc.toString(utc.time().msec() == 0 ? Qt::ISODate : Qt::ISODateWithMs)};
}

} // namespace latchkey
