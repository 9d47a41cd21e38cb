// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/expiryfeeds.h"

#include "models/services/inventory.h"
#include "models/services/preferences.h"
#include "models/services/profiles.h"
#include "models/transfer/expirycalendar.h"
#include "models/transfer/expirycsv.h"
#include "models/transfer/expiryjson.h"
#include "models/transfer/expirymetrics.h"
#include "models/transfer/exportfile.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ExpiryFeeds)
};

} // namespace

ExpiryFeeds::ExpiryFeeds(const Inventory &inventory, const Profiles &profiles, const Preferences &preferences,
                         const Clock &clock)
    : m_inventory(inventory)
    , m_profiles(profiles)
    , m_preferences(preferences)
    , m_clock(clock)
{
}

ExpiryReport ExpiryFeeds::report(const ExpiryReport::Question &question) const
{
    return ExpiryReport::of({m_inventory.records(), m_profiles.all(), m_inventory.endpoints(),
                             m_preferences.settings().healthRules},
                            question, m_clock.now());
}

QByteArray ExpiryFeeds::write(const ExpiryReport &report, Format format)
{
    switch (format) {
    case Format::Json:
        return QJsonDocument(expiryjson::toJson(report)).toJson();
    case Format::Csv:
        return expirycsv::toCsv(report);
    case Format::Calendar:
        return expirycalendar::toCalendar(report);
    case Format::Metrics:
        return expirymetrics::toMetrics(report);
    }
    Q_UNREACHABLE();
}

std::optional<ExpiryFeeds::Format> ExpiryFeeds::formatOf(const QString &file)
{
    const QString ending = file.section(u'.', -1).toLower();
    if (ending == "json"_L1)
        return Format::Json;
    if (ending == "csv"_L1)
        return Format::Csv;
    if (ending == "ics"_L1)
        return Format::Calendar;
    if (ending == "prom"_L1)
        return Format::Metrics;
    return std::nullopt;
}

Done ExpiryFeeds::save(const ExpiryReport &report, const QString &file)
{
    const std::optional<Format> format = formatOf(file);
    if (!format) {
        return Problem::of(Problem::Category::Refused,
                           Text::tr("The expiries cannot be written to %1.").arg(file),
                           Text::tr("Name a file that ends in .json, .csv, .ics or .prom."));
    }
    return writeExport(file, write(report, *format));
}

} // namespace latchkey
