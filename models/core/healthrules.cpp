// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/healthrules.h"

#include "models/core/instancerecord.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString Soon = u"expiry.soon"_s;
const QString Later = u"expiry.later"_s;
const QString OfProfile = u"/profile/"_s;
const QString OfIntegration = u"/integration/"_s;

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
    int most = 3650;
    if (number.endsWith(u'%')) {
        threshold.unit = Unit::Percent;
        most = 100;
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
        const bool isSoon = row.key().startsWith(Soon);
        if (!isSoon && !row.key().startsWith(Later))
            continue;
        const std::optional<Threshold> threshold = Threshold::fromText(row.value());
        if (!threshold)
            continue;
        const QString scope = row.key().mid(isSoon ? Soon.size() : Later.size());
        HealthThresholds *thresholds =
            scope.isEmpty()                   ? &rules.general
            : scope.startsWith(OfProfile)     ? &rules.ofProfile[scope.mid(OfProfile.size())]
            : scope.startsWith(OfIntegration) ? &rules.ofIntegration[scope.mid(OfIntegration.size())]
                                              : nullptr;
        if (thresholds)
            (isSoon ? thresholds->soon : thresholds->later) = *threshold;
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

} // namespace latchkey
