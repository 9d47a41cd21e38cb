// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/healthrules.h"

#include "models/core/instancerecord.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::HealthRules)
};

const QString Soon = u"expiry.soon"_s;
const QString Later = u"expiry.later"_s;
const QString OfProfile = u"/profile/"_s;
const QString OfIntegration = u"/integration/"_s;

/// What a row is about.
struct Place
{
    Threshold HealthThresholds::*threshold = nullptr;
    QHash<QString, HealthThresholds> HealthRules::*group = nullptr; ///< nullptr: the general ones.
    QString member;                                                 ///< Of the group.
};

std::optional<Place> placeOf(const QString &name)
{
    const bool isSoon = name.startsWith(Soon);
    if (!isSoon && !name.startsWith(Later))
        return std::nullopt;
    const QString scope = name.mid(isSoon ? Soon.size() : Later.size());
    Place place;
    place.threshold = isSoon ? &HealthThresholds::soon : &HealthThresholds::later;
    if (scope.isEmpty())
        return place;
    const bool isProfile = scope.startsWith(OfProfile);
    if (!isProfile && !scope.startsWith(OfIntegration))
        return std::nullopt;
    place.group = isProfile ? &HealthRules::ofProfile : &HealthRules::ofIntegration;
    place.member = scope.mid(isProfile ? OfProfile.size() : OfIntegration.size());
    return place.member.isEmpty() ? std::nullopt : std::optional(place);
}

void write(QHash<QString, QString> &rows, const HealthThresholds &thresholds, const QString &suffix)
{
    rows.insert(Soon + suffix, thresholds.soon.toText());
    rows.insert(Later + suffix, thresholds.later.toText());
}

} // namespace

QDateTime Threshold::before(const QDateTime &expires, const QDateTime &created) const
{
    if (unit == Unit::Days)
        return expires.addDays(-amount);
    constexpr qint64 SecondsOfAYear = 365LL * 24 * 60 * 60;
    const qint64 life = created.isValid() ? std::max<qint64>(created.secsTo(expires), 0) : SecondsOfAYear;
    return expires.addSecs(-life * amount / 100);
}

std::optional<Threshold> Threshold::fromText(const QString &text)
{
    QString number = text.trimmed();
    Threshold threshold;
    int most = MostDays;
    if (number.endsWith(u'%')) {
        threshold.unit = Unit::Percent;
        most = MostPercent;
        number.chop(1);
    } else if (number.endsWith(u'd')) {
        number.chop(1);
    }
    bool isNumber = false;
    threshold.amount = number.trimmed().toInt(&isNumber);
    return isNumber && threshold.amount >= 0 && threshold.amount <= most ? std::optional(threshold)
                                                                         : std::nullopt;
}

QString Threshold::toText() const
{
    return QString::number(amount) + (unit == Unit::Days ? u" d"_s : u" %"_s);
}

const HealthThresholds &HealthRules::thresholdsFor(const InstanceRecord &record) const
{
    if (const auto found = ofIntegration.constFind(record.instance.integrationName);
        found != ofIntegration.cend())
        return *found;
    if (const auto found = ofProfile.constFind(record.address.profileId); found != ofProfile.cend())
        return *found;
    return general;
}

HealthRules HealthRules::fromRows(const QHash<QString, QString> &rows)
{
    HealthRules rules;
    for (auto row = rows.cbegin(); row != rows.cend(); ++row) {
        const std::optional<Place> place = placeOf(row.key());
        const std::optional<Threshold> threshold = Threshold::fromText(row.value());
        if (!place || !threshold)
            continue;
        HealthThresholds &thresholds = place->group ? (rules.*place->group)[place->member] : rules.general;
        thresholds.*place->threshold = *threshold;
    }
    return rules;
}

QHash<QString, QString> HealthRules::toRows() const
{
    QHash<QString, QString> rows;
    write(rows, general, {});
    for (auto each = ofProfile.cbegin(); each != ofProfile.cend(); ++each)
        write(rows, each.value(), OfProfile + each.key());
    for (auto each = ofIntegration.cbegin(); each != ofIntegration.cend(); ++each)
        write(rows, each.value(), OfIntegration + each.key());
    return rows;
}

bool HealthRules::isRow(const QString &name)
{
    return placeOf(name).has_value();
}

QStringList HealthRules::families()
{
    return {Soon, Later};
}

Outcome<HealthRules> HealthRules::with(const QString &name, const QString &text) const
{
    const std::optional<Place> place = placeOf(name);
    if (!place) {
        return Problem::of(Problem::Category::NotFound, Text::tr("There is no such setting."),
                           Text::tr("There are: %1").arg(families().join(u", "_s)));
    }
    HealthRules changed = *this;
    if (text.trimmed().compare("default"_L1, Qt::CaseInsensitive) == 0) {
        if (place->group)
            (changed.*place->group).remove(place->member);
        else
            changed.general.*place->threshold = HealthThresholds().*place->threshold;
        return changed;
    }
    const std::optional<Threshold> threshold = Threshold::fromText(text);
    if (!threshold) {
        return Problem::of(Problem::Category::InvalidInput,
                           Text::tr("%1 is a number of days (“14 d”, up to 3650), a part of the credential's "
                                    "life (“10 %”, up to 100) or “default”.")
                               .arg(name));
    }
    if (place->group && !(changed.*place->group).contains(place->member))
        (changed.*place->group).insert(place->member, general);
    HealthThresholds &thresholds = place->group ? (changed.*place->group)[place->member] : changed.general;
    thresholds.*place->threshold = *threshold;
    return changed;
}

} // namespace latchkey
