// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/expirydate.h"

#include "models/core/expiry.h"
#include "models/core/wording.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int FarOffYears = 10; ///< No service gives keys for longer: a slip of the finger, rather.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ExpiryDate)
};

} // namespace

ExpiryDate::ExpiryDate(const QDateTime &now, const QDate &created)
    : m_now(now)
    , m_created(created)
{
}

QDate ExpiryDate::date() const
{
    return dateFromText(m_text);
}

QDate ExpiryDate::today() const
{
    return m_now.isValid() ? m_now.toLocalTime().date() : QDate();
}

QString ExpiryDate::error() const
{
    if (isEmpty() || date().isValid())
        return {};
    return Text::tr("This is no date that can be read. Write one as 2027-03-31: year, month, day.");
}

QString ExpiryDate::warning() const
{
    const QDate typed = date();
    if (!typed.isValid())
        return {};
    if (m_created.isValid() && typed < m_created)
        return Text::tr("This is before the credential was made, on %1.").arg(wording::day(m_created));
    if (m_now.isValid() && endOfDay(typed).utc <= m_now)
        return Text::tr("This day has passed: the credential will be shown as expired.");
    if (m_now.isValid() && typed > today().addYears(FarOffYears))
        return Text::tr("This is more than %1 years away: check the year.").arg(FarOffYears);
    return {};
}

QString ExpiryDate::result() const
{
    return date().isValid() ? wording::lastDay(date(), m_now) : QString();
}

/// Unless even the longest of the usual lengths is over.
bool ExpiryDate::isFromCreation() const
{
    return m_created.isValid() && (!today().isValid() || m_created.addYears(1) > today());
}

QDate ExpiryDate::from() const
{
    return isFromCreation() ? m_created : today();
}

QList<ExpiryDate::Preset> ExpiryDate::presets() const
{
    if (!from().isValid())
        return {};
    QList<Preset> all;
    const auto add = [this, &all](const QString &length, const QDate &date) {
        if (!today().isValid() || date > today())
            all.append({Text::tr("%1: %2").arg(length, wording::day(date)), date});
    };
    for (const int days : {30, 60, 90, 180})
        add(wording::days(days), from().addDays(days));
    add(Text::tr("1 year"), from().addYears(1));
    return all;
}

QString ExpiryDate::presetsFrom() const
{
    return isFromCreation() ? Text::tr("From %1, when it was made").arg(wording::day(m_created))
                            : Text::tr("From today");
}

} // namespace latchkey
