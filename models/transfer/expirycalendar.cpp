// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/expirycalendar.h"

#include "models/core/wording.h"
#include "models/transfer/plaintext.h"
#include "models/transfer/stamp.h"

#include <QCoreApplication>
#include <QSet>
#include <QUuid>

#include <cstdlib>
#include <libical/ical.h>
#include <memory>

namespace latchkey::expirycalendar {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ExpiryCalendar)
};

constexpr int AlarmDays[] = {30, 14, 7, 1};

QByteArray uidOf(const ExpiryItem &item)
{
    static const QUuid all(u"{2f3c3a86-7d0f-4f0e-9a55-6c1d1f0c8b71}"_s);
    const InstanceAddress &address = item.record.address;
    const bool isToken = item.kind == ExpiryItem::Kind::ProfileToken;
    const QString whose = isToken ? u"token\n"_s + address.profileId
                                  : u"credential\n%1\n%2\n%3"_s.arg(address.origin, address.instanceId,
                                                                    item.record.credential.id);
    return QUuid::createUuidV5(all, whose).toByteArray(QUuid::WithoutBraces);
}

QByteArray moment(const QDateTime &utc)
{
    return writable(utc).toString(u"yyyyMMdd'T'HHmmss'Z'"_s).toLatin1();
}

/// All from text: libical's setters refuse years above 3000 without a word.
icalproperty *property(const QByteArray &line)
{
    return icalproperty_new_from_string(line.constData());
}

icalproperty *start(const ExpiryItem &item)
{
    if (item.lastDay.isValid())
        return property("DTSTART;VALUE=DATE:" + item.lastDay.toString(u"yyyyMMdd"_s).toLatin1());
    return property("DTSTART:" + moment(item.expiry.at.utc));
}

QString describe(const ExpiryItem &item)
{
    const InstanceRecord &record = item.record;
    QStringList lines;
    const auto add = [&lines](const QString &title, const QString &value) {
        if (!value.isEmpty())
            lines += u"%1: %2"_s.arg(title, value);
    };
    if (item.kind == ExpiryItem::Kind::Credential) {
        add(Text::tr("Integration"), record.instance.integrationTitle());
        add(Text::tr("Instance"), record.instance.name);
        add(Text::tr("Profile"), record.profileName);
        add(Text::tr("Where"), record.endpointLabel);
    }
    add(Text::tr("Known from"), wording::expirySourceLabel(item.expiry.source));
    add(Text::tr("Owner"), record.expiry.owner);
    if (item.unchecked)
        lines += Text::tr("Konnect could not be asked about it the last time.");
    if (!record.expiry.note.isEmpty())
        lines += record.expiry.note;
    return lines.join(u'\n');
}

icalcomponent *alarm(int days, const QByteArray &text)
{
    icalcomponent *made = icalcomponent_new(ICAL_VALARM_COMPONENT);
    icalcomponent_add_property(made, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    icalcomponent_add_property(made, property("TRIGGER:-P" + QByteArray::number(days) + 'D'));
    icalcomponent_add_property(made, icalproperty_new_description(text.constData()));
    return made;
}

icalcomponent *event(const ExpiryItem &item, const QByteArray &uid, const QDateTime &now)
{
    const QByteArray summary = plainLines(wording::expiryEvent(item.title())).toUtf8();
    const QByteArray description = plainLines(describe(item)).toUtf8();
    icalcomponent *made = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    icalcomponent_add_property(made, icalproperty_new_uid(uid.constData()));
    icalcomponent_add_property(made, property("DTSTAMP:" + moment(now)));
    icalcomponent_add_property(made, start(item));
    icalcomponent_add_property(made, icalproperty_new_summary(summary.constData()));
    icalcomponent_add_property(made, icalproperty_new_description(description.constData()));
    // Nobody is busy because a key ends.
    icalcomponent_add_property(made, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    for (const int days : AlarmDays)
        icalcomponent_add_component(made, alarm(days, summary));
    return made;
}

} // namespace

QByteArray toCalendar(const ExpiryReport &report)
{
    const std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)> calendar(
        icalcomponent_new(ICAL_VCALENDAR_COMPONENT), &icalcomponent_free);
    icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar.get(),
                               icalproperty_new_prodid("-//Latchkey//Latchkey " LATCHKEY_VERSION "//EN"));
    QSet<QByteArray> written;
    for (const ExpiryItem &item : report.items) {
        const QByteArray uid = uidOf(item);
        if (!item.expiry.isKnown() || written.contains(uid))
            continue;
        written.insert(uid);
        icalcomponent_add_component(calendar.get(), event(item, uid, report.at));
    }
    const std::unique_ptr<char, decltype(&std::free)> text(icalcomponent_as_ical_string_r(calendar.get()),
                                                           &std::free);
    return text.get();
}

} // namespace latchkey::expirycalendar
